"""Reads what remuneration is computed from, for some supervisors and some months at a time; a query a table."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from core import clock
from core.calendars import work_calendar
from supervisors.models import (
    DutyLog,
    InspectionMember,
    RemunerationLine,
    RemunerationRule,
    RemunerationRun,
    RemunerationStatement,
    Supervisor,
    Suspension,
    Term,
)
from supervisors.models.roster import Kind as SupervisorKind
from supervisors.querysets import SupervisorQuerySet

from .computing import Kind, Line, Rate, Span, Work, corrections, days_served, lines_of
from .months import first_of, last_of, months_back
from .workflow import RunState

LOOKS_BACK = 12  # months in which something late is still corrected


@dataclass(frozen=True)
class Basis:
    """What is the same for everybody in a run: its months, the last one the run's own, each with its rule and working days."""

    month: date
    rates: Mapping[date, Rate]
    working_days: Mapping[date, frozenset[date]]

    @property
    def first(self) -> date:
        """The earliest month that is computed again."""
        return min(self.rates)


def basis_of(run: RemunerationRun) -> Basis:
    """Read the rules of the run's month and of those approved in the year before. Without a rule a month pays nothing."""
    earliest = months_back(run.month, LOOKS_BACK)
    approved = RemunerationRun.objects.filter(state=RunState.APPROVED, month__gte=earliest, month__lt=run.month)
    months = [*approved.order_by("month").values_list("month", flat=True), run.month]
    rates = {month: rule.rate for month in months if (rule := RemunerationRule.objects.for_month(month))}
    calendar = work_calendar()
    working = {month: frozenset(day for day in _days_of(month) if calendar.is_workday(day)) for month in rates}
    return Basis(run.month, rates, working)


def _days_of(month: date) -> list[date]:
    return [month.replace(day=day) for day in range(1, last_of(month).day + 1)]


def people_of(month: date) -> SupervisorQuerySet:
    """Return the full-time supervisors who served in a month or the year before, in the order of their ids."""
    terms = Term.objects.filter(is_void=False, since__lte=last_of(month))
    terms = terms.annotate(last=Coalesce(F("ended_on"), F("until"))).filter(last__gte=months_back(month, LOOKS_BACK))
    return Supervisor.objects.filter(kind=SupervisorKind.FULL_TIME, pk__in=terms.values("supervisor")).order_by("pk")


def lines_for(people: Sequence[Supervisor], basis: Basis) -> dict[int, list[Line]]:
    """Compute the lines of some supervisors, by id: the month's own, what is corrected in earlier ones, what is carried."""
    ids = [one.pk for one in people]
    work, before, carried = _work(people, basis), _approved(ids, basis), _carried(ids)
    found: dict[int, list[Line]] = {}
    for pk in ids:
        lines = [Line(Kind.CARRIED, basis.month, carried[pk])] if carried.get(pk) else []
        for month, rate in basis.rates.items():
            due = lines_of(rate, work[pk, month], basis.working_days[month], month)
            lines += due if month == basis.month else corrections(due, before[pk, month], month)
        found[pk] = lines
    return found


def _work(people: Sequence[Supervisor], basis: Basis) -> dict[tuple[int, date], Work]:
    """What each did in each month."""
    ids, months = [one.pk for one in people], list(basis.rates)
    terms, away = _terms(ids), _suspensions(ids)
    duties, visits = _duty_days(ids, basis), _inspections({one.user_id: one.pk for one in people}, basis)
    return {
        (pk, month): Work(days_served(terms[pk], away[pk], month), frozenset(duties[pk, month]), visits[pk, month])
        for pk in ids
        for month in months
    }


def _terms(ids: Collection[int]) -> dict[int, list[Span]]:
    rows = Term.objects.filter(supervisor__in=ids, is_void=False).annotate(last=Coalesce(F("ended_on"), F("until")))
    spans = defaultdict(list)
    for pk, since, last in rows.values_list("supervisor", "since", "last"):
        spans[pk].append(Span(since, last))
    return spans


def _suspensions(ids: Collection[int]) -> dict[int, list[Span]]:
    spans = defaultdict(list)
    for pk, first, again in Suspension.objects.filter(supervisor__in=ids).values_list("supervisor", "from_on", "until_on"):
        if again is None or again > first:
            spans[pk].append(Span(first, date.fromordinal(again.toordinal() - 1) if again else None))
    return spans


def _duty_days(ids: Collection[int], basis: Basis) -> dict[tuple[int, date], set[date]]:
    """Days with a duty that an officer confirmed; two duties on one day are one day."""
    rows = DutyLog.objects.filter(
        supervisor__in=ids, state=DutyLog.State.CONFIRMED, day__gte=basis.first, day__lte=last_of(basis.month)
    )
    found = defaultdict(set)
    for pk, day in rows.values_list("supervisor", "day").order_by():
        found[pk, first_of(day)].add(day)
    return found


def _inspections(people: Mapping[int, int], basis: Basis) -> dict[tuple[int, date], int]:
    """Inspections that are done, for everybody who was on them, in the month in which they were closed."""
    rows = InspectionMember.objects.filter(user__in=people, inspection__state="done")
    since = clock.midnight(basis.first)
    found: dict[tuple[int, date], int] = defaultdict(int)
    for user, ended_at in rows.filter(inspection__ended_at__gte=since).values_list("user", "inspection__ended_at"):
        if ended_at is not None:
            found[people[user], first_of(clock.day_of(ended_at))] += 1
    return found


def _approved(ids: Collection[int], basis: Basis) -> dict[tuple[int, date], dict[Kind, int]]:
    """What was approved for each earlier month, in its own run and in corrections since."""
    rows = RemunerationLine.objects.filter(
        statement__supervisor__in=ids, statement__run__state=RunState.APPROVED, month__gte=basis.first, month__lt=basis.month
    ).exclude(kind=Kind.CARRIED)
    found: dict[tuple[int, date], dict[Kind, int]] = defaultdict(dict)
    for pk, month, kind, fen in rows.values_list("statement__supervisor", "month", "kind").annotate(fen=Sum("amount_fen")):
        found[pk, month][Kind(kind)] = int(fen)
    return found


def _carried(ids: Collection[int]) -> dict[int, int]:
    """What the last approved statement of each came to, where that was below zero."""
    rows = RemunerationStatement.objects.filter(Q(supervisor__in=ids), run__state=RunState.APPROVED)
    last = rows.order_by("supervisor", "-run__month").distinct("supervisor").values_list("supervisor", "total_fen")
    return {pk: fen for pk, fen in last if fen < 0}
