"""More time for a limit: asked for before it runs out, by who must keep it, and decided by another person."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import notifications, permissions
from cases.extending import NoMoreTime, check_extension
from cases.letters.kinds import LetterKind
from cases.models import Assignment, Case, Deadline, Extension
from cases.redaction import identity_in
from cases.workflow import Refused, Step
from core import events

from . import limits
from .dispatching import fresh
from .lettering import draft_to_complainants
from .moving import ask, lock


class ReasonNamesSomebody(Refused):
    """The complainants of the case read the reason; it must not tell one of them who the others are."""

    field = "reason"


class ExtensionDecided(Refused):
    """Somebody else has decided already."""


@transaction.atomic
def ask_extension(
    assignment: Assignment, *, by: User, version: int | None, length: int, reason: str, progress: str, at: datetime
) -> Extension:
    """The lead agency asks for more time to finish. Raises NoMoreTime.

    The reason is not searched for the complainant here: a refusal would tell the agency that it has guessed who complained.
    Who decides is warned instead.
    """
    case = lock(assignment.case, version)
    ask(permissions.can_ask_extension(by, fresh(assignment, case)))
    return _ask(case, by=by, length=length, reason=reason, progress=progress, at=at)


@transaction.atomic
def ask_own_extension(
    case: Case, *, by: User, version: int | None, length: int, reason: str, progress: str, at: datetime
) -> Extension:
    """The handler asks for more time to finish what the office handles itself. Raises NoMoreTime, ReasonNamesSomebody."""
    case = lock(case, version, by=by)
    ask(permissions.can_ask_own_extension(by, case))
    _check_reason(case, reason)
    return _ask(case, by=by, length=length, reason=reason, progress=progress, at=at)


@transaction.atomic
def decide_extension(extension: Extension, *, by: User, approve: bool, note: str = "", at: datetime) -> Extension:
    """Give the time or refuse it; never by who asked. Given, the limit is counted again and the complainant told why.

    Raises ExtensionDecided, NoMoreTime for a limit that was kept meanwhile, ReasonNamesSomebody.
    """
    case = lock(extension.deadline.case, by=by)
    row = Extension.objects.select_related("deadline__policy", "asked_by").get(pk=extension.pk)
    ask(permissions.can_decide_extension(by, row))
    if row.decision:
        raise ExtensionDecided(_("Somebody else has decided already."))
    row.decided_at, row.decided_by, row.decision_note = at, by, note.strip()
    if approve:
        _give(case, row, at=at)
    else:
        row.decision = Extension.Decision.REFUSED
    row.save()
    facts: dict[str, events.Fact] = {"extension": row.pk, "step": row.deadline.step}
    if row.new_due_on:
        facts |= {"old": row.old_due_on.isoformat(), "due_on": row.new_due_on.isoformat()}
    event = "case.extended" if approve else "case.extension_refused"
    events.record(event, subject=case.subject, actor=events.user_id(by), at=at, facts=facts)
    if approve:
        draft_to_complainants(case, LetterKind.EXTENSION, cause=f"extension:{row.pk}", at=at)
    notifications.extension_decided(case, row, at=at)
    return row


def _ask(case: Case, *, by: User, length: int, reason: str, progress: str, at: datetime) -> Extension:
    """Write the request under the case's lock, if the limit has time left to ask in."""
    deadline = case.deadlines.open().select_related("policy").filter(step=Step.FINISH).first()
    if deadline is None:
        raise NoMoreTime(_("No limit runs that could be extended."))
    check_extension(
        length,
        deadline.policy,
        earlier=list(deadline.extensions.values_list("decision", flat=True)),
        due_at=deadline.due_at,
        stands_still=deadline.paused_on is not None,
        now=at,
    )
    row = Extension.objects.create(
        deadline=deadline,
        length=length,
        reason=reason,
        progress=progress,
        asked_at=at,
        asked_by=by,
        old_due_on=deadline.due_on,
    )
    facts: dict[str, events.Fact] = {"extension": row.pk, "step": deadline.step}
    events.record("case.extension_asked", subject=case.subject, actor=events.user_id(by), at=at, facts=facts)
    notifications.extension_asked(case, row, at=at)
    return row


def _give(case: Case, row: Extension, *, at: datetime) -> None:
    """Count the limit again with the time that is given, and keep both days."""
    deadline: Deadline = row.deadline
    if deadline.closed_at is not None:
        raise NoMoreTime(_("The step is finished already; it needs no more time."))
    _check_reason(case, row.reason)
    deadline.case = case
    deadline.extended_by += row.length
    row.old_due_on = limits.count_again(deadline, at=at)
    row.decision, row.new_due_on = Extension.Decision.APPROVED, deadline.due_on
    limits.keep_due(case)


def _check_reason(case: Case, reason: str) -> None:
    if kinds := identity_in(reason, case, ()):
        raise ReasonNamesSomebody(
            _("The reason holds %(kinds)s. Everyone who complained reads it, so it must name nobody.")
            % {"kinds": _(", ").join(kinds)}
        )
