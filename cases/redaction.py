"""Whether a text that leaves the office names a complainant, where, and in what way."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from complaints.models import Complainant, Complaint, Consent, Disclosure, Representative
from complaints.reading import own_words
from core import vault
from core.masking import mask_values
from core.ordinary import is_a_word_here
from core.people import begins_a_name
from core.spellings import Searched, Span

from .models import Assignment, Case

# What consent allows: for every complainant of the case the same, or for each complaint (by its key) what its own one allows.
Allowed = Collection[str] | Mapping[int, Collection[str]]
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
# Those who signed along or agreed to a filing did not agree to anything else: no consent of the complainant covers them.
_BESIDE: tuple[tuple[str, Promise | str], ...] = (
    ("name", _("the name of a representative")),
    ("phone", _("the phone number of a representative")),
)
_GIVEN_BY = _("the name of who agreed to the filing")
_NAMES = frozenset(["name", "given_by"])
_COUNTRY = "+86"
_LEGAL_FORM = re.compile(r"(?:[（(][^）)]*[）)])?(?:股份|有限|责任|集团|总|分)*(?:公司|合作社|企业)$")
_PLACE = re.compile(r"^\w{1,6}?(?<![小社园超门])[省市县区镇乡]")
_SHORTEST_TRADE_NAME = 3
_TITLE = re.compile(r"(?:先生|女士|同志|总|老板|主任|(?:总|副)*经理|董事长|厂长|负责人|法人)$")


@dataclass(frozen=True)
class Secret:
    """A value of the vault in a case, opened for comparison alone: what it is called, and its spellings."""

    column: str
    label: str
    values: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Held:
    """A place in a text that holds a secret; `doubtful` where a name may be an ordinary word."""

    span: Span
    secret: Secret
    doubtful: bool


def identity_in(text: str, case: Case, allowed: Allowed) -> list[str]:
    """Return the kinds of the complainants' data that the text still holds in any spelling, but for those that consent allows.

    A name that may be an ordinary word where it stands (高兴) is left to the officer's eyes: see `held_in`.
    """
    return list(dict.fromkeys(held.secret.label for held in held_in(text, case, allowed) if not held.doubtful))


def held_in(text: str, case: Case, allowed: Allowed) -> list[Held]:
    """Return every place of the text that holds data of the case's complainants, but for what consent allows."""
    return held_of(text, secrets_of(case, allowed))


def held_of_others(text: str, case: Case, complaint: Complaint) -> list[Held]:
    """Return every place of the text that holds data of the case's complainants but for this one's."""
    others = Complaint.objects.filter(case_link__case=case).exclude(pk=complaint.pk).with_people().order_by("pk")
    return held_of(text, [secret for one in others for secret in _secrets(one, ())])


def held_of(text: str, secrets: Iterable[Secret]) -> list[Held]:
    """Return every place of the text that holds one of these secrets."""
    searched = Searched(text)
    return [
        Held(span, secret, _is_doubtful(secret, searched.folded, *span))
        for secret in secrets
        for span in {span for value in secret.values for span in searched.spans(value)}
    ]


def secrets_of(case: Case, allowed: Allowed, complaints: Sequence[Complaint] | None = None) -> list[Secret]:
    """Open what must not leave the office about the complainants of a case; `complaints`: all of them, if they are at hand."""
    if complaints is None:
        complaints = list(Complaint.objects.filter(case_link__case=case).with_people().order_by("pk"))
    return [secret for complaint in complaints for secret in _secrets(complaint, _allowed_by(complaint, allowed))]


def consents_of(case: Case, agency: Agency | int, fields: Collection[str]) -> dict[int, set[str]]:
    """Return for each complaint of the case which of these fields its own open consent lets this agency know."""
    given = Consent.objects.filter(complaint__case_link__case=case, agency=agency, revoked_at__isnull=True)
    consents = {consent.complaint_id: set(consent.fields) & set(fields) for consent in given}
    complaints = case.links.values_list("complaint_id", flat=True)
    return {pk: consents.get(pk, set()) for pk in complaints}


