"""How a Chinese name is written in Latin letters: its sounds without tones, family name first or last."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, product

from pypinyin import Style, pinyin

# Family names of two characters, one after the other; all others have one.
_LONG = "欧阳司马上官诸葛夏侯东方皇甫尉迟公孙慕容令狐宇文长孙司徒轩辕南宫端木独孤呼延澹台申屠公羊拓跋司空百里"
_LONG_FAMILY_NAMES = frozenset(_LONG[place : place + 2] for place in range(0, len(_LONG), 2))
# Sounds that characters have as family names alone.
_FAMILY_SOUNDS = {"单": "shan", "仇": "qiu", "区": "ou", "解": "xie", "查": "zha", "任": "ren", "曾": "zeng", "朴": "piao"}
_MOST_SPELLINGS = 24


def spellings(name: str) -> tuple[str, ...]:
    """Return the spellings of a name of Chinese characters: `zhangsanfeng` and `sanfengzhang`; initials alone are none."""
    family = 2 if name[:2] in _LONG_FAMILY_NAMES and len(name) > len(name[:2]) else 1
    sounds = _sounds(name)
    orders = (sounds, [*sounds[family:], *sounds[:family]])
    return tuple(dict.fromkeys(one for order in orders for one in _joined(order)))


def _sounds(name: str) -> list[tuple[str, ...]]:
    read = [heard for character in name if (heard := _heard(character))]
    if read and (own := _FAMILY_SOUNDS.get(name[0])):
        read[0] = (own, *read[0])
    return read


@lru_cache(maxsize=2048)
def _heard(character: str) -> tuple[str, ...]:
    """The sounds of one character; ü as people type it: v, u or yu."""
    sounds = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(sound.replace("v", form) for sound in (sounds[0] if sounds else []) for form in ("v", "u", "yu"))


def _joined(sounds: Sequence[tuple[str, ...]]) -> list[str]:
    """All ways to read the characters one after the other, the likeliest first, and not endlessly many."""
    ways = dict.fromkeys("".join(way) for way in islice(product(*map(dict.fromkeys, sounds)), _MOST_SPELLINGS))
    return list(ways)
