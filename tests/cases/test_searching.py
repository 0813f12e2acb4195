"""Full-text search: both ways find the same cases, whatever is common, and every page of them."""

from datetime import datetime

import pytest
from django.db import connection

from cases import actions, queue
from cases.actions import grams
from cases.desk import searching
from cases.models import Case, Gram
from cases.phrases import phrase
from cases.workflow import Status
from core.clock import SHANGHAI
from tests.cases.test_queue import follow, numbers, received
from tests.factories import PostFactory, case_at, new_case, officer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 23, 9, 0, tzinfo=SHANGHAI)
WAYS: dict[str, dict[str, object]] = {"index": {}, "walk": {"RARE": -1}, "walk, then index": {"RARE": -1, "WINDOWS": (1,)}}


@pytest.fixture
def look(client):
    """Look for words as an officer; returns the page."""
    client.force_login(officer())
    return lambda **asked: client.get("/staff/", asked).context["page"]


@pytest.fixture(params=WAYS)
def _way(request, monkeypatch):
    for name, value in WAYS[request.param].items():
        monkeypatch.setattr(searching, name, value)


@pytest.mark.usefixtures("_way")
def test_every_page_of_a_search_is_found_forth_and_back(look, monkeypatch):
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    wanted = [received(day, narrative="煤矿扰民，夜里施工。").number for day in (14, 15, 16, 17, 18)]
    received(16, narrative="道路积水。")
    first = look(q="煤矿")
    second = look(**follow(first.next_url))
    third = look(**follow(second.next_url))
    assert numbers(first) + numbers(second) + numbers(third) == wanted[::-1]
    assert (third.next_url, numbers(look(**follow(third.previous_url)))) == ("", numbers(second))


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize(
    ("words", "hit"),
    [
        ("煤矿扰民", True),
        ("矿扰", True),
        ("扰民 夜里", True),
        ("煤矿夜里", False),
        ("民，夜", True),
        ("PERMIT", True),
        ("ｐｅｒ", True),
        ("100%", True),
        ("1_0%", False),
        ("矿", True),
        ("钢", False),
    ],
)
def test_words_are_found_where_they_stand(look, words, hit):
    case = new_case(narrative="煤矿扰民，夜里施工。Permit 100% 过期。")
    assert numbers(look(q=words)) == ([case.number] if hit else [])


@pytest.mark.usefixtures("_way")
def test_a_search_keeps_to_the_filters_and_the_view(look):
    narrative = "煤矿扰民，夜里施工。"
    closed, opened = case_at(Status.CLOSED, narrative=narrative), new_case(narrative=narrative)
    assert set(numbers(look(q="煤矿"))) == {closed.number, opened.number}
    assert numbers(look(q="煤矿", view="done")) == [closed.number]
    assert numbers(look(q="煤矿", status="triage")) == [opened.number]


@pytest.mark.usefixtures("_way")
def test_who_is_recused_finds_nothing(look, client):
    case = new_case(narrative="煤矿扰民，夜里施工。")
    assert numbers(look(q="煤矿")) == [case.number]
    user = officer()
    user.roles.append("liaison_officer")
    user.save()
    PostFactory.create(agency=case.respondent_agency, user=user)
    client.force_login(user)
    assert numbers(look(q="煤矿")) == []


def test_digits_find_the_case_that_ends_with_them_and_else_the_text(look):
    case = new_case(narrative="被收取 800 元，没有票据。")
    assert numbers(look(q=case.number.split("-")[1].lstrip("0"))) == [case.number]
    assert numbers(look(q="800")) == [case.number]


def test_a_single_character_says_that_only_the_newest_are_looked_through(look):
    new_case(narrative="煤矿扰民。")
    assert look(q="煤").is_short_search
    assert not look(q="煤矿").is_short_search


def test_common_grams_are_counted_from_a_sample(monkeypatch):
    for _number in range(3):
        new_case(narrative="煤矿扰民。")
    new_case(narrative="道路积水。")
    monkeypatch.setattr(grams, "RARE_BELOW", 0.5)
    actions.count_grams(at=NOW)
    assert Gram.objects.get(gram="煤矿").texts == 3
    assert not Gram.objects.filter(gram="道路").exists()
    actions.count_grams(at=NOW)  # a second count takes the place of the first
    assert Gram.objects.filter(gram="煤矿").count() == 1


def test_rare_grams_are_one_scan_of_their_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "complaint_grams" in searching.by_grams(Case.objects.all(), phrase("煤矿")).explain()


def test_a_search_takes_few_queries_whatever_way_it_goes(look, monkeypatch, django_assert_max_num_queries):
    for name, value in WAYS["walk, then index"].items():
        monkeypatch.setattr(searching, name, value)
    new_case(narrative="煤矿扰民，夜里施工。")
    look(q="煤矿")
    with django_assert_max_num_queries(12):
        look(q="煤矿 夜里", category=4, kind="complaint")
