"""Tables of the supervisors, and of what is paid to them and to those who reported."""

from .duties import DutyLog, Quota, Task
from .inspections import Checklist, ChecklistPoint, FieldRecord, Inspection, InspectionMember, RecordPicture, Theme
from .ledger import Account, Budget, Entry, Posting
from .payables import Payable
from .payouts import BankColumn, BankResult, Batch, ClawBack, Payment
from .recruiting import Call, Candidacy, Objection
from .remuneration import (
    PayAccount,
    RemunerationAdjustment,
    RemunerationLine,
    RemunerationRule,
    RemunerationRun,
    RemunerationStatement,
)
from .rewards import DeclinedClaim, Reward, RewardGrade, RewardScheme, RewardShare
from .roster import Appraisal, Interest, InterestsConfirmed, Supervisor, Suspension, Term
from .tips import Tip

__all__ = [
    "Account",
    "Appraisal",
    "BankColumn",
    "BankResult",
    "Batch",
    "Budget",
    "Call",
    "Candidacy",
    "Checklist",
    "ChecklistPoint",
    "ClawBack",
    "DeclinedClaim",
    "DutyLog",
    "Entry",
    "FieldRecord",
    "Inspection",
    "InspectionMember",
    "Interest",
    "InterestsConfirmed",
    "Objection",
    "PayAccount",
    "Payable",
    "Payment",
    "Posting",
    "Quota",
    "RecordPicture",
    "RemunerationAdjustment",
    "RemunerationLine",
    "RemunerationRule",
    "RemunerationRun",
    "RemunerationStatement",
    "Reward",
    "RewardGrade",
    "RewardScheme",
    "RewardShare",
    "Supervisor",
    "Suspension",
    "Task",
    "Term",
    "Theme",
    "Tip",
]
