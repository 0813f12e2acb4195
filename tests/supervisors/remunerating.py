"""Remuneration for tests: a rule, full-time supervisors, what they did, and a run up to a state."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from accounts.roles import Role
from core import clock
from supervisors import actions
from supervisors.models import DutyLog, Payable, RemunerationRule, RemunerationRun, RemunerationStatement, Supervisor, Term
from tests.factories import MONDAY, UserFactory, office_leader, officer

AUGUST, JULY, SEPTEMBER = date(2026, 8, 1), date(2026, 7, 1), date(2026, 9, 1)
IN_OCTOBER = MONDAY + timedelta(days=30)
RULE: dict[str, Any] = {
    "monthly_fen": 620_00,
    "allowance_fen": 0,
    "duty_day_fen": 80_00,
    "inspection_fen": 100_00,
    "proration": "days",
    "basis": "测办〔2026〕3 号第五条",
}


def rule(since: date = JULY, at: datetime = MONDAY, **fields: Any) -> RemunerationRule:
    return actions.note_rule(since=since, by=office_leader(), at=at, **RULE | fields)


def duty(row: Supervisor, day: date, *, is_confirmed: bool = True, kind: str = "patrol") -> DutyLog:
    """A duty as the log keeps it, confirmed or waiting."""
    at = clock.midnight(day)
    decided = {"state": "confirmed", "confirmed_at": at, "confirmed_by": officer()} if is_confirmed else {}
    return DutyLog.objects.create(
        supervisor=row, day=day, kind=kind, hours=Decimal(3), place="政务中心", what="巡看。", entered_at=at, **decided
    )


def computed(month: date = AUGUST, by: User | None = None, at: datetime = MONDAY) -> RemunerationRun:
    run = actions.start_run(month, by=by or officer(), at=at)
    while actions.compute_run(run.pk, at=at):
        pass
    run.refresh_from_db()
    return run


def approved(month: date = AUGUST, at: datetime = MONDAY, by: User | None = None) -> RemunerationRun:
    run = computed(month, at=at)
    return actions.approve_run(run, version=run.version, by=by or office_leader(), at=at)


def amounts(row: RemunerationStatement) -> dict[tuple[str, date], int]:
    return {(line.kind, line.month): line.amount_fen for line in row.lines.all()}


def statement(run: RemunerationRun, row: Supervisor) -> RemunerationStatement:
    return run.statements.get(supervisor=row)


def payable_of(run: RemunerationRun, row: Supervisor) -> Payable:
    """What is owed for a statement."""
    return Payable.objects.get(statement=statement(run, row))


def many(count: int, *, since: int = 0) -> None:
    """Full-time supervisors with a term, in a few statements."""
    users = User.objects.bulk_create(
        UserFactory.build(username=f"many{since + place}", roles=[Role.SUPERVISOR]) for place in range(count)
    )
    rows = Supervisor.objects.bulk_create(Supervisor(user=user, kind="full_time", background="retired") for user in users)
    Term.objects.bulk_create(
        Term(
            supervisor=row,
            since=date(2026, 1, 1),
            until=date(2026, 12, 31),
            certificate_number=f"多-{row.pk}",
            code=f"many{row.pk}",
        )
        for row in rows
    )
