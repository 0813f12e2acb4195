"""Tables of what the office does about complaints."""

from .case import Case, CaseComplaint
from .desk import Gram, SavedSearch
from .handling import Assignment, Disclosed, Report
from .handovers import Handover, HandoverLine, HeldScan
from .knowing import Unmasking
from .letters import Letter
from .limits import Deadline, Extension, Suspension
from .returns import AgencyReturn
from .reviews import Review

__all__ = [
    "AgencyReturn",
    "Assignment",
    "Case",
    "CaseComplaint",
    "Deadline",
    "Disclosed",
    "Extension",
    "Gram",
    "Handover",
    "HandoverLine",
    "HeldScan",
    "Letter",
    "Report",
    "Review",
    "SavedSearch",
    "Suspension",
    "Unmasking",
]
