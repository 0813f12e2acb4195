"""A month's remuneration of many supervisors: computed, corrected in the month after, approved; with the memory it took."""

import os
from datetime import date
from decimal import Decimal

from accounts.models import User
from accounts.roles import Role
from core import clock
from supervisors import actions
from supervisors.models import DutyLog, Payable, PayAccount, RemunerationRun, Supervisor, Term
from supervisors.remuneration.months import first_of, months_back
from tests.factories import UserFactory

from .measuring import GOAL_SECONDS, measure_step, progress, say

_TOGETHER = 500
_DAYS = (3, 10, 17, 24)


def run() -> None:
    """Pay BENCH_SUPERVISORS people (2,000 unless it is set), each with four duty days a month."""
    number = int(os.environ.get("BENCH_SUPERVISORS", "2000"))
    officer, leader = UserFactory.create(roles=[Role.OFFICER]), UserFactory.create(roles=[Role.OFFICE_LEADER])
    last = months_back(first_of(clock.today()), 1)
    before = months_back(last, 1)
    for year in {last.year, before.year}:
        actions.open_budget("remuneration", year, basis="测", amount_fen=10**11, by=officer, at=clock.now())
    actions.note_rule(
        since=before,
        monthly_fen=600_00,
        allowance_fen=100_00,
        duty_day_fen=80_00,
        inspection_fen=100_00,
        proration="days",
        basis="测",
        by=leader,
        at=clock.now(),
    )
    people = _people(number, before)
    _duties(people, before, officer, days=_DAYS)
    say(f"\nRemuneration of {number:,} supervisors (goal: each step within {GOAL_SECONDS} s)")
    say(f"{'':<52} {'s':>7} {'MB':>7}")
    first = actions.start_run(before, by=officer, at=clock.now())
    measure_step("a month computed", lambda: _compute(first))
    measure_step("computed again", lambda: _again(first, officer))
    measure_step("approved, booked and told", lambda: _approve(first, leader))
    _duties(people, last, officer, days=_DAYS)
    _duties(people, before, officer, days=(28,))
    second = actions.start_run(last, by=officer, at=clock.now())
    measure_step("the next month, with a correction for each", lambda: _compute(second))
    assert Payable.objects.filter(cause__startswith="remuneration:").count() == number
    second.refresh_from_db()
    assert second.statements.filter(lines__before_fen__isnull=False).count() == number


def _people(number: int, since: date) -> list[Supervisor]:
    """Enter full-time supervisors who are paid in cash, many a statement: this is not what is measured."""
    found = []
    for start in progress(range(0, number, _TOGETHER), "supervisors"):
        places = range(start, min(start + _TOGETHER, number))
        users = User.objects.bulk_create(UserFactory.build(username=f"paid{one}", roles=[Role.SUPERVISOR]) for one in places)
        rows = Supervisor.objects.bulk_create(Supervisor(user=user, kind="full_time", background="retired") for user in users)
        until = since.replace(year=since.year + 1)
        Term.objects.bulk_create(
            Term(supervisor=row, since=since, until=until, certificate_number=f"测-{row.pk}", code=f"paid{row.pk}")
            for row in rows
        )
        PayAccount.objects.bulk_create(PayAccount(supervisor=row, means="cash", given_at=clock.now()) for row in rows)
        found += rows
    return found


def _duties(people: list[Supervisor], month: date, by: User, *, days: tuple[int, ...]) -> None:
    at, words = clock.now(), {"kind": "patrol", "hours": Decimal(3), "place": "测", "what": "测", "state": "confirmed"}
    for day in days:
        DutyLog.objects.bulk_create(
            (
                DutyLog(supervisor=row, day=month.replace(day=day), entered_at=at, confirmed_at=at, confirmed_by=by, **words)
                for row in people
            ),
            batch_size=_TOGETHER,
        )


def _compute(run: RemunerationRun) -> None:
    while actions.compute_run(run.pk, at=clock.now()):
        pass


def _again(run: RemunerationRun, by: User) -> None:
    run.refresh_from_db()
    actions.recompute(run, version=run.version, by=by, at=clock.now())
    _compute(run)


def _approve(run: RemunerationRun, by: User) -> None:
    run.refresh_from_db()
    actions.approve_run(run, version=run.version, by=by, at=clock.now())
