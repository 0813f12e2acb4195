"""Cash against a signed voucher: booked as sent and paid at once, and never without the scan of the signature."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import events, files
from core.files import Examined
from supervisors import permissions
from supervisors.ledger.moves import Move
from supervisors.models import Payable, Payment
from supervisors.refusals import Refused
from supervisors.remuneration import notifications
from supervisors.workflow import LIVE, PaymentState

from .asking import ask
from .batching import NotReady, Under, attempts, key_of, wanted
from .posting import post_many


class NotShown(Refused):
    """Nobody has proved that the money is theirs."""

    field = "shown"


@transaction.atomic
def pay_cash(payable: Payable, *, scan: Examined, shown: bool, by: User, at: datetime) -> Payment:
    """Note that cash was handed out against the signed voucher. Raises NotShown, NotReady, Under."""
    ask(permissions.can_pay(by))
    if not shown:
        raise NotShown(_("Have the claim code, or the supervisor's card, shown and the voucher signed first."))
    row = Payable.objects.select_for_update(of=("self",)).get(pk=payable.pk)
    if by.pk in {row.proposed_by_id, row.approved_by_id}:
        raise Under(_("You proposed or approved this amount. Somebody else of finance must pay it."))
    if row.state != Payable.State.OWED or row.means != Payable.Means.CASH or row.payments.filter(state__in=LIVE).exists():
        raise NotReady(_("This amount is not waiting for cash: it is paid already, or goes another way."))
    payment = Payment.objects.create(
        payable=row,
        amount_fen=row.amount_fen,
        key=key_of(row.voucher, attempts([row.pk])[row.pk] + 1),
        state=PaymentState.SETTLED,
        done_at=at,
        scan=files.store(scan, at=at),
    )
    post_many([wanted(payment, Move.SEND), wanted(payment, Move.SETTLE)], by=by, at=at)
    row.state, row.paid_at, row.paid_by = Payable.State.PAID, at, by
    row.save(update_fields=["state", "paid_at", "paid_by"])
    facts: dict[str, events.Fact] = {"payment": payment.key, "means": "cash"}
    events.record("payable.paid", subject=row.subject, actor=events.user_id(by), at=at, facts=facts)
    notifications.paid([row.pk], at=at)
    return payment
