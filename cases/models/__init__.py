"""Tables of what the office does about complaints."""

from .case import Case, CaseComplaint
from .counts import ChangedDay, CountedUntil, DayCount
from .desk import Gram, SavedSearch
from .handling import Assignment, Disclosed, Report
from .knowing import Unmasking
from .letters import Letter
from .limits import Deadline, Extension, Suspension
from .reviews import Review

__all__ = [
    "Assignment",
    "Case",
    "CaseComplaint",
    "ChangedDay",
    "CountedUntil",
    "DayCount",
    "Deadline",
    "Disclosed",
    "Extension",
    "Gram",
    "Letter",
    "Report",
    "Review",
    "SavedSearch",
    "Suspension",
    "Unmasking",
]
