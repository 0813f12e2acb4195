"""What the pages of remuneration show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from core.paging import keyset_page
from supervisors.models import (
    PayAccount,
    RemunerationLine,
    RemunerationRule,
    RemunerationRun,
    RemunerationStatement,
    Supervisor,
)

from . import permissions
from .months import first_of, last_of, next_month, previous_month

PAGE = 50


@dataclass(frozen=True)
class InForce:
    """A rule with the last day on which it is in force; none while nothing follows, and itself where another replaces it."""

    rule: RemunerationRule
    until: date | None
    is_replaced: bool


def runs_page(user: User, before: str, today: date) -> dict[str, Any]:
    """The runs, the newest first, the rules, and the month that comes next."""
    found = keyset_page(RemunerationRun.objects.visible_to(user).for_list(), before, size=PAGE)
    last = RemunerationRun.objects.visible_to(user).order_by("-month").first()
    month = next_month(last.month) if last else previous_month(first_of(today))
    return {
        "page": found,
        "rules": rules(),
        "next_month": month,
        "is_over": last_of(month) < today,
        "may_start": permissions.can_compute(user) and (last is None or last.state == "approved"),
        "may_keep_rules": permissions.can_keep_rules(user),
    }


def rules() -> list[InForce]:
    """Return the rules, the latest first, each with until when it holds."""
    found: list[InForce] = []
    later: date | None = None
    for rule in RemunerationRule.objects.select_related("noted_by").order_by("-since", "-id")[:PAGE]:
        replaced = rule.since == later
        until = date.fromordinal(later.toordinal() - 1) if later and not replaced else None
        found.append(InForce(rule, until, replaced))
        later = rule.since
    return found


def run_page(run: RemunerationRun, user: User, before: str) -> dict[str, Any]:
    """One run: its statements a page at a time."""
    rows = RemunerationStatement.objects.visible_to(user).for_list().filter(run=run)
    return {
        "run": run,
        "page": keyset_page(rows.order_by("-id"), before, size=PAGE),
        "may_compute": permissions.can_adjust(user, run),
        "may_approve": permissions.can_approve(user, run),
        "is_leader": permissions.is_leader_of(user, run),
    }


def lines_of(statement: RemunerationStatement) -> list[RemunerationLine]:
    """Return the lines, those of the month itself first, then what is corrected."""
    rows = statement.lines.order_by("-month", "id")
    order = list(RemunerationLine.Kind.values)
    return sorted(rows, key=lambda row: (-row.month.toordinal(), order.index(row.kind)))


def statement_page(statement: RemunerationStatement, user: User) -> dict[str, Any]:
    """One statement with how each line was computed."""
    return {
        "statement": statement,
        "run": statement.run,
        "lines": lines_of(statement),
        "adjustments": list(statement.adjustments.select_related("made_by").order_by("pk")),
        "is_own": statement.supervisor.user_id == user.pk,
        "may_adjust": permissions.can_adjust(user, statement.run) and statement.supervisor.user_id != user.pk,
    }


def own_pay_page(row: Supervisor, user: User, before: str) -> dict[str, Any]:
    """The own statements, the newest first, and whether an account was given."""
    rows = RemunerationStatement.objects.visible_to(user).filter(supervisor=row).for_list()
    return {
        "row": row,
        "page": keyset_page(rows, before, size=24),
        "account": PayAccount.objects.filter(supervisor=row).only("means", "given_at").first(),
    }
