"""Showing personal data to a person: each time an event that the complainant can read."""

from datetime import datetime

from accounts.models import User
from accounts.roles import OFFICE
from complaints.models import Complaint
from complaints.purposes import Purpose
from core import events, vault


class NothingToReveal(Exception):
    """The complaint has no such value, or is anonymous by now; the message is for the log."""


def reveal_phone(complaint: Complaint, *, by: User, purpose: Purpose, at: datetime) -> str:
    """Return the complainant's number (E.164) for one call, as `reveal` does."""
    return reveal(complaint, "phone", by=by, purpose=purpose, at=at)


def reveal(complaint: Complaint, column: str, *, by: User, purpose: Purpose, at: datetime) -> str:
    """Return one of the complainant's values (a sealed column's name), and record who looked and why.

    Whether `by` may is the cases room's rule. Raises NothingToReveal.
    """
    person = complaint.complainant
    if person is None or not complaint.is_named or getattr(person, f"{column}_sealed") is None:
        raise NothingToReveal(complaint.number)
    role = next((str(role) for role in OFFICE if by.has_role(role)), "")
    return vault.reveal(
        getattr(person, f"{column}_sealed"),
        row=person.vault_row,
        column=column,
        subject=complaint.subject,
        actor=events.user_id(by),
        purpose=str(purpose),
        role=role,
        at=at,
    )
