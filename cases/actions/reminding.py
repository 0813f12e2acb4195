"""Reminds people of limits: the newest rung of the ladder, each person once a rung, and nobody twice."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from cases import notifications
from cases.addressees import Addressees
from cases.models import Case, Deadline
from cases.workflow import Step
from core import calendars, digests, events, reminders

from .outcome import start_finish
from .overseeing import oversee


@transaction.atomic
def remind(deadline_id: int, *, at: datetime) -> bool:
    """Send the newest rung of a deadline that has come due; returns whether one was sent.

    Locks case and deadline and passes over what another worker holds; it looks again at its next round. What comes due at
    another time than a working day's, after an outage say, waits for the next morning.
    """
    deadline = _claim(deadline_id, at)
    if deadline is None:
        return False
    if deadline.step == Step.RECEIVE and at >= deadline.due_at:
        _note_missed_receipt(deadline.case, at=at)
    calendar = calendars.work_calendar()
    if not reminders.may_go_out(at, calendar):
        _look_again(deadline, reminders.next_morning(at, calendar))
        return False
    span = (deadline.started_on, deadline.due_on, at, calendar, deadline.policy.ladder)
    rung = reminders.newest(*span)
    _look_again(deadline, reminders.next_after(*span).fires_at)
    if rung is not None:
        _send(deadline, rung, at=at)
    oversee(deadline, at=at)
    return rung is not None


def gather_reminders(*, at: datetime) -> int:
    """Put several reminders of one morning into one mail a person; returns how many persons get one."""
    return digests.gather("cases/reminder", "cases/reminders", at=at)


def recipients(deadline: Deadline, *, working_days_late: int) -> list[User]:
    """Return who is reminded; see `cases.addressees`."""
    return Addressees(deadline).when(working_days_late)


def _claim(deadline_id: int, at: datetime) -> Deadline | None:
    rows = Deadline.objects.remindable(at).select_related("case", "case__handler", "policy")
    return rows.select_for_update(skip_locked=True, of=("self", "case")).filter(pk=deadline_id).first()


def _look_again(deadline: Deadline, moment: datetime) -> None:
    deadline.next_reminder_at = moment
    deadline.save(update_fields=["next_reminder_at"])


def _send(deadline: Deadline, rung: reminders.Rung, *, at: datetime) -> None:
    case, addressees = deadline.case, Addressees(deadline)
    people = addressees.when(rung.offset)
    notifications.reminded(deadline, people, rung=rung.key, offset=rung.offset, opened=addressees.opened_by(people), at=at)
    facts: dict[str, events.Fact] = {"deadline": deadline.pk, "step": deadline.step, "rung": rung.key, "offset": rung.offset}
    facts |= {"due_on": deadline.due_on.isoformat(), "recipients": [user.pk for user in people]}
    events.record("deadline.reminded", subject=case.subject, actor=events.SYSTEM, at=at, facts=facts)


def _note_missed_receipt(case: Case, *, at: datetime) -> None:
    """The agency let the receipt limit pass: its finish limit has begun all the same."""
    if start_finish(case, received_on=None, at=at):
        events.record("case.receipt_missed", subject=case.subject, actor=events.SYSTEM, at=at, facts={"agency": case.agency_id})
