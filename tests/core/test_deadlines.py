"""Limits: the counting rule with its published vectors, rolling, the sum, and how a deadline stands."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.deadlines import Pause, Rule, State, Unit, compute, state
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


UNITS, PAUSED_DAYS = st.sampled_from(Unit), st.integers(min_value=0, max_value=40)
CHANGES = {"start": DAYS, "length": LENGTHS, "unit": UNITS}


def pause(start, after, days):
    first = start + timedelta(days=after)
    return Pause(first, first + timedelta(days=days))


def units(unit, first, until):
    """How many units a span of days holds, by looking at each."""
    days = [first + timedelta(days=number) for number in range((until - first).days)]
    return len([day for day in days if unit is Unit.DAYS or CALENDAR.is_workday(day)])


@given(**CHANGES, more=st.integers(min_value=0, max_value=60))
def test_an_extension_is_a_longer_limit(start, length, unit, more):
    extended = compute(start, Rule(length, unit), CALENDAR, extended_by=more)
    longer = compute(start, Rule(length + more, unit), CALENDAR)
    assert (extended.unrolled_on, extended.due_on) == (longer.unrolled_on, longer.due_on)


@given(**CHANGES, share=st.floats(min_value=0, max_value=1), days=PAUSED_DAYS)
def test_a_suspension_moves_the_unrolled_limit_by_its_units(start, length, unit, share, days):
    plain = compute(start, Rule(length, unit), CALENDAR).unrolled_on
    stop = pause(start, 1 + int(share * ((plain - start).days - 1)), days)  # it begins while the limit runs
    moved = compute(start, Rule(length, unit), CALENDAR, pauses=[stop])
    n = units(unit, stop.first, stop.until)
    longer = compute(start, Rule(length + n, unit), CALENDAR)
    assert (moved.paused_for, moved.unrolled_on) == (n, longer.unrolled_on)


@given(**CHANGES, days=PAUSED_DAYS, late=st.integers(min_value=1, max_value=20))
def test_a_suspension_after_the_last_day_moves_nothing(start, length, unit, days, late):
    plain = compute(start, Rule(length, unit), CALENDAR)
    stop = pause(plain.due_on, late, days)
    assert compute(start, Rule(length, unit), CALENDAR, pauses=[stop]) == plain


@given(**CHANGES, after=st.integers(min_value=1, max_value=50), days=PAUSED_DAYS, more=st.integers(min_value=0, max_value=9))
def test_rolling_comes_last_and_never_earlier(start, length, unit, after, days, more):
    limit = compute(start, Rule(length, unit), CALENDAR, extended_by=more, pauses=[pause(start, after, days)])
    assert limit.due_on >= limit.unrolled_on >= compute(start, Rule(length, unit), CALENDAR).unrolled_on
    assert CALENDAR.is_workday(limit.due_on)
    assert not pause(start, after, days).holds(limit.due_on)


@given(**CHANGES, first=st.integers(min_value=1, max_value=20), days=PAUSED_DAYS, gap=st.integers(min_value=0, max_value=9))
def test_two_suspensions_count_as_their_days_do(start, length, unit, first, days, gap):
    one = pause(start, first, days)
    other = pause(start, first + days + gap, days)
    limit = compute(start, Rule(length, unit), CALENDAR, pauses=[one, other])
    reached = [start + timedelta(days=n) for n in range(1, (limit.unrolled_on - start).days + 1)]
    running = [day for day in reached if not one.holds(day) and not other.holds(day)]
    assert len([day for day in running if unit is Unit.DAYS or CALENDAR.is_workday(day)]) == length


def test_days_that_did_not_count_are_not_called_days_off():
    limit = compute(date(2026, 9, 14), working(3), CALENDAR, pauses=[Pause(date(2026, 9, 15), date(2026, 9, 21))])
    assert limit.due_on == date(2026, 9, 23)
    assert limit.days_off == ()
    assert limit.as_facts()["pauses"] == [["2026-09-15", "2026-09-21"]]


def test_a_limit_that_nothing_moved_says_nothing_of_it():
    facts = compute(date(2026, 9, 14), working(3), CALENDAR, pauses=[Pause(date(2026, 12, 1), date(2026, 12, 9))]).as_facts()
    assert not {"extended_by", "paused_for", "pauses"} & facts.keys()


def test_state_follows_the_thresholds_of_a_policy():
    due, today = date(2026, 10, 22), date(2026, 10, 27)
    colours = [state(due, today, CALENDAR, yellow_after=yellow, red_after=red) for yellow, red in ((0, 1), (1, 5), (3, 5))]
    assert colours == [State.RED, State.YELLOW, State.LATE]
