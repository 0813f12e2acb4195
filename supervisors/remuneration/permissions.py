"""Who may do what with remuneration. Which runs and statements a person finds, the querysets say."""

from accounts.models import User
from accounts.roles import OFFICE, Role
from supervisors.models import RemunerationAdjustment, RemunerationRun

from .workflow import RunState


def can_see(user: User) -> bool:
    """People of the office."""
    return user.has_role(*OFFICE)


def can_keep_rules(user: User) -> bool:
    """An office leader notes what was decided about remuneration."""
    return user.has_role(Role.OFFICE_LEADER)


def can_compute(user: User) -> bool:
    """Officers compute and adjust; what they compute a leader approves."""
    return user.has_role(Role.OFFICER)


def can_adjust(user: User, run: RemunerationRun) -> bool:
    """An officer, while the run is a draft."""
    return can_compute(user) and run.state == RunState.DRAFT


def is_leader_of(user: User, run: RemunerationRun) -> bool:
    """A leader, while the run waits for one."""
    return user.has_role(Role.OFFICE_LEADER) and run.state == RunState.DRAFT


def can_approve(user: User, run: RemunerationRun) -> bool:
    """A leader who neither computed the run nor adjusted a statement of it."""
    if not is_leader_of(user, run) or run.computed_by_id == user.pk:
        return False
    return not RemunerationAdjustment.objects.filter(statement__run=run, made_by=user).exists()
