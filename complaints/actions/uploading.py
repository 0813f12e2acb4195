"""Uploads in pieces: begun, each piece kept sealed, put together once, given up. Repeating any of it changes nothing."""

import re
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from complaints import uploads
from complaints.drafts import DraftFiled, DraftGone, TooManyFiles
from complaints.models import Complaint, Draft, DraftFile, Evidence, Upload, UploadChunk
from complaints.uploads import ChunkRefused, Damaged, Goal, UploadGone
from core import files, vault

from . import drafting, talking
from .discarding import discard

_SHA256 = re.compile(r"[0-9a-f]{64}")


@transaction.atomic
def begin_upload(goal: Goal, name: str, size: int, *, sha256: str, at: datetime) -> Upload | None:
    """Open an upload, or return the one that this very file began; None when the draft or complaint has the file already.

    `sha256` is the file's, or empty where the browser cannot say; such a file begins anew each time.
    Raises core.files.FileRefused, TooManyFiles, DraftFiled, DraftGone, SupplementRefused.
    """
    name, sha256 = files.announced(name, size), sha256.lower() if _SHA256.fullmatch(sha256.lower()) else ""
    goal = _locked(goal, at)
    if sha256 and sha256 in uploads.fingerprints(goal):
        return None
    if begun := _begun(goal, name, size, sha256):
        if sha256:
            return begun
        discard([begun.pk])
    if uploads.room(goal) < 1:
        raise TooManyFiles(drafting.no_room() if isinstance(goal, Draft) else talking.no_room(name))
    return _opened(goal, name, size, sha256, at)


@transaction.atomic
def take_chunk(upload: Upload, start: int, content: bytes, *, sha256: str, at: datetime) -> int:
    """Keep one piece, sealed, and return the byte to go on from; a piece that is there already changes nothing.

    Raises ChunkRefused, which names that byte too, and UploadGone.
    """
    locked = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if locked is None:
        raise UploadGone
    uploads.check(content, sha256, received=locked.received)
    if not uploads.is_next(locked, start, len(content)):
        if uploads.has_piece(locked, start, content):
            return locked.received
        raise ChunkRefused(gettext("This part of the file has arrived already, cut differently"), received=locked.received)
    chunk = UploadChunk(upload=locked, start=start)
    chunk.content_sealed = vault.seal_bytes(content, row=chunk.vault_row, column="content")
    chunk.save(force_insert=True)
    locked.received, locked.updated_at = start + len(content), at
    locked.save(update_fields=["received", "updated_at"])
    return locked.received


def finish_upload(upload: Upload, *, at: datetime) -> None:
    """Put the file together, check it, and add it to the draft or the complaint, once. What is refused leaves nothing behind.

    Raises ChunkRefused when something is missing, FileRefused, Damaged, DraftFiled, DraftGone, SupplementRefused, UploadGone.
    """
    if upload.received < upload.size:
        raise ChunkRefused(gettext("The file has not arrived in full"), received=upload.received)
    try:
        checked = files.examine(uploads.assembled(upload))  # takes its time, so that no lock is held meanwhile
        _add(upload, replace(checked, key=upload.pk), at)
    except (files.FileRefused, Damaged, DraftFiled, DraftGone, TooManyFiles, talking.SupplementRefused):
        discard([upload.pk])
        raise


def give_up(upload: Upload) -> None:
    """Forget an upload; one that is not there any more is fine."""
    discard([upload.pk])


def give_up_of(goal: Goal, pk: str) -> None:
    """Forget the upload to this draft or complaint with this key, as typed on a page; any other stays."""
    discard([one.pk for one in goal.uploads.all() if str(one.pk) == pk])


@transaction.atomic
def _add(upload: Upload, checked: files.Examined, at: datetime) -> None:
    """Add the file under the upload's own key, so that a second finish finds that it is there."""
    goal = _locked(Draft(pk=upload.draft_id) if upload.draft_id else Complaint(pk=upload.complaint_id), at)
    if not discard([upload.pk]):
        _ask_whether_added(upload)
    elif checked.sha256 in uploads.fingerprints(goal):
        return
    elif isinstance(goal, Draft):
        drafting.add_examined(goal, checked, at=at)
    else:
        talking.add_examined(goal, checked, at=at)


def _ask_whether_added(upload: Upload) -> None:
    is_there = DraftFile.objects.filter(file_id=upload.pk).exists() or Evidence.objects.filter(file_id=upload.pk).exists()
    if not is_there:
        raise UploadGone


def _locked(goal: Goal, at: datetime) -> Goal:
    """Lock what the file goes to, by its key. The upload, if it is locked too, comes after it."""
    return drafting.lock(goal) if isinstance(goal, Draft) else talking.lock_for_supplement(goal, at=at)


def _begun(goal: Goal, name: str, size: int, sha256: str) -> Upload | None:
    """Return the upload of this goal that the same file began."""
    alike = goal.uploads.filter(size=size, sha256=sha256).order_by("created_at")
    return next((one for one in alike if uploads.name_of(one) == name), None)


def _opened(goal: Goal, name: str, size: int, sha256: str, at: datetime) -> Upload:
    kind = "draft" if isinstance(goal, Draft) else "complaint"
    upload = Upload(size=size, sha256=sha256, created_at=at, updated_at=at, **{kind: goal})
    upload.name_sealed = vault.seal(name, row=upload.vault_row, column="name")
    upload.save(force_insert=True)
    return upload
