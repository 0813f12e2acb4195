"""What complainants hear beside the course of a case. No message names the matter: phones are shared."""

from datetime import datetime

from core import calendars, clock, notices
from core.recipients import Recipient

from .addresses import to_complainant
from .models import Complaint, Evidence, Message


def lodged(complaint: Complaint, *, at: datetime) -> None:
    """Tell the complainant the number and the day by which the office says whether it accepts."""
    if recipient := to_complainant(complaint):
        received_on = clock.day_of(complaint.received_at)
        limit = calendars.limit_for(calendars.policy_for("accept", received_on), received_on)
        facts = {"number": complaint.number, "due_on": limit.due_on.isoformat()}
        notices.send("complaints/lodged", to=recipient, key=f"complaint:{complaint.pk}:lodged", at=at, facts=facts)


def written(complaint: Complaint, message: Message, *, at: datetime) -> None:
    """Tell the complainant that the office has written; `message` is the oldest unseen, so that one notice does for all."""
    _tell(complaint, "complaints/message", key=f"message:{message.pk}:to_complainant", at=at)


def withdrawn(complaint: Complaint, *, at: datetime) -> None:
    """Tell the complainant that the complaint was withdrawn: somebody else may have held number and code."""
    _tell(complaint, "complaints/withdrawn", key=f"complaint:{complaint.pk}:withdrawn", at=at)


def evidence_locked(evidence: Evidence, *, at: datetime) -> None:
    """Tell the complainant that a file was locked, once a file; which one stands on the tracking page."""
    _tell(evidence.complaint, "complaints/evidence_locked", key=f"evidence:{evidence.pk}:locked:to_complainant", at=at)


def code_renewed(complaint: Complaint, *, at: datetime) -> None:
    """Tell the complainant that there is a new query code: it may have been somebody who only holds the phone."""
    _tell(complaint, "complaints/code_renewed", key=f"complaint:{complaint.pk}:code:{complaint.code_version}", at=at)


def corrected(complaint: Complaint, event_pk: int, *, at: datetime) -> None:
    """Tell the complainant that own data was changed, never which."""
    _tell(complaint, "complaints/corrected", key=f"complaint:{complaint.pk}:corrected:{event_pk}", at=at)


def number_left(complaint: Complaint, recipient: Recipient, *, at: datetime) -> None:
    """Tell the number that a complainant has given up."""
    key = f"complaint:{complaint.pk}:left:{recipient.id}"
    notices.send("complaints/number_left", to=recipient, key=key, at=at, facts={"number": complaint.number})


def _tell(complaint: Complaint, template: str, *, key: str, at: datetime) -> None:
    if recipient := to_complainant(complaint):
        notices.send(template, to=recipient, key=key, at=at, facts={"number": complaint.number})
