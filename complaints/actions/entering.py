"""Entering a matter for somebody else: an officer at the telephone, a helper unit's clerk with an enterprise's consent."""

import hashlib
import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from accounts.models import User
from complaints import codes, permissions, units
from complaints.answers import Answers, sealed
from complaints.drafts import DraftFiled, expiry
from complaints.entries import ConsentGiven, EnteredAlready, OwnUnit, says_the_same
from complaints.filing import Filing, FilingRefused
from complaints.models import Channel, Complaint, Draft, FilingConsent
from core import events, masking, vault

from .drafting import add_file, lodge_locked

_MASKED_NAME_LENGTH = 20


def open_entry(key: uuid.UUID, *, by: User, at: datetime) -> Draft:
    """Return the draft under a page's key, begun when it is the first time. Raises PermissionDenied when it is another's."""
    draft = Draft.objects.filter(pk=key).first() or _begun(key, by=by, at=at)
    if draft.begun_by_id != by.pk:
        raise PermissionDenied
    return draft


@transaction.atomic
def add_scan(draft: Draft, upload: UploadedFile[Any], *, at: datetime) -> None:
    """Keep one upload, once: a page sent twice brings it again. Raises core.files.FileRefused, TooManyFiles, DraftFiled."""
    if Draft.objects.select_for_update().get(pk=draft.pk).complaint_id:
        raise DraftFiled
    fingerprint = hashlib.sha256(upload.read()).hexdigest()
    upload.seek(0)
    if not draft.files.filter(file__sha256=fingerprint).exists():
        add_file(draft, upload, at=at)


@transaction.atomic
def enter(draft: Draft, filing: Filing, *, by: User, at: datetime) -> Complaint:
    """Lodge what an officer took down, once: the same page sent again returns the same complaint. Raises EnteredAlready."""
    if not permissions.can_enter(by):
        raise PermissionDenied
    return _lodged(draft, replace(filing, filed_by=by), by=by, at=at)[0]


@transaction.atomic
def file_for(draft: Draft, filing: Filing, consent: ConsentGiven, *, by: User, at: datetime) -> Complaint:
    """Lodge for an enterprise with its recorded consent, through the clerk's unit. Raises OwnUnit, EnteredAlready."""
    unit = units.unit_of(by)
    if unit is None:
        raise PermissionDenied
    if filing.filer is None:
        raise FilingRefused("A helper unit files for somebody.")
    if filing.agency and units.is_own(unit, filing.agency):
        raise OwnUnit(gettext("Your unit cannot file about itself. Ask the enterprise to file it online, or to call the hotline"))
    through = replace(filing, channel=Channel.HELPER_UNIT, filed_by=by, filed_by_unit=unit)
    complaint, is_new = _lodged(draft, through, by=by, at=at)
    if is_new:
        _record(complaint, consent, by=by, at=at)
    return complaint


def _lodged(draft: Draft, filing: Filing, *, by: User, at: datetime) -> tuple[Complaint, bool]:
    locked = Draft.objects.select_for_update().get(pk=draft.pk, begun_by=by)
    if locked.complaint_id:
        return _lodged_before(locked.complaint_id, filing), False
    scans = tuple(item.file for item in locked.files.select_related("file").order_by("pk"))
    return lodge_locked(locked, replace(filing, files=scans), at=at, actor=events.user_id(by)), True


def _lodged_before(pk: int, filing: Filing) -> Complaint:
    complaint = Complaint.objects.select_related("complainant", "agency").get(pk=pk)
    if not says_the_same(complaint, filing):
        raise EnteredAlready(
            gettext(
                "This page is saved already, as %(number)s. Save once more if you want to file what stands here as another matter"
            )
            % {"number": complaint.number}
        )
    return complaint


def _record(complaint: Complaint, consent: ConsentGiven, *, by: User, at: datetime) -> None:
    FilingConsent.objects.create(
        complaint=complaint,
        given_by_sealed=vault.seal(consent.given_by, row=complaint.vault_row, column="given_by"),
        given_by_masked=masking.mask_name(consent.given_by)[:_MASKED_NAME_LENGTH],
        means=consent.means,
        given_on=consent.given_on,
        recorded_at=at,
        recorded_by=by,
    )
    facts: dict[str, events.Fact] = {"unit": complaint.filed_by_unit_id, "means": consent.means}
    facts["given_on"] = consent.given_on.isoformat()
    events.record("complaint.consent_recorded", subject=complaint.subject, actor=events.user_id(by), at=at, facts=facts)


def _begun(key: uuid.UUID, *, by: User, at: datetime) -> Draft:
    """Begin a draft under this key; when the same page is sent twice at once, the other one has begun it."""
    draft = Draft(pk=key, begun_by=by, created_at=at, updated_at=at, expires_at=expiry(at))
    draft.resume_index = codes.resume_index(codes.resume_code(draft))
    draft.answers_sealed = sealed(Answers(), draft)
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        return Draft.objects.get(pk=key)
    return draft
