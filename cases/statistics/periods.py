"""Periods of the statistics: a year, a quarter, a month or any days; which one comes before; into what each falls apart. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_CODE = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", re.ASCII)
_ONE_DAY = timedelta(days=1)
FIRST_YEAR = 2000
MOST_DAYS = 366 * 6  # of a span that somebody chooses


@dataclass(frozen=True)
class Period:
    """Days from the first to the last; `kind` is year, quarter, month or span."""

    kind: str
    first: date
    last: date

    @property
    def code(self) -> str:
        """As an address names it; a span is named by its days."""
        if self.kind == "year":
            return f"{self.first.year}"
        if self.kind == "quarter":
            return f"{self.first.year}-Q{(self.first.month + 2) // 3}"
        return f"{self.first:%Y-%m}" if self.kind == "month" else ""

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def until(self, today: date) -> "Period":
        """Leave out the days that have not come yet."""
        return Period(self.kind, self.first, min(self.last, max(today, self.first)))

    def has_begun(self, today: date) -> bool:
        """Tell whether something can have happened in it."""
        return self.first <= today


def month_of(day: date) -> Period:
    """Return the month of a day."""
    return _months("month", day.replace(day=1), 1)


def year_of(day: date) -> Period:
    """Return the year of a day."""
    return _months("year", day.replace(month=1, day=1), 12)


def parse(code: str) -> Period | None:
    """Read `2026`, `2026-Q3` or `2026-09`; None when it is none of them."""
    found = _CODE.fullmatch(code)
    if found is None or int(found[1]) < FIRST_YEAR:
        return None
    year, quarter, month = int(found[1]), found[2], found[3]
    if year >= date.max.year:
        return None
    if quarter:
        return _months("quarter", date(year, int(quarter) * 3 - 2, 1), 3)
    return _months("month", date(year, int(month), 1), 1) if month else _months("year", date(year, 1, 1), 12)


def span(first: date, last: date) -> Period:
    """Return the days from one to another."""
    return Period("span", first, last)


def before(period: Period, today: date) -> Period:
    """Return the period before this one; of one that is not over, its days so far are compared with as many days of that."""
    length = {"year": 12, "quarter": 3, "month": 1}.get(period.kind)
    if length is None:
        return span(period.first - timedelta(days=period.days), period.first - _ONE_DAY)
    whole = _months(period.kind, _shifted(period.first, -length), length)
    return whole if period.last <= today else _so_far(whole, period, today)


def year_before(period: Period) -> Period:
    """Return the same month of the year before."""
    return month_of(period.first.replace(year=period.first.year - 1))


def offered(today: date, *, years: int = 5, quarters: int = 8, months: int = 24) -> list[list[Period]]:
    """Return the periods to choose from, newest first: years, quarters, months."""
    this_quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return [
        [year_of(date(today.year - number, 1, 1)) for number in range(years)],
        [_months("quarter", _shifted(this_quarter, -3 * number), 3) for number in range(quarters)],
        past_months(today, number=months, with_this=True),
    ]


def past_months(today: date, *, number: int, with_this: bool = False) -> list[Period]:
    """Return so many months, newest first; without this one, which is not over."""
    start = today.replace(day=1)
    return [month_of(_shifted(start, -back)) for back in range(0 if with_this else 1, number + (0 if with_this else 1))]


def parts(period: Period) -> list[Period]:
    """Return the months of a period, cut at its ends; of one month its days."""
    if (period.first.year, period.first.month) == (period.last.year, period.last.month):
        return [Period("day", day, day) for day in _days(period)]
    found, start = [], period.first
    while start <= period.last:
        end = min(month_of(start).last, period.last)
        found.append(Period("month", start, end))
        start = end + _ONE_DAY
    return found


def _days(period: Period) -> Iterator[date]:
    return (period.first + timedelta(days=number) for number in range(period.days))


def _months(kind: str, first: date, length: int) -> Period:
    return Period(kind, first, _shifted(first, length) - _ONE_DAY)


def _shifted(first: date, months: int) -> date:
    """Go so many months on from the first day of one."""
    years, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(years, month + 1, 1)


def _so_far(whole: Period, period: Period, today: date) -> Period:
    """The same part: until the same day of the same month of the year, else as many days."""
    passed = today - period.first
    if period.kind == "year":
        last_day = month_of(date(whole.first.year, today.month, 1)).last.day
        return Period(whole.kind, whole.first, date(whole.first.year, today.month, min(today.day, last_day)))
    return Period(whole.kind, whole.first, min(whole.last, whole.first + passed))
