"""Tables of the supervisors, and of what is paid to them and to those who reported."""

from .ledger import Account, Budget, Entry, Posting
from .payables import Payable
from .rewards import DeclinedClaim, Reward, RewardGrade, RewardScheme, RewardShare
from .roster import Supervisor

__all__ = [
    "Account",
    "Budget",
    "DeclinedClaim",
    "Entry",
    "Payable",
    "Posting",
    "Reward",
    "RewardGrade",
    "RewardScheme",
    "RewardShare",
    "Supervisor",
]
