"""What is owed: booked against the budget when it is approved, given back when it is cancelled or lapses."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import events
from core.models import Event
from supervisors.ledger.moves import Move
from supervisors.models import Budget, Payable
from supervisors.refusals import Refused
from supervisors.workflow import LIVE

from .posting import BudgetExhausted, Wanted, post, post_many

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


@dataclass(frozen=True)
class Due:
    """One of many amounts that are approved together; `account` are the sealed columns of who gets it."""

    amount_fen: int
    cause: str
    payee: str
    account: dict[str, object] = field(default_factory=dict)


@transaction.atomic
def owe_many(budget: Budget, wanted: Sequence[Due], *, proposed_by: User, approved_by: User, at: datetime) -> list[Payable]:
    """Book many approved amounts in a few statements, all or none; the caller holds a lock under which none was booked yet.

    Raises BudgetExhausted.
    """
    rows = Payable.objects.bulk_create(
        Payable(
            budget=budget,
            voucher=_voucher(budget),
            cause=one.cause,
            payee=one.payee,
            amount_fen=one.amount_fen,
            created_at=at,
            proposed_by=proposed_by,
            approved_by=approved_by,
            **one.account,
        )
        for one in wanted
    )
    try:
        with transaction.atomic():
            commits = [Wanted(budget.pk, Move.COMMIT, row.amount_fen, f"commit:{row.cause}", row.subject) for row in rows]
            post_many(commits, by=approved_by, at=at)
    except IntegrityError as error:
        if "account_never_overdrawn" in str(error):
            raise BudgetExhausted(_("The budget does not hold so much. Nothing was booked.")) from error
        raise
    actor = events.user_id(approved_by)
    facts = [{"amount_fen": row.amount_fen, "voucher": row.voucher} for row in rows]
    events.record_all(
        Event(type="payable.owed", subject=row.subject, actor=actor, at=at, facts=fact)
        for row, fact in zip(rows, facts, strict=True)
    )
    return rows


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
