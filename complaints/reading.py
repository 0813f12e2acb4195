"""What pages about one complaint need to know: the filer's own words for the filer, masked facts and file names for officers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from core import files, vault

from .filing import SHORT_TEXTS
from .models import Complainant, Complaint


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

    @property
    def is_picture(self) -> bool:
        """Whether the icon is a picture's."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True)
class MaskedFiler:
    """Who filed, as officers see it."""

    kind: str
    name: str
    phone: str
    verification: str
    has_phone: bool
    has_email: bool


def own_words(complaint: Complaint) -> OwnWords:
    """Open the originals of a complaint. Opening them for an officer or an agency is the caller's event to record."""
    row = complaint.vault_row
    short = {name: str(getattr(complaint, name)) for name in SHORT_TEXTS}
    if complaint.details_sealed:
        short |= json.loads(vault.open_sealed(complaint.details_sealed, row=row, column="details"))
    return OwnWords(
        narrative=vault.open_sealed(complaint.narrative_sealed, row=row, column="narrative"),
        wish=vault.open_sealed(complaint.wish_sealed, row=row, column="wish") if complaint.wish_sealed else "",
        **short,
    )


def filed_content(complaint: Complaint) -> dict[str, Any]:
    """Return what was filed, from the originals; `filing.fingerprint` of it is the complaint's `content_sha256`."""
    words = own_words(complaint)
    return {
        "kind": complaint.kind,
        "channel": complaint.channel,
        "received_at": complaint.received_at.astimezone(UTC).isoformat(),
        "agency": complaint.agency_id,
        "category": complaint.category,
        "behaviours": sorted(complaint.behaviours),
        "happened_on": complaint.happened_on.isoformat() if complaint.happened_on else None,
        "ongoing": complaint.ongoing,
        "narrative": words.narrative,
        "wish": words.wish,
        "files": sorted(item.file.sha256 for item in complaint.evidence.all()),
        **{name: getattr(words, name) for name in SHORT_TEXTS},
    }


def evidence_files(complaint: Complaint) -> Sequence[EvidenceFile]:
    """Return the files of a complaint in the order in which they came."""
    return [
        EvidenceFile(item.pk, files.name_of(item.file), item.file.media_type, item.file.size, item.file.sha256)
        for item in sorted(complaint.evidence.all(), key=lambda item: item.pk)
    ]


def masked_filer(complaint: Complaint) -> MaskedFiler | None:
    """Return who filed, masked; None when it is anonymous. Reads nothing sealed."""
    person = complaint.complainant
    if person is None:
        return None
    return MaskedFiler(
        kind=str(Complainant.Kind(person.kind).label),
        name=person.name_masked,
        phone=person.phone_masked,
        verification=str(Complainant.Verification(person.verification).label),
        has_phone=person.phone_sealed is not None,
        has_email=person.email_sealed is not None,
    )
