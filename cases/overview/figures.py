"""The figures of one agency over twelve months: what came, what was reported in time, how long it took, what people say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Avg, Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from agencies.models import Agency
from cases.models import Assignment, Case, Deadline, Report
from cases.workflow import BY_AGENCY, Step
from complaints.models import Satisfaction
from core import clock

MONTHS = 12
_SHOWN_FROM = 3  # ratings; with fewer an agency could tell who said what


@dataclass(frozen=True)
class Month:
    """One month: how many assignments came, and how many reports went out in time and late."""

    first: date
    came: int
    in_time: int
    late: int


@dataclass(frozen=True)
class Rated:
    """How many complainants said one thing."""

    label: str
    count: int


@dataclass(frozen=True)
class Figures:
    """Twelve months of one agency."""

    months: list[Month]
    days: int | None  # on average from assignment to report
    ratings: list[Rated]
    too_few: bool  # somebody rated, but so few that the agency could tell who

    @property
    def reported(self) -> int:
        """How many reports were made."""
        return sum(one.in_time + one.late for one in self.months)

    @property
    def came(self) -> int:
        """How many assignments came."""
        return sum(one.came for one in self.months)

    @property
    def in_time(self) -> int | None:
        """How many of a hundred reports were in time; None without any."""
        return round(100 * sum(one.in_time for one in self.months) / self.reported) if self.reported else None

    @property
    def rated(self) -> int:
        """How many rated."""
        return sum(one.count for one in self.ratings)


def months_until(today: date) -> list[date]:
    """Return the first days of the last twelve months, this one included."""
    number = today.year * 12 + today.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(number - MONTHS + 1, number + 1)]


def figures_of(agency: Agency, *, today: date, for_office: bool) -> Figures:
    """Read them: four queries, whatever is stored."""
    months = months_until(today)
    since = clock.midnight(months[0])
    came = _by_month(_led(agency).filter(assigned_at__gte=since), "assigned_at", n=Count("pk"))
    ended = _finished(agency, since)
    done = _by_month(ended, "closed_at", n=Count("pk"), late=Count("pk", filter=Q(closed_at__gte=F("due_at"))))
    ratings = _ratings(agency, since)
    too_few = not for_office and 0 < sum(one.count for one in ratings) < _SHOWN_FROM
    return Figures(
        months=[_month(first, came.get(first, {}), done.get(first, {})) for first in months],
        days=_average(agency, since),
        ratings=[] if too_few else ratings,
        too_few=too_few,
    )


def _led(agency: Agency) -> QuerySet[Assignment]:
    return Assignment.objects.of(agency).filter(is_lead=True)


def _finished(agency: Agency, since: datetime) -> QuerySet[Deadline]:
    """Return the limits that ended with a report of the agency. One that is sent back runs on, and counts when it ends again."""
    reports = Report.objects.filter(case=OuterRef("case"), assignment__in=_led(agency).filter(ended_at=None))
    rows = Deadline.objects.filter(step=Step.FINISH, closed_at__gte=since, case__mode__in=BY_AGENCY)
    return rows.filter(Q(Exists(reports)), _with("case__agency", agency))


def _with(column: str, agency: Agency) -> Q:
    return Q(**{column: agency}) | Q(**{f"{column}__parent": agency}) | Q(**{f"{column}__parent__parent": agency})


def _by_month(rows: QuerySet[Assignment] | QuerySet[Deadline], column: str, **counts: Count) -> dict[date, dict[str, int]]:
    grouped = rows.order_by().annotate(month=TruncMonth(column, tzinfo=clock.SHANGHAI)).values("month").annotate(**counts)
    found = grouped.values_list("month", *counts)
    return {clock.day_of(month): dict(zip(counts, numbers, strict=True)) for month, *numbers in found}


def _month(first: date, came: dict[str, int], done: dict[str, int]) -> Month:
    late = done.get("late", 0)
    return Month(first, came.get("n", 0), done.get("n", 0) - late, late)


def _average(agency: Agency, since: datetime) -> int | None:
    reports = Report.objects.filter(assignment__in=_led(agency), reported_at__gte=since).exclude(decision="sent_back")
    took: timedelta | None = reports.aggregate(took=Avg(F("reported_at") - F("assignment__assigned_at")))["took"]
    return max(round(took / timedelta(days=1)), 0) if took is not None else None


def _ratings(agency: Agency, since: datetime) -> list[Rated]:
    rows = Case.objects.filter(_with("agency", agency), closed_at__gte=since, mode__in=BY_AGENCY).exclude(satisfaction="")
    counts = dict(rows.order_by().values_list("satisfaction").annotate(n=Count("pk")))
    return [Rated(str(one.label), counts[one.value]) for one in Satisfaction if one.value in counts]


def highest(months: Sequence[Month]) -> int:
    """Return the highest column of the chart, at least one."""
    return max(1, *(max(one.came, one.in_time + one.late) for one in months))
