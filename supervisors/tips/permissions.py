"""Who gives tips, and who sees which certificate stands behind one."""

from accounts.models import User
from accounts.roles import AGENCY, OFFICE, Role


def can_tip(user: User) -> bool:
    """Supervisors; whether they serve today, the action asks."""
    return user.has_role(Role.SUPERVISOR)


def can_see_tips(user: User) -> bool:
    """People of the office who hold no post in an agency: they read certificate numbers, never names."""
    return user.has_role(*OFFICE) and not user.has_role(*AGENCY, Role.HELPER_CLERK)
