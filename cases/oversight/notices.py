"""Who hears of cards, chasers and supervision orders, and by which text; each of them once."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from agencies.models import Post
from cases import outbox
from cases.models import Assignment, Card, Case, Chaser, Deadline, OrderReply, SupervisionOrder
from core import notices
from core.events import Fact
from core.recipients import to_user

_LIAISON, _IN_CHARGE, _PRINCIPAL = Post.Kind.LIAISON_OFFICER, Post.Kind.LEADER_IN_CHARGE, Post.Kind.PRINCIPAL


def sheet_path(case: Case) -> str:
    """Return the address of the sheet on which the office supervises."""
    return reverse("cases:oversight", args=[case.pk])


def card_suggested(card: Card, *, at: datetime) -> None:
    """Ask the office leaders who see the case, and tell the handler; never who proposed it."""
    _tell_of_card(card, "card_suggested", _leaders_and_handler(card.case), at, but=card.proposer)


def card_dismissed(card: Card, *, at: datetime) -> None:
    """Tell who proposed it; the portal itself need not be told."""
    _tell_of_card(card, "card_dismissed", [card.proposer] if card.proposer else [], at, but=card.ended_by)


def card_lapsed(card: Card, *, at: datetime) -> None:
    """Tell those who were asked that nothing is left to decide."""
    _tell_of_card(card, "card_lapsed", _leaders_and_handler(card.case), at)


def card_issued(card: Card, *, at: datetime) -> None:
    """Tell the agency's liaison officers and leader in charge, for a red card its principal too, and the handler."""
    _tell_agency_of_card(card, "card_issued", at)
    _tell_of_card(card, "card_issued", _handler(card.case), at, but=card.issued_by)


def card_withdrawn(card: Card, *, at: datetime) -> None:
    """Tell the same people."""
    _tell_agency_of_card(card, "card_withdrawn", at)
    _tell_of_card(card, "card_withdrawn", _handler(card.case), at, but=card.ended_by)


def card_appealed(card: Card, *, at: datetime) -> None:
    """Ask the leaders who may decide; where the issuer is the only one, him, so that somebody sees to it. Tell the handler."""
    leaders = outbox.leaders_of(card.case)
    others = [user for user in leaders if user.pk != card.issued_by_id]
    _tell_of_card(card, "card_appealed", [*(others or leaders), *_handler(card.case)], at)


def appeal_kept(card: Card, *, at: datetime) -> None:
    """Tell the agency and the handler that the card stays."""
    _tell_agency_of_card(card, "appeal_kept", at)
    _tell_of_card(card, "appeal_kept", _handler(card.case), at, but=card.decided_by)


def chased(chaser: Chaser, assignment: Assignment, people: Iterable[User], *, at: datetime) -> None:
    """Give the chaser to the agency; the text stands on the page of the assignment."""
    facts = _facts(chaser.case) | {"step": chaser.deadline.step, "due_on": chaser.deadline.due_on.isoformat()}
    facts["path"] = f"{outbox.assignment_path(assignment)}#oversight"
    _tell("chaser", f"chaser:{chaser.pk}", people, facts, at)


def chaser_drafted(deadline: Deadline, *, at: datetime) -> None:
    """Tell who deals with the case that a chaser lies ready."""
    facts = _facts(deadline.case) | {"step": deadline.step, "path": f"{sheet_path(deadline.case)}#letters"}
    _tell("chaser_drafted", f"overseen:{deadline.pk}", outbox.handler_or_officers(deadline.case), facts, at)


def circular_drafted(deadline: Deadline, *, at: datetime) -> None:
    """Tell the office leaders who see the case that a circular lies ready; it goes out when one of them issues it."""
    facts = _facts(deadline.case) | {"step": deadline.step, "path": f"{sheet_path(deadline.case)}#letters"}
    _tell("circular_drafted", f"overseen:{deadline.pk}", outbox.leaders_of(deadline.case), facts, at)


