"""Who may do what with the roster, budgets and payments. Which rows a person finds stands in the querysets."""

from accounts.models import User
from accounts.roles import AGENCY, OFFICE, Role

from .models import Call, Candidacy, ClawBack, Supervisor
from .querysets.money import READERS
from .workflow import allows


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


def is_office(user: User) -> bool:
    """The office keeps the roster."""
    return user.has_role(*OFFICE)


def can_lead(user: User) -> bool:
    """An office leader approves, appoints, renews, suspends and lets go."""
    return user.has_role(Role.OFFICE_LEADER)


def can_nominate(user: User, call: Call) -> bool:
    """The office notes down who applied on paper; agencies and townships nominate volunteers from among their own people."""
    return is_office(user) or (user.has_role(*AGENCY) and call.kind == Supervisor.Kind.VOLUNTEER)


def is_candidate(user: User, candidacy: Candidacy) -> bool:
    """Nobody judges his own candidacy: the name of the account tells, for a candidate has none."""
    return user.full_name == candidacy.full_name


def may_move(user: User, candidacy: Candidacy, move: str) -> bool:
    """Tell whether somebody may move a candidacy now."""
    if not is_office(user) or is_candidate(user, candidacy) or not allows(move, candidacy.status):
        return False
    if move == "approve":
        return can_lead(user) and candidacy.checked_by_id != user.pk
    return can_lead(user) if move == "appoint" else True


def moves_of(user: User, candidacy: Candidacy) -> list[str]:
    """Return the moves that somebody may make now, the usual next one first."""
    return [move for move in ("check", "approve", "publish", "appoint", "decline", "withdraw") if may_move(user, candidacy, move)]


def can_change_standing(user: User, supervisor: Supervisor) -> bool:
    """A leader renews, suspends and lets go, never himself."""
    return can_lead(user) and supervisor.user_id != user.pk


def can_judge(user: User, supervisor: Supervisor) -> bool:
    """The office appraises and confirms duties, nobody his own."""
    return is_office(user) and supervisor.user_id != user.pk


def is_own(user: User, supervisor: Supervisor) -> bool:
    """What a supervisor alone may say: interests and duties of his own."""
    return user.has_role(Role.SUPERVISOR) and supervisor.user_id == user.pk
