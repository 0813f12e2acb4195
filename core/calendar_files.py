"""Reads a year's calendar from JSON: the holidays and make-up working days that the State Council has published. Pure.

    {"year": 2027, "published_on": "2026-11-04", "basis": "…", "days_off": {"2027-01-01": "元旦"}, "makeup_days": ["2027-02-20"]}

`days_off` may also be a plain list. Days may lie in the December before (a New Year holiday that begins early).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

_SATURDAY = 5
_FEWEST_DAYS_OFF = 7  # fewer than the statutory holidays of the least generous year: the file has gaps
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
    try:
        data = json.loads(text)
    except ValueError as error:
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
    """Refuse days of other years, days that are both, weekdays made up for, and files with gaps."""
    for day in (*plan.days_off, *plan.makeup_days):
        if day.year != plan.year and not (day.year == plan.year - 1 and day.month == _DECEMBER):
            raise CalendarRefused(f"{day} does not belong to the calendar of {plan.year}.")
    if both := sorted(plan.makeup_days & set(plan.days_off)):
        raise CalendarRefused(f"{both[0]} is named both as a day off and as a make-up working day.")
    if wrong := sorted(day for day in plan.makeup_days if day.weekday() < _SATURDAY):
        raise CalendarRefused(f"{wrong[0]} is no weekend day, so it cannot be a make-up working day.")
    if len(plan.days_off) < _FEWEST_DAYS_OFF:
        raise CalendarRefused(f"Only {len(plan.days_off)} days off: the file has gaps. A year has at least {_FEWEST_DAYS_OFF}.")


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
