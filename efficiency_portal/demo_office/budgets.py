"""The demo county's budgets of the year, invented like everything there."""

from datetime import datetime

from accounts.models import User
from supervisors import actions
from supervisors.models import Budget

_GRANTED = {Budget.Kind.REWARDS: 120_000_00, Budget.Kind.REMUNERATION: 240_000_00}


def load_budgets(by: User, *, year: int, at: datetime) -> None:
    """Open the year's budgets of rewards and of remuneration."""
    for number, (kind, amount) in enumerate(_GRANTED.items(), 7):
        actions.open_budget(kind, year, basis=f"清财预〔{year}〕{number} 号", amount_fen=amount, by=by, at=at)
