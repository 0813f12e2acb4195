"""The limits of a case as its pages show them: how each stands, how it was counted, whom the portal reminded and reminds next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

from cases import history
from cases.addressees import Addressees, Directory
from cases.models import Case, Deadline
from cases.wording import Standing, names_of, rung_words, standing
from cases.workflow import Step
from core import calendars, clock, explain
from core import reminders as ladder
from core.workdays import WorkCalendar

_LONGEST_STRIP = 62
_NEXT_RUNGS = 3


@dataclass(frozen=True)
class Day:
    """One square of the strip of days behind a limit: its label, and whether it is a day off or the last one."""

    label: str
    kind: str


@dataclass(frozen=True)
class Limit:
    """One limit as the page shows it."""

    row: Deadline
    step: str
    standing: Standing | None
    kept: bool
    explanation: str
    days: list[Day]
    reminders: list[history.Reminder]
    paused_since: date | None = None
    coming: Sequence[history.Coming] = ()


def limit_of(row: Deadline) -> Limit:
    """Return one limit for a page that shows no reminders (the agency's)."""
    return _limit(row, [], clock.today(), calendars.work_calendar())


def limits_of(case: Case, reminders: list[history.Reminder], today: date, calendar: WorkCalendar) -> list[Limit]:
    """Return every limit of a case, those that run with the reminders to come."""
    rows = sorted(case.deadlines.all(), key=lambda row: row.pk)
    for row in rows:
        row.case = case
    known = Directory(row for row in rows if row.next_reminder_at)
    return [replace(_limit(row, reminders, today, calendar), coming=_coming(row, known, calendar)) for row in rows]


def _coming(row: Deadline, known: Directory, calendar: WorkCalendar) -> list[history.Coming]:
    """Return the next rungs of a limit that runs, and to whom each goes as things stand."""
    if row.next_reminder_at is None:
        return []
    people, last = Addressees(row, known), row.next_reminder_at - timedelta(seconds=1)
    rungs = ladder.coming(row.started_on, row.due_on, last, calendar, row.policy.ladder)
    return [
        history.Coming(rung_words(rung.offset), rung.fires_at, names_of(people.when(rung.offset)))
        for rung in islice(rungs, _NEXT_RUNGS)
    ]


def _limit(row: Deadline, reminders: list[history.Reminder], today: date, calendar: WorkCalendar) -> Limit:
    open_now = row.closed_at is None and row.paused_on is None
    return Limit(
        row=row,
        step=str(Step(row.step).label),
        standing=standing(row.due_on, today, calendar, row.policy) if open_now else None,
        kept=row.closed_at is not None and row.closed_at < row.due_at,
        explanation=explain.in_words(row.explanation),
        days=strip(row.explanation),
        reminders=[reminder for reminder in reminders if reminder.deadline == row.pk],
        paused_since=row.paused_on if row.closed_at is None else None,
    )


def strip(facts: Mapping[str, Any]) -> list[Day]:
    """Return every day from the start to the last one, or nothing where that would be too long to look at."""
    first, last = date.fromisoformat(facts["started_on"]), date.fromisoformat(facts["due_on"])
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    off = {date.fromisoformat(day) for day in facts["days_off"]}
    if len(days) > _LONGEST_STRIP:
        return []
    spans = [(date.fromisoformat(begin), date.fromisoformat(until)) for begin, until in facts.get("pauses", [])]
    paused = [day for day in days if any(begin <= day < until for begin, until in spans)]
    kinds = {first: "start"} | dict.fromkeys(off, "off") | dict.fromkeys(paused, "paused") | {last: "end"}
    return [Day(_label(day, first), kinds.get(day, "")) for day in days]


def _label(day: date, first: date) -> str:
    """The month stands with the first day and wherever it changes."""
    return f"{day.month}/{day.day}" if day == first or day.day == 1 else str(day.day)
