"""How judges' points make up a total and totals a ranking. Pure."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")


def weighted(points: Sequence[tuple[int, int]]) -> Decimal:
    """Return the weighted mean of points (each with its weight), to two places."""
    weights = sum(weight for weight, _value in points)
    return (Decimal(sum(weight * value for weight, value in points)) / weights).quantize(_CENT, ROUND_HALF_UP)


def mean(totals: Sequence[Decimal]) -> Decimal | None:
    """Return the mean of the judges' totals; None before anybody has judged."""
    return (sum(totals, Decimal(0)) / len(totals)).quantize(_CENT, ROUND_HALF_UP) if totals else None


def places(means: Mapping[int, Decimal | None]) -> dict[int, int]:
    """Return the place of each row by its mean: equal means share a place; who has none has no place."""
    known = sorted((value for value in means.values() if value is not None), reverse=True)
    return {key: known.index(value) + 1 for key, value in means.items() if value is not None}
