"""Tables of what the office does about complaints."""

from .case import Case, CaseComplaint
from .desk import Gram, Handover, SavedSearch
from .handling import AgencyReturn, Assignment, Card, Chaser, Report, SupervisionOrder
from .inquiry import Allegation, Disposition, HandlingCost, InvestigationRecord, Note, RecordFile, Rectification, Recusal
from .knowing import Unmasking
from .letters import Letter, LetterKind, LetterTemplate
from .limits import Deadline, Extension, Suspension
from .quality import Nomination, Responsibility, Review, Score, WrongCaseReview

__all__ = [
    "AgencyReturn",
    "Allegation",
    "Assignment",
    "Card",
    "Case",
    "CaseComplaint",
    "Chaser",
    "Deadline",
    "Disposition",
    "Extension",
    "Gram",
    "HandlingCost",
    "Handover",
    "InvestigationRecord",
    "Letter",
    "LetterKind",
    "LetterTemplate",
    "Nomination",
    "Note",
    "RecordFile",
    "Rectification",
    "Recusal",
    "Report",
    "Responsibility",
    "Review",
    "SavedSearch",
    "Score",
    "SupervisionOrder",
    "Suspension",
    "Unmasking",
    "WrongCaseReview",
]
