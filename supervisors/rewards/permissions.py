"""Who may do what with rewards. Which cases, and so which rewards, a person finds, the querysets say."""

from accounts.models import User
from accounts.roles import OFFICE, Role
from cases.models import Case
from cases.permissions import can_speak_for
from supervisors.models import Reward

from . import facts
from .workflow import RewardState, allows


def can_see(user: User) -> bool:
    """People of the office; agencies and supervisors must not learn who reported."""
    return user.has_role(*OFFICE)


def can_propose(user: User, case: Case) -> bool:
    """Any officer, and the handler. Whether there is something to reward, the action asks."""
    return user.has_role(Role.OFFICER) or can_speak_for(user, case)


def can_decide(user: User, reward: Reward) -> bool:
    """An office leader, and never who proposed."""
    return user.has_role(Role.OFFICE_LEADER) and user.pk != reward.proposed_by_id and reward.status == RewardState.PROPOSED


def can_cancel(user: User, reward: Reward) -> bool:
    """An office leader while nothing is paid; the proposer as long as nobody has decided."""
    own = reward.status == RewardState.PROPOSED and user.pk == reward.proposed_by_id and can_see(user)
    return allows("cancel", reward.status) and (own or user.has_role(Role.OFFICE_LEADER))


def can_hand_in(user: User, reward: Reward) -> bool:
    """Any officer notes at the counter who collects; never who approved, so that no single person steers the money.

    A supervisor collects on the own page: the counter need not learn who gave a tip.
    """
    may = user.has_role(Role.OFFICER) and user.pk != reward.decided_by_id and not facts.tip_of(reward.complaint)
    return may and reward.status == RewardState.NOTIFIED


def can_decline_claim(user: User) -> bool:
    """An office leader says that there is no reward."""
    return user.has_role(Role.OFFICE_LEADER)
