"""What the rules suggest of a text: how often they are right, because of which words, and when they keep quiet."""

import re
from collections import Counter

import pytest

from cases.triage import suggesting
from cases.triage.rules import MOST_READ, suggest
from cases.triage.signs import SIGNS
from cases.triage.suggesting import Known, Source, SuggesterAway, Suggestion, Sure, Told
from complaints.categories import BEHAVIOURS
from tests.source import ROOT

from .triage_texts import SEEN, UNSEEN

HOUSING = Known(1, ("清河县住房和城乡建设局", "住建局", "建设局"), ("施工许可", "房屋安全"))
SCHOOLS = Known(2, ("清河县教育局", "教育局"), ("学校管理", "招生"))


def outcomes(texts):
    """How many are suggested rightly and wrongly, sure enough to be filled in; the rest is left to the officer."""
    counted: Counter[str] = Counter()
    for category, examples in texts.items():
        for text in examples:
            best = next((one for one in suggest(Told(text), []).categories if one.sure != Sure.GUESS), None)
            counted["left" if best is None else "right" if best.value == str(category) else "wrong"] += 1
    return counted


def test_a_text_of_stock_words_is_clear_and_says_which():
    best, *_others = suggest(Told("窗口踢皮球，互相推诿，一拖再拖，半年没有结果。"), []).categories
    assert (best.value, best.sure) == ("4", Sure.CLEAR)
    assert "踢皮球" in best.because


def test_behaviours_stand_side_by_side():
    found = {one.value: one.sure for one in suggest(Told("他态度恶劣，辱骂群众。"), []).behaviours}
    assert found == {"3b": Sure.LIKELY, "3g": Sure.LIKELY}


@pytest.mark.parametrize("text", ["", "　", "今天天气很好。", "感谢窗口的同志，办得很快。"])
def test_where_nothing_speaks_nothing_is_suggested(text):
    assert suggest(Told(text), [HOUSING]) == Suggestion()


def test_words_within_words_are_said_once():
    (best, *_others) = suggest(Told("前后跑了四趟。"), []).categories
    assert best.because == ("前后跑了四趟",)


def test_saying_it_twice_weighs_no_more():
    assert suggest(Told("推诿。" * 50), []).categories == suggest(Told("推诿。"), []).categories


def test_what_is_graver_stands_first_among_equals():
    first, second = suggest(Told("他们乱收费，还吃拿卡要。"), []).categories
    assert (first.value, second.value) == ("5", "2")
    assert first.sure == Sure.GUESS


@pytest.mark.parametrize(
    ("told", "source"),
    [
        (Told("", "县住建局窗口"), Source.NAME),
        (Told("我去住建局三次。"), Source.NAME),
        (Told("施工许可三个月没有批。"), Source.DUTY),
        (Told("危房鉴定没有人来。"), Source.DUTY),
    ],
)
def test_an_agency_is_found_by_its_names_and_duties(told, source):
    (best,) = suggest(told, [SCHOOLS, HOUSING]).agencies
    assert (best.value, best.source) == ("1", source)


def test_what_the_complainant_calls_it_weighs_more_than_what_it_does():
    best, other = suggest(Told("施工许可三个月没有批。", "教育局"), [HOUSING, SCHOOLS]).agencies
    assert (best.value, other.value) == ("2", "1")


def test_every_sign_names_a_behaviour_that_exists():
    assert {sign.behaviour for sign in SIGNS} <= BEHAVIOURS.keys()


def test_every_category_has_signs():
    assert {sign.behaviour[0] for sign in SIGNS} == set("1234567")


def test_no_sign_repeats_without_end():
    """Who files writes the text: no pattern may be made to run long by it."""
    assert [sign.pattern.pattern for sign in SIGNS if re.search(r"[+*]", sign.pattern.pattern)] == []


def test_what_stands_far_behind_is_not_read():
    assert suggest(Told("一" * MOST_READ + "互相推诿，踢皮球。"), []) == Suggestion()


def test_suggestions_are_seldom_wrong():
    for texts in (SEEN, UNSEEN):
        counted = outcomes(texts)
        assert counted["wrong"] * 5 <= counted["right"] + counted["wrong"]


def test_the_page_about_suggestions_says_how_often_they_are_right():
    page = (ROOT / "docs" / "suggestions.md").read_text("utf-8")
    for name, texts in (("seen", SEEN), ("not seen", UNSEEN)):
        counted = outcomes(texts)
        assert f"| {name} | {counted.total()} | {counted['right']} | {counted['wrong']} | {counted['left']} |" in page


def test_whoever_answers_the_port_can_be_away(monkeypatch):
    def away(told, agencies):
        raise SuggesterAway

    monkeypatch.setattr(suggesting, "_port", away)
    assert suggesting.suggest(Told("推诿"), []) == Suggestion()


def test_another_can_take_the_place_of_the_rules():
    guess = suggesting.Guess("7", Sure.LIKELY, ("文件",))
    try:
        suggesting.register(lambda told, agencies: Suggestion(categories=(guess,)))
        assert suggesting.suggest(Told(""), []).categories == (guess,)
    finally:
        suggesting.register(suggest)
