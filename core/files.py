"""Takes uploads in and gives cleaned copies out. A file is checked three ways: its name's ending, its first bytes, a real decode.

The original is kept sealed by the vault as evidence; the cleaned copy (no position, device or author) is what anyone opens.
Storage is Django's storage API under random names.
"""

import hashlib
import io
import secrets
import uuid
import warnings
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import PurePath

import pikepdf
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from . import vault
from .models import StoredFile

MAX_PIXELS = 60_000_000
MAX_PAGES = 500
JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
_ENDINGS = {".jpg": JPEG, ".jpeg": JPEG, ".png": PNG, ".webp": WEBP, ".pdf": PDF}
_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
ACCEPT = ",".join(_ENDINGS)


class FileRefused(Exception):
    """An upload that cannot be taken; the message says what to do."""


def store_upload(upload: "UploadedFile[bytes]", *, at: datetime) -> StoredFile:
    """Check, clean, seal and store one upload. Raises FileRefused; leaves no file behind when the transaction fails."""
    name = PurePath((upload.name or "").replace("\\", "/")).name[:200]
    if not upload.size:
        raise FileRefused(_("The file “%(name)s” is empty. Choose another one.") % {"name": name})
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise FileRefused(_("The file “%(name)s” is larger than 20 MB. Make it smaller or send it in parts.") % {"name": name})
    original = upload.read()
    media_type = _media_type(name, original)
    return _store(name, media_type, original, _cleaned(name, media_type, original), at=at)


def clean_copy(stored: StoredFile) -> bytes:
    """Return the cleaned copy's bytes."""
    with default_storage.open(stored.cleaned) as file:
        return vault.open_bytes(file.read(), row=f"file:{stored.pk}", column="cleaned")


def name_of(stored: StoredFile) -> str:
    """Return the name under which the file was uploaded."""
    return vault.open_sealed(stored.name_sealed, row=f"file:{stored.pk}", column="name")


def erase(stored: StoredFile) -> None:
    """Delete a file that is not evidence (a draft's) from the table and, after commit, from the storage."""
    names = [stored.original, stored.cleaned]
    stored.delete()
    transaction.on_commit(partial(_delete, names))


def _delete(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _media_type(name: str, content: bytes) -> str:
    """Compare what the name's ending says with what the first bytes say."""
    declared = _ENDINGS.get(PurePath(name).suffix.lower())
    if declared is None or declared != _sniffed(content):
        raise FileRefused(_("“%(name)s” cannot be taken. Send photos as JPG, PNG or WebP and documents as PDF.") % {"name": name})
    return declared


def _sniffed(content: bytes) -> str:
    heads = {b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG, b"%PDF-": PDF}
    for head, media_type in heads.items():
        if content.startswith(head):
            return media_type
    return WEBP if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else ""


def _cleaned(name: str, media_type: str, content: bytes) -> bytes:
    """Decode for real and write anew without metadata."""
    clean: Callable[[bytes, str], bytes] = _clean_pdf if media_type == PDF else _clean_picture
    try:
        return clean(content, media_type)
    except FileRefused:
        raise
    except Exception as error:
        raise FileRefused(_("“%(name)s” is damaged and cannot be opened. Choose another one.") % {"name": name}) from error


def _clean_picture(content: bytes, media_type: str) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the size is checked below, before decoding
        picture = Image.open(io.BytesIO(content), formats=[_FORMATS[media_type]])
    if picture.width * picture.height > MAX_PIXELS:
        raise FileRefused(_("The picture has too many pixels. Make it smaller and try again."))
    turned = ImageOps.exif_transpose(picture)
    bare = turned.convert("RGBA" if "A" in turned.getbands() and media_type != JPEG else "RGB")
    bare.info.clear()
    out = io.BytesIO()
    bare.save(out, _FORMATS[media_type], quality=88)
    return out.getvalue()


def _clean_pdf(content: bytes, media_type: str) -> bytes:
    """Rewrite a PDF without author, attachments, scripts and open actions."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if len(pdf.pages) > MAX_PAGES:
            raise FileRefused(_("The document has more than 500 pages. Send the pages that matter."))
        for key in ("/Metadata", "/Names", "/OpenAction", "/AA", "/AcroForm"):
            if key in pdf.Root:
                del pdf.Root[key]
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        for page in pdf.pages:
            for key in ("/AA", "/Metadata", "/PieceInfo"):
                if key in page:
                    del page[key]
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def _store(name: str, media_type: str, original: bytes, cleaned: bytes, *, at: datetime) -> StoredFile:
    key = uuid.uuid4()
    row = f"file:{key}"
    written: list[str] = []
    try:
        for column, content in (("original", original), ("cleaned", cleaned)):
            path = f"{at:%Y/%m}/{secrets.token_hex(24)}"
            written.append(default_storage.save(path, ContentFile(vault.seal_bytes(content, row=row, column=column))))
        with transaction.atomic():
            return StoredFile.objects.create(
                pk=key,
                name_sealed=vault.seal(name, row=row, column="name"),
                media_type=media_type,
                size=len(original),
                sha256=hashlib.sha256(original).hexdigest(),
                original=written[0],
                cleaned=written[1],
                created_at=at,
            )
    except BaseException:
        for path in written:
            default_storage.delete(path)
        raise
