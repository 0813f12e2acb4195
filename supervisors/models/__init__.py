"""Tables of the supervisors, and of what is paid to them and to those who reported."""

from .duties import DutyLog, Quota, Task
from .ledger import Account, Budget, Entry, Posting
from .payables import Payable
from .recruiting import Call, Candidacy, Objection
from .roster import Appraisal, Interest, InterestsConfirmed, Supervisor, Suspension, Term

__all__ = [
    "Account",
    "Appraisal",
    "Budget",
    "Call",
    "Candidacy",
    "DutyLog",
    "Entry",
    "Interest",
    "InterestsConfirmed",
    "Objection",
    "Payable",
    "Posting",
    "Quota",
    "Supervisor",
    "Suspension",
    "Task",
    "Term",
]
