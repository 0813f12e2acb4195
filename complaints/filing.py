"""What is lodged, from whichever channel, as one value; and the unsaved rows it becomes: originals sealed, copies masked."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from accounts.models import User
from agencies.models import Agency
from core import masking, vault
from core.models import StoredFile

from . import phones, wording
from .models import Channel, Complainant, Complaint, Consent, Identity, IdentityCheck, Kind, Representative

# The short texts that stand in plain columns; their originals are sealed together where masking changed them.
SHORT_TEXTS = ("agency_words", "respondent", "place")
MOST_REPRESENTATIVES = 5
_MASKED_NAME_LENGTH = 20


class FilingRefused(ValueError):
    """A filing that contradicts itself; a mistake of the caller, not of the citizen."""


@dataclass(frozen=True)
class Cosigner:
    """Somebody who speaks for a joint complaint beside the main contact; `phone` is E.164."""

    name: str
    phone: str = ""


@dataclass(frozen=True)
class Filer:
    """Who files with a real name. `phone` is E.164; `verified_at` goes with every verification but none.

    `uscc` is the organisation's unified social credit code. `representatives` are at most five.
    """

    name: str
    phone: str = ""
    email: str = ""
    organisation: str = ""
    uscc: str = ""
    address: str = ""
    id_number: str = ""
    representatives: tuple[Cosigner, ...] = ()
    verification: str = Complainant.Verification.NONE
    verified_at: datetime | None = None
    language: str = "zh-hans"

    @property
    def masked_values(self) -> list[str]:
        """What must not stand in a working copy, in the spellings that masking cannot derive by itself."""
        values = [self.name, self.email, self.uscc, self.address, self.id_number, *phones.spellings(self.phone)]
        for one in self.representatives:
            values += [one.name, *phones.spellings(one.phone)]
        return [value for value in values if value]


@dataclass(frozen=True)
class Filing:
    """A matter as it is lodged; without a filer it is anonymous. `received_at` says when it reached the office, if earlier."""

    narrative: str
    filer: Filer | None = None
    kind: str = Kind.COMPLAINT
    channel: str = Channel.WEB
    received_at: datetime | None = None
    agency: Agency | None = None
    agency_words: str = ""
    respondent: str = ""
    category: int = 0
    secondary: tuple[int, ...] = ()
    behaviours: tuple[str, ...] = ()
    happened_on: date | None = None
    ongoing: bool = False
    place: str = ""
    wish: str = ""
    title: str = ""
    notify_sms: bool = False
    notify_email: bool = False
    disclose: tuple[str, ...] = ()
    files: tuple[StoredFile, ...] = ()
    signers: int = 1
    earlier_number: str = ""
    privacy_version: str = ""
    import_key: str | None = None
    filed_by: User | None = None
    filed_by_unit: Agency | None = None

    def __post_init__(self) -> None:
        """Consent needs somebody who gives it and an agency to which it is given, and a complaint. Raises FilingRefused."""
        if self.disclose and not (self.filer and self.agency and self.kind == Kind.COMPLAINT):
            raise FilingRefused("Consent to disclose needs a real-name complaint against a known agency.")


@dataclass(frozen=True)
class Rows:
    """The rows of one filing, not saved yet; the complaint has no number yet."""

    complaint: Complaint
    complainant: Complainant | None = None
    checks: list[IdentityCheck] = field(default_factory=list)
    representatives: list[Representative] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)


def rows_of(filing: Filing, *, at: datetime) -> Rows:
    """Build the rows that a filing becomes, entered at `at`."""
    person = _complainant(filing.filer, at=at) if filing.filer else None
    complaint = _complaint(filing, person, at=at)
    consents = []
    if filing.disclose and filing.agency:
        consents = [Consent(complaint=complaint, agency=filing.agency, fields=sorted(filing.disclose), given_at=at)]
    checks = [_check(person, person.verified_at, by=filing.filed_by)] if person and person.verified_at else []
    return Rows(complaint, person, checks, _representatives(complaint, filing.filer), consents)


def content_of(filing: Filing, *, received_at: datetime) -> dict[str, Any]:
    """Return what was filed, without who filed it, as plain values."""
    return {
        "kind": str(filing.kind),
        "channel": str(filing.channel),
        "received_at": received_at.astimezone(UTC).isoformat(),
        "agency": filing.agency.pk if filing.agency else None,
        "category": filing.category,
        "secondary": sorted(filing.secondary),
        "behaviours": sorted(filing.behaviours),
        "signers": filing.signers,
        "earlier_number": filing.earlier_number,
        "happened_on": filing.happened_on.isoformat() if filing.happened_on else None,
        "ongoing": filing.ongoing,
        "narrative": filing.narrative,
        "wish": filing.wish,
        "files": sorted(stored.sha256 for stored in filing.files),
        **{name: getattr(filing, name) for name in SHORT_TEXTS},
    }


def fingerprint(content: Mapping[str, Any], *, public_id: uuid.UUID) -> str:
    """Return the SHA-256 of what was filed, over its one canonical spelling and a salt of the complaint's own.

    It stands beside the masked copy: without the salt, which follows from the vault's index key, whoever has a copy of the
    database would try the few thousand numbers that fit a masked one until the hash is right.
    """
    spelling = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return hashlib.sha256(vault.blind_index(str(public_id), kind="content-salt") + spelling).hexdigest()


def masked(text: str, filer: Filer | None) -> str:
    """Return the text with the filer's own values masked."""
    return masking.mask_values(text, filer.masked_values) if filer else text


