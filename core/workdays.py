"""Which days the office works: public holidays, weekends and make-up working days. Pure; the tables are passed in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import holidays

# The last year whose make-up days the package `holidays` knows. It keeps silent about unpublished years, so we do not ask it.
LAST_BUILT_IN_YEAR = 2026
FIRST_BUILT_IN_YEAR = 2005
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class WorkCalendar:
    """The office's calendar: the built-in years, then what the office has entered (`overrides`, `entered_years`)."""

    overrides: Mapping[date, bool] = field(default_factory=dict)
    entered_years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Tell whether the office works on this day; the office's own entry wins over the built-in calendar."""
        if day in self.overrides:
            return self.overrides[day]
        if FIRST_BUILT_IN_YEAR <= day.year <= LAST_BUILT_IN_YEAR:
            return _built_in().is_working_day(day)
        return day.weekday() < _SATURDAY

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
        return sum(self.is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


@cache
def _built_in() -> holidays.HolidayBase:
    """Public holidays and make-up days of China as published by the State Council (package `holidays`)."""
    return holidays.country_holidays("CN", years=range(FIRST_BUILT_IN_YEAR, LAST_BUILT_IN_YEAR + 1))
