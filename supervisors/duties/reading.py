"""What the pages of duties show: the supervisor's own home, the office's list, who is behind."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from core.paging import Page, keyset_page
from supervisors.models import DutyLog, Interest, Quota, Supervisor
from supervisors.querysets import DutyLogQuerySet
from supervisors.roster.reading import line_of

from . import counting
from .periods import Standing, span_of


def own_page(user: User, today: date) -> dict[str, Any]:
    """Return the home of a supervisor; `row` is empty for somebody who is not on the roster."""
    row = own(user)
    if row is None:
        return {"row": None}
    line = line_of(row, today)
    return {
        "row": row,
        "line": line,
        "today": today,
        "tasks": list(row.tasks.filter(done_at__isnull=True).order_by("due_on", "pk")[:50]),
        "quotas": [(quota, standing, span_of(quota.period, today)) for quota, standing in counting.standings_of(row, today)],
        "logs": list(row.duty_logs.order_by("-day", "-pk")[:10]),
        "interests": list(row.interests.filter(ended_at__isnull=True).select_related("agency").order_by("pk")),
        "has_confirmed": row.confirmations.filter(year=today.year).exists(),
    }


def own(user: User) -> Supervisor | None:
    """Return somebody's own entry on the roster."""
    return Supervisor.objects.visible_to(user).filter(user=user).for_list().first()


def own_interest(row: Supervisor, pk: int) -> Interest | None:
    """Return one of the own interests that still stands."""
    return row.interests.filter(pk=pk, ended_at__isnull=True).select_related("supervisor").first()


def suggested(row: Supervisor, today: date) -> dict[str, Any]:
    """Suggest what was entered last, for today."""
    last = row.duty_logs.order_by("-entered_at").first()
    if last is None:
        return {"day": today}
    return {"day": today, "kind": last.kind, "hours": last.hours.normalize(), "place": last.place}


def logs_for(user: User, *, look: str) -> DutyLogQuerySet:
    """Return the duty log for the office: what waits, or all."""
    rows = DutyLog.objects.visible_to(user).for_list()
    return rows if look == "all" else rows.filter(state=DutyLog.State.WAITING)


@dataclass(frozen=True)
class Bar:
    """One supervisor's standing with a quota."""

    row: Supervisor
    standing: Standing


@dataclass(frozen=True)
class Behind:
    """A quota, how many serve and are behind, and one page of them or of all."""

    quota: Quota
    span: str
    serving: int
    behind: int
    bars: list[Bar]


def quota_page(kind: str, before: str, *, everybody: bool, today: date) -> tuple[list[Behind], Page[Supervisor] | None]:
    """Return each quota of a kind with its bars; people come a page at a time, newest first."""
    quotas = counting.quotas_on(kind, today)
    late = {quota.pk: counting.behind_on(quota, today) for quota in quotas}
    serving = counting.begun(kind, today)
    wanted = set(serving) if everybody else {pk for found in late.values() for pk in found}
    rows = Supervisor.objects.filter(pk__in=wanted).select_related("user", "home_agency").order_by("-pk")
    found = keyset_page(rows, before, size=50)
    return [_behind(quota, late[quota.pk], len(serving), found.rows, today, everybody) for quota in quotas], found


def _behind(
    quota: Quota, late: dict[int, Standing], serving: int, rows: list[Supervisor], today: date, everybody: bool
) -> Behind:
    shown = rows if everybody else [row for row in rows if row.pk in late]
    standings = counting.standings_for(quota, [row.pk for row in shown], today)
    bars = [Bar(row, standings[row.pk]) for row in shown]
    return Behind(quota, span_of(quota.period, today).key, serving, len(late), bars)


def quotas_set() -> list[Quota]:
    """Return every quota that was set, the newest first."""
    return list(Quota.objects.order_by("-valid_from", "kind", "what")[:100])
