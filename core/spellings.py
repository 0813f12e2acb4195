"""Where a text holds a value, however it is written: each kind of value has its own reading of the text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from . import addresses, pinyin
from .folding import UNSEEN, folded

_SHORTEST = 2
_SHORTEST_NUMBER = 5
_WIDEST_GAP = 6  # signs between two figures of one number
_BLANKS = frozenset(chr(code) for code in range(0x3001) if chr(code).isspace()) | UNSEEN
# Signs that people put between the characters of a name; no comma or full stop, or a name would be found where one
# sentence ends and the next begins.
_BETWEEN_NAMES = _BLANKS | frozenset("-.·・•()*/|_+~[]【】〔〕「」")
_BETWEEN_LETTERS = _BETWEEN_NAMES | frozenset(",'’`0123456789")
_FIGURES = {
    character: str(figure)
    for figure, characters in enumerate(
        ("o零〇○洞", "li一壹幺", "二贰", "三叁参", "四肆", "五伍", "六陆", "七柒拐", "八捌", "九玖勾")
    )
    for character in characters
}
_SIGNS_OF_MAIL = re.compile(r"(?P<at>[(\[{<]at[)\]}>]|艾特|at|@|#)|(?P<dot>[(\[{<]dot[)\]}>]|dot|点|。|,|\.)")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0002a6df]+")
_LATIN = re.compile(r"[a-z]{2,}")
_NUMBER = re.compile(r"[a-z]{0,2}\d[a-z\d]*")
_LONGEST_NAME = 4

Span = tuple[int, int]


@dataclass(frozen=True)
class Reading:
    """A text as one kind of value is looked for in it: what does not count is gone, each character knows its place."""

    text: str
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, pieces: Iterable[tuple[str, int, int]]) -> "Reading":
        """Build it from pieces (what is read, and where it stands in the text)."""
        text, starts, ends = [], [], []
        for read, start, end in pieces:
            text.append(read)
            starts += [start] * len(read)
            ends += [end] * len(read)
        return cls("".join(text), starts, ends)

    def find(self, needle: str) -> Iterator[Span]:
        """Find a needle's places in this reading."""
        place = self.text.find(needle) if needle else -1
        while place >= 0:
            yield place, place + len(needle)
            place = self.text.find(needle, place + len(needle))

    def span(self, first: int, last: int) -> Span:
        """Return where a place of this reading stands in the text."""
        return self.starts[first], self.ends[last - 1]


class Searched:
    """A text in which values are looked for; each reading of it is made once, and only when a value asks for it."""

    def __init__(self, text: str) -> None:
        """Take the text."""
        self.folded = folded(text)

    def spans(self, value: str) -> list[Span]:
        """Return where the text holds the value in any spelling that is known for its kind; unsorted."""
        plain = folded(value).strip()
        compact = _without(plain, _BETWEEN_NAMES)
        if len(compact) < _SHORTEST:
            return []
        if "@" in plain:
            return self._as_written(self._mail, _mail(plain).text)
        if _is_number(plain):
            return self._number_spans(_number(plain).text)
        if place := addresses.read_address(addresses.plain(plain)):
            return [self._address.span(*found) for found in place.places_in(self._address.text)]
        return self._as_written(self._names, compact) + self._letters_spans(plain, compact)

    def _as_written(self, reading: Reading, needle: str) -> list[Span]:
        return [reading.span(*found) for found in reading.find(needle)]

    def _number_spans(self, needle: str) -> list[Span]:
        places = self._numbers.starts
        return [
            self._numbers.span(first, last)
            for first, last in self._numbers.find(needle)
            if all(places[at + 1] - places[at] <= _WIDEST_GAP + 1 for at in range(first, last - 1))
        ]

    def _letters_spans(self, plain: str, compact: str) -> list[Span]:
        """A name in Latin letters: a Chinese one by its sound, a foreign one in either order; as words of their own."""
        if not _LATIN.search(self.folded):
            return []
        if _HAN.fullmatch(compact):
            needles = pinyin.spellings(compact) if len(compact) <= _LONGEST_NAME else ()
        else:
            words = re.findall(r"[a-z]+", plain)
            needles = ("".join(words), "".join([*words[-1:], *words[:-1]])) if compact.isascii() else ()
        found = (self._letters.span(*place) for needle in needles for place in self._letters.find(needle))
        return [span for span in found if self._is_word(*span)]

    def _is_word(self, start: int, end: int) -> bool:
        around = self.folded[max(start - 1, 0) : start] + self.folded[end : end + 1]
        return not any("a" <= character <= "z" for character in around)

    @cached_property
    def _names(self) -> Reading:
        return _leaving_out(self.folded, _BETWEEN_NAMES)

    @cached_property
    def _letters(self) -> Reading:
        return _leaving_out(self.folded, _BETWEEN_LETTERS)

    @cached_property
    def _numbers(self) -> Reading:
        return _number(self.folded)

    @cached_property
    def _mail(self) -> Reading:
        return _mail(self.folded)

    @cached_property
    def _address(self) -> Reading:
        return Reading.of(addresses.pieces(self.folded))


def _without(text: str, left_out: frozenset[str]) -> str:
    return "".join(character for character in text if character not in left_out)


def _leaving_out(text: str, left_out: frozenset[str]) -> Reading:
    places = [place for place, character in enumerate(text) if character not in left_out]
    return Reading("".join([text[place] for place in places]), places, [place + 1 for place in places])


def _number(text: str) -> Reading:
    """Read letters and figures alone, with what people (and those who want to slip through) write for a figure."""
    places = [place for place, character in enumerate(text) if character.isalnum() or character in _FIGURES]
    read = "".join([_FIGURES.get(text[place], text[place]) for place in places])
    return Reading(read, places, [place + 1 for place in places])


def _mail(text: str) -> Reading:
    """Read an e-mail address with “at” and “dot” for the signs, whatever they stand for."""
    compact = _leaving_out(text, _BLANKS)
    pieces, place = [], 0
    for sign in _SIGNS_OF_MAIL.finditer(compact.text):
        pieces += [(compact.text[at], *compact.span(at, at + 1)) for at in range(place, sign.start())]
        pieces.append(("@" if sign["at"] else ".", *compact.span(*sign.span())))
        place = sign.end()
    pieces += [(compact.text[at], *compact.span(at, at + 1)) for at in range(place, len(compact.text))]
    return Reading.of(pieces)


def _is_number(plain: str) -> bool:
    """Numbers of all kinds: phone, ID, passport, social credit code."""
    compact = "".join(character for character in plain if character.isalnum())
    figures = sum(character.isdigit() for character in compact)
    return compact.isascii() and figures >= _SHORTEST_NUMBER and bool(_NUMBER.fullmatch(compact))
