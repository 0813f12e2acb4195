"""The run of a month: rules noted, statements computed some people at a time, adjusted, approved and locked."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, events
from supervisors.models import (
    Budget,
    RemunerationAdjustment,
    RemunerationLine,
    RemunerationRule,
    RemunerationRun,
    RemunerationStatement,
)
from supervisors.refusals import Refused
from supervisors.remuneration import gathering, notifications, permissions
from supervisors.remuneration.computing import Line
from supervisors.remuneration.months import last_of, months_back, next_month
from supervisors.remuneration.workflow import RUN_TRANSITIONS, RunState
from supervisors.workflow import target_of

from .asking import ask
from .owing import Due, owe_many
from .pay_accounts import copies_of
from .posting import BudgetExhausted

AT_ONCE = 250


class MonthRefused(Refused):
    """This month cannot be computed."""

    field = "month"


class RunStale(Refused):
    """Somebody has changed the run since the page was opened."""


class AdjustmentRefused(Refused):
    """The adjustment cannot be made."""

    field = "amount"


class BudgetMissing(Refused):
    """The year has no budget of remuneration."""


class RuleRefused(Refused):
    """The rule cannot begin so."""

    field = "since"


@transaction.atomic
def note_rule(
    *,
    since: date,
    monthly_fen: int,
    allowance_fen: int,
    duty_day_fen: int,
    inspection_fen: int,
    proration: str,
    basis: str,
    by: User,
    at: datetime,
) -> RemunerationRule:
    """Note what is paid from a month on. For months that were approved before, the next run corrects the difference.

    Raises RuleRefused for a month further back than corrections reach.
    """
    ask(permissions.can_keep_rules(by))
    since = since.replace(day=1)
    if since < months_back(clock.day_of(at).replace(day=1), gathering.LOOKS_BACK):
        raise RuleRefused(_("Corrections reach back twelve months. Choose a later month."))
    rule = RemunerationRule.objects.create(
        since=since,
        monthly_fen=monthly_fen,
        allowance_fen=allowance_fen,
        duty_day_fen=duty_day_fen,
        inspection_fen=inspection_fen,
        proration=proration,
        basis=basis,
        noted_at=at,
        noted_by=by,
    )
    facts: dict[str, events.Fact] = {"since": since.isoformat(), "rule": rule.pk}
    events.record("remuneration_rule.noted", subject=f"remuneration_rule:{rule.pk}", actor=events.user_id(by), at=at, facts=facts)
    return rule


@transaction.atomic
def start_run(month: date, *, by: User, at: datetime) -> RemunerationRun:
    """Begin the run of a month that is over; a month that has a run already returns it. Raises MonthRefused.

    Months go one after the other, because each corrects those before it. `compute_run` does the work.
    """
    ask(permissions.can_compute(by))
    month = month.replace(day=1)
    if made := RemunerationRun.objects.filter(month=month).first():
        return made
    _check_month(month, clock.day_of(at))
    try:
        with transaction.atomic():
            people = gathering.people_of(month).count()
            run = RemunerationRun.objects.create(month=month, people=people, computed_at=at, computed_by=by)
    except IntegrityError as error:
        raise MonthRefused(_("Another run is under way. Look at it first.")) from error
    _record("started", run, by, at)
    return run


def _check_month(month: date, today: date) -> None:
    if last_of(month) >= today:
        raise MonthRefused(_("This month is not over yet: what is done in it still counts."))
    last = RemunerationRun.objects.order_by("-month").first()
    if last is not None and last.state != RunState.APPROVED:
        raise MonthRefused(_("The run of %(month)s is not approved yet.") % {"month": f"{last.month:%Y-%m}"})
    if last is not None and month != next_month(last.month):
        raise MonthRefused(_("The next month is %(month)s.") % {"month": f"{next_month(last.month):%Y-%m}"})
    if RemunerationRule.objects.for_month(month) is None:
        raise MonthRefused(_("No rule says what is paid for this month. An office leader notes it first."))


@transaction.atomic
def recompute(run: RemunerationRun, *, version: int, by: User, at: datetime) -> RemunerationRun:
    """Compute a draft again from the logs as they are now; adjustments stay. Raises RunStale, TransitionNotAllowed."""
    row = _lock(run.pk, version)
    ask(permissions.can_compute(by))
    row.state = target_of(RUN_TRANSITIONS, "recompute", row.state)
    row.people, row.done, row.last_done, row.total_fen = gathering.people_of(row.month).count(), 0, 0, 0
    row.computed_at, row.computed_by, row.version = at, by, row.version + 1
    row.save()
    _record("recomputed", row, by, at)
    return row


@transaction.atomic
def compute_run(run_id: int, *, at: datetime) -> bool:
    """Compute the statements of the next people of a run; returns whether more are left. Can be called again at any time."""
    run = _lock(run_id)
    if run.state != RunState.COMPUTING:
        return False
    people = list(gathering.people_of(run.month).filter(pk__gt=run.last_done)[:AT_ONCE])
    if people:
        _write(run, gathering.lines_for(people, gathering.basis_of(run)))
        run.done, run.last_done = run.done + len(people), people[-1].pk
    if len(people) < AT_ONCE:
        _finish(run, at)
    run.save()
    return run.state == RunState.COMPUTING


def _write(run: RemunerationRun, found: dict[int, list[Line]]) -> None:
    """Write the lines of some people in place of earlier ones; who has nothing and no adjustment has no statement."""
    kept = {row.supervisor_id: row for row in run.statements.filter(supervisor__in=found)}
    RemunerationLine.objects.filter(statement__run=run, statement__supervisor__in=found).delete()
    new = [RemunerationStatement(run=run, supervisor_id=pk) for pk, lines in found.items() if lines and pk not in kept]
    kept |= {row.supervisor_id: row for row in RemunerationStatement.objects.bulk_create(new)}
    RemunerationLine.objects.bulk_create(_line(kept[pk], line) for pk, lines in found.items() for line in lines)
    _add_up(run, kept.values(), found)


def _line(statement: RemunerationStatement, line: Line) -> RemunerationLine:
    return RemunerationLine(
        statement=statement,
        kind=line.kind.value,
        month=line.month,
        amount_fen=line.amount_fen,
        rate_fen=line.rate_fen,
        count=line.count,
        part=line.part,
        whole=line.whole,
        before_fen=line.before_fen,
        proration=line.proration,
    )


def _add_up(run: RemunerationRun, rows: Iterable[RemunerationStatement], found: dict[int, list[Line]]) -> None:
    rows = list(rows)
    adjusted = dict(
        RemunerationAdjustment.objects.filter(statement__in=rows).values_list("statement").annotate(fen=Sum("amount_fen"))
    )
    for row in rows:
        row.total_fen = sum(line.amount_fen for line in found[row.supervisor_id]) + adjusted.get(row.pk, 0)
    RemunerationStatement.objects.bulk_update(rows, ["total_fen"])
    empty = [row.pk for row in rows if not found[row.supervisor_id] and row.pk not in adjusted]
    RemunerationStatement.objects.filter(pk__in=empty).delete()


def _finish(run: RemunerationRun, at: datetime) -> None:
    """Make the run a draft; `done` and `people` agree although somebody was appointed meanwhile."""
    run.state = target_of(RUN_TRANSITIONS, "computed", run.state)
    run.people, run.total_fen = run.done, _to_pay(run)
    events.record(
        "remuneration_run.computed", subject=run.subject, actor=events.SYSTEM, at=at, facts={"total_fen": run.total_fen}
    )
    notifications.computed(run, at=at)


def _to_pay(run: RemunerationRun) -> int:
    """What is to be paid: what is below zero is carried and saves nothing now."""
    return int(run.statements.filter(total_fen__gt=0).aggregate(fen=Coalesce(Sum("total_fen"), 0))["fen"])


@transaction.atomic
def adjust(statement: RemunerationStatement, *, amount_fen: int, reason: str, by: User, at: datetime) -> RemunerationAdjustment:
    """Add an amount to a statement, or take one off it, with a reason. Raises AdjustmentRefused."""
    run = _lock(statement.run_id)
    if run.state != RunState.DRAFT:
        raise AdjustmentRefused(_("The run is not a draft any more. What is to change now goes into the next month."))
    ask(permissions.can_adjust(by, run))
    row = RemunerationStatement.objects.select_for_update(of=("self",)).select_related("supervisor").get(pk=statement.pk)
    if not amount_fen:
        raise AdjustmentRefused(_("An adjustment of nothing changes nothing."))
    if row.supervisor.user_id == by.pk:
        raise AdjustmentRefused(_("Nobody adjusts the own remuneration."))
    made = RemunerationAdjustment.objects.create(statement=row, amount_fen=amount_fen, reason=reason, made_at=at, made_by=by)
    row.total_fen += amount_fen
    row.save(update_fields=["total_fen"])
    run.total_fen, run.version = _to_pay(run), run.version + 1
    run.save(update_fields=["total_fen", "version"])
    facts: dict[str, events.Fact] = {"statement": row.pk, "amount_fen": amount_fen}
    events.record("remuneration_run.adjusted", subject=run.subject, actor=events.user_id(by), at=at, facts=facts)
    return made


@transaction.atomic
def approve_run(run: RemunerationRun, *, version: int, by: User, at: datetime) -> RemunerationRun:
    """Approve a run and lock it: what each gets is booked in the year's budget, and each is told. All of it or nothing.

    Raises RunStale, TransitionNotAllowed, BudgetMissing, BudgetExhausted, NotYours.
    """
    row = _lock(run.pk, version)
    target = target_of(RUN_TRANSITIONS, "approve", row.state)
    ask(permissions.can_approve(by, row))
    statements = list(row.statements.filter(total_fen__gt=0).select_related("supervisor__user").order_by("pk"))
    row.budget = _budget_of(row)
    for some in _some(statements):
        _book(some, row.budget, row.computed_by, by, at)
    row.state, row.approved_at, row.approved_by, row.version = target, at, by, row.version + 1
    row.save()
    _record("approved", row, by, at)
    notifications.approved(row, statements, at=at)
    return row


def _budget_of(run: RemunerationRun) -> Budget:
    budget = Budget.objects.filter(kind=Budget.Kind.REMUNERATION, year=run.month.year).first()
    if budget is None:
        words = _("There is no budget of remuneration for %(year)s yet. Finance opens it.")
        raise BudgetMissing(words % {"year": run.month.year})
    return budget


def _book(some: Sequence[RemunerationStatement], budget: Budget, proposed_by: User, by: User, at: datetime) -> None:
    copies = copies_of([row.supervisor for row in some], {row.supervisor_id: row.cause for row in some})
    wanted = [Due(row.total_fen, row.cause, row.supervisor.subject, copies.get(row.supervisor_id, {})) for row in some]
    try:
        payables = owe_many(budget, wanted, proposed_by=proposed_by, approved_by=by, at=at)
    except BudgetExhausted as refusal:
        raise BudgetExhausted(
            _("The budget does not hold so much. Nothing was approved; finance can note a further grant.")
        ) from refusal
    for row, payable in zip(some, payables, strict=True):
        row.payable = payable
    RemunerationStatement.objects.bulk_update(some, ["payable"])


def _some(rows: Sequence[RemunerationStatement]) -> Iterable[Sequence[RemunerationStatement]]:
    return (rows[place : place + AT_ONCE] for place in range(0, len(rows), AT_ONCE))


def _lock(run_id: int, version: int | None = None) -> RemunerationRun:
    run = RemunerationRun.objects.select_for_update(of=("self",)).select_related("computed_by").get(pk=run_id)
    if version is not None and run.version != version:
        raise RunStale(_("Somebody has changed this run since the page was opened, so nothing was done. Look at it again."))
    return run


def _record(what: str, run: RemunerationRun, by: User, at: datetime) -> None:
    facts: dict[str, events.Fact] = {"month": f"{run.month:%Y-%m}", "total_fen": run.total_fen}
    events.record(f"remuneration_run.{what}", subject=run.subject, actor=events.user_id(by), at=at, facts=facts)
