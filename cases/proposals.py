"""What the portal proposes to take out of a text for an agency: by pattern, and from the vault without showing it."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from complaints.models import Complaint
from complaints.wording import one_line
from core import sensitive
from core.masking import MASK, replace_spans
from core.spellings import Span

from .models import Case
from .redaction import Allowed, Secret, held_of, masked_words, secrets_of

VAULT, DOUBTFUL, PATTERN = "vault", "doubtful", "pattern"
# What a pattern found, as the page calls it.
_FOUND: dict[str, str | Promise] = {
    "phone": gettext_lazy("a phone number"),
    "id_number": gettext_lazy("an ID number"),
    "passport": gettext_lazy("the number of a travel document"),
    "uscc": gettext_lazy("a social credit code"),
    "bank_card": gettext_lazy("the number of a bank card"),
    "plate": gettext_lazy("a number plate"),
    "email": gettext_lazy("an e-mail address"),
    "account": gettext_lazy("an account name"),
    "link": gettext_lazy("a link that may lead to somebody"),
    "address": gettext_lazy("an address"),
    "organisation": gettext_lazy("a company"),
    "name": gettext_lazy("a name"),
}
# What stands in its place.
_WORDS: dict[str, str | Promise] = {
    "phone": pgettext_lazy("taken out", "[phone]"),
    "id_number": pgettext_lazy("taken out", "[ID number]"),
    "passport": pgettext_lazy("taken out", "[document]"),
    "uscc": pgettext_lazy("taken out", "[credit code]"),
    "bank_card": pgettext_lazy("taken out", "[bank card]"),
    "plate": pgettext_lazy("taken out", "[number plate]"),
    "email": pgettext_lazy("taken out", "[e-mail]"),
    "account": pgettext_lazy("taken out", "[account]"),
    "link": pgettext_lazy("taken out", "[link]"),
    "address": pgettext_lazy("taken out", "[address]"),
    "organisation": pgettext_lazy("taken out", "[company]"),
    "name": pgettext_lazy("taken out", "[name]"),
    "given_by": pgettext_lazy("taken out", "[name]"),
}
_AROUND = 12  # characters of context on each side
_ROUNDS = 4  # taking one thing out can bring another to light


@dataclass(frozen=True)
class Proposal:
    """One thing that may have to come out of a text, however often it stands there.

    `key` names it without telling it. `shown` is what the officer typed; of the vault's data, nothing but a mask.
    """

    key: str
    source: str
    what: str
    word: str
    shown: str
    before: str
    after: str
    times: int
    ticked: bool


@dataclass(frozen=True)
class _Place:
    """A place of a text that may have to come out."""

    span: Span
    source: str
    kind: str
    what: str
    guessed: bool

    @property
    def is_of_vault(self) -> bool:
        return self.source != PATTERN


@dataclass(frozen=True)
class Checked:
    """A text that was looked at: what is proposed, which data of complainants it holds, and how to take things out."""

    text: str
    proposals: list[Proposal]
    columns: list[str]

    @property
    def certain(self) -> list[Proposal]:
        """What must come out: the vault's data beyond doubt."""
        return [one for one in self.proposals if one.source == VAULT]

    @property
    def to_confirm(self) -> list[Proposal]:
        """What may stay if somebody says so."""
        return [one for one in self.proposals if one.source != VAULT]


def check(text: str, case: Case, allowed: Allowed, complaints: Sequence[Complaint] | None = None) -> Checked:
    """Look at a text for an agency; `allowed` is what consent lets the agency know.

    `complaints`: all that the case deals with, where the caller has them with their people and agency.
    """
    places = _places(text, secrets_of(case, allowed, complaints))
    keys = [_key(case, place, text) for place in places]
    times, stay = Counter(keys), _named_as_respondent(case, complaints)
    first = dict(zip(reversed(keys), reversed(places), strict=True))
    hidden = [(place.span, MASK) for place in places if place.is_of_vault]
    return Checked(
        text=text,
        proposals=[_proposal(key, first[key], times[key], text, hidden, stay) for key in times],
        columns=[place.kind for place in places if place.is_of_vault],
    )


def take_out(text: str, case: Case, allowed: Allowed, keys: Collection[str]) -> str:
    """Return the text with what these keys name replaced by a word for it."""
    return _replaced(text, [place for place in _places(text, secrets_of(case, allowed)) if _key(case, place, text) in keys])


@dataclass(frozen=True)
class Draft:
    """A drafted summary, and what a pattern found in the complaint and the draft left out."""

    text: str
    taken: list[Proposal]


