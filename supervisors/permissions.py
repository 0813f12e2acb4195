"""Who may do what with budgets and payments. Which rows a person finds stands in the querysets."""

from accounts.models import User
from accounts.roles import Role

from .models import ClawBack
from .querysets.money import READERS


def can_read_budgets(user: User) -> bool:
    """Finance, leaders and auditors."""
    return user.has_role(*READERS)


def can_keep_budgets(user: User) -> bool:
    """Finance opens a year's budget and notes what was granted and cut."""
    return user.has_role(Role.FINANCE)


def can_pay(user: User) -> bool:
    """Finance alone pays."""
    return user.has_role(Role.FINANCE)


def can_see_claw_backs(user: User) -> bool:
    """Finance and leaders."""
    return user.has_role(Role.FINANCE, Role.OFFICE_LEADER)


def can_decide_claw_back(user: User, row: ClawBack) -> bool:
    """A leader, and not the one who asked."""
    return user.has_role(Role.OFFICE_LEADER) and row.state == ClawBack.State.ASKED and row.asked_by_id != user.pk


def can_audit(user: User) -> bool:
    """The audit administrator."""
    return user.has_role(Role.AUDIT_ADMIN)
