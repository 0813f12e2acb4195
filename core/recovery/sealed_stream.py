"""A stream in sealed pieces: whatever is altered, cut off, swapped or put in is found before it is used. Constant memory.

A piece is one megabyte under AES-256-GCM; its number and whether it is the last one are its nonce, so that order and end are
part of what is checked. Each stream has a key of its own, derived from BACKUP_KEY and a random salt.
"""

import base64
import binascii
import hashlib
import io
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"EPBACKUP1"  # the number is that of the format
PIECE_BYTES = 1024 * 1024
_TAG_BYTES, _MARK_BYTES, _SALT_BYTES, _KEY_BYTES = 16, 8, 16, 32


class BackupDamaged(Exception):
    """The file is no backup, was altered, or ends too early."""


class KeyUnfit(Exception):
    """BACKUP_KEY is not 32 bytes in base64, or the backup was made with another one."""


def key_from(text: str) -> bytes:
    """Read BACKUP_KEY. Raises KeyUnfit."""
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != _KEY_BYTES:
        raise KeyUnfit("BACKUP_KEY must be 32 bytes in base64: `manage.py make_keys` prints one.")
    return key


class SealingWriter(io.RawIOBase):
    """Takes bytes and writes them sealed; only `close` makes the stream whole."""

    def __init__(self, out: BinaryIO, key: bytes) -> None:
        self._out, self._waiting, self._number = out, bytearray(), 0
        salt = secrets.token_bytes(_SALT_BYTES)
        self._head = MAGIC + _mark_of(key) + salt
        self._cipher = _cipher(key, salt)
        out.write(self._head)

    def writable(self) -> bool:
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        self._waiting += data
        while len(self._waiting) > PIECE_BYTES:  # the last piece is held back: it is written differently
            self._seal(bytes(self._waiting[:PIECE_BYTES]), last=False)
            del self._waiting[:PIECE_BYTES]
        return len(data)

    def finish(self) -> None:
        """Write the last piece; without it nobody accepts the stream."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, self._head))
        self._number += 1


class OpeningReader(io.RawIOBase):
    """Gives the bytes of a sealed stream, each piece only after it was checked. Raises KeyUnfit, BackupDamaged."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        self._source, self._ready, self._number, self._ended = source, bytearray(), 0, False
        self._head = source.read(len(MAGIC) + _MARK_BYTES + _SALT_BYTES)
        if not self._head.startswith(MAGIC) or len(self._head) < len(MAGIC) + _MARK_BYTES + _SALT_BYTES:
            raise BackupDamaged("This is no backup of the portal, or one in another format.")
        if self._head[len(MAGIC) : len(MAGIC) + _MARK_BYTES] != _mark_of(key):
            raise KeyUnfit("This backup was made with another BACKUP_KEY.")
        self._cipher = _cipher(key, self._head[-_SALT_BYTES:])
        self._next = source.read(PIECE_BYTES + _TAG_BYTES)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        while not self._ended and (size < 0 or len(self._ready) < size):
            self._open()
        end = len(self._ready) if size < 0 else size
        found = bytes(self._ready[:end])
        del self._ready[:end]
        return found

    def _open(self) -> None:
        piece, self._next = self._next, self._source.read(PIECE_BYTES + _TAG_BYTES)
        self._ended = not self._next
        try:
            self._ready += self._cipher.decrypt(_nonce(self._number, last=self._ended), piece, self._head)
        except InvalidTag:
            raise BackupDamaged(f"The backup was altered or cut off (piece {self._number + 1}).") from None
        self._number += 1


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"efficiency portal backup 1").derive(key))


def _mark_of(key: bytes) -> bytes:
    """What tells one key from another and nothing of either."""
    return hashlib.sha256(b"mark" + key).digest()[:_MARK_BYTES]


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
