"""The key ring of the vault, read from the environment: which keys there are, and the cipher of each."""

import base64
import binascii
import re
from dataclasses import dataclass, field
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

AES, SM4 = "aes", "sm4"
_TAG_BYTES = 16
_KEY_BYTES = {AES: 32, SM4: 16}
_NAME = re.compile(r"[A-Za-z0-9._-]{1,40}")


@dataclass(frozen=True)
class Key:
    """One key: its name, its cipher (AES-256-GCM or SM4-GCM) and its secret, which no message ever shows."""

    name: str
    cipher: str
    secret: bytes = field(repr=False)

    @property
    def head(self) -> bytes:
        """What every value sealed with this key begins with: the length of the key's name and the name."""
        return bytes([len(self.name)]) + self.name.encode()

    def encrypt(self, nonce: bytes, value: bytes, associated: bytes) -> bytes:
        """Return the value encrypted, with the tag behind it."""
        if self.cipher == AES:
            return AESGCM(self.secret).encrypt(nonce, value, associated)
        # GB/T 32907 has no ready-made class in the library; the mode is the same GCM.
        encryptor = Cipher(algorithms.SM4(self.secret), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated)
        return encryptor.update(value) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
        """Return what was encrypted. Raises InvalidTag, ValueError."""
        if self.cipher == AES:
            return AESGCM(self.secret).decrypt(nonce, sealed, associated)
        if len(sealed) < _TAG_BYTES:
            raise InvalidTag
        decryptor = Cipher(algorithms.SM4(self.secret), modes.GCM(nonce, sealed[-_TAG_BYTES:])).decryptor()
        decryptor.authenticate_additional_data(associated)
        return decryptor.update(sealed[:-_TAG_BYTES]) + decryptor.finalize()


def ring() -> dict[str, Key]:
    """Return the keys by name, newest first: the first one seals, each of them opens. Raises ImproperlyConfigured."""
    return _parsed(settings.VAULT_KEYS)


def newest() -> Key:
    """Return the key that seals."""
    return next(iter(ring().values()))


@cache
def _parsed(text: str) -> dict[str, Key]:
    """Read `name:base64,name:sm4:base64`; a key without a cipher is an AES key."""
    keys: dict[str, Key] = {}
    for number, item in enumerate(text.split(","), start=1):
        key = _key(item.strip(), number)
        if key.name in keys:
            raise ImproperlyConfigured(f"VAULT_KEYS names the key {key.name} twice.")
        keys[key.name] = key
    return keys


def _key(item: str, number: int) -> Key:
    """Read one key. The message says which one is wrong and never what it holds."""
    name, *cipher = item.split(":")
    encoded = cipher.pop() if cipher else ""
    kind = cipher[0] if cipher else AES
    if not encoded or len(cipher) > 1 or not _NAME.fullmatch(name):
        raise ImproperlyConfigured(f"Key {number} of VAULT_KEYS is not like `2026a:<base64>` or `2026a:sm4:<base64>`.")
    if kind not in _KEY_BYTES:
        raise ImproperlyConfigured(f"Key {name} of VAULT_KEYS names a cipher that the vault does not have: use aes or sm4.")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise ImproperlyConfigured(f"Key {name} of VAULT_KEYS is not base64.") from None
    if len(secret) != _KEY_BYTES[kind]:
        raise ImproperlyConfigured(f"Key {name} of VAULT_KEYS must have {_KEY_BYTES[kind]} bytes for {kind}, not {len(secret)}.")
    return Key(name, kind, secret)
