"""Who finds which rows of this room."""

from .money import BatchQuerySet, BudgetQuerySet, ClawBackQuerySet, PayableQuerySet, PostingQuerySet
from .roster import SupervisorQuerySet

__all__ = [
    "BatchQuerySet",
    "BudgetQuerySet",
    "ClawBackQuerySet",
    "PayableQuerySet",
    "PostingQuerySet",
    "SupervisorQuerySet",
]
