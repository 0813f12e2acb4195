"""What a leaf is made of: an event in one exact spelling, with a salt so that nobody can guess it from its hash. Pure."""

import json
from datetime import UTC, datetime
from typing import Any, Protocol

from .merkle import leaf_hash


class Logged(Protocol):
    """An event."""

    pk: int
    type: str
    subject: str
    actor: str
    at: datetime
    facts: Any
    salt: Any


def spelling(event: Logged) -> str:
    """Return an event as canonical JSON: keys in order, no blanks, UTC to the microsecond, the salt in hex."""
    said = {
        "id": event.pk,
        "type": event.type,
        "subject": event.subject,
        "actor": event.actor,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "facts": event.facts,
        "salt": bytes(event.salt or b"").hex(),
    }
    return canonical(said)


def canonical(said: dict[str, Any]) -> str:
    """Spell JSON in the one way that is hashed and signed."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(event: Logged) -> bytes:
    """Return the hash of an event's leaf."""
    return leaf_hash(spelling(event).encode())
