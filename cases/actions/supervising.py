"""Supervision orders: given by a leader, answered by the agency within a limit of their own, accepted, sent back or cancelled."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import permissions
from cases.letters.kinds import LetterKind
from cases.models import Assignment, Case, OrderReply, SupervisionOrder
from cases.oversight import notices
from cases.redaction import disclosed_to
from cases.workflow import Refused, Step
from core import clock, events

from . import limits
from .carding import NotWithAgency
from .checking import check_words
from .lettering import draft_letter
from .moving import ask, lock

ACCEPTED, CANCELLED, OPEN = SupervisionOrder.State.ACCEPTED, SupervisionOrder.State.CANCELLED, SupervisionOrder.State.OPEN


class OrderOpen(Refused):
    """The case has an open order already."""


class OrderOver(Refused):
    """The order waits for nothing of this kind any more."""


@transaction.atomic
def give_order(case: Case, *, by: User, demand: str, looked_at: bool = False, at: datetime) -> SupervisionOrder:
    """Order the agency to do something and to report it within the limit of such orders; the case keeps its status.

    Raises NotWithAgency, OrderOpen, NamesComplainant, core.calendars.PolicyMissing.
    """
    case = lock(case)
    ask(permissions.can_order(by, case))
    if case.agency is None:
        raise NotWithAgency(_("The case is with no agency."))
    assignment = _assignment(case, case.agency.pk)
    if case.orders.open().exists():
        raise OrderOpen(_("There is an open supervision order already. See it through, or cancel it first."))
    check_words(demand, case, disclosed_to(assignment), field="demand", looked_at=looked_at)
    deadline = limits.open_limit(case, Step.SUPERVISION, start=clock.day_of(at), at=at)
    row = SupervisionOrder.objects.create(
        case=case, agency=case.agency, deadline=deadline, demand=demand, ordered_at=at, ordered_by=by
    )
    _record(row, "case.order_given", by, at, due_on=deadline.due_on.isoformat())
    draft_letter(case, LetterKind.SUPERVISION, agency=case.agency, cause=f"order:{row.pk}", author=by, at=at)
    notices.ordered(row, assignment, at=at)
    return row


@transaction.atomic
def answer_order(order: SupervisionOrder, *, by: User, text: str, at: datetime) -> OrderReply:
    """The agency reports what it has done; its limit ends until the office sends the answer back. Raises OrderOver."""
    row = _locked(order)
    ask(permissions.can_answer_order(by, row))
    if row.state != OPEN or row.replies.filter(decision="").exists():
        raise OrderOver(_("The order waits for no answer now."))
    reply = OrderReply.objects.create(order=row, text=text, replied_at=at, replied_by=by)
    limits.close_limits(row.case, Step.SUPERVISION, at=at)
    _record(row, "case.order_answered", by, at)
    notices.order_answered(reply, at=at)
    return reply


@transaction.atomic
def accept_answer(order: SupervisionOrder, *, by: User, at: datetime) -> SupervisionOrder:
    """The order was carried out. Raises OrderOver."""
    row, reply = _answered(order, by)
    reply.decision, reply.decided_at, reply.decided_by = OrderReply.Decision.ACCEPTED, at, by
    reply.save()
    row.state, row.ended_at, row.ended_by = ACCEPTED, at, by
    row.save()
    _record(row, "case.order_accepted", by, at)
    notices.order_ended(row, _assignment(row.case, row.agency_id), at=at)
    return row


@transaction.atomic
def send_answer_back(
    order: SupervisionOrder, *, by: User, reason: str, looked_at: bool = False, at: datetime
) -> SupervisionOrder:
    """The order was not carried out: the limit runs on, and its days count through. Raises OrderOver, NamesComplainant."""
    row, reply = _answered(order, by)
    assignment = _assignment(row.case, row.agency_id)
    check_words(reason, row.case, disclosed_to(assignment), field="reason", looked_at=looked_at)
    reply.decision, reply.decided_at, reply.decided_by = OrderReply.Decision.SENT_BACK, at, by
    reply.decision_note = reason
    reply.save()
    limits.reopen_limit(row.case, Step.SUPERVISION, at=at)
    _record(row, "case.order_sent_back", by, at)
    notices.order_sent_back(reply, assignment, at=at)
    return row


@transaction.atomic
def cancel_order(order: SupervisionOrder, *, by: User, reason: str, looked_at: bool = False, at: datetime) -> SupervisionOrder:
    """Take an order back with a reason that the agency reads. Raises OrderOver, NamesComplainant."""
    row = _locked(order)
    ask(permissions.can_cancel_order(by, row))
    if row.state != OPEN:
        raise OrderOver(_("The order is over already."))
    assignment = _assignment(row.case, row.agency_id)
    check_words(reason, row.case, disclosed_to(assignment), field="reason", looked_at=looked_at)
    row.state, row.ended_at, row.ended_by, row.cancel_reason = CANCELLED, at, by, reason
    row.save()
    limits.close_limits(row.case, Step.SUPERVISION, at=at)
    _record(row, "case.order_cancelled", by, at)
    notices.order_ended(row, assignment, at=at)
    return row


def _locked(order: SupervisionOrder) -> SupervisionOrder:
    """Lock the order's case and return the order as it is now."""
    case = lock(order.case)
    row = SupervisionOrder.objects.select_related("agency", "deadline", "ordered_by").get(pk=order.pk)
    row.case = case
    return row


def _answered(order: SupervisionOrder, by: User) -> tuple[SupervisionOrder, OrderReply]:
    """Return an order and the answer that waits for a decision. Raises OrderOver."""
    row = _locked(order)
    ask(permissions.can_decide_order(by, row))
    reply = row.replies.filter(decision="").first()
    if row.state != OPEN or reply is None:
        raise OrderOver(_("No answer waits for a decision; somebody else may have decided."))
    reply.order = row
    return row, reply


def _assignment(case: Case, agency_id: int) -> Assignment:
    """Return what the agency was given of the case. Raises NotWithAgency."""
    assignment = notices.assignment_of(case, agency_id)
    if assignment is None:
        raise NotWithAgency(_("The agency was given nothing of this case, so it could not see the order."))
    return assignment


def _record(row: SupervisionOrder, event: str, by: User, at: datetime, **more: events.Fact) -> None:
    facts: dict[str, events.Fact] = {"order": row.pk, "agency": row.agency_id}
    events.record(event, subject=row.case.subject, actor=events.user_id(by), at=at, facts=facts | more)
