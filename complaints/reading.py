"""What pages about one complaint need to know: the filer's own words for the filer, masked facts and file names for officers."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext, pgettext

from accounts.roles import Role
from core import files, vault
from core.models import Event, StoredFile

from . import filing
from .filing import SHORT_TEXTS, Cosigner, Filer, Filing
from .models import UNCONFIRMED, Complainant, Complaint, Draft, EarlierRating, Evidence, Message, Representative, Withdrawal
from .purposes import purpose_label
from .wording import one_line


@dataclass(frozen=True)
class OwnWords:
    """The originals, as typed; for the filer, and for an agency only by the filer's consent."""

    narrative: str
    wish: str
    agency_words: str
    respondent: str
    place: str


@dataclass(frozen=True)
class EvidenceFile:
    """One file of a complaint under the name it was uploaded with."""

    pk: int
    name: str
    media_type: str
    size: int
    sha256: str
    added_at: datetime | None = None  # when it came after filing
    is_viewable: bool = True
    is_locked: bool = False  # the scanner found something in it
    standing: str = ""  # what the scanner said, in words
    has_preview: bool = False

    @property
    def is_picture(self) -> bool:
        """Whether the icon is a picture's."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True)
class Said:
    """One message of the dialogue, as one of the two sides reads it."""

    pk: int
    text: str
    at: datetime
    from_office: bool
    writer: str
    is_new: bool


@dataclass(frozen=True)
class MaskedFiler:
    """Who filed, as officers see it."""

    kind: str
    name: str
    phone: str
    verification: str
    is_confirmed: bool
    has_phone: bool
    has_email: bool
    has_address: bool = False
    id_number: str = ""  # masked
    signers: int = 1
    representatives: Sequence[Representative] = ()  # their masked columns are what is shown


@dataclass(frozen=True)
class Look:
    """One look at personal data, as the complainant sees it."""

    at: datetime
    role: str
    column: str
    purpose: str


def own_words(complaint: Complaint) -> OwnWords:
    """Open the originals of a complaint, or what is left of them.

    Opening them for an officer or an agency is the caller's event to record.
    """
    row = complaint.vault_row
    short = {name: str(getattr(complaint, name)) for name in SHORT_TEXTS}
    if complaint.details_sealed:
        short |= json.loads(vault.open_sealed(complaint.details_sealed, row=row, column="details"))
    return OwnWords(
        narrative=_original(complaint.narrative_sealed, row, "narrative", copy=complaint.working_copy),
        wish=_original(complaint.wish_sealed, row, "wish", copy=complaint.wish_copy),
        **short,
    )


def as_filed(complaint: Complaint) -> Filing:
    """Return what was filed, from the originals, without who filed it.

    `filing.fingerprint` of its content and `public_id` is the complaint's `content_sha256` for as long as nothing was touched.
    """
    words = own_words(complaint)
    return Filing(
        kind=complaint.kind,
        channel=complaint.channel,
        received_at=complaint.received_at,
        agency=complaint.agency,
        category=complaint.category,
        secondary=tuple(complaint.secondary),
        behaviours=tuple(complaint.behaviours),
        signers=complaint.signers,
        earlier_number=complaint.earlier_number,
        happened_on=complaint.happened_on,
        ongoing=complaint.ongoing,
        files=tuple(item.file for item in complaint.evidence.all() if not _came_later(item, complaint)),
        **asdict(words),
    )


def filer_of(complaint: Complaint) -> Filer | None:
    """Open who filed, for masking and comparing only, never for a person's eyes; None when it is anonymous."""
    person = complaint.complainant
    if person is None:
        return None
    return Filer(
        name=_opened(person, "name"),
        phone=_opened(person, "phone"),
        email=_opened(person, "email"),
        uscc=_opened(person, "uscc"),
        address=_opened(person, "address"),
        id_number=_opened(person, "id_number"),
        representatives=representatives_of(complaint),
    )


def representatives_of(complaint: Complaint) -> tuple[Cosigner, ...]:
    """Open who signed a joint complaint along, under the same rule as `filer_of`."""
    rows = in_order(complaint.representatives.all())
    return tuple(Cosigner(_opened(row, "name"), _opened(row, "phone")) for row in rows)


def evidence_for_office(complaint: Complaint) -> Sequence[EvidenceFile]:
    """Return the files as officers see them: people name a file after themselves, so the filer's own data is masked in it."""
    filer = filer_of(complaint)
    return [replace(one, name=filing.masked(one.name, filer)) for one in evidence_files(complaint)]


def evidence_files(complaint: Complaint) -> Sequence[EvidenceFile]:
    """Return the files of a complaint in the order in which they came."""
    return [_evidence(item) for item in sorted(complaint.evidence.all(), key=lambda item: item.pk)]


def _evidence(item: Evidence) -> EvidenceFile:
    name = one_line(files.name_of(item.file))
    later = item.added_at if _came_later(item, item.complaint) else None
    file = item.file
    return EvidenceFile(
        pk=item.pk,
        name=name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        added_at=later,
        is_viewable=file.is_viewable,
        is_locked=file.state == StoredFile.State.INFECTED,
        standing=str(StoredFile.State(file.state).label),
        has_preview=bool(file.preview) and file.is_viewable,
    )


