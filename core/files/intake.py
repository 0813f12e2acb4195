"""Checks an upload: name, size, ending against first bytes, and then a real decode. Stores nothing."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from core.cleaning import kinds
from core.cleaning.refusal import NotTaken

from . import refusals, workshop


@dataclass(frozen=True)
class Examined:
    """An upload that can be taken: what was sent, and what anyone may open of it."""

    name: str
    media_type: str
    original: bytes
    cleaned: bytes
    preview: bytes

    @property
    def sha256(self) -> str:
        """The fingerprint of what was sent."""
        return hashlib.sha256(self.original).hexdigest()


def examine(upload: "UploadedFile[Any]") -> Examined:
    """Check and clean one upload, outside of any transaction: a decode takes its time. Raises FileRefused."""
    name = PurePath((upload.name or "").replace("\\", "/")).name[:200]
    if not upload.size:
        raise refusals.refused(refusals.EMPTY, name)
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise refusals.refused(refusals.TOO_LARGE, name)
    upload.seek(0)
    original = upload.read()
    media_type = media_type_of(name, original)
    try:
        result = workshop.cleaned(original, media_type)
    except NotTaken as refusal:
        raise refusals.refused_by(refusal.code, name) from refusal
    return Examined(name, media_type, original, result.copy, result.preview)


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
