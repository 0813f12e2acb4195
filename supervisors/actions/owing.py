"""What is owed: booked against the budget when it is approved, given back when it is cancelled or lapses."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import events
from supervisors.ledger.moves import Move
from supervisors.models import Budget, Payable
from supervisors.refusals import Refused
from supervisors.workflow import LIVE

from .posting import post

_CHARACTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another


class NotOwed(Refused):
    """It is on its way, paid, or cancelled already."""


@transaction.atomic
def owe(
    budget: Budget, amount_fen: int, *, cause: str, payee: str, proposed_by: User, approved_by: User, at: datetime
) -> Payable:
    """Book an approved amount for one payee, once for its cause; coming again it returns the first.

    `cause` and `payee` are text ids (`reward_share:3`, `supervisor:7`). Raises BudgetExhausted.
    """
    payable, is_new = Payable.objects.get_or_create(
        cause=cause,
        defaults={
            "budget": budget,
            "voucher": _voucher(budget),
            "payee": payee,
            "amount_fen": amount_fen,
            "created_at": at,
            "proposed_by": proposed_by,
            "approved_by": approved_by,
        },
    )
    if is_new:
        post(budget, Move.COMMIT, amount_fen, key=f"commit:{cause}", cause=payable.subject, by=approved_by, at=at)
        facts: dict[str, events.Fact] = {"amount_fen": amount_fen, "voucher": payable.voucher}
        events.record("payable.owed", subject=payable.subject, actor=events.user_id(approved_by), at=at, facts=facts)
    return payable


@transaction.atomic
def cancel_payable(payable: Payable, *, reason: str, by: User | None, at: datetime) -> Payable:
    """Cancel what nobody has been paid yet and give the money back to the budget. Without a person it lapsed. Raises NotOwed."""
    row = Payable.objects.select_for_update(of=("self",)).select_related("budget").get(pk=payable.pk)
    if row.state != Payable.State.OWED:
        raise NotOwed(_("This amount is no longer open: %(state)s.") % {"state": row.get_state_display()})
    if row.payments.filter(state__in=LIVE).exists():
        raise NotOwed(_("This amount is in a batch that is being paid. Drop the batch first."))
    row.state, row.cancel_reason = Payable.State.CANCELLED, reason
    row.save(update_fields=["state", "cancel_reason"])
    post(row.budget, Move.RELEASE, row.amount_fen, key=f"release:{row.cause}", cause=row.subject, by=by, at=at, note=reason)
    actor = events.user_id(by) if by else events.SYSTEM
    events.record("payable.cancelled", subject=row.subject, actor=actor, at=at, facts={"amount_fen": row.amount_fen})
    return row


def _voucher(budget: Budget) -> str:
    """Return a voucher's code that tells nothing of who gets it."""
    return f"{budget.year % 100:02d}{'J' if budget.kind == Budget.Kind.REWARDS else 'B'}-{_part()}-{_part()}"


def _part() -> str:
    return "".join(secrets.choice(_CHARACTERS) for _place in range(4))
