"""Suggestions in the office's words: what is suggested, how sure that is, and because of which words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from agencies.models import Agency
from cases.models import Case
from cases.wording import title_of
from complaints import remit
from complaints.labels import agency_name, behaviour_names, category_official
from core import events
from core.models import Event
from core.templatetags.portal import moment

from .filling import settled
from .suggesting import Guess, Source, Suggestion, Sure

_SURE: Mapping[Sure, str | Promise] = {
    Sure.CLEAR: pgettext_lazy("suggestion", "clear"),
    Sure.LIKELY: pgettext_lazy("suggestion", "likely"),
    Sure.GUESS: pgettext_lazy("suggestion", "a guess"),
}
_BECAUSE: Mapping[Source, str | Promise] = {
    Source.WORDS: gettext_lazy("because of the words %(words)s"),
    Source.NAME: gettext_lazy("because it is called %(words)s"),
    Source.DUTY: gettext_lazy("because of what it does: %(words)s"),
}
AGREES, FILLED, OFFERED = "agrees", "filled", "offered"


@dataclass(frozen=True)
class Hint:
    """One suggestion in words. `stands`: it agrees with what was filed, it is filled in, or it is only offered."""

    value: str
    title: str
    sure: str
    because: str
    stands: str
    behaviours: str = ""


@dataclass(frozen=True)
class Elsewhere:
    """Another house to which the words point, with what it is there for."""

    matter: str
    where: str
    because: str


def category_hints(suggestion: Suggestion, case: Case) -> list[Hint]:
    """Return the suggested categories; a mere guess is not worth a line beside what was filed."""
    filled = settled(suggestion.categories)
    return [
        Hint(
            one.value,
            category_official(int(one.value)),
            str(_SURE[one.sure]),
            _because(one),
            _stands(one.value, str(case.category or ""), filled),
            behaviour_names([each.value for each in suggestion.behaviours if each.value.startswith(one.value)]),
        )
        for one in suggestion.categories
        if one.sure != Sure.GUESS or not case.category
    ]


def agency_hint(suggestion: Suggestion, case: Case, agencies: Mapping[str, Agency]) -> Hint | None:
    """Return the suggested agency; None where nothing speaks for one, or not enough for another than the one that was named."""
    one = next(iter(suggestion.agencies), None)
    if one is None or one.value not in agencies:
        return None
    stands = _stands(one.value, str(case.respondent_agency_id or ""), settled(suggestion.agencies))
    if case.respondent_agency_id and stands == OFFERED and one.sure != Sure.CLEAR:
        return None
    return Hint(one.value, agency_name(agencies[one.value]), str(_SURE[one.sure]), _because(one), stands)


def elsewhere(text: str, categories: Sequence[int]) -> list[Elsewhere]:
    """Return the houses to which the words of a text point, and by which words."""
    return [
        Elsewhere(str(place.matter), _where(place), _quoted(_found(place, text)))
        for place in remit.hints(text, categories=categories)
    ]


def _where(place: remit.Place) -> str:
    return f"{place.where} {place.phone}".strip()


def _found(place: remit.Place, text: str) -> list[str]:
    return [hit[0] for sign in place.signs if (hit := sign.search(text))]


def _stands(value: str, filed: str, filled: Guess | None) -> str:
    if filed:
        return AGREES if value == filed else OFFERED
    return FILLED if filled and filled.value == value else OFFERED


def _because(guess: Guess) -> str:
    return str(_BECAUSE[guess.source]) % {"words": _quoted(guess.because)}


def _quoted(words: Collection[str]) -> str:
    return _(", ").join(_("“%(word)s”") % {"word": word} for word in words)


def what_became_of(case: Case, event: Event | None, reader: User) -> str:
    """Say who decided a case meanwhile, what, and when; nothing to the one who did it."""
    if event is None or event.actor == events.user_id(reader):
        return ""
    who = User.objects.filter(pk=int(event.actor.rpartition(":")[2])).first() if event.actor.startswith("user:") else None
    words = {"number": case.number, "what": title_of(event), "when": moment(event.at)}
    if who is None:
        return _("%(number)s no longer waits: %(what)s, %(when)s. Nothing of yours was saved; this is the next one.") % words
    words["who"] = who.full_name
    return (
        _("%(number)s no longer waits: %(what)s by %(who)s, %(when)s. Nothing of yours was saved; this is the next one.") % words
    )
