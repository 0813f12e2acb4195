"""Counts open limits again when calendar or policies change; the old day and the new one are both kept in the case's history."""

from datetime import datetime

from cases.models import Case, Deadline, Suspension
from cases.pauses import pauses_of
from core import calendars, clock, events

from . import limits
from .overseeing import look_at_suggestions


def recount_open_limits(at: datetime, actor: str) -> int:
    """Count every open limit again by the policy it came from, with its extensions and suspensions.

    Returns how many ended on another day. Runs in a transaction.
    """
    rows = Deadline.objects.open().select_related("policy").order_by("case_id", "pk")
    stood_still = set(Suspension.objects.filter(until_on__isnull=False).values_list("case", flat=True))
    moved = sum(_recount(row, at, actor) for row in rows.iterator(chunk_size=500) if _differs(row, stood_still))
    look_at_suggestions(at)  # a new day off makes a limit that did not move less late
    return moved


def _differs(row: Deadline, stood_still: set[int]) -> bool:
    pauses = pauses_of(row.case_id) if row.case_id in stood_still else []
    return bool(limits.counted(row, pauses).as_facts() != row.explanation)


def _recount(row: Deadline, at: datetime, actor: str) -> bool:
    """Count one limit again under its case's lock; returns whether it moved."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=row.case_id)
    deadline = Deadline.objects.open().select_related("policy").filter(pk=row.pk).first()
    if deadline is None:
        return False  # somebody finished the step meanwhile
    deadline.case = case
    old = limits.count_again(deadline, at=at)
    if old == deadline.due_on:
        return False
    facts: dict[str, events.Fact] = {"step": deadline.step, "old": old.isoformat(), "due_on": deadline.due_on.isoformat()}
    events.record("deadline.recounted", subject=case.subject, actor=actor, at=at, facts=facts)
    limits.keep_due(case)
    return True


def apply_policies(at: datetime, actor: str) -> int:
    """Put every open limit under the policy now in force for its step and class; returns how many ended on another day.

    No limit becomes late by a change of rules: one that would have ended before today keeps its policy. Runs in a transaction.
    """
    rows = Deadline.objects.open().order_by("case_id", "pk")
    moved = sum(_apply_policy(pk, at, actor) for pk in list(rows.values_list("pk", flat=True)))
    look_at_suggestions(at)  # the new policy may suggest cards later
    return moved


def _apply_policy(pk: int, at: datetime, actor: str) -> bool:
    """Look at one limit under its case's lock; returns whether it moved."""
    case = Case.objects.select_for_update(of=("self",)).get(deadlines=pk)
    deadline = Deadline.objects.open().filter(pk=pk).first()
    today = clock.day_of(at)
    if deadline is None:
        return False  # somebody finished the step meanwhile
    policy = calendars.policy_for(deadline.step, today, case.case_class)
    old_policy, deadline.case, deadline.policy = deadline.policy_id, case, policy
    limit = limits.counted(deadline, pauses_of(case.pk))
    if policy.pk == old_policy or limit.due_on < today <= deadline.due_on:
        return False
    old = limits.count_again(deadline, at=at)
    facts: dict[str, events.Fact] = {"step": deadline.step, "old": old.isoformat(), "due_on": deadline.due_on.isoformat()}
    events.record("deadline.policy_applied", subject=case.subject, actor=actor, at=at, facts=facts)
    limits.keep_due(case)
    return old != deadline.due_on
