"""Checks an upload: name, size, ending against first bytes, and then a real decode. Stores nothing."""

import hashlib
import uuid
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from core.cleaning import kinds
from core.cleaning.refusal import NotTaken

from . import refusals, room, workshop

_LONGEST_NAME = 200
_LONGEST_ENDING = 10


@dataclass(frozen=True)
class Examined:
    """An upload that can be taken: what was sent, and what anyone may open of it."""

    name: str
    media_type: str
    original: bytes
    cleaned: bytes
    preview: bytes
    key: uuid.UUID = field(default_factory=uuid.uuid4)  # under which it is stored, once

    @property
    def sha256(self) -> str:
        """The fingerprint of what was sent."""
        return hashlib.sha256(self.original).hexdigest()


def examine(upload: "UploadedFile[Any]") -> Examined:
    """Check and clean one upload, outside of any transaction: a decode takes its time. Raises FileRefused."""
    name = announced(upload.name or "", upload.size or 0)
    upload.seek(0)
    original = upload.read()
    media_type = media_type_of(name, original)
    try:
        result = workshop.cleaned(original, media_type)
    except NotTaken as refusal:
        raise refusals.refused_by(refusal.code, name) from refusal
    return Examined(name, media_type, original, result.copy, result.preview)


def announced(name: str, size: int) -> str:
    """Check what is known before any byte has come, and return the bare name. Raises FileRefused."""
    name = bare_name(name)
    if not size:
        raise refusals.refused(refusals.EMPTY, name)
    if size > settings.UPLOAD_MAX_BYTES:
        raise refusals.refused(refusals.TOO_LARGE, name)
    if kinds.ending_of(name) not in kinds.ENDINGS:
        media_type_of(name, b"")
    if not room.is_left():
        raise refusals.refused(refusals.FULL, name)
    return name


def bare_name(name: str) -> str:
    """Return a file's name without folders and without what cannot be seen or turns the reading direction; its ending stays."""
    visible = (" " if one.isspace() else one for one in name.replace("\\", "/") if one.isspace() or one.isprintable())
    name = PurePath("".join(visible)).name
    ending = PurePath(name).suffix[:_LONGEST_ENDING]
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - len(ending)] + ending


def media_type_of(name: str, content: bytes) -> str:
    """Compare what the name's ending says with what the first bytes say. Raises FileRefused with advice."""
    ending = kinds.ending_of(name)
    declared = kinds.ENDINGS.get(ending)
    if declared and declared in kinds.sniffed(content):
        return declared
    if declared in {kinds.DOCX, kinds.XLSX} and kinds.is_old_office(content):
        raise refusals.refused_by("password", name)  # Office wraps a protected document into a compound file
    if ending in kinds.MACRO_OFFICE:
        raise refusals.refused_by("macros", name)
    if ending in kinds.ARCHIVES or kinds.is_archive(content):
        raise refusals.refused(refusals.ARCHIVE, name)
    if ending in kinds.OLD_OFFICE or kinds.is_old_office(content):
        raise refusals.refused(refusals.OLD_OFFICE, name)
    raise refusals.refused(refusals.OTHER_KIND if declared else refusals.NO_KIND, name)
