"""Which days the office works: public holidays, weekends and make-up working days. Pure; the tables are passed in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

import holidays

# The last year whose make-up days the package `holidays` knows. It keeps silent about unpublished years, so we do not ask it.
LAST_BUILT_IN_YEAR = 2026
FIRST_BUILT_IN_YEAR = 2005
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkCalendar:
    """The office's calendar: the built-in years, then what the office has entered (`overrides`, `entered_years`)."""

    overrides: Mapping[date, bool] = field(default_factory=dict)
    entered_years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Tell whether the office works on this day; the office's own entry wins over the built-in calendar."""
        if day in self.overrides:
            return self.overrides[day]
        return _worked_until(day.toordinal()) > _worked_until(day.toordinal() - 1)

    def is_published(self, year: int) -> bool:
        """Tell whether holidays and make-up days of this year are known; a date in another year is provisional."""
        return FIRST_BUILT_IN_YEAR <= year <= LAST_BUILT_IN_YEAR or year in self.entered_years

    def days_after(self, day: date) -> Iterator[date]:
        """Yield every day after this one."""
        while True:
            day += _ONE_DAY
            yield day

    def next_workday(self, day: date) -> date:
        """Return this day if the office works on it, else the next day on which it does."""
        while not self.is_workday(day):
            day += _ONE_DAY
        return day

    def shift(self, day: date, working_days: int) -> date:
        """Return the day that lies so many working days after (before, if negative) this one; zero returns the day itself."""
        step = _ONE_DAY if working_days >= 0 else -_ONE_DAY
        left = abs(working_days)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def count(self, start: date, end: date) -> int:
        """Return the number of working days after `start` up to and including `end`; zero if `end` is not after `start`."""
        if end <= start:
            return 0
        entered = {day: works for day, works in self.overrides.items() if start < day <= end}
        plain = WorkCalendar()
        moved = sum(works - plain.is_workday(day) for day, works in entered.items())
        return _worked_until(end.toordinal()) - _worked_until(start.toordinal()) + moved


def _worked_until(ordinal: int) -> int:
    """Return how many working days lie up to and including a day (`date.toordinal`) in the built-in calendar.

    Counting is a subtraction of two such numbers: a list of long overdue cases must not walk years of days for each.
    """
    first, sums = _built_in()
    if ordinal < first:
        return _weekdays_until(ordinal)
    place = min(ordinal - first, len(sums) - 1)
    return sums[place] + _weekdays_until(ordinal) - _weekdays_until(first + place)


def _weekdays_until(ordinal: int) -> int:
    """Return how many days from Monday to Friday lie up to and including a day; day 1 of the calendar was a Monday."""
    weeks, days = divmod(ordinal, 7)
    return weeks * 5 + min(days, 5)


@cache
def _built_in() -> tuple[int, list[int]]:
    """Return the first built-in day and, for each from it on, how many working days lie up to it.

    Public holidays and make-up days of China are those published by the State Council (package `holidays`).
    """
    calendar = holidays.country_holidays("CN", years=range(FIRST_BUILT_IN_YEAR, LAST_BUILT_IN_YEAR + 1))
    first, last = date(FIRST_BUILT_IN_YEAR, 1, 1).toordinal(), date(LAST_BUILT_IN_YEAR, 12, 31).toordinal()
    worked = (int(calendar.is_working_day(date.fromordinal(ordinal))) for ordinal in range(first, last + 1))
    return first, list(accumulate(worked, initial=_weekdays_until(first - 1)))[1:]
