"""What somebody looks for: the number of a case, or terms with their two-character grams. Pure; SQL says the same."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

# Between these no gram is made; the function `portal_grams` of the database knows the same ones.
SEPARATORS = frozenset(" \t\n\r!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~\\。、《》〈〉【】「」『』〔〕“”‘’—·•¥")
MOST_CHARACTERS, MOST_TERMS = 60, 6
_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_HALF_WIDTH = str.maketrans("，：；（）？！＊～…", ",:;()?!*~.")
_WHOLE_NUMBER = re.compile(r"(?:19|20)\d\d-\d{1,7}")
_SERIAL = re.compile(r"\d{1,7}")
_SIXTEEN_BITS = 0xFFFF


@dataclass(frozen=True)
class Term:
    """Characters without a blank, as the database folds them, and their grams (two characters each)."""

    text: str
    grams: frozenset[str]

    @property
    def is_its_gram(self) -> bool:
        """Whether the term and its one gram are the same, so that nothing is left to be checked."""
        return self.grams == {self.text} and all(ord(one) <= _SIXTEEN_BITS for one in self.text)


@dataclass(frozen=True)
class Phrase:
    """All that is looked for; every term must be found. `number` is a case's whole number or the digits at its end."""

    words: str
    terms: tuple[Term, ...]
    number: str = ""

    @property
    def grams(self) -> frozenset[str]:
        """The grams of all terms."""
        return frozenset().union(*(term.grams for term in self.terms))


def phrase(words: str) -> Phrase:
    """Read what was typed."""
    plain = folded(words)[:MOST_CHARACTERS]
    terms = tuple(Term(text, grams(text)) for text in dict.fromkeys(plain.split()))[:MOST_TERMS]
    is_number = _WHOLE_NUMBER.fullmatch(plain) or _SERIAL.fullmatch(plain)
    return Phrase(words, terms, plain if is_number else "")


def folded(text: str) -> str:
    """Fold compatibility forms and ASCII capitals, as `portal_search_text` does."""
    return unicodedata.normalize("NFKC", text.translate(_HALF_WIDTH)).translate(_SMALL)


def grams(text: str) -> frozenset[str]:
    """Return every two neighbouring characters of a folded text."""
    return frozenset(one + two for one, two in pairwise(text) if one not in SEPARATORS and two not in SEPARATORS)


def codes(of: Iterable[str]) -> list[int]:
    """Return grams as the numbers under which the index knows them."""
    return sorted(((ord(gram[0]) & _SIXTEEN_BITS) << 16) + (ord(gram[1]) & _SIXTEEN_BITS) - (1 << 31) for gram in of)


def gram_of(code: int) -> str:
    """Return the gram behind a number of the index."""
    return chr((code + (1 << 31)) >> 16) + chr(code & _SIXTEEN_BITS)
