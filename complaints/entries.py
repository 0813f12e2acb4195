"""What is entered for somebody else: the record of an enterprise's consent, what refuses an entry, and the scans kept so far."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from core import files
from core.templatetags.portal import file_size

from .filing import Filer, Filing
from .models import Complaint, DraftFile, FilingConsent
from .reading import as_filed, filer_of
from .wording import one_line


class EnteredAlready(Exception):
    """This page was saved already, with other words; the message names the number."""


class OwnUnit(Exception):
    """A helper unit does not file about itself; the message says who files instead."""


@dataclass(frozen=True)
class ConsentGiven:
    """An enterprise's consent that the unit files for it, as the clerk records it."""

    given_by: str
    means: str
    given_on: date


@dataclass(frozen=True)
class Scan:
    """A file kept for an entry that is not saved yet."""

    pk: int
    name: str
    size: str


def scans_of(key: uuid.UUID | None, user: User) -> Sequence[Scan]:
    """Return the files kept under a page's key, for who chose them."""
    kept = DraftFile.objects.filter(draft=key, draft__begun_by=user).select_related("file").order_by("pk") if key else []
    return [Scan(item.pk, one_line(files.name_of(item.file)), file_size(item.file.size)) for item in kept]


def says_the_same(complaint: Complaint, filing: Filing) -> bool:
    """Tell whether a second sending of a page says what the first one said."""
    return _said(as_filed(complaint), filer_of(complaint)) == _said(filing, filing.filer)


def consent_of(complaint: Complaint) -> FilingConsent | None:
    """Return the enterprise's recorded consent; None where nobody filed for somebody else."""
    return getattr(complaint, "filing_consent", None)


def _said(filing: Filing, filer: Filer | None) -> tuple[Any, ...]:
    agency = filing.agency.pk if filing.agency else None
    who = (filer.name, filer.phone) if filer else None
    words = (filing.narrative, filing.wish, filing.agency_words, filing.respondent)
    return (str(filing.channel), who, agency, *words, filing.category, *sorted(filing.behaviours))
