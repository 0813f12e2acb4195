"""Writing a draft: each step kept at once, files added and removed, one submission that counts, deletion for good."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext

from complaints import codes, uploads
from complaints.answers import Answers, Typed, answers_of, sealed
from complaints.drafts import DraftChanged, DraftFiled, DraftGone, TooManyFiles, expiry
from complaints.filing import Filing
from complaints.models import Complaint, Draft, DraftFile, Upload
from core import events, files

from .discarding import discard, discard_halves
from .lodging import lodge

_EXPIRED_AT_ONCE = 100


def begin(*, at: datetime, language: str) -> Draft:
    """Open an empty draft under a resume code of its own."""
    draft = Draft(created_at=at, updated_at=at, expires_at=expiry(at), language=language)
    draft.resume_index = codes.resume_index(codes.resume_code(draft))
    draft.answers_sealed = sealed(Answers(), draft)
    draft.save(force_insert=True)
    return draft


@transaction.atomic
def keep(draft: Draft, slug: str, typed: Typed, *, seen: str, at: datetime, language: str) -> Draft:
    """Keep one step's answers. `seen` is the fingerprint of what the page showed.

    Raises DraftChanged when the step holds something else by now, DraftFiled when the draft was submitted.
    """
    draft = lock(draft)
    answers = answers_of(draft)
    if answers.fingerprint(slug) != seen and answers.steps.get(slug) != typed:
        raise DraftChanged
    draft.answers_sealed = sealed(answers.having(slug, typed), draft)
    draft.language = language
    return touch(draft, at)


def add_file(draft: Draft, upload: UploadedFile[Any], *, at: datetime) -> None:
    """Store one upload. Raises core.files.FileRefused, TooManyFiles, DraftFiled."""
    _check_room(draft)
    checked = files.examine(upload)  # takes its time, so that no lock is held meanwhile
    add_examined(draft, checked, at=at)


@transaction.atomic
def add_examined(draft: Draft, checked: files.Examined, *, at: datetime) -> None:
    """Store a file that was looked at, once: after a broken line a page is sent again. Raises TooManyFiles, DraftFiled."""
    draft = touch(lock(draft), at)
    discard_halves(draft, checked.sha256)
    same = draft.files.filter(file__sha256=checked.sha256).select_related("file")
    if any(files.name_of(one.file) == checked.name for one in same):
        return
    _check_room(draft)
    DraftFile.objects.create(draft=draft, file=files.store(checked, at=at), added_at=at)


def _check_room(draft: Draft) -> None:
    if uploads.room(draft) < 1:
        raise TooManyFiles(no_room())


def no_room() -> str:
    """Say that a draft takes no more files."""
    return gettext("You have 10 files already. Remove one before you add another")


@transaction.atomic
def remove_file(draft: Draft, pk: int, *, at: datetime) -> None:
    """Delete one file of the draft for good; one that is not there any more is fine. Raises DraftFiled."""
    draft = lock(draft)
    for item in draft.files.filter(pk=pk).select_related("file"):
        files.erase(item.file)
    touch(draft, at)


@transaction.atomic
def submit(draft: Draft, filing: Filing, *, version: int, at: datetime) -> Complaint:
    """Lodge what a draft holds, once: a second submission returns the same complaint.

    `version` is the draft as the citizen checked it. Raises DraftChanged when it was changed since.
    """
    locked = Draft.objects.select_for_update().select_related(None).get(pk=draft.pk)
    if locked.complaint_id:
        return Complaint.objects.get(pk=locked.complaint_id)
    if locked.version != version:
        raise DraftChanged
    return lodge_locked(locked, filing, at=at)


def lodge_locked(locked: Draft, filing: Filing, *, at: datetime, actor: str = events.CITIZEN) -> Complaint:
    """Lodge what a locked draft holds and forget everything but which complaint it became."""
    complaint = lodge(filing, at=at, actor=actor)
    locked.files.all().delete()  # the links; the files are evidence now
    discard(locked.uploads.values_list("pk", flat=True))  # the check page has named what did not arrive in full
    _wipe(locked, complaint, at)
    return complaint


def expire(*, at: datetime) -> int:
    """Delete expired drafts with their files, for good; returns how many."""
    deleted = 0
    while number := _expire_some(at):
        deleted += number
    return deleted


@transaction.atomic
def _expire_some(at: datetime) -> int:
    expired = (
        Draft.objects.filter(expires_at__lte=at).select_for_update(skip_locked=True).order_by("expires_at")[:_EXPIRED_AT_ONCE]
    )
    drafts = list(expired)
    for item in DraftFile.objects.filter(draft__in=drafts).select_related("file"):
        files.erase(item.file)
    discard(Upload.objects.filter(draft__in=drafts).values_list("pk", flat=True))
    Draft.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()
    return len(drafts)


def _wipe(draft: Draft, complaint: Complaint, at: datetime) -> None:
    """Forget everything but which complaint it became."""
    draft.complaint = complaint
    draft.answers_sealed = sealed(Answers(), draft)
    draft.phone_code_sealed = draft.phone_confirmed_index = draft.phone_confirmed_at = None
    draft.version += 1
    draft.updated_at = at
    draft.save()


def lock(draft: Draft) -> Draft:
    """Lock a draft that is still written. Raises DraftFiled, DraftGone."""
    locked = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None:
        raise DraftGone
    if locked.complaint_id:
        raise DraftFiled
    return locked


def touch(draft: Draft, at: datetime) -> Draft:
    """A change keeps the draft alive for its full time again."""
    draft.version += 1
    draft.updated_at = at
    draft.expires_at = expiry(at)
    draft.save()
    return draft
