"""Which rows of the cases are found for whom."""

from .agencies import AssignmentQuerySet, CardQuerySet, HandoverQuerySet, OrderQuerySet, RectificationQuerySet
from .handling import (
    DeadlineQuerySet,
    DispositionQuerySet,
    ExtensionQuerySet,
    LetterQuerySet,
    RecordQuerySet,
    RecusalQuerySet,
    SavedSearchQuerySet,
    UnmaskingQuerySet,
)
from .matters import NEVER, CaseQuerySet
from .quality import NominationQuerySet, ResponsibilityQuerySet, ReviewQuerySet, WrongCaseReviewQuerySet
from .visibility import involved_in, recused_from, within

__all__ = [
    "AssignmentQuerySet",
    "CardQuerySet",
    "CaseQuerySet",
    "DeadlineQuerySet",
    "DispositionQuerySet",
    "ExtensionQuerySet",
    "HandoverQuerySet",
    "LetterQuerySet",
    "NEVER",
    "NominationQuerySet",
    "OrderQuerySet",
    "RecordQuerySet",
    "RectificationQuerySet",
    "RecusalQuerySet",
    "ResponsibilityQuerySet",
    "ReviewQuerySet",
    "SavedSearchQuerySet",
    "UnmaskingQuerySet",
    "WrongCaseReviewQuerySet",
    "involved_in",
    "recused_from",
    "within",
]
