"""Reads a year's calendar from JSON: the holidays and make-up working days that the State Council has published. Pure.

    {"year": 2027, "published_on": "2026-11-04", "basis": "…", "days_off": {"2027-01-01": "元旦"}, "makeup_days": ["2027-02-20"]}

`days_off` may also be a plain list. Days may lie in the December before (a New Year holiday that begins early).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

_SATURDAY = 5
_FEWEST_DAYS_OFF = 7  # fewer than the statutory holidays of the least generous year: the file has gaps
# Days off of every year by the regulation on public holidays: month and day. The others move with the moon.
_ALWAYS_OFF = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
_LONGEST_BREAK = 3  # days between two of one holiday, from which on they belong to different years of it
_YEARS = range(2000, 2101)
_DECEMBER = 12


class CalendarRefused(ValueError):
    """A file that cannot be taken; the message says what to mend."""


@dataclass(frozen=True)
class YearPlan:
    """One published year: days off with their names, and weekend days on which the office works."""

    year: int
    published_on: date
    basis: str
    days_off: Mapping[date, str]
    makeup_days: frozenset[date]


def read(text: str) -> YearPlan:
    """Read and check a file. Raises CalendarRefused."""
    if not text.strip():
        raise CalendarRefused("The file is empty.")
    try:
        data = json.loads(text, object_pairs_hook=_once)
    except CalendarRefused:
        raise
    except (ValueError, RecursionError) as error:
        raise CalendarRefused(f"The file is no JSON: {error}") from error
    if not isinstance(data, dict):
        raise CalendarRefused("The file must hold one object with year, published_on, basis, days_off and makeup_days.")
    off = data.get("days_off")
    names = off if isinstance(off, dict) else dict.fromkeys(_list(off, "days_off"), "")
    plan = YearPlan(
        year=_year(data.get("year")),
        published_on=_day(data.get("published_on"), "published_on"),
        basis=_text(data.get("basis")),
        days_off={_day(day, "days_off"): str(name)[:60] for day, name in names.items()},
        makeup_days=frozenset(_day(day, "makeup_days") for day in _list(data.get("makeup_days"), "makeup_days")),
    )
    _check(plan)
    return plan


def _check(plan: YearPlan) -> None:
    """Refuse days of other years, days that are both, make-up days on weekdays, and files too short to be whole."""
    for day in (*plan.days_off, *plan.makeup_days):
        if day.year != plan.year and not (day.year == plan.year - 1 and day.month == _DECEMBER):
            raise CalendarRefused(f"{day} does not belong to the calendar of {plan.year}.")
    if both := sorted(plan.makeup_days & set(plan.days_off)):
        raise CalendarRefused(f"{both[0]} is named both as a day off and as a make-up working day.")
    if wrong := sorted(day for day in plan.makeup_days if day.weekday() < _SATURDAY):
        raise CalendarRefused(f"{wrong[0]} is no weekend day, so it cannot be a make-up working day.")
    if len(plan.days_off) < _FEWEST_DAYS_OFF:
        raise CalendarRefused(f"Only {len(plan.days_off)} days off: the file has gaps. A year has at least {_FEWEST_DAYS_OFF}.")
    _check_gaps(plan)


def _check_gaps(plan: YearPlan) -> None:
    """Refuse a file in which the office works on a holiday of every year, or amid the days of one holiday."""
    if missing := [day for day in _holidays(plan.year) if day not in plan.days_off and _is_worked(day, plan)]:
        raise CalendarRefused(f"{missing[0]} is a public holiday of every year and missing in “days_off”.")
    for before, after, name in _breaks(plan):
        if gaps := [day for day in _between(before, after) if _is_worked(day, plan)]:
            raise CalendarRefused(f"{gaps[0]} lies amid the days of “{name}” and is missing in “days_off”.")


def _holidays(year: int) -> list[date]:
    return [date(year, month, day) for month, day in _ALWAYS_OFF]


def _is_worked(day: date, plan: YearPlan) -> bool:
    """Whether the office would work on a day that the file does not name as a day off."""
    return day.weekday() < _SATURDAY or day in plan.makeup_days


def _breaks(plan: YearPlan) -> Iterator[tuple[date, date, str]]:
    """Yield each two days of one holiday, next to each other in the file, between which there are days."""
    for name in sorted({name for name in plan.days_off.values() if name}):
        days = sorted(day for day, its in plan.days_off.items() if its == name)
        yield from ((before, after, name) for before, after in pairwise(days) if 1 < (after - before).days <= _LONGEST_BREAK)


def _between(before: date, after: date) -> list[date]:
    return [before + timedelta(days=number) for number in range(1, (after - before).days)]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object of the file; JSON lets a name stand twice, of which the last would win unseen."""
    names = [name for name, _value in pairs]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise CalendarRefused(f"“{twice}” stands twice in the file.")
    return dict(pairs)


def _year(value: Any) -> int:
    if not isinstance(value, int) or value not in _YEARS:
        raise CalendarRefused("“year” must be a number like 2027.")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise CalendarRefused("“basis” must name the notice that published the calendar.")
    return value.strip()[:200]


def _list(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise CalendarRefused(f"“{name}” must be a list of days like 2027-01-01.")
    if len(value) != len({str(day) for day in value}):
        raise CalendarRefused(f"“{name}” names a day twice.")
    return value


def _day(value: Any, name: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise CalendarRefused(f"“{name}” holds “{value}”, which is no day like 2027-01-01.") from error
