"""The proof that a matter was filed, for who filed it: its line of the transparency log, which anybody can check."""

from typing import Any

from django.conf import settings

from core.models import Event
from core.transparency import reading

from .models import Complaint

LODGED = "complaint.lodged"


def proof_of(complaint: Complaint) -> dict[str, Any]:
    """Return the proof as it is saved. Raises Event.DoesNotExist for a matter that came from another register."""
    return reading.proof_of(_lodged(complaint), site=settings.SITE_URL.rstrip("/"))


def file_name(complaint: Complaint) -> str:
    """Return the name under which it is saved; it says no more than the number."""
    return f"proof-{complaint.number}.json"


def _lodged(complaint: Complaint) -> Event:
    return Event.objects.of(complaint.subject).get(type=LODGED)
