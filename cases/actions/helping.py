"""Agencies that help the lead: asked by the office, they sign and give an opinion; the course of the case is the lead's."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import permissions
from cases.leading import takes_help
from cases.models import Assignment, Case
from cases.rulings import Dispatch
from cases.ways import telling
from cases.workflow import OPINION_STATES, Refused
from core import events

from .dispatching import check_dispatch, facts_of, fresh, write
from .moving import ask, lock


class NobodyLeads(Refused):
    """Agencies help one that leads and has not reported."""


class WithItAlready(Refused):
    """The agency has the case."""

    field = "agency"


class NoOpinion(Refused):
    """The opinion cannot be given (any more)."""


@transaction.atomic
def add_co_handler(case: Case, *, by: User, version: int | None, dispatch: Dispatch, at: datetime) -> Assignment:
    """Ask another agency for its opinion, with a summary of its own. Raises NobodyLeads, WithItAlready.

    It is never told who complained: consent is given for the agency that deals with the matter.
    """
    case = lock(case, version)
    ask(permissions.can_add_co_handler(by, case))
    if not takes_help(case):
        raise NobodyLeads(_("Other agencies help only while one has the case and has not reported."))
    if case.assignments.current().filter(agency=dispatch.agency).exists():
        raise WithItAlready(_("This agency has the case already."))
    check_dispatch(case, dispatch)
    assignment = write(case, dispatch, by=by, at=at, is_lead=False)
    _record("case.co_assigned", assignment, by=by, at=at)
    telling.co_assigned(assignment, at=at)
    return assignment


def receive_beside(assignment: Assignment, *, by: User, at: datetime) -> None:
    """A helping agency signs; the state of the locked case stays. A second time is refused."""
    if assignment.received_at is not None:
        raise NoOpinion(_("Your agency has signed for it already."))
    _check_open(assignment)
    assignment.received_at, assignment.received_by = at, by
    assignment.save(update_fields=["received_at", "received_by"])
    _record("case.co_received", assignment, by=by, at=at)


@transaction.atomic
def give_opinion(assignment: Assignment, *, by: User, version: int | None = None, opinion: str, at: datetime) -> Assignment:
    """A helping agency gives its opinion, once; the lead and the office read it. Raises AssignmentOver, NoOpinion.

    The state of the case at which the page was opened (`version`) is no matter: the lead may have moved on beside it.
    """
    case = lock(assignment.case)
    ask(permissions.can_give_opinion(by, assignment))
    row = fresh(assignment, case)
    _check_open(row)
    if row.received_at is None:
        raise NoOpinion(_("Sign for it first."))
    row.opinion, row.opinion_at, row.opinion_by = opinion, at, by
    row.save(update_fields=["opinion", "opinion_at", "opinion_by"])
    _record("case.opinion_given", row, by=by, at=at)
    telling.opinion_given(row, at=at)
    return row


@transaction.atomic
def end_co_handling(assignment: Assignment, *, by: User, at: datetime) -> Assignment:
    """An officer ends the help of an agency; what it has written stays. Raises AssignmentOver."""
    case = lock(assignment.case)
    ask(permissions.can_add_co_handler(by, case) and not assignment.is_lead)
    row = fresh(assignment, case)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    _record("case.co_ended", row, by=by, at=at)
    if row.opinion_at is None:
        telling.opinion_not_needed(row, at=at)
    return row


def _check_open(assignment: Assignment) -> None:
    if assignment.opinion_at is not None:
        raise NoOpinion(_("Your agency has given its opinion already."))
    if assignment.case.status not in OPINION_STATES:
        raise NoOpinion(_("The case has gone on; no opinion is needed any more."))


def _record(event: str, assignment: Assignment, *, by: User, at: datetime) -> None:
    subject = assignment.case.subject
    events.record(event, subject=subject, actor=events.user_id(by), at=at, facts=facts_of(assignment))
