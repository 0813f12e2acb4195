"""What the auditor sees: every line of the ledger back to its cause and forward to the bank's answer, and no identity."""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from cases.desk.exporting import defused
from core.paging import keyset_page
from core.templatetags.portal import year_month
from supervisors.ledger.moves import Move
from supervisors.models import Budget, Payable, Payment, Posting, RemunerationStatement, RewardShare
from supervisors.payouts.capitals import figures

PAGE = 50
_AT_ONCE = 1000


@dataclass(frozen=True)
class Line:
    """One posting, with the amount owed before it and the payment and the bank's answer behind it."""

    posting: Posting
    payable: Payable | None
    payment: Payment | None
    origin: str = ""  # the case of a reward, the month of a statement

    @property
    def proof(self) -> str:
        """Where it is proved that the money arrived or came back: the bank's file and line, or the signed voucher."""
        if self.payment is None or self.posting.move not in {Move.SETTLE, Move.BOUNCE}:
            return ""
        if self.payment.result is not None:
            return _("Bank file %(sha)s, line %(line)s") % {
                "sha": self.payment.result.sha256[:12],
                "line": self.payment.result_line,
            }
        return _("Signed voucher") if self.payment.scan_id else ""


def page_of(user: User, budget: Budget | None, before: str) -> dict[str, Any]:
    """A page of the ledger."""
    found = keyset_page(_postings(user, budget), before, size=PAGE)
    return {"lines": traced(found.rows), "page": found}


def _postings(user: User, budget: Budget | None) -> QuerySet[Posting]:
    rows = Posting.objects.visible_to(user).for_list()
    return rows.filter(budget=budget) if budget else rows


def traced(postings: Sequence[Posting]) -> list[Line]:
    """Find what stands before and behind some postings."""
    payables = _by_id(Payable.objects.for_audit(), [row.cause for row in postings], "payable:")
    keys = [row.key for row in postings if ":payment:" in row.key]
    rows = Payment.objects.select_related("batch", "result").defer("result__content_sealed", "result__faults")
    payments = _by_id(rows, keys, ":payment:")
    origins = _origins([row.pk for row in payables.values()])
    found = [(row, payables.get(row.cause), payments.get(row.key)) for row in postings]
    return [Line(row, owed, payment, origins.get(owed.pk, "") if owed else "") for row, owed, payment in found]


def _origins(payables: Collection[int]) -> dict[int, str]:
    """Lead amounts back to the case or the month for which they are owed; whose they are is in neither."""
    rewards = RewardShare.objects.filter(payable__in=payables).values_list("payable", "reward__case__number")
    months = RemunerationStatement.objects.filter(payable__in=payables).values_list("payable", "run__month")
    return {pk: _("Case %(number)s") % {"number": number} for pk, number in rewards if pk} | {
        pk: _("Remuneration of %(month)s") % {"month": year_month(month)} for pk, month in months if pk
    }


def _by_id(rows: Any, texts: Sequence[str], mark: str) -> dict[str, Any]:
    ids = {text: int(text.rpartition(mark)[2]) for text in texts if mark in text and text.rpartition(mark)[2].isdecimal()}
    found = rows.in_bulk(set(ids.values()))
    return {text: found[pk] for text, pk in ids.items() if pk in found}


def headings() -> list[str]:
    """The first line of the export."""
    return [
        _("Posting"),
        pgettext("ledger", "Booked at"),
        _("Budget"),
        pgettext("ledger", "Move"),
        pgettext("column", "Amount in yuan"),
        _("For what"),
        _("Cause"),
        _("Voucher's code"),
        pgettext("ledger", "Payment"),
        _("Batch"),
        pgettext("ledger", "Proof"),
        pgettext("ledger", "Booked by"),
        pgettext("ledger", "Note"),
    ]


def csv_pieces(user: User, budget: Budget | None) -> Iterator[bytes]:
    """Yield the whole ledger as CSV, the oldest line last, a thousand lines at a time."""
    rows, last = _postings(user, budget), None
    yield "\ufeff".encode() + _csv([headings()])
    while some := list((rows.filter(pk__lt=last) if last else rows)[:_AT_ONCE]):
        yield _csv([_cells(line) for line in traced(some)])
        last = some[-1].pk


def _cells(line: Line) -> list[str]:
    posting, payable, payment = line.posting, line.payable, line.payment
    return [
        str(posting.pk),
        timezone.localtime(posting.posted_at).isoformat(sep=" ", timespec="seconds"),
        f"{posting.budget.year} {posting.budget.get_kind_display()}",
        str(Move(posting.move).label),
        figures(posting.amount_fen),
        line.origin,
        payable.cause if payable else posting.cause,
        payable.voucher if payable else "",
        payment.key if payment else "",
        payment.batch.number if payment and payment.batch else "",
        line.proof,
        posting.posted_by.full_name if posting.posted_by else "",
        posting.note,
    ]


def _csv(lines: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([[defused(cell) for cell in line] for line in lines])
    return text.getvalue().encode()
