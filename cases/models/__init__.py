"""Tables of what the office does about complaints."""

from .case import Case, CaseComplaint
from .desk import Gram, SavedSearch
from .handling import Assignment, Disclosed, Report
from .knowing import Unmasking
from .letters import Letter
from .limits import Deadline, Extension, Suspension
from .oversight import Card, Chaser, OrderReply, SupervisionOrder
from .reviews import Review

__all__ = [
    "Assignment",
    "Card",
    "Case",
    "CaseComplaint",
    "Chaser",
    "Deadline",
    "Disclosed",
    "Extension",
    "Gram",
    "Letter",
    "OrderReply",
    "Report",
    "Review",
    "SavedSearch",
    "SupervisionOrder",
    "Suspension",
    "Unmasking",
]
