"""Who may look into who is responsible for a wrong case, and who nominates and judges excellent ones."""

from accounts.models import User
from accounts.roles import OFFICE, Role
from cases.models import (
    Case,
    Nomination,
    Responsibility,
    WrongCaseReview,
)


def can_see_wrong_cases(user: User) -> bool:
    """Office leaders. In which of them somebody is named himself he does not see: `visible_to` leaves those out."""
    return user.has_role(Role.OFFICE_LEADER)


def can_open_wrong_case(user: User, case: Case) -> bool:
    """An office leader."""
    return user.has_role(Role.OFFICE_LEADER)


def can_name_responsible(user: User, review: WrongCaseReview) -> bool:
    """Who opened the review names who is responsible and proposes what follows."""
    return user.has_role(Role.OFFICE_LEADER) and user.pk == review.opened_by_id


def can_conclude(user: User, review: WrongCaseReview) -> bool:
    """Another office leader says what the review came to."""
    return user.has_role(Role.OFFICE_LEADER) and user.pk != review.opened_by_id


def can_decide_responsibility(user: User, row: Responsibility) -> bool:
    """Another office leader than who proposed it; never in the own matter."""
    return user.has_role(Role.OFFICE_LEADER) and user.pk not in {row.proposed_by_id, row.review.opened_by_id, row.account_id}


def can_appeal(user: User, row: Responsibility) -> bool:
    """The person named; for somebody without an account, an office leader enters the appeal that came in."""
    return row.account_id == user.pk if row.account_id else user.has_role(Role.OFFICE_LEADER)


def can_answer_appeal(user: User, row: Responsibility, third: list[User]) -> bool:
    """Somebody who neither opened nor decided (`third`); where there is nobody, the opener. Never who decided."""
    if not user.has_role(Role.OFFICE_LEADER) or user.pk in {row.decided_by_id, row.account_id}:
        return False
    return user in third if third else user.pk == row.review.opened_by_id


def can_nominate(user: User, case: Case) -> bool:
    """Any officer or office leader."""
    return user.has_role(*OFFICE)


def can_see_nominations(user: User) -> bool:
    """People of the office."""
    return user.has_role(*OFFICE)


def can_judge(user: User, row: Nomination) -> bool:
    """Officers and office leaders, but neither who handled the case nor who nominated it."""
    return user.has_role(*OFFICE) and user.pk not in {row.case.handler_id, row.nominated_by_id}


def can_choose(user: User, row: Nomination) -> bool:
    """An office leader who may judge it."""
    return user.has_role(Role.OFFICE_LEADER) and can_judge(user, row)
