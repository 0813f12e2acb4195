"""What a desk may be told about a new matter before somebody decides: a port, so that a model can take the place of the rules.

A suggestion decides nothing. It says which words it comes from and how sure it is; whoever answers the port must be able to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from core.ports import Port


class Sure(StrEnum):
    """How much speaks for a suggestion."""

    CLEAR = "clear"
    LIKELY = "likely"
    GUESS = "guess"


class Source(StrEnum):
    """Where the words stand that speak for it: in the text, or in what an agency is called or does."""

    WORDS = "words"
    NAME = "name"
    DUTY = "duty"


@dataclass(frozen=True)
class Told:
    """What a matter tells: the masked text, and the agency in the complainant's words. Never who filed."""

    text: str
    agency_words: str = ""


@dataclass(frozen=True)
class Known:
    """An agency that could deal with it: by which names people call it, and what it does."""

    pk: int
    names: tuple[str, ...]
    duties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guess:
    """One thing suggested, and because of which words. `value`: the code of a category or behaviour (`4a`), or an agency's id."""

    value: str
    sure: Sure
    because: tuple[str, ...]
    source: Source = Source.WORDS


@dataclass(frozen=True)
class Suggestion:
    """What is suggested for one matter; each list with the best first, and empty where nothing speaks for anything."""

    categories: tuple[Guess, ...] = ()
    behaviours: tuple[Guess, ...] = ()
    agencies: tuple[Guess, ...] = ()


class SuggesterAway(Exception):
    """Whoever makes the suggestions cannot be asked now; the desk works without them."""


class Suggester(Protocol):
    """Who answers: the rules of this room, or a model elsewhere. Raises SuggesterAway."""

    def __call__(self, told: Told, agencies: Sequence[Known], /) -> Suggestion:
        """Suggest."""
        ...


_port: Port[[Told, Sequence[Known]], Suggestion] = Port("cases.suggest")


def register(suggester: Suggester) -> None:
    """Take who makes the suggestions from now on."""
    _port.register(suggester)


def suggest(told: Told, agencies: Sequence[Known]) -> Suggestion:
    """Ask; nothing is suggested while nobody can be asked."""
    try:
        return _port(told, agencies)
    except SuggesterAway:
        return Suggestion()
