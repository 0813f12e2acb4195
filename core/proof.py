"""Proof of work after ALTCHA (docs/adr/0012-the-door.md): a sum that costs a browser a second and the portal two hashes."""

import hashlib
import hmac
import json
import re
import secrets
from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

ALGORITHM = "SHA-256"
LIFE = timedelta(hours=1)  # somebody who writes slowly solves it at the beginning and sends it at the end
_MOST_CHARACTERS = 600
# The whole shape of a salt: without it, digits could be moved from the number into the time of expiry.
_SALT = re.compile(r"[0-9a-f]{24}\?expires=(\d{10})&")


@dataclass(frozen=True)
class Challenge:
    """The sum: which number up to `maxnumber`, written after the salt, has this hash? The names are those of ALTCHA."""

    salt: str
    challenge: str
    signature: str
    maxnumber: int
    algorithm: str = ALGORITHM

    def as_facts(self) -> dict[str, str | int]:
        """Return it as the browser takes it."""
        return asdict(self)


def new_challenge(*, at: datetime) -> Challenge:
    """Make a sum that can be handed in for an hour. Nothing is stored."""
    salt = f"{secrets.token_hex(12)}?expires={int((at + LIFE).timestamp())}&"
    challenge = _hash(salt, secrets.randbelow(settings.PROOF_DIFFICULTY) + 1)
    return Challenge(salt, challenge, _signature(challenge), settings.PROOF_DIFFICULTY)


def spend(solution: str, *, at: datetime) -> bool:
    """Take a solution (base64 of JSON, as ALTCHA's widget sends it) and tell whether it is right, in time, and handed in first.

    Each counts once, however many web processes there are. Raises what the cache raises when it is away.
    """
    found = _solved(solution)
    if found is None:
        return False
    challenge, expires = found
    left = expires - at.timestamp()
    return left > 0 and bool(cache.add(f"spent:{challenge}", 1, int(left) + 1))


def _solved(solution: str) -> tuple[str, float] | None:
    """Return the challenge and when it expires, if the solution is right and the challenge was ours."""
    try:
        told = json.loads(b64decode(solution[:_MOST_CHARACTERS], validate=True))
        salt, challenge, number = str(told["salt"]), str(told["challenge"]), int(told["number"])
        signature = str(told["signature"])
    except (NotBase64, ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return None
    shape = _SALT.fullmatch(salt)
    is_ours = hmac.compare_digest(_signature(challenge).encode(), signature.encode(errors="replace"))
    is_right = hmac.compare_digest(_hash(salt, number).encode(), challenge.encode(errors="replace"))
    return (challenge, float(shape[1])) if shape and is_ours and is_right else None


def _hash(salt: str, number: int) -> str:
    return hashlib.sha256(f"{salt}{number}".encode(errors="replace")).hexdigest()


def _signature(challenge: str) -> str:
    return salted_hmac("core.proof", challenge.encode(errors="replace"), algorithm="sha256").hexdigest()
