"""Who hears of what happens between agencies, and by which text."""

from datetime import datetime

from accounts.models import User
from cases import outbox
from cases.leading import lead_of, leader_must_decide
from cases.models import Assignment, Case
from cases.outbox import handler_in_office, tell_agency, tell_clerks, tell_complainants, tell_office


def referred(case: Case, *, by: User, at: datetime) -> None:
    """Tell the complainants and the helper units' clerks where it went, and the handler."""
    tell_complainants(case, "referred_to_complainant", at=at)
    tell_clerks(case, "referred", at=at)
    tell_office(case, "referred", handler_in_office(case), but=by, at=at, body=case.referred_to)


def returned(case: Case, *, at: datetime) -> None:
    """Ask who decides: officers, or the leaders when it was given back as often as it may be; and tell the handler."""
    deciders = outbox.leaders_of(case) if leader_must_decide(case) else outbox.officers(case)
    people = {user.pk: user for user in [*deciders, *handler_in_office(case)]}
    tell_office(case, "returned", people.values(), at=at)


def return_decided(case: Case, lead: Assignment, template: str, *, by: User, at: datetime) -> None:
    """Tell the agency that gave it back, and the handler when somebody else decided."""
    lead.case = case
    tell_agency(lead, template, at=at)
    accepted = template == "return_accepted"
    tell_office(case, "return_decided", handler_in_office(case), but=by, at=at, accepted=accepted)


def co_assigned(assignment: Assignment, *, at: datetime) -> None:
    """Ask the helping agency's liaison officers."""
    tell_agency(assignment, "co_assigned", at=at, once=_once(assignment))


def opinion_given(assignment: Assignment, *, at: datetime) -> None:
    """Tell the lead's liaison officers, and the handler."""
    case = assignment.case
    if (lead := lead_of(case)) is not None:
        lead.case = case
        tell_agency(lead, "opinion_given", at=at, once=_once(assignment))
    tell_office(case, "opinion_given", handler_in_office(case), at=at, once=_once(assignment))


def opinion_not_needed(assignment: Assignment, *, at: datetime) -> None:
    """Tell a helping agency that nothing is waited for any more; not why."""
    tell_agency(assignment, "opinion_not_needed", at=at, once=_once(assignment))


def _once(assignment: Assignment) -> str:
    return f"assignment:{assignment.pk}"
