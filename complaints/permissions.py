"""Who may enter a matter for somebody else."""

from accounts.models import User
from accounts.roles import Role

from . import units


def can_enter(user: User) -> bool:
    """Officers enter what reaches the office by telephone, by letter or in person."""
    return user.has_role(Role.OFFICER)


def can_see_filings(user: User) -> bool:
    """Clerks of helper units follow what their unit filed."""
    return user.has_role(Role.HELPER_CLERK)


def can_file_for(user: User) -> bool:
    """Clerks who hold a post in a helper unit file for enterprises."""
    return units.unit_of(user) is not None


def can_hold(user: User) -> bool:
    """Office leaders decide that a matter's data is kept longer."""
    return user.has_role(Role.OFFICE_LEADER)
