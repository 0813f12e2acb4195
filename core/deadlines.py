"""Limits and how they are counted, with the sum written down so that a person can follow it. Pure.

The counting rule: the start day is not counted; the limit ends with the last day. `due_on` is that day, `due_at` the
exclusive 00:00 (Asia/Shanghai) after it, late means `now >= due_at`. A limit in natural days that ends on a day off moves to
the next working day.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from .workdays import WorkCalendar

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_NEAR_WORKING_DAYS = 5
_YELLOW_AFTER = 1
_RED_AFTER = 2


class Unit(StrEnum):
    """What a limit counts."""

    WORKING_DAYS = "working_days"
    DAYS = "days"


class State(StrEnum):
    """How a deadline stands; each has a colour, a word and a shape of its own."""

    OK = "ok"
    NEAR = "near"
    TODAY = "today"
    LATE = "late"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True)
class Rule:
    """A limit as a policy states it; `rolls` moves natural-day limits off days off, `basis` is the legal basis."""

    length: int
    unit: Unit
    rolls: bool = True
    basis: str = ""


@dataclass(frozen=True)
class Limit:
    """A computed limit with its sum."""

    started_on: date
    rule: Rule
    unrolled_on: date
    due_on: date
    days_off: tuple[date, ...]
    makeup_days: tuple[date, ...]
    provisional: bool

    @property
    def due_at(self) -> datetime:
        """The exclusive end: 00:00 in Asia/Shanghai after the last day."""
        after = self.due_on + timedelta(days=1)
        return datetime(after.year, after.month, after.day, tzinfo=_SHANGHAI)

    def as_facts(self) -> dict[str, Any]:
        """Return the sum as plain values, as a deadline row keeps it; `explain.sentences` puts it into words."""
        return {
            "started_on": self.started_on.isoformat(),
            "length": self.rule.length,
            "unit": self.rule.unit.value,
            "unrolled_on": self.unrolled_on.isoformat(),
            "due_on": self.due_on.isoformat(),
            "days_off": [day.isoformat() for day in self.days_off],
            "makeup_days": [day.isoformat() for day in self.makeup_days],
            "basis": self.rule.basis,
            "provisional": self.provisional,
        }


def compute(start: date, rule: Rule, calendar: WorkCalendar) -> Limit:
    """Compute the limit that starts on `start`. Raises ValueError for a length below one."""
    if rule.length < 1:
        raise ValueError("A limit is at least one day long.")
    if rule.unit is Unit.WORKING_DAYS:
        unrolled = due = calendar.shift(start, rule.length)
    else:
        unrolled = start + timedelta(days=rule.length)
        due = calendar.next_workday(unrolled) if rule.rolls else unrolled
    counted = list(islice(calendar.days_after(start), (due - start).days))
    return Limit(
        started_on=start,
        rule=rule,
        unrolled_on=unrolled,
        due_on=due,
        days_off=tuple(day for day in counted if not calendar.is_workday(day)),
        makeup_days=tuple(day for day in counted if day.weekday() > 4 and calendar.is_workday(day)),
        provisional=not all(calendar.is_published(year) for year in range(start.year, due.year + 1)),
    )


def state(due_on: date, today: date, calendar: WorkCalendar) -> State:
    """Return how a deadline stands today: near within 5 working days, yellow over 1 working day late, red over 2."""
    late = calendar.count(due_on, today)
    if today > due_on:
        if late > _RED_AFTER:
            return State.RED
        return State.YELLOW if late > _YELLOW_AFTER else State.LATE
    if today == due_on:
        return State.TODAY
    return State.NEAR if calendar.count(today, due_on) <= _NEAR_WORKING_DAYS else State.OK
