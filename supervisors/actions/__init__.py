"""Every write on supervisors, rewards and money; each function is one act in one transaction."""

from .owing import NotOwed, cancel_payable, owe
from .posting import BudgetExhausted, KeyUsed, grant, open_budget, post

__all__ = ["BudgetExhausted", "KeyUsed", "NotOwed", "cancel_payable", "grant", "open_budget", "owe", "post"]
