"""Tables of the supervisors, and of what is paid to them and to those who reported."""

from .inspections import (
    Checklist,
    ChecklistPoint,
    FieldRecord,
    Inspection,
    InspectionMember,
    RecordPicture,
    Theme,
)
from .ledger import Account, Budget, Entry, Posting
from .payables import Payable
from .roster import Supervisor
from .tips import Tip

__all__ = [
    "Account",
    "Budget",
    "Checklist",
    "ChecklistPoint",
    "Entry",
    "FieldRecord",
    "Inspection",
    "InspectionMember",
    "Payable",
    "Posting",
    "RecordPicture",
    "Supervisor",
    "Theme",
    "Tip",
]
