"""Time-based codes (RFC 6238: SHA-1, six digits, 30 seconds, as every authenticator has them) and recovery codes. Pure."""

import base64
import secrets
from datetime import datetime
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.utils.crypto import constant_time_compare

STEP_SECONDS, DIGITS, SECRET_BYTES = 30, 6, 20
DRIFT_STEPS = 1  # clocks of phones go wrong by half a minute
RECOVERY_CODES = 10
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else
_RECOVERY_LENGTH = 10


def new_secret() -> bytes:
    """Return a fresh secret."""
    return secrets.token_bytes(SECRET_BYTES)


def shown(secret: bytes) -> str:
    """Return a secret as people type it."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def address(secret: bytes, *, account: str, issuer: str) -> str:
    """Return what the QR code says to an authenticator."""
    key = base64.b32encode(secret).decode()
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?secret={key}&issuer={quote(issuer)}"


def step_of(at: datetime) -> int:
    """Return the number of the half minute."""
    return int(at.timestamp()) // STEP_SECONDS


def code(secret: bytes, step: int) -> str:
    """Return the code of a half minute."""
    generator = TOTP(secret, DIGITS, SHA1(), STEP_SECONDS, enforce_key_length=False)  # noqa: S303 the standard's own hash
    return generator.generate(step * STEP_SECONDS).decode()


def matching_step(secret: bytes, typed: str, *, at: datetime, after: int) -> int | None:
    """Return the half minute whose code was typed, one early or late allowed; only one later than `after`: a code works once."""
    now, found = step_of(at), None
    for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
        if constant_time_compare(code(secret, step), typed) and step > after:
            found = step
    return found


def new_recovery_codes() -> list[str]:
    """Return ten codes for the day on which the phone is gone."""
    return ["".join(secrets.choice(_ALPHABET) for _one in range(_RECOVERY_LENGTH)) for _code in range(RECOVERY_CODES)]


def tidy(typed: str) -> str:
    """Return what was typed without spaces and dashes, in capitals and plain digits."""
    return "".join(part for part in typed.upper() if part.isascii() and part.isalnum())
