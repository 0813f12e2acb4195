"""The states of a case and the moves between them, as data. Pure: no database, no users, no clock."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import refusals


class Status(models.TextChoices):
    """Where a case stands."""

    TRIAGE = "triage", _("Waiting for acceptance")
    DECLINED = "declined", _("Declined")
    REFERRED = "referred", _("Referred")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged into another")
    ACCEPTED = "accepted", _("Accepted")
    DISPATCHED = "dispatched", _("Waiting for receipt")
    RECEIVED = "received", _("With the agency")
    RETURNED = "returned", _("Returned by the agency")
    HANDLING = "handling", _("Under investigation")
    REPORTED = "reported", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    REPLIED = "replied", _("Waiting for rating")
    FOLLOWED_UP = "followed_up", _("Followed up")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")


class Step(models.TextChoices):
    """A step that has a time limit."""

    ACCEPT = "accept", _("Decide on acceptance")
    RECEIVE = "receive", _("Receipt by the agency")
    FINISH = "finish", _("Finish")
    FEEDBACK = "feedback", _("Reply")
    FOLLOW_UP = "follow_up", _("Follow-up")
    REVIEW = "review", _("Review")
    FINAL_REVIEW = "final_review", _("Final review")
    SUPERVISION = "supervision", _("Answer the supervision order")
    RECTIFICATION = "rectification", _("Put right what was found")


# The step whose limit a review of each level has.
REVIEW_STEPS = {1: Step.REVIEW, 2: Step.FINAL_REVIEW}
# Steps that run beside the case and end with their own answer, whatever becomes of the case.
OWN_STEPS = (*REVIEW_STEPS.values(), Step.SUPERVISION, Step.RECTIFICATION)


class Mode(models.TextChoices):
    """How an accepted case is dealt with."""

    HANDLE = "handle", _("Handled by the office")
    ASSIGN = "assign", _("Assigned")
    TRANSFER = "transfer", _("Transferred")


# In these modes an agency deals with the case and reports.
BY_AGENCY = (Mode.ASSIGN, Mode.TRANSFER)
# While the case is in one of these states, agencies that help the lead may give their opinions.
OPINION_STATES = (Status.DISPATCHED, Status.RECEIVED, Status.RETURNED, Status.REPORTED)


class Finding(models.TextChoices):
    """What the investigation found."""

    UPHELD = "upheld", _("Upheld")
    PARTLY_UPHELD = "partly_upheld", _("Partly upheld")
    NOT_UPHELD = "not_upheld", _("Not upheld")


class Advice(models.TextChoices):
    """Where a complainant can go with a matter that the office declines."""

    PETITIONS = "petitions", _("Petition office (letters and visits)")
    HOTLINE_12345 = "hotline_12345", _("Government service hotline 12345")
    REVIEW_OR_COURT = "review_or_court", _("Administrative reconsideration or the court")
    OTHER = "other", _("Elsewhere")


class Body(models.TextChoices):
    """To whom a discipline matter is referred; the office has no power over it."""

    DISCIPLINE = "discipline", _("Commission for discipline inspection and supervision")
    ORGANISATION = "organisation", _("Organisation department")
    POLICE = "police", _("Police")


class Refused(refusals.Refused):
    """Something that cannot be done to a case."""


class TransitionNotAllowed(Refused):
    """A move that the table does not have."""


@dataclass(frozen=True)
class Transition:
    """One move: from which states, to which, by whom, and what it needs (both for docs/states.md)."""

    name: str
    sources: tuple[Status, ...]
    target: Status
    label: str | Promise
    who: str | Promise
    needs: str | Promise = ""


_OFFICER = _("officer")
_LEADER = _("office leader")
_LIAISON = _("liaison officer")
_APPROVER = _("office leader; also the handler of a transferred case")
_DECIDER = _("officer; office leader after several returns")

_REOPENED_FROM = (Status.FOLLOWED_UP, Status.CLOSED)
_REOPENER = _("officer or handler; when closed an office leader")
# What ends and is then put into the archive; a merged case goes there with the one it went into.
FILED = (Status.CLOSED, Status.DECLINED, Status.REFERRED, Status.WITHDRAWN)

TRANSITIONS: tuple[Transition, ...] = (
    Transition("accept", (Status.TRIAGE,), Status.ACCEPTED, _("accept"), _OFFICER, _("one of the seven categories")),
    Transition("decline", (Status.TRIAGE,), Status.DECLINED, _("decline"), _OFFICER, _("a reason and where to go")),
    Transition(
        "refer",
        (Status.TRIAGE, Status.DISPATCHED, Status.RECEIVED, Status.RETURNED, Status.HANDLING),
        Status.REFERRED,
        _("refer"),
        _("officer or handler"),
        _("a discipline matter, the body in charge and a reason"),
    ),
    Transition("handle", (Status.ACCEPTED,), Status.HANDLING, _("handle"), _OFFICER, _("a handler")),
    Transition(
        "assign", (Status.ACCEPTED,), Status.DISPATCHED, _("assign"), _OFFICER, _("an agency and a summary without identity")
    ),
    Transition(
        "transfer",
        (Status.ACCEPTED,),
        Status.DISPATCHED,
        _("transfer"),
        _OFFICER,
        _("an agency with powers of its own and a summary without identity"),
    ),
    Transition("receive", (Status.DISPATCHED,), Status.RECEIVED, _("receive"), _LIAISON),
    Transition(
        "give_back",
        (Status.DISPATCHED, Status.RECEIVED),
        Status.RETURNED,
        _("give back"),
        _LIAISON,
        _("a reason and a basis, and that the assignment is not final"),
    ),
    Transition(
        "assign_again",
        (Status.RETURNED,),
        Status.DISPATCHED,
        _("assign to another agency"),
        _DECIDER,
        _("another agency and a summary without identity"),
    ),
    Transition("take_over", (Status.RETURNED,), Status.HANDLING, _("take over"), _DECIDER),
    Transition("refuse_return", (Status.RETURNED,), Status.DISPATCHED, _("refuse the return"), _DECIDER, _("a reason")),
    Transition(
        "report",
        (Status.RECEIVED, Status.HANDLING),
        Status.REPORTED,
        _("report"),
        _("liaison officer or handler"),
        _("a finding and an account of the facts"),
    ),
    Transition("send_back", (Status.REPORTED,), Status.RECEIVED, _("send back"), _APPROVER, _("a reason")),
    Transition("send_back_own", (Status.REPORTED,), Status.HANDLING, _("send back to the handler"), _LEADER, _("a reason")),
    Transition("approve", (Status.REPORTED,), Status.APPROVED, _("approve"), _APPROVER, _("the text of the reply")),
    Transition("reply", (Status.APPROVED,), Status.REPLIED, _("reply"), _APPROVER),
    Transition(
        "follow_up", (Status.REPLIED,), Status.FOLLOWED_UP, _("follow up"), _("complainant or officer"), _("a rating or a call")
    ),
    Transition(
        "withdraw",
        (Status.TRIAGE,),
        Status.WITHDRAWN,
        _("withdraw"),
        _("complainant; in a discipline matter an officer"),
        _("the complainant's withdrawal"),
    ),
    Transition("merge", (Status.TRIAGE,), Status.MERGED, _("merge"), _OFFICER, _("the case into which it goes")),
    Transition("unmerge", (Status.MERGED,), Status.TRIAGE, _("undo the merger"), _OFFICER),
    Transition(
        "close_withdrawn",
        (Status.DISPATCHED, Status.RECEIVED, Status.RETURNED, Status.HANDLING, Status.REPLIED),
        Status.CLOSED,
        _("close after a withdrawal"),
        _("handler"),
        _("the complainant's withdrawal and a reason"),
    ),
    Transition("close", (Status.FOLLOWED_UP,), Status.CLOSED, _("close"), _OFFICER, _("a reason, when dissatisfied")),
    Transition("reopen", _REOPENED_FROM, Status.HANDLING, _("open again"), _REOPENER, _("a reason")),
    Transition(
        "reopen_with_agency",
        _REOPENED_FROM,
        Status.DISPATCHED,
        _("open again with the agency"),
        _REOPENER,
        _("a reason and what is still open, without identity"),
    ),
    Transition("archive", FILED, Status.ARCHIVED, _("archive"), _OFFICER, _("nothing that is still open")),
)
_BY_NAME = {transition.name: transition for transition in TRANSITIONS}
ENDED = (Status.DECLINED, Status.REFERRED, Status.WITHDRAWN, Status.MERGED, Status.CLOSED, Status.ARCHIVED)
OPEN = tuple(status for status in Status if status not in ENDED)


def allows(name: str, status: str) -> bool:
    """Tell whether a move may start from this state."""
    return status in _BY_NAME[name].sources


def check(name: str, status: str) -> Status:
    """Return the state to which a move leads from this one. Raises TransitionNotAllowed."""
    if not allows(name, status):
        raise TransitionNotAllowed(
            _("This is no longer possible: the case is now “%(status)s”. Someone else may have acted first.")
            % {"status": Status(status).label}
        )
    return _BY_NAME[name].target
