"""One plain character for each of the ways to write it (full width, circled, traditional, accented), place for place."""

import unicodedata
from functools import cache

import opencc

# Marks that nobody sees, from the soft hyphen to the tag characters: they count for nothing in any kind of value.
_UNSEEN_RANGES = (
    *((0xAD, 0xAD), (0x300, 0x36F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E)),
    *((0x2060, 0x206F), (0x20D0, 0x20FF), (0x2800, 0x2800), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)),
    *((0xFFA0, 0xFFA0), (0xE0000, 0xE007F), (0xE0100, 0xE01EF)),
)
UNSEEN = frozenset(chr(code) for first, last in _UNSEEN_RANGES for code in range(first, last + 1))

# Superscripts, Roman figures, enclosed forms, radicals, compatibility ideographs, full width, mathematical letters.
_LOOK_ALIKES = (
    *((0xB2, 0xBE), (0x2070, 0x209F), (0x2160, 0x217F), (0x2460, 0x24FF), (0x2776, 0x2793), (0x2E80, 0x2FDF)),
    *((0x3200, 0x32FF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x1D400, 0x1D7FF), (0x1F100, 0x1F16A)),
)
_ACCENTED = ((0xC0, 0x24F), (0x1E00, 0x1EFF))
_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF))
_LAST_FIGURE = 0x1FC00

# What the conversion leaves alone: Japanese and old forms that turn up in names, and three that people type for one another.
_VARIANTS = dict(
    zip(
        "邨甦戸呉靑淸髙徳黒濵浜斉関恵栄広桜沢辺竜楽斎渋歩産絵経黙両変済歳営実県寿対尅凃莭濶舎堃喆",
        "村苏户吴青清高德黑滨滨齐关惠荣广樱泽边龙乐斋涩步产绘经默两变济岁营实县寿对克涂节阔舍坤哲",
        strict=True,
    )
)
# Letters of other scripts that look like ours.
_STRANGE_LETTERS = dict(zip("асеіјорѕхуԛԝαοАВЕКМНОРСТХІЅЈ×", "aceijopsxyqwaoabekmhopctxisjx", strict=True))


def folded(text: str) -> str:
    """Return the text in plain characters; one for one, so that a place in it is the same place in the text."""
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    """Map each character that has a plainer form to that form: first its look, then its script, then its case."""
    simple = _simplified()
    table = {ord(character): plain for character, plain in (simple | _STRANGE_LETTERS).items()}
    for first, last in _LOOK_ALIKES:
        for code in range(first, last + 1):
            plain = _plain_look(chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[code] = simple.get(plain, plain).lower()
    for first, last in _ACCENTED:
        for code in range(first, last + 1):
            base = unicodedata.normalize("NFD", chr(code))[0]
            if base.isascii():
                table[code] = base.lower()
    table |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    figures = (code for code in range(0x660, _LAST_FIGURE) if chr(code).isdecimal())
    return table | {code: str(unicodedata.digit(chr(code))) for code in figures}


def _plain_look(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else "".join(each for each in plain if each.isalnum())


def _simplified() -> dict[str, str]:
    """Map traditional and variant characters to the simplified one; only those that change."""
    characters = [chr(code) for first, last in _HAN for code in range(first, last + 1)]
    simple = "\n".join(characters)
    for step in ("t2s", "hk2s"):
        simple = opencc.OpenCC(step).convert(simple)
    pairs = zip(characters, simple.split("\n"), strict=True)
    found = {character: plain for character, plain in pairs if character != plain and len(plain) == 1}
    return {character: _VARIANTS.get(plain, plain) for character, plain in found.items()} | _VARIANTS
