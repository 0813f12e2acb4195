"""Counts open limits again when the calendar changes; the old day and the new one are both kept in the case's history."""

from datetime import datetime

from cases.models import Case, Deadline
from core import calendars, events, reminders

from .limits import keep_due


def recount_open_limits(at: datetime, actor: str) -> int:
    """Count every open limit again by the policy it came from; returns how many ended on another day. Runs in a transaction."""
    moved = 0
    for pk in Deadline.objects.open().order_by("case_id", "pk").values_list("pk", flat=True).iterator(chunk_size=500):
        moved += _recount(pk, at, actor)
    return moved


def _recount(deadline_id: int, at: datetime, actor: str) -> bool:
    """Count one limit again under its case's lock; returns whether it moved."""
    deadline = Deadline.objects.select_related("policy", "case").get(pk=deadline_id)
    limit = calendars.limit_for(deadline.policy, deadline.started_on)
    if limit.as_facts() == deadline.explanation:
        return False
    case = Case.objects.select_for_update(of=("self",)).get(pk=deadline.case_id)
    if not Deadline.objects.open().filter(pk=deadline_id).exists():
        return False  # somebody finished the step meanwhile
    old = deadline.due_on
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
