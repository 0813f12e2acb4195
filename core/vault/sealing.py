"""Sealing and opening of single values.

Every value is sealed by GCM with the row and the column as associated data, so that a value copied to another row or
column does not open. Each sealed value names its key. `blind_index` gives a keyed hash for exact look-up. Each decryption
for a person's eyes goes through `reveal`, which is an event.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Mapping
from datetime import datetime

from cryptography.exceptions import InvalidTag
from django.conf import settings

from core import events
from core.events import Fact

from .ring import newest, ring

_NONCE_BYTES = 12


class VaultError(Exception):
    """A sealed value does not open: a wrong row or column, a damaged value, or a key that is no longer on the ring."""


def seal(value: str, *, row: str, column: str) -> bytes:
    """Encrypt text for one column of one row (`row` like `complainant:6f…`)."""
    return seal_bytes(value.encode(), row=row, column=column)


def seal_bytes(value: bytes, *, row: str, column: str) -> bytes:
    """Encrypt bytes for one column of one row; the result begins with the length and name of the key used."""
    key = newest()
    nonce = os.urandom(_NONCE_BYTES)
    return key.head + nonce + key.encrypt(nonce, value, _associated(row, column))


def open_sealed(blob: bytes | memoryview | None, *, row: str, column: str) -> str:
    """Decrypt text for the system's own use (sending a message, masking a copy); never for a person's eyes: see `reveal`.

    Raises VaultError, for a value that was erased too.
    """
    return open_bytes(blob, row=row, column=column).decode()


def open_bytes(blob: bytes | memoryview | None, *, row: str, column: str) -> bytes:
    """Decrypt bytes. Raises VaultError."""
    blob = bytes(blob or b"")
    try:
        key = ring()[key_id_of(blob)]
        start = len(key.head)
        nonce, sealed = blob[start : start + _NONCE_BYTES], blob[start + _NONCE_BYTES :]
        return key.decrypt(nonce, sealed, _associated(row, column))
    except (KeyError, InvalidTag, ValueError) as error:
        raise VaultError(f"A sealed value of column {column} does not open.") from error


def key_id_of(blob: bytes | memoryview | None) -> str:
    """Return the name of the key that a sealed value (or its first 41 bytes) was sealed with; empty when it names none."""
    blob = bytes(blob[:256]) if blob else b""
    return blob[1 : 1 + blob[0]].decode(errors="backslashreplace") if blob else ""


def reveal(
    blob: bytes | memoryview,
    *,
    row: str,
    column: str,
    subject: str,
    actor: str,
    purpose: str,
    at: datetime,
    role: str = "",
    more: Mapping[str, Fact] | None = None,
) -> str:
    """Decrypt text for a person's eyes and record who (in which `role`), what and why as an event of `subject`."""
    value = open_sealed(blob, row=row, column=column)
    facts = {"column": column, "purpose": purpose} | ({"role": role} if role else {}) | dict(more or {})
    events.record("vault.revealed", subject=subject, actor=actor, at=at, facts=facts)
    return value


def blind_index(value: str, *, kind: str) -> bytes:
    """Return a keyed hash of a normalised value (`kind` like `phone`), for exact look-up without decrypting."""
    key = base64.b64decode(settings.VAULT_INDEX_KEY)
    return hmac.new(key, f"{kind}:{value}".encode(), hashlib.sha256).digest()


def _associated(row: str, column: str) -> bytes:
    return f"{row}/{column}".encode()
