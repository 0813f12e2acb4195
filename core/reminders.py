"""The reminder ladder: the rungs before the last day that the policy names, then each working day late. Pure.

A rung fires at 08:30 in Asia/Shanghai on its day, and reminders go out on working days from that hour on only. A rung that
would fall on or before the day on which the step began does not exist. After an outage only the newest rung that has come is
sent, not a flood.
"""

from collections.abc import Iterator, Sequence
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


def rungs_before(started_on: date, due_on: date, calendar: WorkCalendar, ladder: Sequence[int] = BEFORE) -> list[Rung]:
    """Return the rungs up to and including the due day that exist for this deadline, earliest first.

    `ladder`: working days from the last day, as the policy names them; late days always remind, so they need no rung of it.
    """
    rungs = [Rung(offset, calendar.shift(due_on, offset)) for offset in sorted(set(ladder)) if offset <= 0]
    return [rung for rung in rungs if rung.day > started_on]


def newest(started_on: date, due_on: date, now: datetime, calendar: WorkCalendar, ladder: Sequence[int] = BEFORE) -> Rung | None:
    """Return the newest rung that has come by `now`, or None before the first."""
    late = _newest_late(due_on, now, calendar)
    if late:
        return late
    return next((rung for rung in reversed(rungs_before(started_on, due_on, calendar, ladder)) if rung.fires_at <= now), None)


def next_after(started_on: date, due_on: date, now: datetime, calendar: WorkCalendar, ladder: Sequence[int] = BEFORE) -> Rung:
    """Return the first rung that fires after `now`; there always is one, for lateness has no last day."""
    return next(coming(started_on, due_on, now, calendar, ladder))


def coming(
    started_on: date, due_on: date, now: datetime, calendar: WorkCalendar, ladder: Sequence[int] = BEFORE
) -> Iterator[Rung]:
    """Yield the rungs that fire after `now`, earliest first and without end."""
    yield from (rung for rung in rungs_before(started_on, due_on, calendar, ladder) if rung.fires_at > now)
    late = _newest_late(due_on, now, calendar)
    offset, day = (late.offset, late.day) if late else (0, due_on)
    while True:
        offset, day = offset + 1, calendar.shift(day, 1)
        yield Rung(offset, day)


def may_go_out(now: datetime, calendar: WorkCalendar) -> bool:
    """Tell whether reminders go out now: on a working day, from the hour of the rungs on."""
    local = now.astimezone(FIRES_AT.tzinfo)
    return calendar.is_workday(local.date()) and now >= datetime.combine(local.date(), FIRES_AT)


def next_morning(now: datetime, calendar: WorkCalendar) -> datetime:
    """Return the next moment at which reminders may go out, for what fell due at another time."""
    today = now.astimezone(FIRES_AT.tzinfo).date()
    first = datetime.combine(calendar.next_workday(today), FIRES_AT)
    return first if first >= now else datetime.combine(calendar.shift(today, 1), FIRES_AT)


def _newest_late(due_on: date, now: datetime, calendar: WorkCalendar) -> Rung | None:
    """Return the newest working day late whose hour has come."""
    today = now.astimezone(FIRES_AT.tzinfo).date()
    day = today if datetime.combine(today, FIRES_AT) <= now else today - timedelta(days=1)
    while day > due_on and not calendar.is_workday(day):
        day -= timedelta(days=1)
    return Rung(calendar.count(due_on, day), day) if day > due_on else None
