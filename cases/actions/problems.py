"""Problem cases: raised by rule in the act that is one too many, lowered by an office leader with a reason."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import permissions
from cases.ends import notifications
from cases.models import Case, ProblemMark
from cases.workflow import Refused
from core import events

from .moving import ask, lock


class NoProblemCase(Refused):
    """It is none, or none any more."""


def count_rework(case: Case, *, at: datetime) -> None:
    """Count that a locked case must be done again."""
    case.reworks += 1
    case.save(update_fields=["reworks"])
    raise_if_problem(case, at=at)


def raise_if_problem(case: Case, *, at: datetime) -> None:
    """Make a locked case a problem case once it was given back, or had to be done again, as often as the settings say.

    Runs in the act that counts, so none is missed. One that was lowered is raised again by the next such act.
    """
    counts = (
        (ProblemMark.Cause.RETURNS, case.returns, settings.PROBLEM_RETURNS),
        (ProblemMark.Cause.REWORKS, case.reworks, settings.PROBLEM_REWORKS),
    )
    reached = next(((cause, count) for cause, count, most in counts if count >= most), None)
    if reached is None or case.problem_at is not None:
        return
    case.problem_at = at
    case.save(update_fields=["problem_at"])
    mark = ProblemMark.objects.create(case=case, cause=reached[0], count=reached[1], raised_at=at)
    facts: dict[str, events.Fact] = {"problem": mark.cause, "count": mark.count}
    events.record("case.problem_raised", subject=case.subject, actor=events.SYSTEM, at=at, facts=facts)
    notifications.problem_raised(case, mark, at=at)


@transaction.atomic
def lower_problem(case: Case, *, by: User, version: int | None, reason: str, at: datetime) -> Case:
    """Let a case be an ordinary one again; its counts stay. Raises NoProblemCase."""
    case = lock(case, version)
    ask(permissions.can_lower_problem(by, case))
    mark = case.problem_marks.filter(lowered_at__isnull=True).first()
    if mark is None:
        raise NoProblemCase(_("This is no problem case any more."))
    mark.lowered_at, mark.lowered_by, mark.reason = at, by, reason
    mark.save(update_fields=["lowered_at", "lowered_by", "reason"])
    case.problem_at = None
    case.version += 1
    case.save(update_fields=["problem_at", "version"])
    events.record("case.problem_lowered", subject=case.subject, actor=events.user_id(by), at=at)
    return case
