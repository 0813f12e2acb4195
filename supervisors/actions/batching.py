"""Batches for the bank: made of what is owed, dropped, sent. Long work goes a few hundred payments a transaction."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, events, numbering
from core.models import Event
from supervisors import permissions
from supervisors.ledger.moves import Move
from supervisors.models import Batch, Budget, Payable, Payment
from supervisors.querysets import PayableQuerySet
from supervisors.refusals import Refused
from supervisors.remuneration import notifications
from supervisors.workflow import BATCH_TRANSITIONS, BatchState, PaymentState, target_of

from .asking import ask
from .posting import Wanted, post_many

AT_ONCE = 500
MOST_PAYMENTS = 20_000
SERIES = "payout_batch"
T = TypeVar("T")


class NothingReady(Refused):
    """No amount can go into a batch."""


class NotReady(Refused):
    """Some of the amounts chosen cannot be paid by this person now."""


class Under(Refused):
    """The same person proposed or approved an amount of the batch."""


@transaction.atomic
def create_batch(budget: Budget, chosen: Collection[int] | None, *, by: User, at: datetime) -> Batch:
    """Put the amounts chosen (by id), or all that are ready, into a batch. Raises NothingReady, NotReady.

    What the person has proposed or approved is left out of "all", and refused when chosen: three people for each amount.
    """
    ask(permissions.can_pay(by))
    # Two officers at once: the second waits here, and then finds what the first has left.
    Budget.objects.select_for_update(no_key=True).get(pk=budget.pk)
    ready = Payable.objects.filter(budget=budget).payable_by_bank().not_by(by)
    rows = _locked(ready if chosen is None else ready.filter(pk__in=chosen))
    if not rows:
        raise NothingReady(_("There is nothing that you could put into a batch."))
    if chosen is not None and len(rows) < len(set(chosen)):
        raise NotReady(
            _("Some of the amounts chosen have been taken or changed by somebody else, or you had a hand in them. Look again.")
        )
    return _create(budget, rows, by=by, at=at)


@dataclass(frozen=True)
class _Ready:
    """As much of an amount as a payment needs."""

    pk: int
    voucher: str
    amount_fen: int
    account_print: bytes


def _locked(rows: PayableQuerySet) -> list[_Ready]:
    found = rows.order_by("id").select_for_update(of=("self",))
    values = found.values_list("pk", "voucher", "amount_fen", "account_print")[:MOST_PAYMENTS]
    return [_Ready(pk, voucher, amount, bytes(account or b"")) for pk, voucher, amount, account in values]


def _create(budget: Budget, rows: Sequence[_Ready], *, by: User, at: datetime) -> Batch:
    year = clock.day_of(at).year
    batch = Batch.objects.create(
        budget=budget,
        number=numbering.format_number(year, numbering.next_number(SERIES, year)),
        payments_count=len(rows),
        amount_fen=sum(row.amount_fen for row in rows),
        created_at=at,
        created_by=by,
    )
    for some in some_at_once(rows):
        tried = attempts([row.pk for row in some])
        Payment.objects.bulk_create(
            Payment(
                batch=batch,
                payable_id=row.pk,
                amount_fen=row.amount_fen,
                account_print=row.account_print,
                key=key_of(row.voucher, tried[row.pk] + 1),
            )
            for row in some
        )
    _record("batch.created", batch, by, at, payments=len(rows), amount_fen=batch.amount_fen)
    return batch


def attempts(payables: Collection[int]) -> Counter[int]:
    """Return how often it was tried before to pay each of these amounts."""
    return Counter(Payment.objects.filter(payable__in=payables).values_list("payable_id", flat=True))


def key_of(voucher: str, attempt: int) -> str:
    """Return the key of one payment."""
    return f"{voucher}/{attempt}"


@transaction.atomic
def drop_batch(batch: Batch, *, by: User, at: datetime) -> Batch:
    """Give up a draft; its amounts can go into another batch."""
    row = lock_batch(batch.pk)
    ask(permissions.can_pay(by))
    row.state, row.ended_at = target_of(BATCH_TRANSITIONS, "drop", row.state), at
    row.save(update_fields=["state", "ended_at"])
    row.payments.update(state=PaymentState.DROPPED, done_at=at)
    _record("batch.dropped", row, by, at)
    return row


@transaction.atomic
def send_batch(batch: Batch, *, by: User, at: datetime) -> Batch:
    """Say that the batch goes to the bank, and book the first payments; `book_batch` goes on. Raises Under."""
    row = lock_batch(batch.pk)
    ask(permissions.can_pay(by))
    row.state = target_of(BATCH_TRANSITIONS, "send", row.state)
    if row.payments.filter(Q(payable__proposed_by=by) | Q(payable__approved_by=by)).exists():
        raise Under(_("You proposed or approved an amount of this batch. Somebody else of finance must send it."))
    row.sent_at, row.sent_by = at, by
    row.save(update_fields=["state", "sent_at", "sent_by"])
    _record("batch.sent", row, by, at)
    return row


@transaction.atomic
def book_batch(batch_id: int, *, at: datetime) -> bool:
    """Book some payments of a batch that is being sent; returns whether more are left. Can be called again at any time."""
    batch = lock_batch(batch_id)
    if batch.state != BatchState.SENDING or batch.sent_by is None:
        return False
    some = list(batch.payments.filter(state=PaymentState.DRAFT).select_related("payable").order_by("id")[:AT_ONCE])
    post_many([wanted(one, Move.SEND) for one in some], by=batch.sent_by, at=at)
    Payment.objects.filter(pk__in=[one.pk for one in some]).update(state=PaymentState.SENT)
    Payable.objects.filter(pk__in=[one.payable_id for one in some]).update(state=Payable.State.SENT)
    if len(some) == AT_ONCE:
        return True
    batch.state = target_of(BATCH_TRANSITIONS, "booked", batch.state)
    batch.save(update_fields=["state"])
    events.record("batch.booked", subject=batch.subject, actor=events.SYSTEM, at=at, facts={"payments": batch.payments_count})
    return False


@transaction.atomic
def recall_batch(batch: Batch, *, reason: str, by: User, at: datetime) -> Batch:
    """Take back a batch of which no file was ever made: every amount is owed again."""
    row = lock_batch(batch.pk)
    ask(permissions.can_pay(by))
    target_of(BATCH_TRANSITIONS, "recall", row.state)
    if row.file_made_at is not None:
        raise NotReady(_("A file for the bank has been made. What became of the payments is for the bank to say."))
    for some in some_at_once(row.payments.filter(state=PaymentState.SENT).select_related("payable").order_by("id")):
        bounce([(one, reason) for one in some], by=by, at=at)
    end_batch(row, at=at)
    _record("batch.recalled", row, by, at)
    return row


@transaction.atomic
def note_bank_file(batch: Batch, *, kind: str, by: User, at: datetime) -> Batch:
    """Note that a file for the bank is being made, before any account is opened."""
    row = lock_batch(batch.pk)
    ask(permissions.can_pay(by))
    if row.state not in {BatchState.SENT, BatchState.SETTLED}:
        raise NotReady(_("The file for the bank is made when the batch has been sent."))
    row.file_made_at = row.file_made_at or at
    row.save(update_fields=["file_made_at"])
    _record("batch.file_made", row, by, at, format=kind)
    return row


def lock_batch(batch_id: int) -> Batch:
    """Lock a batch; whoever comes second sees what the first has done."""
    return Batch.objects.select_for_update(of=("self",)).select_related("budget", "sent_by").get(pk=batch_id)


def end_batch(batch: Batch, *, at: datetime) -> None:
    """Settle a batch of which nothing is on its way any more."""
    if batch.state == BatchState.SENT and not batch.payments.filter(state=PaymentState.SENT).exists():
        batch.state, batch.ended_at = target_of(BATCH_TRANSITIONS, "settle", batch.state), at
        batch.save(update_fields=["state", "ended_at"])
        events.record("batch.settled", subject=batch.subject, actor=events.SYSTEM, at=at)


def settle(payments: Sequence[Payment], *, paid_by: User, by: User, at: datetime) -> None:
    """Book that payments arrived; `paid_by` sent them, `by` noted it. The caller holds the batch's lock."""
    post_many([wanted(one, Move.SETTLE) for one in payments], by=by, at=at)
    Payment.objects.filter(pk__in=[one.pk for one in payments]).update(state=PaymentState.SETTLED, done_at=at)
    Payable.objects.filter(pk__in=[one.payable_id for one in payments]).update(
        state=Payable.State.PAID, paid_at=at, paid_by=paid_by
    )
    _record_each("payable.paid", payments, by, at)
    notifications.paid([one.payable_id for one in payments], at=at)


