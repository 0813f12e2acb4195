"""Tables of what the office does about complaints."""

from .case import Case, CaseComplaint
from .desk import Gram, SavedSearch
from .handling import Assignment, Disclosed, Report
from .inquiry import Allegation, Cost, InvestigationRecord, Note, RecordEvidence, Recusal, Signature
from .knowing import Unmasking
from .letters import Letter
from .limits import Deadline, Extension, Suspension
from .redress import Disposition, Rectification, RectificationAnswer, RectificationProof
from .reviews import Review

__all__ = [
    "Allegation",
    "Assignment",
    "Case",
    "CaseComplaint",
    "Cost",
    "Deadline",
    "Disclosed",
    "Disposition",
    "Extension",
    "Gram",
    "InvestigationRecord",
    "Letter",
    "Note",
    "RecordEvidence",
    "Rectification",
    "RectificationAnswer",
    "RectificationProof",
    "Recusal",
    "Report",
    "Review",
    "SavedSearch",
    "Signature",
    "Suspension",
    "Unmasking",
]
