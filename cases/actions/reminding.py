"""Reminds people of limits: the newest rung of the ladder, each person once a rung, and nobody twice."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from agencies.models import Post
from cases import notifications
from cases.deadlines import RED_AFTER, YELLOW_AFTER, agency_must_act, waits_for_leader
from cases.models import Assignment, Case, Deadline, Review
from cases.reviewing.answerers import answerers_of
from cases.workflow import REVIEW_STEPS, Status, Step
from core import calendars, events, reminders

from .outcome import start_finish


@transaction.atomic
def remind(deadline_id: int, *, at: datetime) -> bool:
    """Send the newest rung of a deadline that has come due; returns whether one was sent.

    Locks case and deadline and passes over what another worker holds; it looks again at its next round.
    """
    deadline = _claim(deadline_id, at)
    if deadline is None:
        return False
    if deadline.step == Step.RECEIVE and at >= deadline.due_at:
        _note_missed_receipt(deadline.case, at=at)
    calendar = calendars.work_calendar()
    rung = reminders.newest(deadline.started_on, deadline.due_on, at, calendar)
    deadline.next_reminder_at = reminders.next_after(deadline.started_on, deadline.due_on, at, calendar).fires_at
    deadline.save(update_fields=["next_reminder_at"])
    if rung is not None:
        _send(deadline, rung, at=at)
    return rung is not None


def recipients(deadline: Deadline, *, working_days_late: int) -> list[User]:
    """Return who is reminded: those who must act; from yellow also the leader in charge, from red also the principal.

    Where the office must act, its leaders take the place of both.
    """
    case = deadline.case
    assignment = _assignment(case) if agency_must_act(deadline.step, case.mode) else None
    people = _answerers(deadline) if deadline.step in REVIEW_STEPS.values() else _first_in_line(case, assignment)
    if working_days_late > YELLOW_AFTER:
        people += notifications.people_at(assignment, Post.Kind.LEADER_IN_CHARGE) if assignment else notifications.leaders()
    if working_days_late > RED_AFTER and assignment:
        people += notifications.people_at(assignment, Post.Kind.PRINCIPAL)
    return list({user.pk: user for user in people}.values())


def _claim(deadline_id: int, at: datetime) -> Deadline | None:
    rows = Deadline.objects.remindable(at).select_related("case", "case__handler")
    return rows.select_for_update(skip_locked=True, of=("self", "case")).filter(pk=deadline_id).first()


def _send(deadline: Deadline, rung: reminders.Rung, *, at: datetime) -> None:
    case = deadline.case
    assignment = _assignment(case) if agency_must_act(deadline.step, case.mode) else None
    people = recipients(deadline, working_days_late=rung.offset)
    notifications.reminded(deadline, people, rung=rung.key, offset=rung.offset, assignment=assignment, at=at)
    facts: dict[str, events.Fact] = {"deadline": deadline.pk, "step": deadline.step, "rung": rung.key, "offset": rung.offset}
    facts |= {"due_on": deadline.due_on.isoformat(), "recipients": [user.pk for user in people]}
    events.record("deadline.reminded", subject=case.subject, actor=events.SYSTEM, at=at, facts=facts)


def _first_in_line(case: Case, assignment: Assignment | None) -> list[User]:
    if assignment is not None and (liaison := notifications.people_at(assignment, Post.Kind.LIAISON_OFFICER)):
        return liaison
    # A vacant post hears nothing, so the office must: it can have the post filled.
    people = notifications.officers() if case.status == Status.TRIAGE or case.handler is None else [case.handler]
    return people + (notifications.leaders() if waits_for_leader(case.status) else [])


def _answerers(deadline: Deadline) -> list[User]:
    """A review is the office leaders' to answer; where none of them may, all hear of it."""
    waiting = Review.objects.waiting().for_detail().filter(case=deadline.case)
    review = next((row for row in waiting if row.step == deadline.step), None)
    return (answerers_of(review) if review else []) or notifications.leaders()


def _note_missed_receipt(case: Case, *, at: datetime) -> None:
    """The agency let the receipt limit pass: its finish limit has begun all the same."""
    if start_finish(case, received_on=None, at=at):
        events.record("case.receipt_missed", subject=case.subject, actor=events.SYSTEM, at=at, facts={"agency": case.agency_id})


def _assignment(case: Case) -> Assignment | None:
    return case.assignments.select_related("agency").filter(agency=case.agency_id).first()