def _came_later(item: Evidence, complaint: Complaint) -> bool:
    """Whether a file was added after filing; the fingerprint of what was filed leaves it out."""
    return item.added_at > complaint.created_at


def evidence_file(complaint: Complaint, pk: int) -> tuple[EvidenceFile, StoredFile] | None:
    """Return one file of this complaint; None when it is not this complaint's, or nobody may open it."""
    item = next((item for item in complaint.evidence.all() if item.pk == pk and item.file.is_viewable), None)
    return (_evidence(item), item.file) if item else None


def draft_file(draft: Draft, pk: UUID) -> StoredFile | None:
    """Return one file of this draft; None when it is not this draft's, or nobody may open it."""
    item = draft.files.select_related("file").filter(file_id=pk).first()
    return item.file if item and item.file.is_viewable else None


def thread_for_filer(complaint: Complaint) -> list[Said]:
    """Return the dialogue with its originals, oldest first; of the office no name."""
    return [
        _said(one, _original(one.text_sealed, one.vault_row, "text", copy=one.text_copy), is_new=one.from_office)
        for one in _in_order(complaint)
    ]


def thread_for_office(complaint: Complaint) -> list[Said]:
    """Return the dialogue in its working copies, oldest first, with the officers' names. Reads nothing sealed."""
    return [
        _said(one, one.text_copy, is_new=not one.from_office, writer=one.sent_by.full_name if one.sent_by else "")
        for one in _in_order(complaint)
    ]


def withdrawal_of(complaint: Complaint) -> Withdrawal | None:
    """Return the complaint's withdrawal, if it was withdrawn."""
    return getattr(complaint, "withdrawal", None)


def earlier_ratings(complaint: Complaint) -> list[EarlierRating]:
    """Return how earlier replies were rated, the oldest first."""
    return list(complaint.earlier_ratings.order_by("pk"))


def _in_order(complaint: Complaint) -> list[Message]:
    return sorted(complaint.messages.all(), key=lambda one: one.pk)


def _said(message: Message, text: str, *, is_new: bool, writer: str = "") -> Said:
    """`is_new` says whether it was written to the reader; then it is new until it was seen."""
    return Said(message.pk, text, message.sent_at, message.from_office, writer, is_new and message.seen_at is None)


def masked_filer(complaint: Complaint) -> MaskedFiler | None:
    """Return who filed, masked; None when it is anonymous, or has become so. Reads nothing sealed."""
    person = complaint.complainant
    if person is None or not complaint.is_named:
        return None
    return MaskedFiler(
        kind=str(Complainant.Kind(person.kind).label),
        name=gettext("name deleted") if person.erased_at else person.name_masked,
        phone=person.phone_masked,
        verification=str(Complainant.Verification(person.verification).label),
        is_confirmed=is_confirmed(complaint),
        has_phone=person.phone_sealed is not None,
        has_email=person.email_sealed is not None,
        has_address=person.address_sealed is not None,
        id_number=person.id_masked,
        signers=complaint.signers,
        representatives=in_order(complaint.representatives.all()),
    )


def is_confirmed(complaint: Complaint) -> bool:
    """Tell whether somebody has made sure who filed; of an anonymous matter nobody has."""
    person = complaint.complainant
    return complaint.is_named and person is not None and person.verification not in UNCONFIRMED


def in_order(representatives: Iterable[Representative]) -> list[Representative]:
    """Return who signed along in the order in which they were named."""
    return sorted(representatives, key=lambda row: row.position)


def looks(complaint: Complaint) -> list[Look]:
    """Return every look at the complainant's personal data, latest first; a role, never an officer's name."""
    events = Event.objects.filter(subject=complaint.subject, type="vault.revealed").order_by("-id")
    return [
        Look(
            at=event.at,
            role=_role_label(str(event.facts.get("role", ""))),
            column=column_label(str(event.facts.get("column", ""))),
            purpose=purpose_label(str(event.facts.get("purpose", ""))),
        )
        for event in events
    ]


def _role_label(role: str) -> str:
    return str(Role(role).label) if role in Role.values else gettext("A person on duty")


def column_label(column: str) -> str:
    """Return what was looked at, in words; one that is not in the list stands as it is."""
    labels = {
        "phone": pgettext("mobile or fixed", "Phone number"),
        "name": gettext("Name"),
        "organisation": gettext("Company or organisation"),
        "email": gettext("E-mail"),
        "address": gettext("Address"),
        "id_number": gettext("ID number"),
        "uscc": gettext("Unified social credit code"),
        "notices": gettext("How to be told"),
        "narrative": gettext("Your own words"),
        "given_by": gettext("Who agreed to the filing"),
    }
    return labels.get(column, column)


def _original(sealed: bytes | memoryview | None, row: str, column: str, *, copy: str) -> str:
    """Open an original; when its time is over, the masked copy is all that is left."""
    return vault.open_sealed(sealed, row=row, column=column) if sealed else copy


def _opened(person: Complainant | Representative, column: str) -> str:
    sealed = getattr(person, f"{column}_sealed")
    return vault.open_sealed(sealed, row=person.vault_row, column=column) if sealed else ""