def ordered(order: SupervisionOrder, assignment: Assignment, *, at: datetime) -> None:
    """Tell all three posts of the agency, and the handler."""
    people = _people(assignment, _LIAISON, _IN_CHARGE, _PRINCIPAL)
    _tell_agency_of_order(order, "order_given", assignment, people, at, f"order:{order.pk}")
    _tell_office_of_order(order, "order_given", _handler(order.case), at, f"order:{order.pk}", but=order.ordered_by)


def order_answered(reply: OrderReply, *, at: datetime) -> None:
    """Tell the handler and who gave the order, who say whether it was carried out."""
    people = [*_handler(reply.order.case), reply.order.ordered_by]
    _tell_office_of_order(reply.order, "order_answered", people, at, f"order_reply:{reply.pk}")


def order_sent_back(reply: OrderReply, assignment: Assignment, *, at: datetime) -> None:
    """Tell the agency's liaison officers."""
    _tell_agency_of_order(
        reply.order, "order_sent_back", assignment, _people(assignment, _LIAISON), at, f"order_reply:{reply.pk}"
    )


def order_ended(order: SupervisionOrder, assignment: Assignment, *, at: datetime) -> None:
    """Tell all who were told of the order that it is carried out, or cancelled."""
    people = _people(assignment, _LIAISON, _IN_CHARGE, _PRINCIPAL)
    _tell_agency_of_order(order, f"order_{order.state}", assignment, people, at, f"order:{order.pk}")


def assignment_of(case: Case, agency_id: int) -> Assignment | None:
    """Return what an agency was given of a case."""
    return case.assignments.select_related("agency", "case").filter(agency=agency_id).first()


def _tell_of_card(card: Card, template: str, people: Iterable[User], at: datetime, *, but: User | None = None) -> None:
    facts = _facts(card.case) | {"colour": card.colour, "path": f"{sheet_path(card.case)}#card-{card.pk}"}
    _tell(template, f"card:{card.pk}", [user for user in people if but is None or user.pk != but.pk], facts, at)


def _tell_agency_of_card(card: Card, template: str, at: datetime) -> None:
    assignment = assignment_of(card.case, card.agency_id)
    if assignment is None:
        return
    kinds = [_LIAISON, _IN_CHARGE, *([_PRINCIPAL] if card.colour == Card.Colour.RED else [])]
    facts = _facts(card.case) | {"colour": card.colour, "path": f"{outbox.assignment_path(assignment)}#card-{card.pk}"}
    _tell(template, f"card:{card.pk}", _people(assignment, *kinds), facts, at)


def _tell_agency_of_order(
    order: SupervisionOrder, template: str, assignment: Assignment, people: Iterable[User], at: datetime, once: str
) -> None:
    facts = _facts(order.case) | {"path": f"{outbox.assignment_path(assignment)}#order-{order.pk}"}
    _tell(template, once, people, facts | {"due_on": order.deadline.due_on.isoformat()}, at)


def _tell_office_of_order(
    order: SupervisionOrder, template: str, people: Iterable[User], at: datetime, once: str, *, but: User | None = None
) -> None:
    facts = _facts(order.case) | {"path": f"{sheet_path(order.case)}#order-{order.pk}"}
    facts["due_on"] = order.deadline.due_on.isoformat()
    _tell(template, once, [user for user in people if but is None or user.pk != but.pk], facts, at)


def _tell(template: str, once: str, people: Iterable[User], facts: dict[str, Fact], at: datetime) -> None:
    for user in {user.pk: user for user in people}.values():
        notices.send(f"cases/{template}", to=to_user(user), key=f"{once}:{template}:user:{user.pk}", at=at, facts=facts)


def _facts(case: Case) -> dict[str, Fact]:
    names: dict[str, Fact] = {"agency": case.agency.name, "agency_en": case.agency.name_en} if case.agency else {}
    return {"number": case.number} | names


def _people(assignment: Assignment, *kinds: Post.Kind) -> list[User]:
    return [user for kind in kinds for user in outbox.people_at(assignment, kind)]


def _handler(case: Case) -> list[User]:
    return [case.handler] if case.handler is not None and case.handler.is_active else []


def _leaders_and_handler(case: Case) -> list[User]:
    return [*outbox.leaders_of(case), *_handler(case)]
