"""Tables of the supervisors, and of what is paid to them and to those who reported."""

from .ledger import Account, Budget, Entry, Posting
from .payables import Payable
from .payouts import BankColumn, BankResult, Batch, ClawBack, Payment
from .roster import Supervisor

__all__ = [
    "Account",
    "BankColumn",
    "BankResult",
    "Batch",
    "Budget",
    "ClawBack",
    "Entry",
    "Payable",
    "Payment",
    "Posting",
    "Supervisor",
]
