"""What the bank says became of a batch: taken in once, read without booking anything, booked when somebody says so."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import events, vault
from supervisors import permissions
from supervisors.models import BankResult, Batch, Payment
from supervisors.payouts import layout
from supervisors.payouts.answers import FAULTS, Answer, Expected, Line, Verdict, looked_through, verdict
from supervisors.payouts.sheets import MOST_BYTES, SheetRefused
from supervisors.refusals import Refused
from supervisors.workflow import BatchState

from .accounts import account_print
from .asking import ask
from .batching import AT_ONCE, bounce, end_batch, lock_batch, settle

MOST_FAULTS = 200
_BOOKED = (Verdict.SETTLE, Verdict.BOUNCE)
_VOUCHER = re.compile(r"\d{2}[JB]-[0-9A-Z]{4}-[0-9A-Z]{4}")
_LONG_NUMBER = re.compile(r"\d{5,}")
_LONGEST_REASON = 80


class NotRead(Refused):
    """The result cannot be booked as it stands."""


@transaction.atomic
def add_result(batch: Batch, content: bytes, *, by: User, at: datetime) -> BankResult:
    """Take in a file of the bank; the same file again gives back the first. Raises SheetRefused, NotRead."""
    ask(permissions.can_pay(by))
    if not 0 < len(content) <= MOST_BYTES:
        raise SheetRefused(_("Choose the bank's file; it is never larger than 10 MB."))
    row = lock_batch(batch.pk)
    digest = hashlib.sha256(content).hexdigest()
    known = row.results.filter(sha256=digest).first()
    if known and known.state != BankResult.State.REFUSED:
        return known
    if row.state not in {BatchState.SENT, BatchState.SETTLED}:
        raise NotRead(_("The batch has not been sent, so the bank cannot have answered."))
    # One that could not be read may be readable now that somebody has mended the layout.
    made = known or BankResult(batch=row, sha256=digest, added_at=at, added_by=by)
    made.state, made.refusal, made.faults = BankResult.State.WAITING, "", []
    made.lines = made.done = made.settled = made.bounced = made.known = made.refused = 0
    made.content_sealed = vault.seal_bytes(content, row=made.vault_row, column="content")
    made.save()
    _record("bank_result.added", made, events.user_id(by), at)
    return made


def read_result(result_id: int, *, at: datetime) -> None:
    """Look through a file and count what it would book; books nothing. Can be called again at any time."""
    result = BankResult.objects.select_related("batch").get(pk=result_id)
    if result.state != BankResult.State.WAITING:
        return
    try:
        answer = _answer(result)
        counted, faults = _counted(result.batch, answer)
    except Refused as refusal:
        _keep(result_id, state=BankResult.State.REFUSED, refusal=str(refusal)[:200], content_sealed=None)
        return
    _keep(result_id, state=BankResult.State.READ, lines=answer.lines, faults=faults, **counted)


@transaction.atomic
def _keep(result_id: int, **values: Any) -> None:
    BankResult.objects.filter(pk=result_id, state=BankResult.State.WAITING).update(**values)


@transaction.atomic
def apply_result(result: BankResult, *, by: User, at: datetime) -> BankResult:
    """Say that the good lines are to be booked; `book_result` does it, some lines a transaction. Raises NotRead."""
    ask(permissions.can_pay(by))
    lock_batch(result.batch_id)
    row = BankResult.objects.select_for_update().get(pk=result.pk)
    if row.state in {BankResult.State.APPLYING, BankResult.State.APPLIED}:
        return row
    if row.state != BankResult.State.READ:
        raise NotRead(_("The file has not been read yet, or cannot be."))
    row.state, row.applied_at, row.applied_by = BankResult.State.APPLYING, at, by
    row.settled = row.bounced = row.known = row.refused = 0
    row.faults = []
    row.save()
    _record("bank_result.applied", row, events.user_id(by), at)
    return row


@transaction.atomic
def discard_result(result: BankResult, *, by: User, at: datetime) -> BankResult:
    """Put aside a file that nobody wants to book: what it holds is erased. Raises NotRead."""
    ask(permissions.can_pay(by))
    row = BankResult.objects.select_for_update(of=("self",)).select_related("batch").get(pk=result.pk)
    if row.state not in {BankResult.State.WAITING, BankResult.State.READ}:
        raise NotRead(_("This has moved on since the page was opened. Look at where it stands now."))
    row.state, row.content_sealed, row.refusal = BankResult.State.REFUSED, None, _("Put aside.")
    row.save(update_fields=["state", "content_sealed", "refusal"])
    _record("bank_result.discarded", row, events.user_id(by), at)
    return row


def book_result(result_id: int, *, at: datetime) -> None:
    """Book all lines of a result that is being booked. It may die anywhere and be called again: nothing comes twice."""
    result = BankResult.objects.select_related("batch").get(pk=result_id)
    if result.state != BankResult.State.APPLYING or result.content_sealed is None:
        return
    try:
        answer = _answer(result)
    except Refused as refusal:  # somebody has changed the layout since the file was read
        _give_up(result_id, str(refusal))
        return
    lines = islice(answer.each(), result.done, None)
    while some := list(islice(lines, AT_ONCE)):
        if not _book_some(result_id, answer, some, done=result.done, at=at):
            return  # somebody else is at it
        result.done += len(some)
    _finish(result_id, at=at)


@transaction.atomic
def _give_up(result_id: int, why: str) -> None:
    """Put a file aside that can no longer be read; what it has booked stays booked, and it may be taken in again."""
    BankResult.objects.filter(pk=result_id, state=BankResult.State.APPLYING).update(
        state=BankResult.State.REFUSED, refusal=why[:200], content_sealed=None, applied_at=None, applied_by=None
    )


@transaction.atomic
def _book_some(result_id: int, answer: Answer, some: Sequence[Line], *, done: int, at: datetime) -> bool:
    batch = lock_batch(BankResult.objects.values_list("batch_id", flat=True).get(pk=result_id))
    result = BankResult.objects.select_for_update(of=("self",)).select_related("applied_by").get(pk=result_id)
    if result.state != BankResult.State.APPLYING or result.done != done or result.applied_by is None or batch.sent_by is None:
        return False
    judged = list(_judged(batch, answer, some))
    arrived = [payment for _line, said, payment in judged if said == Verdict.SETTLE and payment]
    returned = [payment for _line, said, payment in judged if said == Verdict.BOUNCE and payment]
    reasons = [_reason(payment, line) for line, said, payment in judged if said == Verdict.BOUNCE and payment]
    settle(arrived, paid_by=batch.sent_by, by=result.applied_by, at=at)
    bounce(list(zip(returned, reasons, strict=True)), by=result.applied_by, at=at)
    _note_lines(result, {payment.pk: line.number for line, said, payment in judged if payment and said in _BOOKED})
    _count(result, judged)
    result.done += len(some)
    result.save()
    return True


@transaction.atomic
def _finish(result_id: int, *, at: datetime) -> None:
    batch = lock_batch(BankResult.objects.values_list("batch_id", flat=True).get(pk=result_id))
    result = BankResult.objects.select_for_update().get(pk=result_id)
    if result.state == BankResult.State.APPLYING:
        result.state, result.content_sealed = BankResult.State.APPLIED, None
        result.save(update_fields=["state", "content_sealed"])
        end_batch(batch, at=at)
        _record("bank_result.booked", result, events.SYSTEM, at, settled=result.settled, bounced=result.bounced)


def _answer(result: BankResult) -> Answer:
    content = vault.open_bytes(result.content_sealed, row=result.vault_row, column="content")
    return looked_through(content, layout.current())


def _counted(batch: Batch, answer: Answer) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """Judge every line without booking: how many of each sort, and the first faults."""
    counts = BankResult(batch=batch)
    lines = answer.each()
    while some := list(islice(lines, AT_ONCE)):
        _count(counts, list(_judged(batch, answer, some)))
    return {name: getattr(counts, name) for name in ("settled", "bounced", "known", "refused")}, counts.faults


def _count(result: BankResult, judged: Sequence[tuple[Line, Verdict, Payment | None]]) -> None:
    counted = Counter(said for _line, said, _payment in judged)
    result.settled += counted[Verdict.SETTLE]
    result.bounced += counted[Verdict.BOUNCE]
    result.known += counted[Verdict.KNOWN]
    result.refused += sum(counted[fault] for fault in FAULTS)
    faults = [_fault(line, said) for line, said, _payment in judged if said in FAULTS]
    result.faults = [*result.faults, *faults][:MOST_FAULTS]


def _fault(line: Line, said: Verdict) -> dict[str, Any]:
    """Name a refused line. What does not look like a voucher's code may be anything, a name too, and is not kept."""
    return {"line": line.number, "code": said.value, "voucher": line.voucher if _VOUCHER.fullmatch(line.voucher) else ""}


