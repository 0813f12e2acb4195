"""Who may make an agency act: cards, chasers, supervision orders."""

from accounts.models import User
from accounts.roles import AGENCY, OFFICE, Role
from agencies.models import Post
from agencies.people import holders
from cases.models import (
    Card,
    Case,
    SupervisionOrder,
)
from cases.workflow import OPEN

from .handling import can_speak_for


def can_see_board(user: User) -> bool:
    """People of the office see which agencies are late and what was done about it."""
    return user.has_role(*OFFICE)


def can_see_queue_of(user: User, case: Case) -> bool:
    """Whoever of the office sees the case."""
    return user.has_role(*OFFICE)


def can_issue_card(user: User, case: Case) -> bool:
    """A card is a sanction: an office leader issues it, asked or unasked, and withdraws it."""
    return user.has_role(Role.OFFICE_LEADER) and case.agency_id is not None


def can_propose_card(user: User, case: Case) -> bool:
    """Any officer may propose one while the case is with an agency."""
    return user.has_role(*OFFICE) and case.agency_id is not None


def can_dismiss_card(user: User, card: Card) -> bool:
    """People of the office decide not to follow a suggestion."""
    return user.has_role(*OFFICE)


def can_appeal_card(user: User, card: Card) -> bool:
    """Whoever holds one of the three posts of the agency; of its parent where the post is vacant."""
    return user.has_role(*AGENCY) and any(user in holders(card.agency, kind) for kind in Post.Kind)


def can_decide_appeal(user: User, card: Card) -> bool:
    """An office leader; never who issued the card."""
    return user.has_role(Role.OFFICE_LEADER) and user.pk != card.issued_by_id


def can_chase(user: User, case: Case) -> bool:
    """People of the office, while the case is with an agency."""
    return user.has_role(*OFFICE) and case.agency_id is not None


def can_order(user: User, case: Case) -> bool:
    """An office leader, while something is to be done on a case that went to an agency; its status does not move."""
    return user.has_role(Role.OFFICE_LEADER) and case.agency_id is not None and case.status in OPEN


def can_decide_order(user: User, order: SupervisionOrder) -> bool:
    """An office leader or the handler says whether it was carried out."""
    return user.has_role(Role.OFFICE_LEADER) or can_speak_for(user, order.case)


def can_cancel_order(user: User, order: SupervisionOrder) -> bool:
    """An office leader."""
    return user.has_role(Role.OFFICE_LEADER)


def can_answer_order(user: User, order: SupervisionOrder) -> bool:
    """The liaison officers who stand for the agency."""
    return user.has_role(Role.LIAISON_OFFICER) and user in holders(order.agency, Post.Kind.LIAISON_OFFICER)