def _complainant(filer: Filer, *, at: datetime) -> Complainant:
    person = Complainant(
        kind=Complainant.Kind.ORGANISATION if filer.organisation else Complainant.Kind.PERSON,
        name_masked=masking.mask_name(filer.name)[:_MASKED_NAME_LENGTH],
        phone_masked=masking.mask_phone(phones.national(filer.phone)) if filer.phone else "",
        phone_index=vault.blind_index(filer.phone, kind="phone") if filer.phone else None,
        verification=filer.verification,
        verified_at=filer.verified_at,
        language=filer.language,
        created_at=at,
    )
    for column in ("name", "organisation", "uscc", "phone", "email", "address"):
        if value := getattr(filer, column):
            setattr(person, f"{column}_sealed", vault.seal(value, row=person.vault_row, column=column))
    return person


def _check(person: Complainant, at: datetime, *, by: User | None) -> IdentityCheck:
    """Note how the identity was checked before filing."""
    return IdentityCheck(complainant=person, level=person.verification, confirmed=True, checked_at=at, checked_by=by)


def _representatives(complaint: Complaint, filer: Filer | None) -> list[Representative]:
    """Build the sealed rows of those who signed along."""
    return [_representative(complaint, one, position) for position, one in enumerate(filer.representatives if filer else (), 1)]


def _representative(complaint: Complaint, one: Cosigner, position: int) -> Representative:
    row = Representative(
        complaint=complaint,
        position=position,
        name_masked=masking.mask_name(one.name)[:_MASKED_NAME_LENGTH],
        phone_masked=masking.mask_phone(phones.national(one.phone)) if one.phone else "",
    )
    row.name_sealed = vault.seal(one.name, row=row.vault_row, column="name")
    row.phone_sealed = vault.seal(one.phone, row=row.vault_row, column="phone") if one.phone else None
    return row


def _complaint(filing: Filing, person: Complainant | None, *, at: datetime) -> Complaint:
    received_at, public_id = filing.received_at or at, uuid.uuid4()
    complaint = Complaint(
        public_id=public_id,
        identity=Identity.REAL_NAME if person else Identity.ANONYMOUS,
        complainant=person,
        working_copy=masked(filing.narrative, filing.filer),
        wish_copy=masked(filing.wish, filing.filer),
        content_sha256=fingerprint(content_of(filing, received_at=received_at), public_id=public_id),
        notify_sms=bool(filing.notify_sms and filing.filer and filing.filer.phone),
        notify_email=bool(filing.notify_email and filing.filer and filing.filer.email),
        secondary=sorted(filing.secondary),
        behaviours=sorted(filing.behaviours),
        received_at=received_at,
        created_at=at,
        **{
            name: getattr(filing, name)
            for name in (
                "kind",
                "channel",
                "agency",
                "category",
                "happened_on",
                "ongoing",
                "signers",
                "earlier_number",
                "privacy_version",
                "import_key",
                "filed_by",
                "filed_by_unit",
            )
        },
        **{name: masked(wording.one_line(getattr(filing, name)), filing.filer) for name in SHORT_TEXTS},
    )
    title = wording.one_line(masked(filing.title, filing.filer)) or wording.title_from(complaint.working_copy)
    complaint.title = wording.shortened(title, 120)
    _seal_originals(complaint, filing)
    return complaint


def _seal_originals(complaint: Complaint, filing: Filing) -> None:
    row = complaint.vault_row
    complaint.narrative_sealed = vault.seal(filing.narrative, row=row, column="narrative")
    if filing.wish:
        complaint.wish_sealed = vault.seal(filing.wish, row=row, column="wish")
    changed = {name: getattr(filing, name) for name in SHORT_TEXTS if getattr(filing, name) != getattr(complaint, name)}
    if changed:
        complaint.details_sealed = vault.seal(json.dumps(changed, ensure_ascii=False), row=row, column="details")
