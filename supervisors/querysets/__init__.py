"""Who finds which rows of this room."""

from .money import BatchQuerySet, BudgetQuerySet, ClawBackQuerySet, PayableQuerySet, PostingQuerySet
from .roster import CallQuerySet, CandidacyQuerySet, DutyLogQuerySet, SupervisorQuerySet, TaskQuerySet, TermQuerySet, covers

__all__ = [
    "BatchQuerySet",
    "BudgetQuerySet",
    "CallQuerySet",
    "CandidacyQuerySet",
    "ClawBackQuerySet",
    "DutyLogQuerySet",
    "PayableQuerySet",
    "PostingQuerySet",
    "SupervisorQuerySet",
    "TaskQuerySet",
    "TermQuerySet",
    "covers",
]
