"""Uploads in pieces: where each stands, what of it fits next, and what it amounts to. Reads only."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core import vault

from .models import Complaint, Draft, Evidence, Upload, UploadChunk
from .wording import one_line

# Smaller pieces than this are refused, but for the last one: they would fill the table with rows.
SMALLEST_CHUNK = 16 * 1024

Goal = Draft | Complaint
"""What a file is uploaded to."""


class UploadGone(Exception):
    """The upload is not there: it arrived, was given up, or lay too long; beginning again tells which."""


class ChunkRefused(Exception):
    """A piece does not fit; the message says so, and `received` is the byte to go on from."""

    def __init__(self, words: str, *, received: int) -> None:
        """Keep the offset beside the words."""
        super().__init__(words)
        self.received = received


class Damaged(Exception):
    """What arrived is not what the browser announced; the message says what to do."""


@dataclass(frozen=True)
class UnderWay:
    """A file that has not arrived in full, as the page names it to who sends it."""

    pk: UUID
    name: str
    size: int
    percent: int


def check(content: bytes, sha256: str, *, received: int) -> None:
    """Compare a piece with its checksum, if the browser could make one. Raises ChunkRefused."""
    if sha256 and hashlib.sha256(content).hexdigest() != sha256.lower():
        raise ChunkRefused(_("A part of the file was damaged on its way. It is sent again"), received=received)


def is_next(upload: Upload, start: int, length: int) -> bool:
    """Tell whether a piece follows what has arrived; False for one that begins earlier and may be there. Raises ChunkRefused."""
    received, is_last = upload.received, start + length == upload.size
    if start > received:
        raise ChunkRefused(_("A part of the file is missing before this one"), received=received)
    if start < received:
        return False
    if not 0 < length <= settings.UPLOAD_CHUNK_BYTES or start + length > upload.size:
        raise ChunkRefused(_("This part of the file does not have the right size"), received=received)
    if length < SMALLEST_CHUNK and not is_last:
        raise ChunkRefused(_("This part of the file does not have the right size"), received=received)
    return True


def has_piece(upload: Upload, start: int, content: bytes) -> bool:
    """Tell whether this very piece is there already."""
    chunk = UploadChunk.objects.filter(upload=upload, start=start).first()
    return chunk is not None and _opened(chunk) == content


def assembled(upload: Upload) -> UploadedFile[Any]:
    """Put the whole file together in memory, once. Raises UploadGone, Damaged when it is not what was announced."""
    whole = BytesIO()
    for pk in list(upload.chunks.order_by("start").values_list("pk", flat=True)):
        chunk = UploadChunk.objects.filter(pk=pk).first()  # one at a time
        if chunk is None:
            raise UploadGone
        whole.write(_opened(chunk))
    if whole.tell() != upload.size:
        raise UploadGone
    name = name_of(upload)
    if upload.sha256 and hashlib.sha256(whole.getbuffer()).hexdigest() != upload.sha256:
        raise Damaged(_("“%(name)s” did not arrive as it was sent. Choose it again") % {"name": one_line(name)})
    return UploadedFile(whole, name, size=upload.size)


def name_of(upload: Upload) -> str:
    """Return the name of the file."""
    return vault.open_sealed(upload.name_sealed, row=upload.vault_row, column="name")


def under_way(goal: Goal | None) -> list[UnderWay]:
    """Return the files that are on their way, in the order in which they began."""
    rows: Sequence[Upload] = list(goal.uploads.order_by("created_at", "pk")) if goal else []
    return [UnderWay(one.pk, one_line(name_of(one)), one.size, 100 * one.received // one.size) for one in rows]


def room(goal: Goal) -> int:
    """Return how many files can still be begun; those on their way have their places."""
    return settings.UPLOAD_MAX_FILES - _number_there(goal) - goal.uploads.count()


def fingerprints(goal: Goal) -> set[str]:
    """Return the SHA-256 of every file that is there."""
    if isinstance(goal, Draft):
        return set(goal.files.values_list("file__sha256", flat=True))
    return set(Evidence.objects.filter(complaint=goal).values_list("file__sha256", flat=True))


def abandoned_before(at: datetime) -> datetime:
    """Return the moment before which an upload must have moved to be still alive."""
    return at - timedelta(hours=settings.UPLOAD_HOURS)


def _number_there(goal: Goal) -> int:
    """Of a complaint, those count that came after filing."""
    if isinstance(goal, Draft):
        return goal.files.count()
    return Evidence.objects.filter(complaint=goal, added_at__gt=goal.created_at).count()


def _opened(chunk: UploadChunk) -> bytes:
    return vault.open_bytes(chunk.content_sealed, row=chunk.vault_row, column="content")
