"""A paid amount that is to come back: asked by finance, decided by a leader, booked when the money is there."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import events
from supervisors import notifications, permissions
from supervisors.ledger.moves import Move
from supervisors.models import ClawBack, Payable
from supervisors.refusals import Refused

from .asking import ask
from .posting import post


class NotPaid(Refused):
    """There is nothing to claw back."""


class Decided(Refused):
    """Somebody has decided already."""


@transaction.atomic
def ask_claw_back(payable: Payable, *, reason: str, by: User, at: datetime) -> ClawBack:
    """Ask a leader to have a paid amount back. Raises NotPaid."""
    ask(permissions.can_pay(by))
    row = Payable.objects.select_for_update(of=("self",)).get(pk=payable.pk)
    if row.state != Payable.State.PAID or row.claw_backs.exclude(state=ClawBack.State.REFUSED).exists():
        raise NotPaid(_("This amount is not paid, or has been asked back already."))
    made = ClawBack.objects.create(payable=row, reason=reason, asked_at=at, asked_by=by)
    _record("claw_back.asked", made, by, at)
    notifications.claw_back_asked(made, at=at)
    return made


@transaction.atomic
def decide_claw_back(claw_back: ClawBack, *, approve: bool, by: User, at: datetime) -> ClawBack:
    """Decide; who asked does not. Raises Decided."""
    row = _locked(claw_back)
    if row.state != ClawBack.State.ASKED:
        raise Decided(_("This has moved on since the page was opened. Look at where it stands now."))
    ask(permissions.can_decide_claw_back(by, row))
    row.state = ClawBack.State.APPROVED if approve else ClawBack.State.REFUSED
    row.decided_at, row.decided_by = at, by
    row.save(update_fields=["state", "decided_at", "decided_by"])
    _record("claw_back.approved" if approve else "claw_back.refused", row, by, at)
    notifications.claw_back_decided(row, at=at)
    return row


@transaction.atomic
def note_return(claw_back: ClawBack, *, by: User, at: datetime) -> ClawBack:
    """Note that the money is back; the budget has it again. Raises Decided."""
    ask(permissions.can_pay(by))
    row = _locked(claw_back)
    if row.state != ClawBack.State.APPROVED:
        raise Decided(_("This has moved on since the page was opened. Look at where it stands now."))
    row.state, row.returned_at, row.returned_by = ClawBack.State.RETURNED, at, by
    row.save(update_fields=["state", "returned_at", "returned_by"])
    payable = row.payable
    payable.state, payable.cancel_reason = Payable.State.CLAWED_BACK, row.reason
    payable.save(update_fields=["state", "cancel_reason"])
    key = f"{Move.CLAW_BACK}:{payable.subject}"
    post(payable.budget, Move.CLAW_BACK, payable.amount_fen, key=key, cause=payable.subject, by=by, at=at)
    _record("claw_back.returned", row, by, at)
    return row


def _locked(claw_back: ClawBack) -> ClawBack:
    return ClawBack.objects.select_for_update(of=("self",)).select_related("payable__budget", "asked_by").get(pk=claw_back.pk)


def _record(type_: str, row: ClawBack, by: User, at: datetime) -> None:
    events.record(type_, subject=row.payable.subject, actor=events.user_id(by), at=at, facts={"claw_back": row.pk})
