"""Tables of what the office does about complaints."""

from .case import Case, CaseComplaint
from .desk import Gram, SavedSearch
from .handling import Assignment, Disclosed, Report
from .knowing import Unmasking
from .letters import Letter, LetterSeries, LetterTemplate
from .limits import Deadline, Extension, Suspension
from .reviews import Review

__all__ = [
    "Assignment",
    "Case",
    "CaseComplaint",
    "Deadline",
    "Disclosed",
    "Extension",
    "Gram",
    "Letter",
    "LetterSeries",
    "LetterTemplate",
    "Report",
    "Review",
    "SavedSearch",
    "Suspension",
    "Unmasking",
]