def bounce(payments: Sequence[tuple[Payment, str]], *, by: User, at: datetime) -> None:
    """Book that payments came back, each with the reason; the amounts are owed again."""
    post_many([wanted(one, Move.BOUNCE) for one, _reason in payments], by=by, at=at)
    for one, reason in payments:
        one.state, one.reason, one.done_at = PaymentState.BOUNCED, reason, at
    Payment.objects.bulk_update([one for one, _reason in payments], ["state", "reason", "done_at"])
    Payable.objects.filter(pk__in=[one.payable_id for one, _reason in payments]).update(state=Payable.State.OWED)
    _record_each("payable.bounced", [one for one, _reason in payments], by, at)
    notifications.came_back([one.payable_id for one, _reason in payments], at=at)


def wanted(payment: Payment, move: Move) -> Wanted:
    """Return the posting of one payment's move, under the key that makes it come once."""
    payable = payment.payable
    return Wanted(payable.budget_id, move, payment.amount_fen, f"{move}:payment:{payment.pk}", payable.subject)


def some_at_once(rows: Iterable[T]) -> Iterator[list[T]]:
    """Yield rows a few hundred at a time."""
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _record(type_: str, batch: Batch, by: User, at: datetime, **facts: events.Fact) -> None:
    events.record(type_, subject=batch.subject, actor=events.user_id(by), at=at, facts={"number": batch.number} | facts)


def _record_each(type_: str, payments: Sequence[Payment], by: User, at: datetime) -> None:
    actor = events.user_id(by)
    events.record_all(
        Event(type=type_, subject=one.payable.subject, actor=actor, at=at, facts={"payment": one.key}) for one in payments
    )
