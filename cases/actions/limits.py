"""Opens and closes the time limits of a case, and keeps its earliest due day beside it for the queue."""

from datetime import date, datetime

from cases.models import Case, Deadline
from cases.workflow import REVIEW_STEPS, Step
from core import calendars, reminders
from core.deadlines import Limit
from core.models import DeadlinePolicy


def open_limit(case: Case, step: Step, *, start: date, at: datetime) -> Deadline:
    """Start a limit that counts from `start` (that day itself is not counted). Raises core.calendars.PolicyMissing."""
    policy = calendars.policy_for(step, start)
    limit = calendars.limit_for(policy, start)
    coming = reminders.next_after(start, limit.due_on, at, calendars.work_calendar())
    deadline = row_of(limit, case=case, step=step, policy=policy, reminder_at=coming.fires_at, at=at)
    deadline.save(force_insert=True)
    keep_due(case)
    return deadline


def row_of(limit: Limit, *, case: Case, step: Step, policy: DeadlinePolicy, reminder_at: datetime, at: datetime) -> Deadline:
    """Build the row, not saved yet, that keeps a computed limit."""
    return Deadline(
        case=case,
        step=step,
        started_on=limit.started_on,
        due_on=limit.due_on,
        due_at=limit.due_at,
        policy=policy,
        explanation=limit.as_facts(),
        provisional=limit.provisional,
        next_reminder_at=reminder_at,
        created_at=at,
    )


def close_limits(case: Case, *steps: Step, at: datetime) -> None:
    """End the open limits of these steps; when none is named all but those of reviews, which end with their answers alone."""
    rows = case.deadlines.open()
    rows = rows.filter(step__in=steps) if steps else rows.exclude(step__in=REVIEW_STEPS.values())
    rows.update(closed_at=at, next_reminder_at=None)
    keep_due(case)


def reopen_limit(case: Case, step: Step, *, at: datetime) -> None:
    """Let the last limit of a step run on: a report that is sent back has not finished the case, and the days count through."""
    deadline = case.deadlines.filter(step=step).order_by("pk").last()
    if deadline is None:
        return
    coming = reminders.next_after(deadline.started_on, deadline.due_on, at, calendars.work_calendar())
    case.deadlines.filter(pk=deadline.pk).update(closed_at=None, next_reminder_at=coming.fires_at)
    keep_due(case)


def keep_due(case: Case) -> None:
    """Copy the earliest open limit beside the case."""
    first = case.deadlines.open().order_by("due_at", "pk").values_list("due_on", "due_at").first()
    case.due_on, case.due_at = first or (None, None)
    case.save(update_fields=["due_on", "due_at"])
