"""An agency gives a case back; the office assigns it again, takes it over, or refuses."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import OFFICE
from agencies.models import Agency
from cases import notifications, permissions
from cases.leading import lead_of, leader_must_decide, owing_of, returns_left
from cases.models import AgencyReturn, Assignment, Case
from cases.redaction import disclosed_to
from cases.rulings import Dispatch
from cases.ways import telling
from cases.workflow import Mode, Refused, Step, check
from core import clock, events

from . import limits
from .checking import check_words
from .dispatching import fresh, send_out
from .intake import NotOfTheOffice
from .moving import ask, lock, move
from .outcome import start_finish
from .problems import raise_if_problem


class NoMoreReturns(Refused):
    """It was given back as often as it may be, or a leader decided that it stays."""


class SameAgency(Refused):
    """Who gave it back is not another agency."""

    field = "agency"


class ProposesItself(Refused):
    """An agency cannot propose itself for what it gives back."""

    field = "proposed"


@transaction.atomic
def give_back(
    assignment: Assignment,
    *,
    by: User,
    version: int | None,
    reason: str,
    basis: str,
    proposed: Agency | None = None,
    at: datetime,
) -> AgencyReturn:
    """The agency that leads gives the case back, with the rule it rests on and, if it knows one, the competent agency.

    The receipt limit ends with it, the finish limit of the case runs on. Raises NoMoreReturns, ProposesItself.
    """
    case = lock(assignment.case, version)
    ask(permissions.can_give_back(by, assignment))
    row = fresh(assignment, case)
    check("give_back", case.status)
    if not returns_left(row):
        raise NoMoreReturns(_("The office has decided with effect that this case stays with your agency."))
    if proposed is not None and proposed.pk == row.agency_id:
        raise ProposesItself(_("Choose an agency other than your own."))
    facts: dict[str, events.Fact] = {"agency": row.agency_id, "assignment": row.pk}
    more = {"returns": case.returns + 1}
    move(case, "give_back", event="case.returned", actor=events.user_id(by), at=at, facts=facts, **more)
    raise_if_problem(case, at=at)
    made = AgencyReturn.objects.create(assignment=row, reason=reason, basis=basis, proposed=proposed, asked_at=at, asked_by=by)
    start_finish(case, received_on=clock.day_of(at), at=at)
    limits.close_limits(case, Step.RECEIVE, at=at)
    telling.returned(case, at=at)
    return made


@transaction.atomic
def assign_again(case: Case, *, by: User, version: int | None, dispatch: Dispatch, at: datetime) -> Assignment:
    """Send a case that was given back to another agency; what a leader decides with effect is final. Raises SameAgency."""
    case, lead = _to_decide(case, "assign_again", by=by, version=version)
    if dispatch.agency.pk == lead.agency_id:
        raise SameAgency(_("This agency has given the case back. Choose another one, or refuse the return."))
    _accept_return(case, lead, by=by, at=at)
    is_final = leader_must_decide(case)
    assignment = send_out(case, dispatch, transition="assign_again", by=by, at=at, is_final=is_final)
    notifications.assigned(assignment, at=at)
    telling.return_decided(case, lead, "return_accepted", by=by, at=at)
    return assignment


@transaction.atomic
def take_over(case: Case, *, by: User, version: int | None, handler: User | None = None, at: datetime) -> Case:
    """The office handles a case itself that was given back, within the limit that runs. Raises NotOfTheOffice."""
    case, lead = _to_decide(case, "take_over", by=by, version=version)
    handler = handler or case.handler or by
    if not handler.has_role(*OFFICE):
        raise NotOfTheOffice(_("Choose an officer of this office."))
    helping = owing_of(case)
    _accept_return(case, lead, by=by, at=at)
    case.assignments.current().update(ended_at=at)
    facts: dict[str, events.Fact] = {"handler": handler.pk}
    words = {"mode": Mode.HANDLE, "agency": None, "handler": handler}
    move(case, "take_over", event="case.handling", actor=events.user_id(by), at=at, facts=facts, **words)
    if not case.deadlines.open().filter(step=Step.FINISH).exists():
        limits.open_limit(case, Step.FINISH, start=clock.day_of(at), at=at)
    telling.return_decided(case, lead, "return_accepted", by=by, at=at)
    for assignment in helping:
        telling.opinion_not_needed(assignment, at=at)
    return case


@transaction.atomic
def refuse_return(case: Case, *, by: User, version: int | None, reason: str, at: datetime, looked_at: bool = False) -> Assignment:
    """Leave a case with the agency that gave it back, which signs for it again and reads why. Raises ReasonNamesComplainant."""
    case, lead = _to_decide(case, "refuse_return", by=by, version=version)
    check_words(reason, case, disclosed_to(lead), field="reason", looked_at=looked_at)
    _decide(lead, AgencyReturn.Decision.REFUSED, by=by, at=at, note=reason)
    lead.received_at = lead.received_by = None
    lead.is_final = leader_must_decide(case)
    lead.save(update_fields=["received_at", "received_by", "is_final"])
    facts: dict[str, events.Fact] = {"agency": lead.agency_id, "assignment": lead.pk}
    move(case, "refuse_return", event="case.return_refused", actor=events.user_id(by), at=at, facts=facts)
    limits.open_limit(case, Step.RECEIVE, start=clock.day_of(at), at=at)
    telling.return_decided(case, lead, "return_refused", by=by, at=at)
    return lead


def settle_return(case: Case, *, by: User, at: datetime) -> None:
    """Note a return as accepted when the case ends while one is open."""
    if (lead := lead_of(case)) is not None:
        _decide(lead, AgencyReturn.Decision.ACCEPTED, by=by, at=at)


def _to_decide(case: Case, transition: str, *, by: User, version: int | None) -> tuple[Case, Assignment]:
    """Lock a case that was given back, and find who gave it back."""
    case = lock(case, version)
    check(transition, case.status)
    ask(permissions.can_decide_return(by, case))
    lead = lead_of(case)
    assert lead is not None  # noqa: S101 a case is returned by its lead, and nobody ends that assignment before it is decided
    lead.case = case
    return case, lead


def _accept_return(case: Case, lead: Assignment, *, by: User, at: datetime) -> None:
    _decide(lead, AgencyReturn.Decision.ACCEPTED, by=by, at=at)
    lead.ended_at = at
    lead.save(update_fields=["ended_at"])


def _decide(lead: Assignment, decision: AgencyReturn.Decision, *, by: User, at: datetime, note: str = "") -> None:
    """Write the decision on the open return of an assignment, if there is one."""
    lead.returns.filter(decision="").update(decision=decision, decided_at=at, decided_by=by, note=note)
