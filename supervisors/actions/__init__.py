"""Every write on supervisors, rewards and money; each function is one act in one transaction."""

from .collecting import CollectRefused, Wanted, WindowOver, WrongCode, collect_at_office, collect_on_page, keep_account
from .owing import NotOwed, cancel_payable, owe
from .posting import BudgetExhausted, KeyUsed, grant, open_budget, post
from .reward_times import follow_payment, follow_payments, lapse_reward, lapse_rewards, remind_of_rewards
from .rewarding import (
    AlreadyProposed,
    AmountRefused,
    NamesReporter,
    NoBudget,
    NotEligible,
    NothingClaimed,
    Proposal,
    ReasonMissing,
    StalePage,
    cancel_reward,
    decide_reward,
    decline_claim,
    propose_reward,
    what_a_grade_gives,
)

__all__ = [
    "AlreadyProposed",
    "AmountRefused",
    "BudgetExhausted",
    "CollectRefused",
    "KeyUsed",
    "NamesReporter",
    "NoBudget",
    "NotEligible",
    "NotOwed",
    "NothingClaimed",
    "Proposal",
    "ReasonMissing",
    "StalePage",
    "Wanted",
    "WindowOver",
    "WrongCode",
    "cancel_payable",
    "cancel_reward",
    "collect_at_office",
    "collect_on_page",
    "decide_reward",
    "decline_claim",
    "follow_payment",
    "follow_payments",
    "grant",
    "keep_account",
    "lapse_reward",
    "lapse_rewards",
    "open_budget",
    "owe",
    "post",
    "propose_reward",
    "remind_of_rewards",
    "what_a_grade_gives",
]
