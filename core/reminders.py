"""The reminder ladder: T−5, T−2, T−1 working days, the due day, then each working day late. Pure.

A rung fires at 08:30 in Asia/Shanghai on its day. A rung that would fall on or before the day on which the step began does not
exist. After an outage only the newest rung that has come is sent, not a flood.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .workdays import WorkCalendar

FIRES_AT = time(8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
BEFORE = (-5, -2, -1, 0)


@dataclass(frozen=True)
class Rung:
    """One reminder of one deadline: `offset` in working days from the last day (negative before, 0 on it, positive late)."""

    offset: int
    day: date

    @property
    def key(self) -> str:
        """Name the rung in dedupe keys: `T-2`, `T0`, `T+3`."""
        return f"T{self.offset:+d}" if self.offset else "T0"

    @property
    def fires_at(self) -> datetime:
        """The moment from which the rung may be sent."""
        return datetime.combine(self.day, FIRES_AT)


def rungs_before(started_on: date, due_on: date, calendar: WorkCalendar) -> list[Rung]:
    """Return the rungs up to and including the due day that exist for this deadline, earliest first."""
    rungs = [Rung(offset, calendar.shift(due_on, offset)) for offset in BEFORE]
    return [rung for rung in rungs if rung.day > started_on]


def newest(started_on: date, due_on: date, now: datetime, calendar: WorkCalendar) -> Rung | None:
    """Return the newest rung that has come by `now`, or None before the first."""
    late = _newest_late(due_on, now, calendar)
    if late:
        return late
    return next((rung for rung in reversed(rungs_before(started_on, due_on, calendar)) if rung.fires_at <= now), None)


def next_after(started_on: date, due_on: date, now: datetime, calendar: WorkCalendar) -> Rung:
    """Return the first rung that fires after `now`; there always is one, for lateness has no last day."""
    for rung in rungs_before(started_on, due_on, calendar):
        if rung.fires_at > now:
            return rung
    late = _newest_late(due_on, now, calendar)
    offset = late.offset + 1 if late else 1
    day = calendar.shift(late.day if late else due_on, 1)
    return Rung(offset, day)


def _newest_late(due_on: date, now: datetime, calendar: WorkCalendar) -> Rung | None:
    """Return the newest working day late whose hour has come."""
    today = now.astimezone(FIRES_AT.tzinfo).date()
    day = today if datetime.combine(today, FIRES_AT) <= now else today - timedelta(days=1)
    while day > due_on and not calendar.is_workday(day):
        day -= timedelta(days=1)
    return Rung(calendar.count(due_on, day), day) if day > due_on else None
