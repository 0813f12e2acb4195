"""How much a grade gives, and how joint signers share it, in whole fen. Pure."""

from dataclasses import dataclass

_WHOLE = 10_000  # hundredths of a percent in the whole


@dataclass(frozen=True)
class Span:
    """From which amount to which one may choose; both may be the same."""

    least_fen: int
    most_fen: int

    @property
    def is_fixed(self) -> bool:
        """Whether there is nothing to choose."""
        return self.least_fen == self.most_fen

    def holds(self, amount_fen: int) -> bool:
        """Tell whether an amount lies within."""
        return self.least_fen <= amount_fen <= self.most_fen


def span_of(least_fen: int, most_fen: int, *, share: int = 0, base_fen: int = 0) -> Span:
    """Return what a grade gives; with a `share` (hundredths of a percent) that of the base, within floor and cap."""
    if not share:
        return Span(least_fen, most_fen)
    exact = (base_fen * share * 2 + _WHOLE) // (2 * _WHOLE)
    amount = max(least_fen, min(most_fen, exact))
    return Span(amount, amount)


def shares_of(amount_fen: int, signers: int) -> list[int]:
    """Share an amount among equals; the first ones get the fen that are left. Raises ValueError for less than a fen each."""
    if signers < 1 or amount_fen < signers:
        raise ValueError(amount_fen, signers)
    each, left = divmod(amount_fen, signers)
    return [each + (place < left) for place in range(signers)]


def add_months(year: int, month: int, months: int) -> tuple[int, int]:
    """Return year and month so many months later."""
    place = year * 12 + month - 1 + months
    return place // 12, place % 12 + 1
