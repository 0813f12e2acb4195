"""Every write on supervisors, rewards and money; each function is one act in one transaction."""

from .inspecting import (
    MustStayAway,
    NotPlanned,
    NotServing,
    NotThatDay,
    Plan,
    TooFew,
    call_off,
    close_inspection,
    plan_inspection,
    write_checklist,
)
from .lodging import NotForTheDesk, make_case
from .owing import NotOwed, cancel_payable, owe
from .posting import BudgetExhausted, KeyUsed, grant, open_budget, post
from .recording import KeyTaken, NotOfThisInspection, NotYours, Seen, record_seen

__all__ = [
    "BudgetExhausted",
    "KeyTaken",
    "KeyUsed",
    "MustStayAway",
    "NotForTheDesk",
    "NotOfThisInspection",
    "NotOwed",
    "NotPlanned",
    "NotServing",
    "NotThatDay",
    "NotYours",
    "Plan",
    "Seen",
    "TooFew",
    "call_off",
    "cancel_payable",
    "close_inspection",
    "grant",
    "make_case",
    "open_budget",
    "owe",
    "plan_inspection",
    "post",
    "record_seen",
    "write_checklist",
]
