"""How a case goes out to an agency: checked first, written with what each complainant agreed to, and never to nobody."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from agencies.models import Agency, Post
from agencies.people import holders
from cases.letters.kinds import LetterKind
from cases.models import Assignment, Case, Disclosed
from cases.rulings import Dispatch
from cases.workflow import Mode, Refused, Step
from complaints.models import Complaint, Consent
from core import clock, events

from . import limits
from .checking import check_words
from .lettering import draft_letter
from .moving import move


class NobodyStandsForAgency(Refused):
    """The agency has no liaison officer, nor has any agency above it."""

    field = "agency"


class NotConsented(Refused):
    """The complainant did not agree that this agency is told this."""

    field = "disclose"


class AssignmentOver(Refused):
    """The assignment is no longer this agency's."""


def send_out(case: Case, dispatch: Dispatch, *, transition: str, by: User, at: datetime, is_final: bool = False) -> Assignment:
    """Send a locked case to the agency that leads, which must sign for it within the receipt limit.

    An agency that has helped so far leads from now on.
    """
    check_dispatch(case, dispatch)
    case.assignments.current().filter(agency=dispatch.agency, is_lead=False).update(ended_at=at)
    assignment = write(case, dispatch, by=by, at=at, is_final=is_final)
    move(
        case,
        transition,
        event="case.transferred" if dispatch.mode == Mode.TRANSFER else "case.assigned",
        actor=events.user_id(by),
        at=at,
        facts=facts_of(assignment),
        mode=dispatch.mode,
        agency=dispatch.agency,
    )
    limits.open_limit(case, Step.RECEIVE, start=clock.day_of(at), at=at)
    return assignment


def write(case: Case, dispatch: Dispatch, *, by: User, at: datetime, is_lead: bool = True, is_final: bool = False) -> Assignment:
    """Write what an agency is given, and what of it is whose."""
    told = {pk: dispatch.told_of(pk) for pk in case.links.order_by("pk").values_list("complaint_id", flat=True)}
    assignment = Assignment.objects.create(
        case=case,
        agency=dispatch.agency,
        is_lead=is_lead,
        is_final=is_final,
        summary=dispatch.summary,
        disclosed=sorted(set().union(*told.values())),
        assigned_at=at,
        assigned_by=by,
    )
    rows = [Disclosed(assignment=assignment, complaint_id=pk, fields=sorted(fields)) for pk, fields in told.items() if fields]
    Disclosed.objects.bulk_create(rows)
    draft_letter(case, LetterKind.DISPATCH, cause=f"assignment:{assignment.pk}", at=at, agency=dispatch.agency)
    return assignment


def facts_of(assignment: Assignment) -> dict[str, events.Fact]:
    """Return what the log keeps of an assignment."""
    disclosed = list(assignment.disclosed)
    return {"agency": assignment.agency_id, "assignment": assignment.pk, "disclosed": disclosed}


def fresh(assignment: Assignment, case: Case) -> Assignment:
    """Return an assignment of a locked case as it is now. Raises AssignmentOver when it is no longer the agency's."""
    row = Assignment.objects.select_related("agency").get(pk=assignment.pk)
    row.case = case
    if not row.is_current:
        raise AssignmentOver(_("This is no longer with your agency; nothing more is to be done."))
    return row


def open_consents(complaint: Complaint, agency: Agency) -> set[str]:
    """Return what the complainant agreed to disclose to this very agency and has not revoked; locked until it is sent."""
    consents = Consent.objects.select_for_update().filter(complaint=complaint, agency=agency, revoked_at__isnull=True)
    consent = consents.first()
    return set(consent.fields) if consent else set()


def check_dispatch(case: Case, dispatch: Dispatch) -> None:
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
