"""A matter over which the office has no power goes to the body in charge, before or after it was accepted."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import notifications, permissions
from cases.leading import waiting_of
from cases.models import Case
from cases.ways import telling
from cases.workflow import Body, Refused
from core import events

from . import limits
from .moving import ask, lock, move
from .returning import settle_return


class NowhereToRefer(Refused):
    """The office refers to three bodies and to nobody else."""

    field = "body"


@transaction.atomic
def refer(case: Case, *, by: User, version: int | None, body: str, reason: str, at: datetime) -> Case:
    """Refer a case to the body in charge (`body`: a `workflow.Body`), which ends it here. The reason stays in the office.

    The agencies that had it are told that nothing is waited for, not why. Raises NowhereToRefer.
    """
    case = lock(case, version)
    ask(permissions.can_refer(by, case))
    if body not in Body.values:
        raise NowhereToRefer(_("Choose the body in charge."))
    waiting = waiting_of(case)
    words = {"referred_to": body, "refer_reason": reason, "closed_at": at, "handler": case.handler or by}
    move(case, "refer", event="case.referred", actor=events.user_id(by), at=at, facts={"body": body}, **words)
    limits.close_limits(case, at=at)
    settle_return(case, by=by, at=at)
    case.assignments.current().update(ended_at=at)  # so that its page says that it is over, not what became of it
    telling.referred(case, by=by, at=at)
    for assignment in waiting:
        notifications.ended(assignment, at=at)
    return case
