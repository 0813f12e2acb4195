"""Duties: quotas, tasks, and the log of what was done, confirmed by an officer."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, events
from supervisors import notifications, permissions
from supervisors.models import DutyLog, Quota, Supervisor, Task
from supervisors.refusals import Refused

_LATEST = timedelta(days=31)


class DutyRefused(Refused):
    """The day cannot be entered."""

    field = "day"


class DecidedAlready(Refused):
    """Somebody else has decided."""


@transaction.atomic
def set_quota(*, by: User, kind: str, what: str, period: str, amount: int, valid_from: date, basis: str, at: datetime) -> Quota:
    """Say how much is expected of a kind of supervisor from a day on; setting it again for the same day replaces it."""
    fields = {"period": period, "amount": amount, "basis": basis, "set_at": at, "set_by": by}
    row, _is_new = Quota.objects.update_or_create(kind=kind, what=what, valid_from=valid_from, defaults=fields)
    facts: dict[str, events.Fact] = {"what": what, "amount": amount, "period": period, "valid_from": valid_from.isoformat()}
    events.record("quota.set", subject=f"quota:{row.pk}", actor=events.user_id(by), at=at, facts=facts)
    return row


@transaction.atomic
def set_task(supervisor: Supervisor, *, by: User, kind: str, title: str, text: str, due_on: date, at: datetime) -> Task:
    """Ask a supervisor to do something by a day, who is told. Raises DutyRefused for a day gone by or one who does not serve."""
    today = clock.day_of(at)
    if due_on < today:
        raise DutyRefused(_("The day has gone by."))
    if not Supervisor.objects.serving(today).filter(pk=supervisor.pk).exists():
        raise DutyRefused(_("Only who serves today gets a task."))
    row = Task.objects.create(supervisor=supervisor, kind=kind, title=title, text=text, due_on=due_on, set_at=at, set_by=by)
    events.record("task.set", subject=supervisor.subject, actor=events.user_id(by), at=at, facts={"task": row.pk})
    notifications.task_set(row, at=at)
    return row


@transaction.atomic
def finish_task(task: Task, *, by: User, note: str, at: datetime) -> Task:
    """The supervisor says that it is done."""
    row = Task.objects.select_for_update(of=("self",)).select_related("supervisor", "set_by").get(pk=task.pk)
    if row.done_at:
        raise DecidedAlready(_("This task is done already."))
    row.done_at, row.done_note = at, note
    row.save(update_fields=["done_at", "done_note"])
    events.record("task.done", subject=row.supervisor.subject, actor=events.user_id(by), at=at, facts={"task": row.pk})
    notifications.task_done(row, at=at)
    return row


@transaction.atomic
def log_duty(
    supervisor: Supervisor, *, by: User, day: date, kind: str, hours: Decimal, place: str, what: str, at: datetime
) -> DutyLog:
    """Enter a day's duty. One that was refused can be entered anew. Raises DutyRefused."""
    today = clock.day_of(at)
    if not today - _LATEST <= day <= today:
        raise DutyRefused(_("Choose today or one of the last 31 days."))
    if not Supervisor.objects.serving(day).filter(pk=supervisor.pk).exists():
        raise DutyRefused(_("You did not serve on that day."))
    Supervisor.objects.select_for_update().get(pk=supervisor.pk)
    row = DutyLog.objects.filter(supervisor=supervisor, day=day, kind=kind).first() or DutyLog(
        supervisor=supervisor, day=day, kind=kind
    )
    if row.pk and row.state != DutyLog.State.REFUSED:
        raise DutyRefused(_("This duty is entered for that day already."))
    row.hours, row.place, row.what, row.entered_at = hours, place, what, at
    row.state, row.refused_at, row.refused_by, row.refusal_reason = DutyLog.State.WAITING, None, None, ""
    _saved(row)
    events.record("duty.entered", subject=supervisor.subject, actor=events.user_id(by), at=at, facts={"duty": row.pk})
    return row


def _saved(row: DutyLog) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "duty_once_a_day_and_kind" in str(error):
            raise DutyRefused(_("This duty is entered for that day already.")) from error
        raise


@transaction.atomic
def confirm_duty(log: DutyLog, *, by: User, at: datetime) -> DutyLog:
    """An officer confirms a day; from now on it counts."""
    row = _undecided(log, by)
    row.state, row.confirmed_at, row.confirmed_by = DutyLog.State.CONFIRMED, at, by
    row.save()
    _note(row, "confirmed", by=by, at=at)
    return row


@transaction.atomic
def refuse_duty(log: DutyLog, *, by: User, reason: str, at: datetime) -> DutyLog:
    """An officer does not confirm a day and says why; the supervisor can enter it anew."""
    row = _undecided(log, by)
    row.state, row.refused_at, row.refused_by, row.refusal_reason = DutyLog.State.REFUSED, at, by, reason
    row.save()
    _note(row, "refused", by=by, at=at)
    notifications.duty_refused(row, at=at)
    return row


def _undecided(log: DutyLog, by: User) -> DutyLog:
    row = DutyLog.objects.select_for_update(of=("self",)).select_related("supervisor__user").get(pk=log.pk)
    if row.state != DutyLog.State.WAITING:
        raise DecidedAlready(_("Somebody else has decided already."))
    if not permissions.can_judge(by, row.supervisor):
        raise DecidedAlready(_("Nobody confirms the own duty."))
    return row


def _note(row: DutyLog, what: str, *, by: User, at: datetime) -> None:
    facts: dict[str, events.Fact] = {"duty": row.pk, "day": row.day.isoformat()}
    events.record(f"duty.{what}", subject=row.supervisor.subject, actor=events.user_id(by), at=at, facts=facts)
