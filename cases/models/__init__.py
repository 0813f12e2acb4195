"""Tables of what the office does about complaints."""

from .accountability import Consequence, Responsibility, WrongCaseReview
from .case import Case, CaseComplaint
from .counts import ChangedDay, CountedUntil, DayCount
from .desk import Gram, SavedSearch
from .ends import ProblemMark, Reopening
from .excellence import Criterion, Nomination, Points, Score
from .handling import Assignment, Disclosed, Report
from .handovers import Handover, HandoverLine, HeldScan
from .inquiry import Allegation, Cost, InvestigationRecord, Note, RecordEvidence, Recusal, Signature
from .knowing import Unmasking
from .letters import Letter, LetterSeries, LetterTemplate
from .limits import Deadline, Extension, Suspension
from .oversight import Card, Chaser, OrderReply, SupervisionOrder
from .redress import Disposition, Rectification, RectificationAnswer, RectificationProof
from .returns import AgencyReturn
from .reviews import Review

__all__ = [
    "AgencyReturn",
    "Allegation",
    "Assignment",
    "Card",
    "Case",
    "CaseComplaint",
    "Consequence",
    "Criterion",
    "Chaser",
    "Cost",
    "ChangedDay",
    "CountedUntil",
    "DayCount",
    "Deadline",
    "Disclosed",
    "Disposition",
    "Extension",
    "Gram",
    "Handover",
    "HandoverLine",
    "HeldScan",
    "InvestigationRecord",
    "Letter",
    "Nomination",
    "Points",
    "ProblemMark",
    "Reopening",
    "LetterSeries",
    "LetterTemplate",
    "OrderReply",
    "Note",
    "RecordEvidence",
    "Rectification",
    "RectificationAnswer",
    "RectificationProof",
    "Recusal",
    "Report",
    "Responsibility",
    "Review",
    "SavedSearch",
    "Score",
    "SupervisionOrder",
    "Signature",
    "Suspension",
    "Unmasking",
    "WrongCaseReview",
]
