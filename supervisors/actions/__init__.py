"""Every write on supervisors, rewards and money; each function is one act in one transaction."""

from .accounts import AccountRefused, looks_mistyped, reveal_accounts, set_account
from .asking import NotYours
from .batching import (
    NothingReady,
    NotReady,
    Under,
    book_batch,
    create_batch,
    drop_batch,
    note_bank_file,
    recall_batch,
    send_batch,
)
from .clawing_back import Decided, NotPaid, ask_claw_back, decide_claw_back, note_return
from .exporting import note_audit_export
from .handing_out import NotShown, pay_cash
from .owing import NotOwed, cancel_payable, owe
from .posting import BudgetExhausted, BudgetOpen, KeyUsed, cut, grant, open_budget, post
from .results import NotRead, add_result, apply_result, book_result, discard_result, read_result

__all__ = [
    "AccountRefused",
    "BudgetExhausted",
    "BudgetOpen",
    "Decided",
    "KeyUsed",
    "NotOwed",
    "NotPaid",
    "NotRead",
    "NotReady",
    "NotShown",
    "NotYours",
    "NothingReady",
    "Under",
    "add_result",
    "apply_result",
    "ask_claw_back",
    "book_batch",
    "book_result",
    "cancel_payable",
    "create_batch",
    "cut",
    "decide_claw_back",
    "discard_result",
    "drop_batch",
    "grant",
    "looks_mistyped",
    "note_audit_export",
    "note_bank_file",
    "note_return",
    "open_budget",
    "owe",
    "pay_cash",
    "post",
    "read_result",
    "recall_batch",
    "reveal_accounts",
    "send_batch",
    "set_account",
]