def words_with(complaint: Complaint, allowed: Collection[str]) -> str:
    """Return the complainant's own words with everything masked that consent does not allow."""
    if complaint.complainant is None:
        return complaint.working_copy
    return mask_values(own_words(complaint).narrative, _values(_secrets(complaint, allowed)))


def still_disclosed(assignment: Assignment, complaint: Complaint) -> list[str]:
    """Return what went to the agency of this complainant and is still covered by consent; whoever withdraws revokes it.

    Who joined a case that was with the agency already was never part of it, whatever he agreed to.
    """
    told = disclosed_to(assignment).get(complaint.pk, ())
    return [field for field in assignment.disclosed if field in told]


def disclosed_to(assignment: Assignment) -> Mapping[int, Collection[str]]:
    """Return for each complaint of the case what went to the agency by that complainant's own consent, and still may."""
    if not assignment.disclosed:
        return {}
    still = consents_of(assignment.case, assignment.agency_id, assignment.disclosed)
    return {row.complaint_id: still.get(row.complaint_id, set()) & set(row.fields) for row in assignment.disclosures.all()}


def masked_words(complaint: Complaint) -> str:
    """Return the working copy as an agency may read it: the organisation masked too, and what was added since it was made."""
    return mask_values(complaint.working_copy, _values(_secrets(complaint, ())))


def _is_doubtful(secret: Secret, text: str, start: int, end: int) -> bool:
    """Whether it may be an ordinary word there; who agreed to a filing is noted in free words and may be “经理”."""
    if secret.column == "given_by" and not begins_a_name(text[start:end]):
        return True
    return secret.column in _NAMES and is_a_word_here(text, start, end)


def _allowed_by(complaint: Complaint, allowed: Allowed) -> Collection[str]:
    return allowed.get(complaint.pk, ()) if isinstance(allowed, Mapping) else allowed


def _values(secrets: Iterable[Secret]) -> list[str]:
    return [value for secret in secrets for value in secret.values]


def _secrets(complaint: Complaint, allowed: Collection[str]) -> Iterator[Secret]:
    """Open what one complaint's vault rows hold, but for what consent allows; an anonymous one holds nothing."""
    if complaint.complainant is not None:
        for column, label, consent in _KINDS:
            if consent not in allowed and (values := _spellings(complaint.complainant, column)):
                yield Secret(column, str(label), values)
    for person in complaint.representatives.all():
        for column, label in _BESIDE:
            if values := _spellings(person, column):
                yield Secret(column, str(label), values)
    consent_to_file = getattr(complaint, "filing_consent", None)
    if consent_to_file and consent_to_file.given_by_sealed:
        name = vault.open_sealed(consent_to_file.given_by_sealed, row=complaint.vault_row, column="given_by")
        bare = _TITLE.sub("", name.strip())  # “示例经理” is noted as people say it
        yield Secret("given_by", str(_GIVEN_BY), tuple({name.strip(), bare} - {""}))


def _spellings(person: Complainant | Representative, column: str) -> tuple[str, ...]:
    """Open one value for comparison alone; a number counts without the country code, a company also by its trade name."""
    sealed = getattr(person, f"{column}_sealed")
    if not sealed:
        return ()
    value = vault.open_sealed(sealed, row=person.vault_row, column=column).strip()
    if column == "organisation":
        return (value, *trade_names(value))
    return (value.removeprefix(_COUNTRY),) if column == "phone" else (value,)


def trade_names(organisation: str) -> list[str]:
    """Return what people call a company: without its places and legal form, if what is left is long enough to mean it alone."""
    names = [_LEGAL_FORM.sub("", organisation)]
    while place := _PLACE.match(names[-1]):
        names.append(names[-1][place.end() :])
    return [name for name in names if name != organisation and len(name) >= _SHORTEST_TRADE_NAME]