def draft(case: Case) -> str:
    """Draft the summary of a case; see `drafted`."""
    return drafted(case).text


def drafted(case: Case, complaints: Sequence[Complaint] | None = None) -> Draft:
    """Draft the summary from the case's first complaint: the masked working copy and wish, with all that is proposed taken out.

    Whom the complaint is about stays: the agency must know. `complaints` as for `check`.
    """
    if complaints is None:
        complaints = list(Complaint.objects.filter(case_link__case=case).with_people().select_related("agency").order_by("pk"))
    if not complaints:
        return Draft("", [])
    complaint = complaints[0]
    text = "\n\n".join(part for part in (masked_words(complaint), _wish(complaint.wish_copy)) if part)
    stay, secrets = _named_as_respondent(case, complaints), secrets_of(case, (), complaints)
    taken = [one for one in check(text, case, (), complaints).proposals if one.source != PATTERN or one.shown not in stay]
    for _round in range(_ROUNDS):
        places = [place for place in _places(text, secrets) if not _stays(place, text, stay)]
        if not places:
            break
        text = _replaced(text, places)
    return Draft(text, taken)


def _places(text: str, secrets: Collection[Secret]) -> list[_Place]:
    """Return what may have to come out, in the order of the text; the vault's data before what a pattern guesses there."""
    held = sorted(held_of(text, secrets), key=lambda one: (one.span[0], -one.span[1], one.doubtful))
    places: list[_Place] = []
    for one in held:
        if not places or one.span[0] >= places[-1].span[1]:
            source = DOUBTFUL if one.doubtful else VAULT
            places.append(_Place(one.span, source, one.secret.column, one.secret.label, guessed=False))
    taken = [place.span for place in places]
    for find in sensitive.find(text):
        if not any(start < find.end and find.start < end for start, end in taken):
            places.append(_Place((find.start, find.end), PATTERN, find.kind, str(_FOUND[find.kind]), find.guessed))
    return sorted(places, key=lambda place: place.span)


def _proposal(key: str, place: _Place, times: int, text: str, hidden: list[tuple[Span, str]], stay: str) -> Proposal:
    start, end = place.span
    return Proposal(
        key=key,
        source=place.source,
        what=place.what,
        word=_word(place.kind),
        shown=MASK if place.is_of_vault else one_line(text[start:end]),
        before="…" * (start > _AROUND) + _context(text, max(start - _AROUND, 0), start, hidden),
        after=_context(text, end, end + _AROUND, hidden) + "…" * (end + _AROUND < len(text)),
        times=times,
        ticked=not place.guessed and not _stays(place, text, stay) and place.source != DOUBTFUL,
    )


def _context(text: str, first: int, last: int, hidden: Iterable[tuple[Span, str]]) -> str:
    """Return a piece of the text with the vault's data masked in it, also where only a part of it reaches in."""
    inside = [((max(start, first), min(end, last)), word) for (start, end), word in hidden if start < last and first < end]
    piece = replace_spans(text[first:last], [((start - first, end - first), word) for (start, end), word in inside])
    return " ".join(piece.split())


def _stays(place: _Place, text: str, stay: str) -> bool:
    """Whether a pattern found nothing but whom the complaint is about."""
    return not place.is_of_vault and text[slice(*place.span)] in stay


def _named_as_respondent(case: Case, complaints: Sequence[Complaint] | None) -> str:
    """What the complaints of the case say about whom or what they complain of."""
    if complaints is None:
        complaints = list(Complaint.objects.filter(case_link__case=case).select_related("agency"))
    rows = [(one.respondent, one.agency_words, one.agency.name if one.agency else "") for one in complaints]
    return "\n".join(word for row in rows for word in row if word)


def _key(case: Case, place: _Place, text: str) -> str:
    """Name what stands in a place, the same wherever it stands, by a keyed hash: the page must not tell it."""
    value = f"{case.pk}:{place.source}:{place.kind}:{text[slice(*place.span)]}"
    return salted_hmac("cases.proposals", value, algorithm="sha256").hexdigest()[:16]


def _replaced(text: str, places: Iterable[_Place]) -> str:
    return replace_spans(text, [(place.span, _word(place.kind)) for place in places])


def _word(kind: str) -> str:
    """The agency reads the portal's own language, whatever the officer works in."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(_WORDS[kind])


def _wish(words: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return _("The complainant wishes: %(wish)s") % {"wish": words} if words.strip() else ""
