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
from .lodging import NotForTheDesk, make_case, make_tip
from .owing import NotOwed, cancel_payable, owe
from .posting import BudgetExhausted, KeyUsed, grant, open_budget, post
from .recording import KeyTaken, NotOfThisInspection, NotYours, Seen, record_seen
from .tipping import NamesItself, NoTerm, TipKeyTaken, Told, give_tip

__all__ = [
    "BudgetExhausted",
    "KeyTaken",
    "KeyUsed",
    "MustStayAway",
    "NamesItself",
    "NoTerm",
    "NotForTheDesk",
    "NotOfThisInspection",
    "NotOwed",
    "NotPlanned",
    "NotServing",
    "NotThatDay",
    "NotYours",
    "Plan",
    "Seen",
    "TipKeyTaken",
    "Told",
    "TooFew",
    "call_off",
    "cancel_payable",
    "close_inspection",
    "give_tip",
    "grant",
    "make_case",
    "make_tip",
    "open_budget",
    "owe",
    "plan_inspection",
    "post",
    "record_seen",
    "write_checklist",
]
