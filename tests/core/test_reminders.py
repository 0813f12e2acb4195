"""The reminder ladder."""

from datetime import date, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import SHANGHAI
from core.reminders import coming, may_go_out, newest, next_after, next_morning, rungs_before
from core.workdays import WorkCalendar

CALENDAR = WorkCalendar()
STARTED, DUE = date(2026, 9, 22), date(2026, 10, 22)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_rungs_before_counts_back_in_working_days():
    assert [(rung.key, rung.day.isoformat()) for rung in rungs_before(STARTED, DUE, CALENDAR)] == [
        ("T-5", "2026-10-15"),
        ("T-2", "2026-10-20"),
        ("T-1", "2026-10-21"),
        ("T0", "2026-10-22"),
    ]


def test_rungs_before_leaves_out_what_falls_on_or_before_the_start():
    assert [rung.key for rung in rungs_before(date(2026, 9, 18), date(2026, 9, 22), CALENDAR)] == ["T-2", "T-1", "T0"]
    assert [rung.key for rung in rungs_before(date(2026, 10, 9), date(2026, 10, 10), CALENDAR)] == ["T0"]


@pytest.mark.parametrize(
    ("now", "key"),
    [
        ("2026-10-15T08:29", None),
        ("2026-10-15T08:30", "T-5"),
        ("2026-10-21T23:00", "T-1"),
        ("2026-10-23T08:00", "T0"),
        ("2026-10-23T08:30", "T+1"),
        ("2026-10-25T12:00", "T+1"),  # nobody is reminded on a Sunday
        ("2026-10-28T09:00", "T+4"),
    ],
)
def test_newest_is_the_last_rung_that_has_come(now, key):
    rung = newest(STARTED, DUE, at(now), CALENDAR)
    assert (rung.key if rung else None) == key


@pytest.mark.parametrize(
    ("now", "fires"),
    [
        ("2026-09-22T10:00", "2026-10-15T08:30"),
        ("2026-10-15T08:30", "2026-10-20T08:30"),
        ("2026-10-22T08:30", "2026-10-23T08:30"),
        ("2026-10-23T09:00", "2026-10-26T08:30"),
        ("2026-10-24T09:00", "2026-10-26T08:30"),
    ],
)
def test_next_after_names_the_rung_to_wait_for(now, fires):
    assert next_after(STARTED, DUE, at(now), CALENDAR).fires_at == at(fires)


@given(st.integers(min_value=0, max_value=60 * 24), st.integers(min_value=1, max_value=40))
def test_walking_the_ladder_meets_each_rung_once(hours, length):
    due = CALENDAR.shift(STARTED, length)
    now = at("2026-09-22T00:00") + timedelta(hours=hours)
    upcoming = next_after(STARTED, due, now, CALENDAR)
    assert upcoming.fires_at > now
    assert newest(STARTED, due, upcoming.fires_at, CALENDAR) == upcoming


def test_rungs_follow_the_ladder_of_the_policy():
    rungs = rungs_before(STARTED, DUE, CALENDAR, [0, -10, -3, 2, -3])
    assert [(rung.key, rung.day.isoformat()) for rung in rungs] == [
        ("T-10", "2026-10-09"),
        ("T-3", "2026-10-19"),
        ("T0", "2026-10-22"),
    ]


def test_coming_goes_on_past_the_last_day():
    rungs = islice(coming(STARTED, DUE, at("2026-10-21T09:00"), CALENDAR), 3)
    assert [(rung.key, rung.day.isoformat()) for rung in rungs] == [
        ("T0", "2026-10-22"),
        ("T+1", "2026-10-23"),
        ("T+2", "2026-10-26"),
    ]


@pytest.mark.parametrize(
    ("now", "out", "morning"),
    [
        ("2026-10-23T08:29", False, "2026-10-23T08:30"),
        ("2026-10-23T08:30", True, "2026-10-23T08:30"),
        ("2026-10-23T19:00", True, "2026-10-26T08:30"),
        ("2026-10-24T12:00", False, "2026-10-26T08:30"),
        ("2026-10-10T12:00", True, "2026-10-12T08:30"),  # a make-up Saturday
    ],
)
def test_reminders_go_out_on_working_days_from_the_morning_on(now, out, morning):
    assert may_go_out(at(now), CALENDAR) is out
    assert next_morning(at(now), CALENDAR) == at(morning)
