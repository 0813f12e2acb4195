"""Opens, moves and closes the time limits of a case, and keeps its earliest due day beside it for the queue."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from cases.models import Case, Deadline, Suspension
from cases.pauses import pauses_of
from cases.workflow import OWN_STEPS, Refused, Step
from core import calendars, clock, reminders
from core.deadlines import Limit, Pause
from core.models import DeadlinePolicy
from core.templatetags.portal import day_week

from .overseeing import look_at_suggestions


class NoPolicy(Refused, calendars.PolicyMissing):
    """No time limit is in force for the step that would begin."""

    def __init__(self, missing: calendars.PolicyMissing, case_class: str) -> None:
        """Say in words which one; forms show it, other pages get the answer of `core.middleware`."""
        calendars.PolicyMissing.__init__(self, missing.step, missing.on, case_class)
        words = _("No time limit is in force for “%(step)s” on %(day)s. An administrator must enter one first.")
        self.words = words % {"step": Step(missing.step).label, "day": day_week(missing.on)}

    def __str__(self) -> str:
        return self.words


def open_limit(case: Case, step: Step, *, start: date, at: datetime) -> Deadline:
    """Start a limit that counts from `start` (that day itself is not counted). Raises NoPolicy.

    While the clock of the case stands still, a new limit stands still too.
    """
    try:
        policy = calendars.policy_for(step, start, case.case_class)
    except calendars.PolicyMissing as missing:
        raise NoPolicy(missing, case.case_class) from missing
    limit = calendars.limit_for(policy, start, pauses=pauses_of(case.pk))
    deadline = row_of(limit, case=case, step=step, policy=policy, reminder_at=None, at=at)
    stand_or_run(deadline, at=at)
    deadline.save(force_insert=True)
    keep_due(case)
    return deadline


def row_of(
    limit: Limit, *, case: Case, step: Step, policy: DeadlinePolicy, reminder_at: datetime | None, at: datetime
) -> Deadline:
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
        extended_by=limit.extended_by,
        paused_for=limit.paused_for,
        next_reminder_at=reminder_at,
        created_at=at,
    )


def counted(deadline: Deadline, pauses: list[Pause]) -> Limit:
    """Count a limit anew from what is known of it: policy, start, extensions, and the days on which the clock stood still."""
    return calendars.limit_for(deadline.policy, deadline.started_on, extended_by=deadline.extended_by, pauses=pauses)


def count_again(deadline: Deadline, *, at: datetime) -> date:
    """Count one limit of a locked case again and save it; returns the day on which it ended before."""
    old, limit = deadline.due_on, counted(deadline, pauses_of(deadline.case_id))
    deadline.due_on, deadline.due_at, deadline.explanation = limit.due_on, limit.due_at, limit.as_facts()
    deadline.provisional, deadline.paused_for = limit.provisional, limit.paused_for
    stand_or_run(deadline, at=at)
    deadline.save()
    look_at_suggestions(at, deadline)
    return old


def stand_or_run(deadline: Deadline, *, at: datetime) -> None:
    """Let a limit stand still while its case is suspended, and say when it is looked at next; does not save.

    A limit that had run out before the suspension began is not stopped: its lateness stays, and so do its reminders.
    """
    running = Suspension.objects.filter(case=deadline.case, until_on__isnull=True).values_list("from_on", flat=True).first()
    stands_still = running is not None and running <= deadline.due_on
    deadline.paused_on = running if stands_still else None
    deadline.next_reminder_at = None if stands_still or deadline.closed_at else next_reminder(deadline, at)


def next_reminder(deadline: Deadline, at: datetime) -> datetime:
    """Return when the next rung of a limit fires after `at`."""
    span = (deadline.started_on, deadline.due_on, at, calendars.work_calendar(), deadline.policy.ladder)
    return reminders.next_after(*span).fires_at


def close_limits(case: Case, *steps: Step, at: datetime) -> None:
    """End the open limits of these steps; when none is named all but those that end with their own answers alone."""
    rows = case.deadlines.open()
    rows = rows.filter(step__in=steps) if steps else rows.exclude(step__in=OWN_STEPS)
    for deadline in rows.filter(paused_on__isnull=False).select_related("policy"):
        _count_until_now(deadline, at=at)
    rows.update(closed_at=at, next_reminder_at=None, paused_on=None)
    keep_due(case)


def _count_until_now(deadline: Deadline, *, at: datetime) -> None:
    """A step that is finished while its clock stands still was in time if it was before the clock stopped."""
    until_now = Pause(deadline.paused_on, max(deadline.paused_on, clock.day_of(at))) if deadline.paused_on else None
    limit = counted(deadline, [*pauses_of(deadline.case_id), *([until_now] if until_now else [])])
    deadline.due_on, deadline.due_at, deadline.explanation = limit.due_on, limit.due_at, limit.as_facts()
    deadline.save(update_fields=["due_on", "due_at", "explanation"])


def reopen_limit(case: Case, step: Step, *, at: datetime) -> None:
    """Let the last limit of a step run on: a report that is sent back has not finished the case, and the days count through."""
    deadline = case.deadlines.select_related("policy").filter(step=step).order_by("pk").last()
    if deadline is None:
        return
    deadline.case, deadline.closed_at = case, None
    count_again(deadline, at=at)
    keep_due(case)


def keep_due(case: Case) -> None:
    """Copy beside the case its earliest open limit that runs, with the policy; without one, since when its clock stands still."""
    rows = list(case.deadlines.open().order_by("due_at", "pk").values_list("due_on", "due_at", "policy", "paused_on"))
    first = next((row for row in rows if row[3] is None), rows[0] if rows else (None, None, None, None))
    case.due_on, case.due_at, case.due_policy_id, case.paused_on = first
    case.save(update_fields=["due_on", "due_at", "due_policy", "paused_on"])
