"""How several complainants' ratings make up one: the least satisfied counts, and nobody is shut out by who rated first. Pure."""

from collections.abc import Iterable

from complaints.models.choices import Satisfaction

from .workflow import Status

_FROM_WORST = (Satisfaction.DISSATISFIED, Satisfaction.FAIRLY_SATISFIED, Satisfaction.SATISFIED)


def least(ratings: Iterable[str]) -> str:
    """Return the least satisfied of some ratings; empty when there is none."""
    given = set(ratings)
    return next((str(one) for one in _FROM_WORST if one in given), "")


def may_rate(status: str, *, complainants: int) -> bool:
    """Tell whether a complainant may rate. Of several, each may, also when another was dissatisfied first."""
    return status == Status.REPLIED or (status == Status.FOLLOWED_UP and complainants > 1)


def is_settled(rating: str, *, waiting: int) -> bool:
    """Tell whether a rating ends the waiting: one who is dissatisfied is enough, else everybody is waited for."""
    return rating == Satisfaction.DISSATISFIED or waiting == 0
