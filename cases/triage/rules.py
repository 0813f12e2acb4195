"""Suggests by words alone: signs of the seven categories in the text, names and duties of agencies. Pure.

Each sign counts once however often its words stand in the text, so that a long text says no more than a short one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from .signs import EVERYDAY, SIGNS, Sign
from .suggesting import Guess, Known, Source, Suggestion, Sure, Told

MOST_READ = 4000  # characters; what matters is said before
MOST_WORDS = 4
_CATEGORY, _BEHAVIOUR = 1, 2  # how many characters of a code name it
_MOST_CATEGORIES, _MOST_BEHAVIOURS, _MOST_AGENCIES = 2, 3, 2
_CLEAR, _LIKELY, _TWICE = 4, 2, 2
_SHORTEST_NAME = 3
# Among equals what weighs most for the people concerned stands first.
_GRAVITY = "5723416"
_IN_ITS_OWN_WORDS, _IN_THE_TEXT, _BY_DUTY, _BY_EVERYDAY = 8, 5, 3, 2


def suggest(told: Told, agencies: Sequence[Known], /) -> Suggestion:
    """Suggest categories and behaviours by signs, and agencies by their names and duties."""
    text = told.text[:MOST_READ]
    hits = [(sign, found[0].strip()) for sign in SIGNS if (found := sign.pattern.search(text))]
    return Suggestion(
        categories=_guesses(hits, _CATEGORY, _MOST_CATEGORIES),
        behaviours=_guesses(hits, _BEHAVIOUR, _MOST_BEHAVIOURS),
        agencies=_agencies(told, agencies),
    )


def _guesses(hits: Iterable[tuple[Sign, str]], length: int, most: int) -> tuple[Guess, ...]:
    """Weigh the signs by the first characters of their code; of categories one must win, behaviours stand side by side."""
    scores, words = Counter[str](), defaultdict[str, dict[str, int]](dict)
    for sign, found in hits:
        code = sign.behaviour[:length]
        scores[code] += sign.weight
        words[code][found] = max(sign.weight, words[code].get(found, 0))
    ranked = sorted(scores, key=lambda code: (-scores[code], _GRAVITY.index(code[0]), code))
    rivals = ranked if length == _CATEGORY else []
    return tuple(Guess(code, _sure(scores, code, rivals), _telling(words[code])) for code in ranked[:most])


def _telling(words: Mapping[str, int]) -> tuple[str, ...]:
    """Return the words that weigh most; what stands in longer ones is not said twice."""
    longest = [one for one in words if not any(one != other and one in other for other in words)]
    return tuple(sorted(longest, key=lambda one: -words[one])[:MOST_WORDS])


def _sure(scores: Mapping[str, int], code: str, rivals: Sequence[str]) -> Sure:
    """How sure by how much speaks for it, and how much for the best of its rivals."""
    others = max((scores[other] for other in rivals if other != code), default=0)
    if scores[code] >= _CLEAR and scores[code] >= _TWICE * others:
        return Sure.CLEAR
    return Sure.LIKELY if scores[code] >= _LIKELY and scores[code] > others else Sure.GUESS


def _agencies(told: Told, agencies: Sequence[Known]) -> tuple[Guess, ...]:
    """Weigh the agencies: called by name, in the complainant's own line for it or in the text, or by what they do."""
    found = {one.pk: hits for one in agencies if (hits := _speaks_for(one, told))}
    scores = {str(pk): sum(weight for weight, _word, _source in hits) for pk, hits in found.items()}
    ranked = sorted(found, key=lambda pk: -scores[str(pk)])
    order = [str(pk) for pk in ranked]
    return tuple(_agency(pk, found[pk], _sure(scores, str(pk), order)) for pk in ranked[:_MOST_AGENCIES])


def _agency(pk: int, hits: list[tuple[int, str, Source]], sure: Sure) -> Guess:
    hits = sorted(hits, key=lambda hit: -hit[0])
    source = hits[0][2]
    return Guess(str(pk), sure, _telling({word: weight for weight, word, one in hits if one == source}), source)


def _speaks_for(agency: Known, told: Told) -> list[tuple[int, str, Source]]:
    """Return what speaks for an agency, each as weight, words and where they come from; its longest name counts alone."""
    text = told.text[:MOST_READ]
    for name in sorted(agency.names, key=len, reverse=True):
        if len(name) < _SHORTEST_NAME - (name in told.agency_words):
            continue
        for weight, words in ((_IN_ITS_OWN_WORDS, told.agency_words), (_IN_THE_TEXT, text)):
            if name in words:
                return [(weight, name, Source.NAME)]
    hits = [(_BY_DUTY, duty, Source.DUTY) for duty in agency.duties if duty in text]
    everyday = {said for word, all_ in EVERYDAY.items() if any(word in duty for duty in agency.duties) for said in all_}
    plain = [
        (_BY_EVERYDAY, said, Source.DUTY) for said in sorted(everyday) if said in text and said not in {hit[1] for hit in hits}
    ]
    return [*hits, *plain]
