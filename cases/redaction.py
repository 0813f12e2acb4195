"""Whether a text that leaves the office names the complainant, and in what way."""

import re
from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints.models import Complainant, Complaint, Consent, Disclosure, Representative
from complaints.reading import own_words
from core import vault
from core.masking import found_values, mask_values

from .models import Assignment, Case

# Column of the vault, what it is called, and which consent allows it.
_KINDS: tuple[tuple[str, Promise | str, str | None], ...] = (
    ("name", _("the complainant's name"), Disclosure.NAME),
    ("organisation", _("the complainant's organisation"), Disclosure.NAME),
    ("phone", _("the complainant's phone number"), Disclosure.PHONE),
    ("email", _("the complainant's e-mail address"), None),
    ("uscc", _("the social credit code of the complainant's organisation"), Disclosure.NAME),
    ("address", _("the complainant's address"), None),
    ("id_number", _("the complainant's ID number"), None),
)
# Of those who signed a joint complaint along; no consent covers them.
_OF_REPRESENTATIVES: tuple[tuple[str, Promise | str], ...] = (
    ("name", _("the name of a representative")),
    ("phone", _("the phone number of a representative")),
)
_COUNTRY = "+86"
_LEGAL_FORM = re.compile(r"(?:[（(][^）)]*[）)])?(?:股份|有限|责任|集团|总|分)*(?:公司|合作社|企业)$")
_PLACE = re.compile(r"^\w{2,6}?[省市县区镇乡]")
_SHORTEST_TRADE_NAME = 3


def identity_in(text: str, case: Case, allowed: Collection[str]) -> list[str]:
    """Return the kinds of the complainants' data that the text still holds in any spelling, but for those that consent allows."""
    found: list[str] = []
    for link in case.links.select_related("complaint__complainant").prefetch_related("complaint__representatives"):
        if link.complaint.complainant is not None:
            found += [kind for kind in _found(text, link.complaint.complainant, allowed) if kind not in found]
        found += [kind for kind in _found_representatives(text, link.complaint) if kind not in found]
    return found


def words_with(complaint: Complaint, allowed: Collection[str]) -> str:
    """Return the complainant's own words with everything masked that consent does not allow."""
    if complaint.complainant is None:
        return complaint.working_copy
    person, hidden = complaint.complainant, [column for column, _label, consent in _KINDS if consent not in allowed]
    values = [value for column in hidden for value in _spellings(person, column)]
    return mask_values(own_words(complaint).narrative, [*values, *_of_representatives(complaint)])


def still_disclosed(assignment: Assignment, complaint: Complaint) -> list[str]:
    """Return what went to the agency and is still covered by consent; whoever withdraws revokes it."""
    consent = Consent.objects.filter(complaint=complaint, agency=assignment.agency_id, revoked_at__isnull=True).first()
    return [field for field in assignment.disclosed if consent and field in consent.fields]


def masked_words(complaint: Complaint) -> str:
    """Return the working copy with the organisation masked too: officers may read its name, an agency may not yet."""
    person = complaint.complainant
    hidden = [*(_spellings(person, "organisation") if person else []), *_of_representatives(complaint)]
    return mask_values(complaint.working_copy, hidden)


def _found(text: str, person: Complainant, allowed: Collection[str]) -> list[str]:
    return [
        str(label)
        for column, label, consent in _KINDS
        if consent not in allowed and found_values(text, _spellings(person, column))
    ]


def _found_representatives(text: str, complaint: Complaint) -> list[str]:
    rows = list(complaint.representatives.all())
    return [
        str(label)
        for column, label in _OF_REPRESENTATIVES
        if found_values(text, [value for row in rows for value in _spellings(row, column)])
    ]


def _of_representatives(complaint: Complaint) -> list[str]:
    rows = complaint.representatives.all()
    return [value for row in rows for column, _label in _OF_REPRESENTATIVES for value in _spellings(row, column)]


def _spellings(person: Complainant | Representative, column: str) -> list[str]:
    """Open one value for comparison alone; a number counts without the country code, a company also by its trade name."""
    sealed = getattr(person, f"{column}_sealed")
    if not sealed:
        return []
    value = vault.open_sealed(sealed, row=person.vault_row, column=column).strip()
    if column == "organisation":
        return [value, *trade_names(value)]
    return [value.removeprefix(_COUNTRY)] if column == "phone" else [value]


def trade_names(organisation: str) -> list[str]:
    """Return what people call a company: without its place and legal form, if what is left is long enough to mean it alone."""
    bare = _LEGAL_FORM.sub("", organisation)
    return [name for name in (bare, _PLACE.sub("", bare)) if name != organisation and len(name) >= _SHORTEST_TRADE_NAME]
