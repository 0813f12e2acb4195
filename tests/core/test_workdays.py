"""The working calendar: published holidays, make-up days, the office's own entries."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workdays import WorkCalendar

CALENDAR = WorkCalendar()
DAYS = st.dates(min_value=date(2006, 1, 1), max_value=date(2026, 6, 30))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-10-10", True),  # a Saturday on which the office makes up for the National Day holiday
        ("2026-09-20", True),  # a Sunday likewise
        ("2026-10-01", False),
        ("2026-11-21", False),
        ("2026-11-23", True),
    ],
)
def test_is_workday_knows_holidays_and_makeup_days(day, works):
    assert CALENDAR.is_workday(date.fromisoformat(day)) is works


def test_is_workday_takes_the_offices_entry_before_the_built_in_calendar():
    calendar = WorkCalendar(overrides={date(2026, 11, 23): False})
    assert not calendar.is_workday(date(2026, 11, 23))


def test_is_published_is_false_for_a_year_nobody_has_entered():
    assert not CALENDAR.is_published(2027)
    assert WorkCalendar(entered_years=frozenset({2027})).is_published(2027)


@given(DAYS, st.integers(min_value=1, max_value=40))
def test_shift_never_lands_on_a_day_off(day, working_days):
    assert CALENDAR.is_workday(CALENDAR.shift(day, working_days))


@given(DAYS, st.integers(min_value=0, max_value=30))
def test_count_is_the_inverse_of_shift(day, working_days):
    assert CALENDAR.count(day, CALENDAR.shift(day, working_days)) == working_days


OVERRIDES = st.dictionaries(st.dates(min_value=date(2003, 1, 1), max_value=date(2029, 12, 31)), st.booleans(), max_size=5)


@given(st.dates(min_value=date(2003, 1, 1), max_value=date(2029, 6, 30)), st.integers(min_value=-5, max_value=60), OVERRIDES)
def test_count_is_the_number_of_working_days_walked(start, days, overrides):
    calendar = WorkCalendar(overrides=overrides)
    walked = [start + timedelta(days=n) for n in range(1, days + 1)]
    assert calendar.count(start, start + timedelta(days=days)) == sum(calendar.is_workday(day) for day in walked)


def test_every_built_in_day_is_as_published():
    published = holidays.country_holidays("CN", years=range(2005, 2027))
    days = [date.fromordinal(n) for n in range(date(2005, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]
    assert [CALENDAR.is_workday(day) for day in days] == [published.is_working_day(day) for day in days]


@given(DAYS)
def test_shift_back_lands_on_an_earlier_working_day(day):
    earlier = CALENDAR.shift(day, -1)
    assert earlier < day
    assert CALENDAR.is_workday(earlier)
