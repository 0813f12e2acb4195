"""The vault: the only module that encrypts or decrypts personal data.

Every value is sealed by AES-GCM with the row and the column as associated data, so that a value copied to another row
or column does not open. The key ring comes from the environment (`VAULT_KEYS`, newest first); each sealed value names its key.
`blind_index` gives a keyed hash for exact look-up. Each decryption for a person's eyes goes through `reveal`, which is an event.
"""

import base64
import hashlib
import hmac
import os
from datetime import datetime
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from . import events

_NONCE_BYTES = 12
_KEY_BYTES = 32


class VaultError(Exception):
    """A sealed value does not open: a wrong row or column, a damaged value, or a key that is no longer on the ring."""


def seal(value: str, *, row: str, column: str) -> bytes:
    """Encrypt text for one column of one row (`row` like `complainant:6f…`)."""
    return seal_bytes(value.encode(), row=row, column=column)


def seal_bytes(value: bytes, *, row: str, column: str) -> bytes:
    """Encrypt bytes for one column of one row; the result begins with the length and name of the key used."""
    key_id, key = next(iter(_ring().items()))
    nonce = os.urandom(_NONCE_BYTES)
    head = bytes([len(key_id)]) + key_id.encode()
    return head + nonce + AESGCM(key).encrypt(nonce, value, _associated(row, column))


def open_sealed(blob: bytes | memoryview, *, row: str, column: str) -> str:
    """Decrypt text for the system's own use (sending a message, masking a copy); never for a person's eyes: see `reveal`."""
    return open_bytes(blob, row=row, column=column).decode()


def open_bytes(blob: bytes | memoryview, *, row: str, column: str) -> bytes:
    """Decrypt bytes. Raises VaultError."""
    blob = bytes(blob)
    try:
        length = blob[0]
        key = _ring()[blob[1 : 1 + length].decode()]
        nonce = blob[1 + length : 1 + length + _NONCE_BYTES]
        return AESGCM(key).decrypt(nonce, blob[1 + length + _NONCE_BYTES :], _associated(row, column))
    except (IndexError, KeyError, UnicodeDecodeError, InvalidTag, ValueError) as error:
        raise VaultError(f"A sealed value of column {column} does not open.") from error


def reveal(
    blob: bytes | memoryview, *, row: str, column: str, subject: str, actor: str, purpose: str, at: datetime, role: str = ""
) -> str:
    """Decrypt text for a person's eyes and record who (in which `role`), what and why as an event of `subject`."""
    value = open_sealed(blob, row=row, column=column)
    facts = {"column": column, "purpose": purpose} | ({"role": role} if role else {})
    events.record("vault.revealed", subject=subject, actor=actor, at=at, facts=facts)
    return value


def blind_index(value: str, *, kind: str) -> bytes:
    """Return a keyed hash of a normalised value (`kind` like `phone`), for exact look-up without decrypting."""
    key = base64.b64decode(settings.VAULT_INDEX_KEY)
    return hmac.new(key, f"{kind}:{value}".encode(), hashlib.sha256).digest()


def _associated(row: str, column: str) -> bytes:
    return f"{row}/{column}".encode()


def _ring() -> dict[str, bytes]:
    return _parse_ring(settings.VAULT_KEYS)


@cache
def _parse_ring(text: str) -> dict[str, bytes]:
    """Read `id:base64,id:base64`, newest first. Raises ImproperlyConfigured."""
    ring: dict[str, bytes] = {}
    for item in text.split(","):
        key_id, _, encoded = item.strip().partition(":")
        key = base64.b64decode(encoded)
        if not key_id or len(key) != _KEY_BYTES:
            raise ImproperlyConfigured("VAULT_KEYS must be like `2026a:<base64 of 32 bytes>`, newest first, comma-separated.")
        ring[key_id] = key
    return ring
