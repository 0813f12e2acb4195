"""What the findings on single allegations come to, and which clause allows what. Pure."""

import re
from collections.abc import Collection, Iterable
from datetime import date

from cases.workflow import Finding

_DIGITS = "零一二三四五六七八九"
_UNITS = {"十": 10, "百": 100}


def overall(findings: Iterable[str]) -> Finding | None:
    """Return the finding on the whole: nothing upheld, not; everything upheld, upheld; anything else, partly.

    None while there is no allegation, or one is not decided yet.
    """
    found = list(findings)
    if not found or not all(found):
        return None
    if set(found) == {Finding.NOT_UPHELD}:
        return Finding.NOT_UPHELD
    return Finding.UPHELD if set(found) == {Finding.UPHELD} else Finding.PARTLY_UPHELD


def place_of(clause: str) -> int:
    """Return the place of a clause among others by the number in its name, in figures or in Chinese: “第十二条” is 12."""
    if figures := re.search(r"[0-9]+", clause):
        return int(figures.group())
    total = digit = 0
    for character in clause:
        if character in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[character], 0
        else:
            digit = max(_DIGITS.find(character), 0) or digit
    return total + digit


def holds(first: date, last: date | None, on: date) -> bool:
    """Tell whether a span of days, both ends included, holds a day; None is no end."""
    return first <= on and (last is None or on <= last)


def enough_people(investigators: Collection[int]) -> bool:
    """Tell whether these are two different people at least."""
    return len(set(investigators)) >= 2
