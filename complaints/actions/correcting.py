"""A complainant corrects or deletes own data: sealed anew, masked in the copies, an event without data, and both sides told."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from complaints import notifications, own_data, phones, ports, proofs, reading
from complaints.models import Complainant, Complaint, IdentityCheck, PhoneProof
from complaints.own_data import Contact
from core import events, masking, vault

from .claiming import NEEDED
from .masking_again import mask_again

CORRECTED, NAME_CORRECTED, DELETED = "complaint.data_corrected", "complaint.name_corrected", "complaint.data_deleted"
_MASKED_NAME_LENGTH = 20
_Verification, _Level = Complainant.Verification, IdentityCheck.Level
# Levels that say something about the name itself; a new name falls back from them.
_OF_THE_NAME = {_Verification.CALL_BACK, _Verification.IN_PERSON, _Verification.PROVIDER}


class CorrectionRefused(Exception):
    """There is nobody here whose data could be corrected; the message is fit to show."""


@transaction.atomic
def note_shown(complaint: Complaint, *, at: datetime, downloaded: bool = False) -> None:
    """Note that the own data was opened for whoever holds number and code."""
    type_ = own_data.DOWNLOADED if downloaded else own_data.SHOWN
    events.record(type_, subject=complaint.subject, actor=events.CITIZEN, at=at)


@transaction.atomic
def correct_contact(complaint: Complaint, contact: Contact, *, at: datetime) -> list[str]:
    """Keep how the complainant is reached and told from now on; returns what changed. Raises CorrectionRefused."""
    complaint, person = _locked(complaint)
    changed = [column for column in ("email", "address") if _put(person, column, getattr(contact, column))]
    wanted = {
        "notify_sms": contact.notify_sms and person.phone_sealed is not None,
        "notify_email": contact.notify_email and bool(contact.email),
    }
    if any(getattr(complaint, name) != value for name, value in wanted.items()) or person.language != contact.language:
        changed.append("notices")
    for name, value in wanted.items():
        setattr(complaint, name, value)
    person.language = contact.language
    complaint.save(update_fields=list(wanted))
    if "email" in changed and not contact.email:
        _silence(person)
    return _keep(complaint, person, changed, at=at)


@transaction.atomic
def correct_name(complaint: Complaint, name: str, *, at: datetime) -> list[str]:
    """Keep another name; what was checked about the old one does not hold for it. Raises CorrectionRefused."""
    complaint, person = _locked(complaint)
    changed = ["name"] if _put(person, "name", name) else []
    if changed:
        person.name_masked = masking.mask_name(name)[:_MASKED_NAME_LENGTH]
        _fall_back(person, at)
    return _keep(complaint, person, changed, at=at, type_=NAME_CORRECTED)


@transaction.atomic
def change_phone(complaint: Complaint, phone: str, *, at: datetime) -> list[str]:
    """Keep another number (E.164), proved a moment ago; the old one is told by a last message. Raises CorrectionRefused."""
    complaint, person = _locked(complaint)
    old = own_data.opened(person, "phone")
    changed = ["phone"] if _put(person, "phone", phone) else []
    if changed:
        person.phone_masked = masking.mask_phone(phones.national(phone))
        person.phone_index = proofs.index_of(phone)
        if person.verification != _Verification.IN_PERSON:
            person.verification, person.verified_at = _Verification.PHONE, at
        IdentityCheck.objects.create(complainant=person, level=_Level.PHONE, confirmed=True, checked_at=at)
        _part_from(old, complaint, person, at)
    return _keep(complaint, person, changed, at=at)


@transaction.atomic
def delete_optional(complaint: Complaint, columns: Collection[str], *, at: datetime) -> list[str]:
    """Delete what may stay out (`own_data.OPTIONAL`), at once and for good. Raises CorrectionRefused."""
    complaint, person = _locked(complaint)
    if "id_number" in columns and ports.id_number_needed(person.pk):
        raise CorrectionRefused(gettext(NEEDED))
    changed = [column for column in own_data.OPTIONAL if column in columns and _put(person, column, "")]
    if "id_number" in changed:
        person.id_index = person.id_consent_at = None
        person.id_masked = person.id_kind = ""
    if "email" in changed:
        _silence(person)
    return _keep(complaint, person, changed, at=at, type_=DELETED)


def _locked(complaint: Complaint) -> tuple[Complaint, Complainant]:
    """Lock every matter of the person in the order of their ids, then the person."""
    found = (
        Complaint.objects.select_for_update(of=("self",), no_key=True).filter(complainant=complaint.complainant_id).order_by("pk")
    )
    locked = next((one for one in found if one.pk == complaint.pk), None)
    if locked is None or locked.complainant_id is None or not own_data.names_somebody(locked):
        raise CorrectionRefused(gettext("There is nothing here that names you"))
    locked.complainant = person = Complainant.objects.select_for_update().get(pk=locked.complainant_id)
    return locked, person


def _put(person: Complainant, column: str, value: str) -> bool:
    """Seal another value, or delete it; returns whether it is another one."""
    if own_data.opened(person, column) == value:
        return False
    setattr(person, f"{column}_sealed", vault.seal(value, row=person.vault_row, column=column) if value else None)
    return True


def _silence(person: Complainant) -> None:
    """Without an address no matter of the person is told by e-mail."""
    Complaint.objects.filter(complainant=person, notify_email=True).update(notify_email=False)


def _fall_back(person: Complainant, at: datetime) -> None:
    """A confirmed phone stays confirmed; whoever vouched for the old name has not vouched for the new one."""
    if person.verification not in _OF_THE_NAME:
        return
    checks = IdentityCheck.objects.filter(complainant=person, level=_Level.PHONE, confirmed=True)
    level = _Verification.PHONE if checks.exists() else _Verification.FORMAT if person.phone_sealed else _Verification.NONE
    person.verification, person.verified_at = level, None if level == _Verification.NONE else at
    if level != _Verification.NONE:
        IdentityCheck.objects.create(complainant=person, level=level, confirmed=True, checked_at=at)


def _part_from(old: str, complaint: Complaint, person: Complainant, at: datetime) -> None:
    """Tell the old number once more: whoever took the code away would put a number of his own here."""
    if not phones.is_mobile(old):
        return
    farewell = PhoneProof(language=person.language, sent_at=at, expires_at=at + proofs.PARTING_LIFE)
    farewell.phone_sealed = proofs.seal(farewell, "phone", old)
    farewell.save(force_insert=True)
    notifications.number_left(complaint, proofs.to_proof(farewell, proofs.PARTING), at=at)


def _keep(
    complaint: Complaint, person: Complainant, changed: Sequence[str], *, at: datetime, type_: str = CORRECTED
) -> list[str]:
    """Save, mask the copies again, record what was changed by the name of its column, and tell both sides."""
    if not changed:
        return []
    person.save()
    for one in Complaint.objects.filter(complainant=person).order_by("pk"):
        one.complainant = person
        filer = reading.filer_of(one)
        if filer:
            mask_again(one, filer)
    facts: dict[str, Any] = {"columns": list(changed)}
    event = events.record(type_, subject=complaint.subject, actor=events.CITIZEN, at=at, facts=facts)
    notifications.corrected(complaint, event.pk, at=at)
    ports.after_correction(complaint, changed, at)
    return list(changed)
