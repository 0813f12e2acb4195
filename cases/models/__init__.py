"""Tables of what the office does about complaints."""

from .accountability import Consequence, Responsibility, WrongCaseReview
from .case import Case, CaseComplaint
from .desk import Gram, SavedSearch
from .ends import ProblemMark, Reopening
from .excellence import Criterion, Nomination, Points, Score
from .handling import Assignment, Disclosed, Report
from .knowing import Unmasking
from .letters import Letter, LetterSeries, LetterTemplate
from .limits import Deadline, Extension, Suspension
from .oversight import Card, Chaser, OrderReply, SupervisionOrder
from .returns import AgencyReturn
from .reviews import Review

__all__ = [
    "AgencyReturn",
    "Assignment",
    "Card",
    "Case",
    "CaseComplaint",
    "Consequence",
    "Criterion",
    "Chaser",
    "Deadline",
    "Disclosed",
    "Extension",
    "Gram",
    "Letter",
    "Nomination",
    "Points",
    "ProblemMark",
    "Reopening",
    "LetterSeries",
    "LetterTemplate",
    "OrderReply",
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
