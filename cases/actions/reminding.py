"""Reminds people of limits: the newest rung of the ladder, each person once a rung, and nobody twice."""

import traceback
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import structlog
from django.db import transaction

from accounts.models import User
from cases import notifications
from cases.addressees import Addressees, Directory
from cases.models import Case, Deadline
from cases.workflow import Step
from core import calendars, digests, events, notices, reminders
from core.models import Event
from core.reminders import Rung
from core.workdays import WorkCalendar

from .outcome import start_finish
from .overseeing import oversee

AFTER_A_FAULT = timedelta(minutes=10)  # when a limit that could not be reminded of is tried again
log = structlog.get_logger(__name__)


def remind_all(deadline_ids: Sequence[int], *, at: datetime) -> int:
    """Send the newest rung of each of these deadlines that has come due, all in one transaction; returns how many were sent.

    When one of them is at fault nothing of the batch was written: each is then tried alone, and the faulty one is logged and
    put off, so that it neither stops the others nor fills every sweep.
    """
    try:
        return _remind(deadline_ids, at)
    except Exception as error:  # noqa: BLE001 whatever it is, the others must be reminded
        log.warning("a batch of reminders failed, each is tried alone", deadlines=len(deadline_ids), **_told(error))
    return sum(_remind_alone(pk, at) for pk in deadline_ids)


def remind(deadline_id: int, *, at: datetime) -> bool:
    """Send the newest rung of a deadline that has come due; returns whether one was sent."""
    return bool(_remind([deadline_id], at))


def gather_reminders(*, at: datetime) -> int:
    """Put several reminders of one morning into one mail a person; returns how many persons get one."""
    return digests.gather("cases/reminder", "cases/reminders", at=at)


def recipients(deadline: Deadline, *, working_days_late: int) -> list[User]:
    """Return who is reminded; see `cases.addressees`."""
    return Addressees(deadline).when(working_days_late)


def _remind_alone(pk: int, at: datetime) -> bool:
    try:
        return remind(pk, at=at)
    except Exception as error:  # noqa: BLE001 whatever it is, the others must be reminded
        log.error("reminder failed, it is tried again later", deadline=pk, **_told(error))  # noqa: TRY400 see `_told`
        Deadline.objects.remindable(at).filter(pk=pk).update(next_reminder_at=at + AFTER_A_FAULT)
        return False


def _told(error: Exception) -> dict[str, str]:
    """Say of an error what it is and where it arose; its text and a traceback could hold what stands in a case."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return {"error": type(error).__name__, "place": f"{Path(frame.filename).name}:{frame.lineno}"}


@transaction.atomic
def _remind(deadline_ids: Sequence[int], at: datetime) -> int:
    """Lock cases and deadlines and pass over what another worker holds; it looks again at its next round.

    What comes due at another time than a working day's, after an outage say, waits for the next morning.
    """
    rows, calendar = _claim(deadline_ids, at), calendars.work_calendar()
    for row in rows:
        if row.step == Step.RECEIVE and at >= row.due_at:
            _note_missed_receipt(row.case, at=at)
    if not reminders.may_go_out(at, calendar):
        _look_again(dict.fromkeys(rows, reminders.next_morning(at, calendar)))
        return 0
    _look_again({row: reminders.next_after(*_span(row, at, calendar)).fires_at for row in rows})
    newest = [(row, rung) for row in rows if (rung := reminders.newest(*_span(row, at, calendar)))]
    _send(newest, at=at)
    for row in rows:
        oversee(row, at=at)
    return len(newest)


def _claim(deadline_ids: Sequence[int], at: datetime) -> list[Deadline]:
    rows = Deadline.objects.remindable(at).select_related("case", "case__handler", "policy").filter(pk__in=deadline_ids)
    return list(rows.select_for_update(skip_locked=True, of=("self", "case")))


def _span(row: Deadline, at: datetime, calendar: WorkCalendar) -> tuple[date, date, datetime, WorkCalendar, Sequence[int]]:
    return row.started_on, row.due_on, at, calendar, row.policy.ladder


def _look_again(moments: Mapping[Deadline, datetime]) -> None:
    """Say when each is looked at next; many share a morning, so that is one statement a morning."""
    for moment in set(moments.values()):
        rows = [row.pk for row, when in moments.items() if when == moment]
        Deadline.objects.filter(pk__in=rows).update(next_reminder_at=moment)


def _send(newest: Sequence[tuple[Deadline, Rung]], *, at: datetime) -> None:
    """Write the notices of all of them, and an event of each that says who was reminded."""
    directory = Directory(row for row, _rung in newest)
    outgoing: list[notices.Outgoing] = []
    happened: list[Event] = []
    for row, rung in newest:
        addressees = Addressees(row, directory)
        people = addressees.when(rung.offset)
        opened = addressees.opened_by(people)
        outgoing += notifications.reminders(row, people, rung=rung.key, offset=rung.offset, opened=opened, at=at)
        happened.append(_reminded(row, rung, people, at))
    notices.send_all(outgoing, at=at)
    events.record_all(happened)


def _reminded(row: Deadline, rung: Rung, people: Iterable[User], at: datetime) -> Event:
    facts: dict[str, events.Fact] = {"deadline": row.pk, "step": row.step, "rung": rung.key, "offset": rung.offset}
    facts |= {"due_on": row.due_on.isoformat(), "recipients": [user.pk for user in people]}
    return events.event("deadline.reminded", subject=row.case.subject, actor=events.SYSTEM, at=at, facts=facts)


def _note_missed_receipt(case: Case, *, at: datetime) -> None:
    """The agency let the receipt limit pass: its finish limit has begun all the same."""
    if start_finish(case, received_on=None, at=at):
        events.record("case.receipt_missed", subject=case.subject, actor=events.SYSTEM, at=at, facts={"agency": case.agency_id})
