"""How a case begins: opened by a lodging, then accepted (to be handled here or by an agency) or declined."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import OFFICE
from cases import notifications, permissions
from cases.letters.kinds import LetterKind
from cases.models import Case, CaseComplaint
from cases.rulings import Dispatch, Ruling
from cases.workflow import Mode, Refused, Step
from complaints.categories import is_discipline
from complaints.models import Complaint
from core import clock, events

from . import limits
from .dispatching import send_out
from .lettering import draft_to_complainants
from .moving import ask, lock, move
from .shared import check_shared


class KeptWithoutReason(Refused):
    """A discipline matter stays with the office only for a reason."""

    field = "kept_because"


class NotOfTheOffice(Refused):
    """Only people of the office handle cases."""

    field = "handler"


@transaction.atomic
def open_case(complaint: Complaint, at: datetime) -> Case:
    """Open a case in triage for a lodged complaint; the acceptance limit counts from the day on which the office got it."""
    case = Case.objects.create(
        number=complaint.number,
        title=complaint.title,
        channel=complaint.channel,
        category=complaint.category,
        secondary=complaint.secondary,
        behaviours=complaint.behaviours,
        respondent_agency=complaint.agency,
        kinds=[complaint.kind],
        received_at=complaint.received_at,
        opened_at=at,
    )
    CaseComplaint.objects.create(case=case, complaint=complaint)
    events.record("case.opened", subject=case.subject, actor=events.SYSTEM, at=at, facts={"channel": case.channel})
    limits.open_limit(case, Step.ACCEPT, start=clock.day_of(complaint.received_at), at=at)
    notifications.opened(case, at=at)
    return case


def follow_lodging(complaint: Complaint, at: datetime) -> None:
    """What follows a lodging (the answer to `complaints.ports.after_lodging`)."""
    open_case(complaint, at)


@transaction.atomic
def accept(
    case: Case,
    *,
    by: User,
    version: int | None,
    ruling: Ruling,
    at: datetime,
    dispatch: Dispatch | None = None,
    handler: User | None = None,
) -> Case:
    """Accept a case and decide in the same act who deals with it: an agency (`dispatch`), or the office itself.

    The handler is who accepts, unless another is named. Raises a `workflow.Refused`.
    """
    case = lock(case, version, by=by)
    ask(permissions.can_accept(by, case))
    handler = handler or by
    if not handler.has_role(*OFFICE):
        raise NotOfTheOffice(_("Choose an officer of this office."))
    if not Case.objects.visible_to(handler).filter(pk=case.pk).exists():
        raise NotOfTheOffice(_("%(name)s may not deal with it.") % {"name": handler.full_name})
    kept = _check_kept(case, ruling)
    facts: dict[str, events.Fact] = {"category": ruling.category, "mode": dispatch.mode if dispatch else Mode.HANDLE}
    move(
        case,
        "accept",
        event="case.accepted",
        actor=events.user_id(by),
        at=at,
        facts=facts | {"class": ruling.case_class} | ({"kept": True} if kept else {}),
        kept_because=kept,
        category=ruling.category,
        behaviours=list(ruling.behaviours),
        secondary=[code for code in ruling.secondary if code != ruling.category],
        handler=handler,
        case_class=ruling.case_class,
        accepted_at=at,
    )
    limits.close_limits(case, Step.ACCEPT, at=at)
    if dispatch is None:
        _handle(case, by=by, at=at)
    else:
        transition = "transfer" if dispatch.mode == Mode.TRANSFER else "assign"
        notifications.assigned(send_out(case, dispatch, transition=transition, by=by, at=at), at=at)
    draft_to_complainants(case, LetterKind.ACCEPTANCE, cause="accept", at=at)
    notifications.accepted(case, by=by, at=at)
    return case


@transaction.atomic
def decline(case: Case, *, by: User, version: int | None, reason: str, advice: str, advice_text: str = "", at: datetime) -> Case:
    """Decline a case with a reason and where to go instead (`advice`: a `workflow.Advice`). Ends the case."""
    case = lock(case, version, by=by)
    ask(permissions.can_decline(by, case))
    check_shared(case, "\n".join([reason, advice_text]), field="reason")
    words = {"decline_reason": reason, "advice": advice, "advice_text": advice_text}
    move(
        case,
        "decline",
        event="case.declined",
        actor=events.user_id(by),
        at=at,
        facts={"advice": advice},
        handler=by,
        closed_at=at,
        **words,
    )
    limits.close_limits(case, at=at)
    draft_to_complainants(case, LetterKind.DECLINING, cause="decline", at=at)
    notifications.declined(case, at=at)
    return case


def _check_kept(case: Case, ruling: Ruling) -> str:
    """Return why the office keeps a discipline matter: one by what was lodged, or by the ruling. Raises KeptWithoutReason."""
    by_lodging = is_discipline(case.category, case.behaviours)
    if not by_lodging and not is_discipline(ruling.category, ruling.behaviours):
        return ""
    if not ruling.kept_because.strip():
        raise KeptWithoutReason(_("This is a discipline matter. Refer it, or say why the office keeps it."))
    return ruling.kept_because.strip()


def _handle(case: Case, *, by: User, at: datetime) -> None:
    """The office deals with the case itself; it must finish within the limit from the day of acceptance."""
    facts: dict[str, events.Fact] = {"handler": case.handler_id}
    move(case, "handle", event="case.handling", actor=events.user_id(by), at=at, facts=facts, mode=Mode.HANDLE)
    limits.open_limit(case, Step.FINISH, start=clock.day_of(at), at=at)
