"""What looks like personal data in a text, found by its pattern alone; pure, and in time that follows the text's length."""

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum.cn import uscc

from . import checksums, people
from .folding import folded
from .spellings import Span

_HAN = "\u3400-\u9fff"
_FIGURE = "[0-9oli零〇○一壹幺二贰三叁四肆五伍六陆七柒八捌九玖]"
_GAP = r"[\s\-_.·/()]{0,2}"
_WORD_FIGURES = {
    character: str(figure)
    for figure, characters in enumerate(("o零〇○", "li一壹幺", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for character in characters
}
_CODE = "[0-9a-hj-npqrtuwxy]"  # the characters of a social credit code
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


@dataclass(frozen=True)
class Find:
    """A place in a text that looks like personal data of a kind; `guessed` where only the words around it say so."""

    start: int
    end: int
    kind: str
    guessed: bool = False


def _digits(found: str) -> str:
    plain = (_WORD_FIGURES.get(character, character) for character in found)
    return "".join(character for character in plain if character.isdigit() or character == "x")


def _is_id_number(found: str) -> bool:
    return checksums.has_birth_date(_digits(found))


def _is_card(found: str) -> bool:
    return checksums.luhn(_digits(found))


def _is_credit_code(found: str) -> bool:
    """A mistyped one is one too, if it has letters where they belong and the place's figures where they belong."""
    code = "".join(character for character in found if character.isalnum())
    return bool(uscc.is_valid(code.upper())) or (code[2:8].isdigit() and not code.isdigit())


def _has_figure(found: str) -> bool:
    return any(character.isdigit() for character in found)


def _is_private_link(found: str) -> bool:
    """A page that everybody may know is nobody's data; one with a question, an account or a long key may be."""
    return bool(re.search(r"[?@=]|[0-9]{8}|[a-z0-9_\-]{16}", found.partition("//")[2].partition("/")[2])) or "?" in found


def _always(_found: str) -> bool:
    return True


# In the order in which they claim a place: kind, pattern (its group 1 is the find, if there is one), what it must pass.
# No pattern repeats something that repeats without a bound, and no two parts of one that follow each other can take the same
# characters: that keeps the time in step with the text.
_PATTERNS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("link", re.compile(r"(?<![a-z0-9])(?:https?://|www\.)[^\s,;()<>\"'，。；、）》”\u4e00-\u9fff]{3,300}"), _is_private_link),
    (
        "email",
        re.compile(
            r"(?<![a-z0-9._%+\-])[a-z0-9._%+\-]{1,64}\s?(?:@|\(at\)|\[at\]|艾特)\s?"
            r"[a-z0-9\-]{1,63}(?:\s?(?:\.|\(dot\)|\[dot\]|点)\s?[a-z0-9\-]{2,63}){1,4}"
        ),
        _always,
    ),
    (
        "id_number",
        re.compile(rf"(?<![0-9a-z])(?:{_FIGURE}{_GAP}){{17}}[0-9oli零〇○一壹幺二贰三叁四肆五伍六陆七柒八捌九玖x](?![0-9a-z])"),
        _is_id_number,
    ),
    ("id_number", re.compile(rf"(?<![0-9a-z])[1-9](?:{_GAP}[0-9]){{14}}(?![0-9a-z])"), _is_id_number),
    ("uscc", re.compile(rf"(?<![0-9a-z]){_CODE}(?:[\s\-]{{0,2}}{_CODE}){{17}}(?![0-9a-z])"), _is_credit_code),
    ("bank_card", re.compile(rf"(?<![0-9a-z])[3-6](?:{_GAP}[0-9]){{15,18}}(?![0-9a-z])"), _is_card),
    (
        "phone",
        re.compile(
            rf"(?<![0-9a-z])(?:\(?(?:\+|00)?86\)?[\s\-]{{0,2}})?[1l一壹幺]{_GAP}[3-9三叁四肆五伍六陆七柒八捌九玖](?:{_GAP}{_FIGURE}){{9}}(?![0-9])"
        ),
        _always,
    ),
    (
        "phone",
        re.compile(r"(?<![0-9a-z])\(?0[1-9][0-9]{1,2}\)?[\s\-—]{0,3}[2-8](?:[\s\-]?[0-9]){6,7}(?![0-9])"),
        _always,
    ),
    (
        "phone",
        re.compile(r"(?:电话|座机|固话|手机|号码|致电|来电|拨打|tel)[^0-9\n]{0,6}([2-8](?:[\s\-]?[0-9]){6,7})(?![0-9])"),
        _always,
    ),
    (
        "plate",
        re.compile(rf"(?<![a-z0-9])[{_PROVINCES}][a-z][\s·.\-]{{0,2}}[a-z0-9]{{4,6}}[学警港澳挂试超领]?(?![a-z0-9])"),
        _has_figure,
    ),
    ("plate", re.compile(r"(?<![a-z0-9])(?:使[0-9]{3}[\s·]?[0-9]{3}|wj[\s·]?.?[\s·]?[0-9]{4}[0-9a-z])(?![a-z0-9元])"), _always),
    (
        "passport",
        re.compile(r"(?<![a-z0-9])(?:[dgps][0-9]{7,8}|e[0-9a-h][0-9]{7}|[hm][0-9]{8}(?:[0-9]{2})?)(?![a-z0-9])"),
        _always,
    ),
    ("passport", re.compile(r"(?:护照|通行证|居留证|passport)[^a-z0-9\n]{0,6}([a-z]{0,3}[0-9]{5,9})(?![a-z0-9])"), _always),
    (
        "account",
        re.compile(
            r"(?:微信|wechat|weixin|(?<![a-z])(?:vx|wx|qq)|扣扣|抖音|快手|钉钉|微博|支付宝|账号|帐号)[^a-z0-9\n]{0,6}([a-z0-9][a-z0-9_\-]{4,29})(?![a-z0-9_\-])"
        ),
        _always,
    ),
)


def find(text: str) -> list[Find]:
    """Return what looks like personal data, in the order of the text; no two overlap."""
    plain = folded(text)
    taken: list[Span] = []
    found: list[Find] = []
    for one in _candidates(plain):
        if one.start < one.end and not _overlaps(taken, one):
            insort(taken, (one.start, one.end))
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _candidates(plain: str) -> Iterator[Find]:
    for kind, pattern, passes in _PATTERNS:
        for match in pattern.finditer(plain):
            group = 1 if pattern.groups else 0
            if passes(match.group(group)):
                yield Find(*match.span(group), kind)
    for start, end in people.addresses(plain):
        yield Find(start, end, "address")
    for start, end in people.organisations(plain):
        yield Find(start, end, "organisation", guessed=True)
    for start, end, announced in people.names(plain):
        yield Find(start, end, "name", guessed=not announced)


def _overlaps(taken: list[Span], one: Find) -> bool:
    """Whether a place is taken; the taken ones are disjoint and sorted, so only two can touch it."""
    at = bisect_left(taken, (one.start, one.start))
    return any(start < one.end and one.start < end for start, end in taken[max(at - 1, 0) : at + 1])
