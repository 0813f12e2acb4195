"""Limits: the counting rule with its published vectors, rolling, the sum, and how a deadline stands."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.deadlines import Rule, State, Unit, compute, state
from core.workdays import WorkCalendar

CALENDAR = WorkCalendar()
DAYS = st.dates(min_value=date(2006, 1, 1), max_value=date(2026, 6, 30))
LENGTHS = st.integers(min_value=1, max_value=40)


def working(length):
    return Rule(length, Unit.WORKING_DAYS)


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-02-13", 3, "2026-02-25"),
        ("2026-09-18", 3, "2026-09-22"),
        ("2026-10-09", 1, "2026-10-10"),
        ("2025-01-24", 3, "2025-02-05"),
        ("2024-02-08", 15, "2024-03-06"),
        ("2026-04-30", 7, "2026-05-13"),
        ("2026-11-10", 30, "2026-12-22"),
    ],
)
def test_compute_counts_working_days_as_published(start, length, due):
    assert compute(date.fromisoformat(start), working(length), CALENDAR).due_on == date.fromisoformat(due)


def test_compute_moves_a_limit_in_days_off_a_day_off():
    limit = compute(date(2026, 9, 1), Rule(30, Unit.DAYS), CALENDAR)
    assert limit.unrolled_on == date(2026, 10, 1)
    assert limit.due_on == date(2026, 10, 8)


def test_compute_leaves_a_limit_in_days_where_it_falls_when_the_policy_says_so():
    assert compute(date(2026, 9, 1), Rule(30, Unit.DAYS, rolls=False), CALENDAR).due_on == date(2026, 10, 1)


def test_compute_ends_at_midnight_after_the_last_day_in_shanghai():
    limit = compute(date(2026, 9, 18), working(3), CALENDAR)
    assert limit.due_at == datetime(2026, 9, 23, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_compute_writes_down_days_off_and_makeup_days():
    facts = compute(date(2026, 9, 30), working(3), CALENDAR).as_facts()
    assert facts["days_off"] == [f"2026-10-0{day}" for day in range(1, 8)]
    assert facts["makeup_days"] == ["2026-10-10"]


def test_compute_marks_a_limit_that_reaches_an_unpublished_year_as_provisional():
    assert compute(date(2026, 12, 25), Rule(30, Unit.DAYS), CALENDAR).provisional
    assert not compute(date(2026, 11, 10), working(30), CALENDAR).provisional


def test_compute_refuses_an_empty_limit():
    with pytest.raises(ValueError, match="at least one day"):
        compute(date(2026, 9, 18), working(0), CALENDAR)


@given(DAYS, LENGTHS)
def test_compute_in_working_days_never_lands_on_a_day_off(start, length):
    assert CALENDAR.is_workday(compute(start, working(length), CALENDAR).due_on)


@given(DAYS, LENGTHS, st.sampled_from(Unit))
def test_compute_grows_with_the_length(start, length, unit):
    shorter, longer = (compute(start, Rule(days, unit), CALENDAR).due_on for days in (length, length + 1))
    assert shorter <= longer


@given(DAYS, LENGTHS, LENGTHS)
def test_compute_is_additive_in_working_days(start, first, second):
    halfway = compute(start, working(first), CALENDAR).due_on
    assert compute(halfway, working(second), CALENDAR).due_on == compute(start, working(first + second), CALENDAR).due_on


@given(DAYS, LENGTHS)
def test_compute_never_rolls_to_an_earlier_day(start, length):
    limit = compute(start, Rule(length, Unit.DAYS), CALENDAR)
    assert limit.due_on >= limit.unrolled_on == start + timedelta(days=length)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-10-12", State.OK),
        ("2026-10-15", State.NEAR),
        ("2026-10-22", State.TODAY),
        ("2026-10-23", State.LATE),
        ("2026-10-25", State.LATE),  # a weekend later it is still one working day late
        ("2026-10-26", State.YELLOW),
        ("2026-10-27", State.RED),
    ],
)
def test_state_follows_the_working_days_left(today, expected):
    assert state(date(2026, 10, 22), date.fromisoformat(today), CALENDAR) is expected
