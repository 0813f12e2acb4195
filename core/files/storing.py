"""Keeps a checked upload with its row, everything sealed, and gives back what may be opened."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import tasks, vault
from core.cleaning import kinds
from core.models import StoredFile

from . import refusals, room
from .intake import Examined, examine


class NotViewable(Exception):
    """The file waits for the scanner, or the scanner found something in it."""


@dataclass(frozen=True)
class Opened:
    """A cleaned copy as it is handed out."""

    name: str
    media_type: str
    content: bytes


def store_upload(upload: "UploadedFile[Any]", *, at: datetime) -> StoredFile:
    """Check, clean, seal and store one upload. Raises FileRefused; leaves no file behind when that fails."""
    return store(examine(upload), at=at)


def store(checked: Examined, *, at: datetime) -> StoredFile:
    """Seal and keep a checked upload; a configured scanner is asked after commit, and until then nobody opens it.

    Raises FileRefused when the store is full.
    """
    key = checked.key
    row = f"file:{key}"
    written: dict[str, str] = {}
    try:
        for column, content in (("original", checked.original), ("cleaned", checked.cleaned), ("preview", checked.preview)):
            if content:
                path = f"{at:%Y/%m}/{secrets.token_hex(24)}"
                sealed = vault.seal_bytes(content, row=row, column=column)
                written[column] = default_storage.save(path, ContentFile(sealed))
        with transaction.atomic():
            return _row(key, checked, written, at)
    except BaseException as error:
        _delete(list(written.values()))
        if isinstance(error, OSError) and room.is_missing(error):
            raise refusals.refused(refusals.FULL, checked.name) from error
        raise


def _row(key: uuid.UUID, checked: Examined, written: dict[str, str], at: datetime) -> StoredFile:
    stored = StoredFile.objects.create(
        pk=key,
        name_sealed=vault.seal(checked.name, row=f"file:{key}", column="name"),
        media_type=checked.media_type,
        size=len(checked.original),
        sha256=checked.sha256,
        state=StoredFile.State.WAITING if settings.CLAMD_ADDRESS else StoredFile.State.UNSCANNED,
        created_at=at,
        **written,
    )
    if stored.state == StoredFile.State.WAITING:
        transaction.on_commit(partial(tasks.wake_scan, stored.pk), robust=True)
    return stored


def name_of(stored: StoredFile) -> str:
    """Return the name under which the file was uploaded; of an erased one, that it was deleted."""
    if stored.state == StoredFile.State.ERASED:
        return str(StoredFile.State.ERASED.label)
    return vault.open_sealed(stored.name_sealed, row=f"file:{stored.pk}", column="name")


def clean_copy(stored: StoredFile) -> bytes:
    """Return the cleaned copy's bytes. Raises NotViewable."""
    return _open(stored, "cleaned")


def preview(stored: StoredFile) -> bytes | None:
    """Return the preview, a JPEG; None for a file without one. Raises NotViewable."""
    return _open(stored, "preview") if stored.preview else None


def opened(stored: StoredFile, *, name: str = "") -> Opened:
    """Return the cleaned copy under the type that fits it and the name that the reader may see. Raises NotViewable."""
    served = kinds.served(stored.media_type)
    name = name or name_of(stored)
    return Opened(
        str(PurePath(name).with_suffix(served.ending)) if served.ending else name, served.media_type, clean_copy(stored)
    )


def original(stored: StoredFile) -> bytes:
    """Return what was uploaded, for the scanner and for whoever must prove it; never for a reader."""
    return _content(stored, "original")


def erase(stored: StoredFile) -> None:
    """Delete a file that is not evidence (a draft's) from the table and, after commit, from the storage."""
    names = [name for name in (stored.original, stored.cleaned, stored.preview) if name]
    stored.delete()
    transaction.on_commit(partial(_delete, names))


def forget(stored: StoredFile) -> bool:
    """Erase a locked file whose time is over: type, size and fingerprint stay, what it held goes; returns whether it held any.

    The files go after commit. A process that dies in between leaves them behind: sealed, and named by no row.
    """
    if stored.state == StoredFile.State.ERASED:
        return False
    names = [name for name in (stored.original, stored.cleaned, stored.preview) if name]
    stored.name_sealed = stored.original = stored.cleaned = None
    stored.preview, stored.state = "", StoredFile.State.ERASED
    stored.save(update_fields=["name_sealed", "original", "cleaned", "preview", "state"])
    transaction.on_commit(partial(_delete, names), robust=True)
    return True


def _open(stored: StoredFile, column: str) -> bytes:
    if not stored.is_viewable:
        raise NotViewable(str(stored.pk))
    return _content(stored, column)


def _content(stored: StoredFile, column: str) -> bytes:
    """Open one file of a row; where `rotate_keys` has just written it anew it has another name by now."""
    try:
        file = default_storage.open(getattr(stored, column))
    except FileNotFoundError:
        stored.refresh_from_db(fields=[column])
        file = default_storage.open(getattr(stored, column))
    with file:
        return vault.open_bytes(file.read(), row=f"file:{stored.pk}", column=column)


def _delete(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
