"""How a case begins: opened by a lodging, then accepted (to be handled here or by an agency) or declined."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import OFFICE, Role
from agencies.models import Agency, Post
from agencies.people import holders
from cases import notifications, permissions
from cases.models import Assignment, Case, CaseComplaint, Disclosed
from cases.rulings import Dispatch, Ruling
from cases.workflow import Mode, Refused, Step
from complaints.models import Complaint, Consent
from core import clock, events

from . import limits
from .checking import check_words
from .moving import ask, lock, move
from .shared import check_shared


class NobodyStandsForAgency(Refused):
    """The agency has no liaison officer, nor has any agency above it."""

    field = "agency"


class NotConsented(Refused):
    """The complainant did not agree that this agency is told this."""

    field = "disclose"


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
    case = lock(case, version)
    ask(permissions.can_accept(by, case))
    handler = handler or by
    if not handler.has_role(*OFFICE):
        raise NotOfTheOffice(_("Choose an officer of this office."))
    move(
        case,
        "accept",
        event="case.accepted",
        actor=events.user_id(by),
        at=at,
        facts={"category": ruling.category, "mode": Mode.ASSIGN if dispatch else Mode.HANDLE, "class": ruling.case_class},
        category=ruling.category,
        behaviours=list(ruling.behaviours),
        secondary=[code for code in ruling.secondary if code != ruling.category],
        handler=handler,
        case_class=ruling.case_class,
    )
    limits.close_limits(case, Step.ACCEPT, at=at)
    if dispatch is None:
        _handle(case, by=by, at=at)
    else:
        notifications.assigned(_assign(case, dispatch, by=by, at=at), at=at)
    notifications.accepted(case, by=by, at=at)
    return case


@transaction.atomic
def decline(case: Case, *, by: User, version: int | None, reason: str, advice: str, advice_text: str = "", at: datetime) -> Case:
    """Decline a case with a reason and where to go instead (`advice`: a `workflow.Advice`). Ends the case."""
    case = lock(case, version)
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
    notifications.declined(case, at=at)
    return case


def open_consents(complaint: Complaint, agency: Agency) -> set[str]:
    """Return what the complainant agreed to disclose to this very agency and has not revoked; locked until it is sent."""
    consents = Consent.objects.select_for_update().filter(complaint=complaint, agency=agency, revoked_at__isnull=True)
    consent = consents.first()
    return set(consent.fields) if consent else set()


def _handle(case: Case, *, by: User, at: datetime) -> None:
    """The office deals with the case itself; it must finish within the limit from the day of acceptance."""
    facts: dict[str, events.Fact] = {"handler": case.handler_id}
    move(case, "handle", event="case.handling", actor=events.user_id(by), at=at, facts=facts, mode=Mode.HANDLE)
    limits.open_limit(case, Step.FINISH, start=clock.day_of(at), at=at)


def _assign(case: Case, dispatch: Dispatch, *, by: User, at: datetime) -> Assignment:
    """Send the case to an agency, which must sign for it within the receipt limit."""
    _check_dispatch(case, dispatch)
    told = {pk: dispatch.told_of(pk) for pk in case.links.order_by("pk").values_list("complaint_id", flat=True)}
    assignment = Assignment.objects.create(
        case=case,
        agency=dispatch.agency,
        summary=dispatch.summary,
        disclosed=sorted(set().union(*told.values())),
        assigned_at=at,
        assigned_by=by,
    )
    rows = [Disclosed(assignment=assignment, complaint_id=pk, fields=sorted(fields)) for pk, fields in told.items() if fields]
    Disclosed.objects.bulk_create(rows)
    facts: dict[str, events.Fact] = {
        "agency": dispatch.agency.pk,
        "assignment": assignment.pk,
        "disclosed": list(assignment.disclosed),
    }
    move(
        case,
        "assign",
        event="case.assigned",
        actor=events.user_id(by),
        at=at,
        facts=facts,
        mode=Mode.ASSIGN,
        agency=dispatch.agency,
    )
    limits.open_limit(case, Step.RECEIVE, start=clock.day_of(at), at=at)
    return assignment


def _check_dispatch(case: Case, dispatch: Dispatch) -> None:
    """Refuse what would reach nobody, or tell the agency more than the complainant agreed to."""
    if not any(user.has_role(Role.LIAISON_OFFICER) for user in holders(dispatch.agency, Post.Kind.LIAISON_OFFICER)):
        raise NobodyStandsForAgency(
            _("%(agency)s has no liaison officer to receive the case. Have the post filled first, or choose another agency.")
            % {"agency": dispatch.agency.name}
        )
    complaints = [link.complaint for link in case.links.select_related("complaint")]
    if dispatch.disclose_each.keys() - {complaint.pk for complaint in complaints} or not all(
        dispatch.told_of(complaint.pk) <= open_consents(complaint, dispatch.agency) for complaint in complaints
    ):
        raise NotConsented(_("The complainant has not agreed that %(agency)s is told this.") % {"agency": dispatch.agency.name})
    told = {complaint.pk: dispatch.told_of(complaint.pk) for complaint in complaints}
    check_words(dispatch.summary, case, told, field="summary", looked_at=dispatch.looked_at)
