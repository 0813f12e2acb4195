"""What the findings on single allegations come to, and which clause allows what. Pure."""

from collections.abc import Collection, Iterable
from datetime import date

from cases.workflow import Finding


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


def holds(first: date, last: date | None, on: date) -> bool:
    """Tell whether a span of days, both ends included, holds a day; None is no end."""
    return first <= on and (last is None or on <= last)


def enough_people(investigators: Collection[int]) -> bool:
    """Tell whether these are two different people at least."""
    return len(set(investigators)) >= 2
