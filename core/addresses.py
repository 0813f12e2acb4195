"""How an address is read: without the units it lies in, figures plain, one word for a house; and where a text holds it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SHORTEST_LEAD = 2
_NUMERALS = "零〇一二三四五六七八九"
_UNITS = "号|栋|幢|座|楼|层|单元|室|房|组|队|弄|巷|门|户|街|路|村|里|区"
# A figure in words before what it counts; different words for the same thing; what only stands between them.
_TOKENS = re.compile(
    rf"第(?=[\d{_NUMERALS}十百])|(?P<figure>[{_NUMERALS}十百两]+)(?=(?:{_UNITS}))|(?P<house>号楼|幢|座)|(?P<flat>房)|(?P<sign>#)"
)
_ADMIN = re.compile(
    r"[\u3400-\u9fff]{1,8}?(?:省|自治区|(?<![超门城])市|自治州|盟|地区|(?<![小社园校厂景])区|县|旗|镇|乡|街道(?:办事处)?)"
)
_PLACE = r"(?:路|街|巷|道|胡同|村|屯|寨|庄|湾|冲|小区|花园|家园|苑|府|城|广场|大厦|公寓|社区|[园院里弄])"
_PINPOINT = re.compile(
    rf"[^\d]{{0,12}}?\d{{0,3}}{_PLACE}[^\d号]{{0,6}}(?:\d{{1,5}}号|\d{{1,4}}组(?:\d{{1,5}}号)?|\d{{1,4}}(?:栋|弄|单元)|\d{{1,5}}(?:室|$))"
)
_DETAIL = re.compile(r"(?:\d{1,5}(?:号|栋|单元|层|楼|室|组|队|户|门|弄))*(?:\d{3,4}(?![\d年月日]))?")


@dataclass(frozen=True)
class Address:
    """An address: the units it lies in (`lead`) and what pins it down, from the street or village to the house."""

    lead: str
    pinpoint: str

    def places_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Find it in a text that was read the same way, with whatever of the lead and of the rest stands beside it."""
        place = text.find(self.pinpoint)
        while place >= 0:
            end = place + len(self.pinpoint)
            if detail := _DETAIL.match(text, end):
                end = detail.end()
            if not (self.pinpoint[-1].isdigit() and text[end : end + 1].isdigit()):
                yield place - self._common(text[:place]), end
            place = text.find(self.pinpoint, end)

    def _common(self, before: str) -> int:
        """How many characters of the lead stand right before the place."""
        longest = next((n for n in range(len(self.lead), 0, -1) if before.endswith(self.lead[-n:])), 0)
        return longest if longest >= _SHORTEST_LEAD else 0


def read_address(plain_value: str) -> Address | None:
    """Return what pins the address down; None when it names no house, or is no address. Takes what `plain` returns."""
    start = 0
    while unit := _ADMIN.match(plain_value, start):
        if not _PINPOINT.match(plain_value, unit.end()):
            break
        start = unit.end()
    found = _PINPOINT.match(plain_value, start)
    return Address(plain_value[:start], found.group()) if found else None


def plain(folded: str) -> str:
    """Return a folded text as addresses are compared."""
    return "".join(read for read, _start, _end in pieces(folded))


def pieces(folded: str) -> Iterator[tuple[str, int, int]]:
    """Read a folded text as addresses are compared: each piece, and where it stands."""
    places = [place for place, character in enumerate(folded) if character.isalnum() or character == "#"]
    compact = "".join([folded[place] for place in places])
    done = 0
    for token in _TOKENS.finditer(compact):
        yield from ((compact[at], places[at], places[at] + 1) for at in range(done, token.start()))
        yield _read(token), places[token.start()], places[token.end() - 1] + 1
        done = token.end()
    yield from ((compact[at], places[at], places[at] + 1) for at in range(done, len(compact)))


def _read(token: re.Match[str]) -> str:
    if token["figure"]:
        return str(_figure(token["figure"]))
    if token["house"]:
        return "栋"
    if token["flat"]:
        return "室"
    return "号" if token["sign"] else ""


def _figure(words: str) -> str:
    """`十八` → 18, `一百零二` → 102, `三〇二` → 302 (figure by figure)."""
    words = words.replace("两", "二").replace("〇", "零")
    if not set(words) & {"十", "百"}:
        return "".join(str("零一二三四五六七八九".index(word)) for word in words)
    total, figure = 0, 0
    for word in words:
        if word in {"十", "百"}:
            total += (figure or 1) * (10 if word == "十" else 100)
            figure = 0
        else:
            figure = "零一二三四五六七八九".index(word)
    return str(total + figure)
