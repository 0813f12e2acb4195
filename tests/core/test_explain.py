"""The sum behind a deadline in words, in both languages."""

from datetime import date

import pytest
from django.utils import translation

from core import explain
from core.deadlines import Rule, Unit, compute
from core.workdays import WorkCalendar


def facts(start: date, length: int, unit: Unit, basis: str = ""):
    return compute(start, Rule(length, unit, basis=basis), WorkCalendar()).as_facts()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_working_days_name_what_counts_and_what_does_not(language):
    with translation.override(language):
        text = explain.in_words(facts(date(2026, 9, 18), 3, Unit.WORKING_DAYS))
    wanted = {
        "zh-hans": ("9 月 18 日", "9 月 19 日", "9 月 20 日", "9 月 22 日（星期二）"),
        "en": ("19 September", "Tuesday 22 September"),
    }
    assert [part for part in wanted[language] if part not in text] == []


def test_rolled_days_say_that_the_limit_moves():
    with translation.override("en"):
        said = explain.sentences(facts(date(2026, 9, 4), 30, Unit.DAYS))
    assert "Sunday 4 October, a day off" in said[1]
    assert said[2].startswith("The last day is Thursday 8 October")


def test_unrolled_days_do_not_mention_days_off():
    with translation.override("en"):
        assert len(explain.sentences(facts(date(2026, 9, 22), 30, Unit.DAYS))) == 2


def test_basis_and_unpublished_year_are_told():
    with translation.override("en"):
        text = explain.in_words(facts(date(2026, 12, 25), 30, Unit.DAYS, basis="Rule 6"))
    assert "Basis: Rule 6." in text
    assert "not published yet" in text


def test_nothing_is_said_of_nothing():
    assert explain.sentences({}) == []
