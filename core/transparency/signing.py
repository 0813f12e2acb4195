"""Signs tree heads and promises with Ed25519. The key comes from the environment and never meets the database."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .leaves import canonical

HEAD = "efficiency-portal tree head v1\n"
PROMISE = "efficiency-portal promise v1\n"
_KEY_BYTES = 32


def sign(purpose: str, said: Mapping[str, Any]) -> str:
    """Return the signature (base64) under what is said, for one purpose and no other."""
    return base64.b64encode(_private(settings.LOG_SIGNING_KEY).sign(_signed(purpose, said))).decode()


def is_signed(purpose: str, said: Mapping[str, Any], signature: str) -> bool:
    """Tell whether the key that `said` names (`key`) has signed it; a key that this portal does not know has not."""
    known = public_keys().get(str(said.get("key", "")))
    if known is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(known).verify(base64.b64decode(signature), _signed(purpose, said))
    except (InvalidSignature, ValueError):
        return False
    return True


def key_id() -> str:
    """Return the name of the key that signs now: the beginning of its fingerprint."""
    return _name(_public_of(settings.LOG_SIGNING_KEY))


def public_keys() -> dict[str, bytes]:
    """Return the public keys that have signed or sign, by their names."""
    keys = [_public_of(settings.LOG_SIGNING_KEY), *(_bytes(key) for key in settings.LOG_OLD_PUBLIC_KEYS)]
    return {_name(key): key for key in keys}


def check() -> None:
    """Raise ImproperlyConfigured when a key cannot be read."""
    public_keys()


def _signed(purpose: str, said: Mapping[str, Any]) -> bytes:
    return f"{purpose}{canonical(dict(said))}".encode()


@lru_cache(maxsize=4)
def _private(encoded: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_bytes(encoded))


@lru_cache(maxsize=4)
def _public_of(encoded: str) -> bytes:
    return _private(encoded).public_key().public_bytes_raw()


def _name(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[:16]


def _bytes(encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise ImproperlyConfigured(f"LOG_SIGNING_KEY and each of LOG_OLD_PUBLIC_KEYS must be base64 of {_KEY_BYTES} bytes.")
    return key
