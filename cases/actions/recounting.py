"""Counts open limits again when the calendar changes; the old day and the new one are both kept in the case's history."""

from datetime import datetime

from cases.models import Case, Deadline
from core import calendars, events, reminders
from core.deadlines import Limit

from .limits import keep_due


def recount_open_limits(at: datetime, actor: str) -> int:
    """Count every open limit again by the policy it came from; returns how many ended on another day. Runs in a transaction."""
    rows = Deadline.objects.open().select_related("policy").order_by("case_id", "pk")
    return sum(_recount(row, at, actor) for row in rows.iterator(chunk_size=500) if _counted(row).as_facts() != row.explanation)


def _counted(deadline: Deadline) -> Limit:
    return calendars.limit_for(deadline.policy, deadline.started_on)


def _recount(row: Deadline, at: datetime, actor: str) -> bool:
    """Count one limit again under its case's lock; returns whether it moved."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=row.case_id)
    deadline = Deadline.objects.open().select_related("policy").filter(pk=row.pk).first()
    if deadline is None:
        return False  # somebody finished the step meanwhile
    limit, old = _counted(deadline), deadline.due_on
    deadline.due_on, deadline.due_at, deadline.explanation = limit.due_on, limit.due_at, limit.as_facts()
    deadline.provisional = limit.provisional
    coming = reminders.next_after(deadline.started_on, limit.due_on, at, calendars.work_calendar())
    deadline.next_reminder_at = coming.fires_at
    deadline.save(update_fields=["due_on", "due_at", "explanation", "provisional", "next_reminder_at"])
    if old == limit.due_on:
        return False
    facts: dict[str, events.Fact] = {"step": deadline.step, "old": old.isoformat(), "due_on": limit.due_on.isoformat()}
    events.record("deadline.recounted", subject=case.subject, actor=actor, at=at, facts=facts)
    keep_due(case)
    return True
