"""What a card's code tells a stranger, and the drawing of its code."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from core import qr
from supervisors import certificates
from supervisors.models import Supervisor, Term


@dataclass(frozen=True)
class Card:
    """What is shown; `state` is valid, future, suspended, expired, ended or collected."""

    state: str
    kind: str
    initial: str
    until: date


def card_of(code: str, today: date) -> Card | None:
    """Return what a code's card says today; None when there is no such card."""
    term = Term.objects.filter(code=code).select_related("supervisor__user").first() if code else None
    if term is None:
        return None
    name = term.supervisor.user.full_name
    return Card(_state(term, today), term.supervisor.get_kind_display(), name[:1], term.ended_on or term.until)


def _state(term: Term, today: date) -> str:
    if term.collected_on:
        return "collected"
    if term.is_void or (term.ended_on and term.ended_on < today):
        return "ended"
    if term.until < today:
        return "expired"
    if term.since > today:
        return "future"
    return "valid" if Supervisor.objects.serving(today).filter(pk=term.supervisor_id).exists() else "suspended"


def drawing_of(term: Term) -> SafeString:
    """Draw the address at which the card is verified."""
    return qr.drawing(certificates.address_of(term.code))
