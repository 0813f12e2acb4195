"""What the sheet about the agencies of a case shows, and what an agency reads of those that help it."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from agencies.models import Post
from agencies.people import holders
from cases import permissions
from cases.leading import co_handlers_of, lead_of, leader_must_decide, takes_help
from cases.models import AgencyReturn, Assignment, Case
from cases.redaction import disclosed_to, secrets_of
from cases.workflow import allows
from complaints.labels import agency_name
from core.masking import mask_values


@dataclass(frozen=True)
class AgencyLine:
    """One agency that has or had the case: who stands for it, and whether its help can be ended."""

    row: Assignment
    liaison: list[User]
    may_end: bool


@dataclass(frozen=True)
class AgenciesSheet:
    """All that the sheet shows."""

    case: Case
    lead: AgencyLine | None
    helping: list[AgencyLine]
    earlier: list[Assignment]
    returns: list[AgencyReturn]
    may_add: bool
    may_decide: bool
    leader_decides: bool


@dataclass(frozen=True)
class Opinion:
    """What an agency that helps says, as the lead reads it; empty while it is missing."""

    agency: str
    words: str
    at: datetime | None


def agencies_sheet(case: Case, user: User) -> AgenciesSheet:
    """Read it; `case` must come from `for_detail()`."""
    may_add = permissions.can_add_co_handler(user, case)
    lead, helping = lead_of(case), co_handlers_of(case)
    waits = allows("assign_again", case.status)
    return AgenciesSheet(
        case=case,
        lead=_line(lead, may_end=False) if lead else None,
        helping=[_line(one, may_end=may_add and case.closed_at is None) for one in helping],
        earlier=sorted((one for one in case.assignments.all() if not one.is_current), key=lambda one: one.pk),
        returns=returns_of(case),
        may_add=may_add and takes_help(case),
        may_decide=waits and permissions.can_decide_return(user, case),
        leader_decides=waits and leader_must_decide(case),
    )


def returns_of(case: Case) -> list[AgencyReturn]:
    """Return how often the case was given back, the newest first."""
    rows = AgencyReturn.objects.filter(assignment__case=case)
    return list(rows.select_related("assignment__agency", "proposed", "asked_by", "decided_by").order_by("-pk"))


def opinions_for(lead: Assignment) -> list[Opinion]:
    """Return the opinions as the lead reads them: without anything that tells who complained, unless it was told itself.

    An agency that helps is not refused words that name somebody; the refusal would tell it that it has guessed right.
    """
    helping = co_handlers_of(lead.case)
    if not any(one.opinion for one in helping):
        return [Opinion(agency_name(one.agency), "", None) for one in helping]
    hidden = [value for secret in secrets_of(lead.case, disclosed_to(lead)) for value in secret.values]
    return [Opinion(agency_name(one.agency), mask_values(one.opinion, hidden), one.opinion_at) for one in helping]


def _line(row: Assignment, *, may_end: bool) -> AgencyLine:
    return AgencyLine(row, holders(row.agency, Post.Kind.LIAISON_OFFICER), may_end)
