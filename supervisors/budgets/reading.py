"""What the pages of the budgets show: balances, a drawing of them, and the postings."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core.paging import keyset_page
from supervisors.ledger.moves import AccountName, Move
from supervisors.models import Budget, Posting

PAGE = 50


@dataclass(frozen=True)
class Part:
    """One account: what stands on it, and its share of what was granted, of 100."""

    label: str | Promise
    amount_fen: int
    share: str


def bars(budget: Budget) -> list[Part]:
    """Return the accounts in the order in which money goes through them."""
    balances = {account.name: account.balance_fen for account in budget.accounts.all()}
    whole = -balances.get(AccountName.GRANTED, 0)
    names = (AccountName.AVAILABLE, AccountName.COMMITTED, AccountName.SENT, AccountName.PAID)
    return [Part(name.label, balances.get(name, 0), _share(balances.get(name, 0), whole)) for name in names]


def _share(amount: int, whole: int) -> str:
    return f"{100 * amount / whole:.1f}" if whole else "0.0"


def granted(budget: Budget) -> int:
    """Return what was granted so far, cuts taken off."""
    return sum(-account.balance_fen for account in budget.accounts.all() if account.name == AccountName.GRANTED)


def report(budget: Budget) -> list[tuple[str | Promise, int]]:
    """What became of the money: committed in all, paid, lapsed or cancelled, back from payees, still to be given."""
    moved = dict(budget.postings.values_list("move").annotate(amount=Sum("amount_fen")))
    left = next((row.balance_fen for row in budget.accounts.all() if row.name == AccountName.AVAILABLE), 0)
    return [
        (_("Committed on approval, in all"), moved.get(Move.COMMIT, 0)),
        (_("Paid out, in all"), moved.get(Move.SETTLE, 0)),
        (_("Lapsed or cancelled"), moved.get(Move.RELEASE, 0)),
        (_("Paid back by payees"), moved.get(Move.CLAW_BACK, 0)),
        (pgettext_lazy("budget", "Remaining"), left),
    ]


def budget_page(budget: Budget, before: str) -> dict[str, Any]:
    """One budget with a page of its postings."""
    rows = Posting.objects.filter(budget=budget).for_list()
    return {
        "budget": budget,
        "granted": granted(budget),
        "parts": bars(budget),
        "report": report(budget),
        "page": keyset_page(rows, before, size=PAGE),
    }


def overview(user: User) -> list[dict[str, Any]]:
    """Every budget with its drawing, the newest year first."""
    return [
        {"budget": budget, "granted": granted(budget), "parts": bars(budget)}
        for budget in Budget.objects.visible_to(user).for_list()
    ]


def chosen(user: User, pk: str, today: date) -> tuple[list[Budget], Budget | None]:
    """Return all budgets, and the one asked for; without one that of rewards of this year, else the newest."""
    budgets = list(Budget.objects.visible_to(user).for_list())
    asked = [budget for budget in budgets if str(budget.pk) == pk]
    now = [budget for budget in budgets if budget.year == today.year and budget.kind == Budget.Kind.REWARDS]
    return budgets, next(iter([*asked, *now, *budgets]), None)
