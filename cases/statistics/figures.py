"""Reads the figures of a period for one person: the counts of days, or counted on the spot for whoever does not see all cases."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Sum

from accounts.models import User
from accounts.roles import AGENCY, Role
from cases.models import Case, CountedUntil, DayCount
from core import calendars, clock
from core.deadlines import State, state
from core.workdays import WorkCalendar

from .counts import Cells, Days, counted
from .measures import MEASURES, summed
from .periods import Period

Part = DayCount.Part
PAUSED, NO_LIMIT = "paused", "none"


@dataclass(frozen=True)
class Figures:
    """What happened in a period: in all, of each part, on each day; `waits` says how often a reply took so many working days."""

    whole: Mapping[str, int]
    by_part: Mapping[str, Mapping[str, Mapping[str, int]]]
    by_day: Mapping[date, Mapping[str, int]]
    waits: Mapping[int, int]

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened at all."""
        return not any(self.whole.values())

    def within(self, period: Period) -> dict[str, int]:
        """Add up the days of a part of the period."""
        return summed(counts for day, counts in self.by_day.items() if period.first <= day <= period.last)


@dataclass(frozen=True)
class OpenNow:
    """How many cases are open at this moment, by colour, in all and with each agency."""

    by_state: Counter[str] = field(default_factory=Counter)
    by_agency: Mapping[int, Counter[str]] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """All of them."""
        return self.by_state.total()


def counted_at() -> datetime | None:
    """From when the counts of days are; None before they were made for the first time."""
    return CountedUntil.objects.values_list("counted_at", flat=True).first()


def sees_all(user: User) -> bool:
    """Whether no case is hidden from somebody of the office: who has another hat is recused from what is about his agency."""
    return not user.has_role(*AGENCY, Role.HELPER_CLERK)


def read(user: User, period: Period) -> Figures:
    """Return the figures of a period as far as the person may see the cases behind them."""
    if sees_all(user):
        return _kept(period)
    days = Days(period.first, period.last, clock.today(), calendars.work_calendar())
    return _added(counted(days, Case.objects.visible_to(user)))


def _kept(period: Period) -> Figures:
    rows = DayCount.objects.filter(day__range=(period.first, period.last)).order_by()
    sums: dict[str, Any] = {f"sum_{name}": Sum(name) for name in MEASURES}
    by_part: dict[str, dict[str, dict[str, int]]] = defaultdict(dict)
    for part, key, *numbers in rows.values_list("part", "key").annotate(**sums):
        by_part[part][key] = _measured(numbers)
    by_day = {day: _measured(numbers) for day, *numbers in rows.filter(part=Part.WHOLE).values_list("day", *MEASURES)}
    return _figures(by_part, by_day)


def _measured(numbers: Iterable[int]) -> dict[str, int]:
    return dict(zip(MEASURES, numbers, strict=True))


def _added(cells: Cells) -> Figures:
    by_part: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    by_day: dict[date, Mapping[str, int]] = {}
    for cell, counts in cells.items():
        by_part[cell.part][cell.key].update(counts)
        if cell.part == Part.WHOLE:
            by_day[cell.day] = summed([counts])
    parts = {part: {key: summed([counts]) for key, counts in found.items()} for part, found in by_part.items()}
    return _figures(parts, by_day)


def _figures(by_part: Mapping[str, Mapping[str, Mapping[str, int]]], by_day: Mapping[date, Mapping[str, int]]) -> Figures:
    waits = {int(key): counts["replied"] for key, counts in by_part.get(Part.WAIT, {}).items()}
    return Figures(by_part.get(Part.WHOLE, {}).get("", summed([])), by_part, by_day, waits)


def open_now(user: User, today: date) -> OpenNow:
    """Count the open cases at this moment, in one query."""
    paused = ExpressionWrapper(Q(paused_on__isnull=False), output_field=BooleanField())
    rows = Case.objects.visible_to(user).open().annotate(paused=paused).values_list("agency", "due_on", "paused")
    calendar = calendars.work_calendar()
    by_state: Counter[str] = Counter()
    by_agency: dict[int, Counter[str]] = defaultdict(Counter)
    known: dict[tuple[date | None, bool], str] = {}  # thousands of cases end on some hundred days
    for agency, due_on, stands_still, number in rows.annotate(n=Count("pk")).order_by():
        if (how := known.get((due_on, stands_still))) is None:
            how = known[due_on, stands_still] = _state(due_on, paused=stands_still, today=today, calendar=calendar)
        by_state[how] += number
        if agency is not None:
            by_agency[agency][how] += number
    return OpenNow(by_state, dict(by_agency))


def late(states: Mapping[str, int]) -> int:
    """Return how many of open cases are late, whatever their colour."""
    return sum(states.get(how, 0) for how in (State.LATE, State.YELLOW, State.RED))


def _state(due_on: date | None, *, paused: bool, today: date, calendar: WorkCalendar) -> str:
    if paused:
        return PAUSED
    return state(due_on, today, calendar) if due_on else NO_LIMIT
