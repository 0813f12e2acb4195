"""A supervisor's year, month by month; a query a column."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from cases.models import Case
from core import clock
from supervisors.models import DutyLog, FieldRecord, InspectionMember, RemunerationStatement, Supervisor, Tip
from supervisors.remuneration.workflow import RunState

_HOLDS = ("upheld", "partly_upheld")


@dataclass(frozen=True)
class Row:
    """A month, or the whole year. `decided` tips have a finding that the office stands behind; of them `upheld` held."""

    duty_days: int
    inspections: int
    problems: int
    tips: int
    decided: int
    upheld: int
    paid_fen: int

    @property
    def upheld_rate(self) -> int | None:
        """How many of a hundred decided tips held; None while none is decided."""
        return round(100 * self.upheld / self.decided) if self.decided else None


@dataclass(frozen=True)
class Year:
    """The months of a year that have begun, and all of them together."""

    year: int
    months: list[tuple[date, Row]]
    whole: Row
    is_paid: bool  # full-time supervisors are


def year_of(row: Supervisor, year: int, today: date) -> Year:
    """Return the year of a supervisor. A tip counts in the month in which it was given, its finding too."""
    columns = _columns(row, year)
    months = [date(year, number, 1) for number in range(1, 13) if date(year, number, 1) <= today]
    found = [(month, Row(**{name: counted[month.month] for name, counted in columns.items()})) for month in months]
    whole = Row(**{name: sum(counted.values()) for name, counted in columns.items()})
    return Year(year, found, whole, row.kind == Supervisor.Kind.FULL_TIME)


def years_of(row: Supervisor, today: date) -> list[int]:
    """Return the years in which somebody served, the newest first."""
    first = min((term.since.year for term in row.terms_newest_first), default=today.year)
    return list(range(today.year, min(first, today.year) - 1, -1))


def _columns(row: Supervisor, year: int) -> dict[str, Counter[int]]:
    since, before = clock.midnight(date(year, 1, 1)), clock.midnight(date(year + 1, 1, 1))
    duties = DutyLog.objects.filter(supervisor=row, state=DutyLog.State.CONFIRMED, day__year=year)
    visits = InspectionMember.objects.filter(user=row.user_id, inspection__state="done")
    visits = visits.filter(inspection__ended_at__gte=since, inspection__ended_at__lt=before)
    records = FieldRecord.objects.filter(recorded_by=row.user_id, recorded_at__gte=since, recorded_at__lt=before)
    statements = RemunerationStatement.objects.filter(supervisor=row, run__state=RunState.APPROVED, run__month__year=year)
    return {
        "duty_days": Counter(day.month for day in duties.values_list("day", flat=True).distinct()),
        "inspections": _by_month(visits.values_list("inspection__ended_at", flat=True)),
        "problems": _by_month(records.exclude(state=FieldRecord.State.CLEAN).values_list("recorded_at", flat=True)),
        **_tips(row, since, before),
        "paid_fen": Counter({month.month: max(fen, 0) for month, fen in statements.values_list("run__month", "total_fen")}),
    }


def _tips(row: Supervisor, since: datetime, before: datetime) -> dict[str, Counter[int]]:
    given = dict(
        Tip.objects.filter(supervisor=row, given_at__gte=since, given_at__lt=before).values_list("complaint", "given_at")
    )
    cases = Case.objects.filter(Q(replied_at__isnull=False) | Q(closed_at__isnull=False), links__complaint__in=given)
    found = list(cases.exclude(finding="").values_list("links__complaint", "finding"))
    return {
        "tips": _by_month(given.values()),
        "decided": _by_month(given[complaint] for complaint, _finding in found if complaint in given),
        "upheld": _by_month(given[complaint] for complaint, finding in found if complaint in given and finding in _HOLDS),
    }


def _by_month(moments: Any) -> Counter[int]:
    return Counter(clock.day_of(moment).month for moment in moments)