def _judged(batch: Batch, answer: Answer, some: Sequence[Line]) -> Iterator[tuple[Line, Verdict, Payment | None]]:
    vouchers = {line.voucher for line in some if _VOUCHER.fullmatch(line.voucher)}
    rows = batch.payments.filter(payable__voucher__in=vouchers).select_related("payable")
    payments = {row.payable.voucher: row for row in rows}
    for line in some:
        payment = payments.get(line.voucher)
        expected = Expected(payment.amount_fen, bytes(payment.account_print or b""), payment.state) if payment else None
        yield line, verdict(line, expected, answer, account_print(line.account)), payment


def _note_lines(result: BankResult, lines: Mapping[int, int]) -> None:
    """Note at each payment which line of which file speaks of it; one statement, for Django's own takes seconds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE supervisors_payment SET result_id = %s, result_line = told.line"
            " FROM unnest(%s::bigint[], %s::integer[]) AS told (id, line) WHERE supervisors_payment.id = told.id",
            [result.pk, list(lines), list(lines.values())],
        )


def _reason(payment: Payment, line: Line) -> str:
    """Return why it came back as the bank says, without the payee's name and without long numbers."""
    payable = payment.payable
    holder = vault.open_sealed(payable.holder_sealed, row=payable.vault_row, column="holder")
    said = _LONG_NUMBER.sub("…", line.reason.replace(holder, "…")).strip()[:_LONGEST_REASON]
    return said or _("The bank gave no reason.")


def _record(type_: str, result: BankResult, actor: str, at: datetime, **facts: events.Fact) -> None:
    named: dict[str, events.Fact] = {"result": result.pk, "sha256": result.sha256[:12]}
    events.record(type_, subject=result.batch.subject, actor=actor, at=at, facts=named | facts)
