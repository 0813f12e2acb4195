"""Limits and how they are counted, with the sum written down so that a person can follow it. Pure.

The counting rule: the start day is not counted; the limit ends with the last day. `due_on` is that day, `due_at` the
exclusive 00:00 (Asia/Shanghai) after it, late means `now >= due_at`. A limit in natural days that ends on a day off moves to
the next working day. An extension makes the limit longer, a suspension takes its days out of the count; rolling comes last.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from .workdays import WorkCalendar

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_ONE_DAY = timedelta(days=1)
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
class Pause:
    """Days on which the clock stands still: `first` is the first that does not count, `until` the first that counts again."""

    first: date
    until: date

    def holds(self, day: date) -> bool:
        """Tell whether the clock stands still on a day."""
        return self.first <= day < self.until


@dataclass(frozen=True)
class Limit:
    """A computed limit with its sum; `paused_for` and `extended_by` are in the unit that the rule counts."""

    started_on: date
    rule: Rule
    unrolled_on: date
    due_on: date
    days_off: tuple[date, ...]
    makeup_days: tuple[date, ...]
    provisional: bool
    extended_by: int = 0
    paused_for: int = 0
    pauses: tuple[Pause, ...] = ()

    @property
    def due_at(self) -> datetime:
        """The exclusive end: 00:00 in Asia/Shanghai after the last day."""
        after = self.due_on + _ONE_DAY
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
        } | self._changes()

    def _changes(self) -> dict[str, Any]:
        """What moved the limit since it began; a limit that nothing moved says nothing of it."""
        facts: dict[str, Any] = {"extended_by": self.extended_by} if self.extended_by else {}
        if self.pauses:
            facts["paused_for"] = self.paused_for
            facts["pauses"] = [[pause.first.isoformat(), pause.until.isoformat()] for pause in self.pauses]
        return facts


def compute(start: date, rule: Rule, calendar: WorkCalendar, *, extended_by: int = 0, pauses: Sequence[Pause] = ()) -> Limit:
    """Compute the limit that starts on `start`, longer by `extended_by` of its unit; the days of `pauses` do not count.

    Raises ValueError for a length below one.
    """
    if rule.length < 1 or extended_by < 0:
        raise ValueError("A limit is at least one day long.")
    works = calendar.is_workday if rule.unit is Unit.WORKING_DAYS else _every_day
    unrolled, paused = _walk(start, rule.length + extended_by, works, pauses)
    due = _rolled(unrolled, calendar, pauses) if rule.unit is Unit.DAYS and rule.rolls else unrolled
    counted = [day for day in islice(calendar.days_after(start), (due - start).days) if not _stands_still(day, pauses)]
    return Limit(
        started_on=start,
        rule=rule,
        unrolled_on=unrolled,
        due_on=due,
        days_off=tuple(day for day in counted if not calendar.is_workday(day)),
        makeup_days=tuple(day for day in counted if day.weekday() > 4 and calendar.is_workday(day)),
        provisional=not all(calendar.is_published(year) for year in range(start.year, due.year + 1)),
        extended_by=extended_by,
        paused_for=paused,
        pauses=tuple(
            pause for pause in pauses if pause.until > pause.first and start + _ONE_DAY < pause.until and pause.first <= due
        ),
    )


def _walk(start: date, units: int, counts: Callable[[date], bool], pauses: Sequence[Pause]) -> tuple[date, int]:
    """Go so many units on from a day; returns the day reached and how many units were passed on which the clock stood still."""
    day, left, paused = start, units, 0
    while left:
        day += _ONE_DAY
        if not counts(day):
            continue
        if _stands_still(day, pauses):
            paused += 1
        else:
            left -= 1
    return day, paused


def _rolled(day: date, calendar: WorkCalendar, pauses: Sequence[Pause]) -> date:
    """Return this day, or the next on which the office works and the clock runs."""
    while not calendar.is_workday(day) or _stands_still(day, pauses):
        day += _ONE_DAY
    return day


def _stands_still(day: date, pauses: Sequence[Pause]) -> bool:
    return any(pause.holds(day) for pause in pauses)


def _every_day(_day: date) -> bool:
    return True


def state(
    due_on: date, today: date, calendar: WorkCalendar, *, yellow_after: int = _YELLOW_AFTER, red_after: int = _RED_AFTER
) -> State:
    """Return how a deadline stands today: near within 5 working days, yellow and red when more working days late than these."""
    late = calendar.count(due_on, today)
    if today > due_on:
        if late > red_after:
            return State.RED
        return State.YELLOW if late > yellow_after else State.LATE
    if today == due_on:
        return State.TODAY
    return State.NEAR if calendar.count(today, due_on) <= _NEAR_WORKING_DAYS else State.OK
