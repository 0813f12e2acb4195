"""What the pages of the payments show."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum

from accounts.models import User
from core.paging import keyset_page
from supervisors.models import BankResult, Batch, Budget, ClawBack, Payable
from supervisors.workflow import PaymentState

from .answers import Verdict

SHOWN = 50
_CODE = re.compile(r"[0-9A-Z-]{1,20}")


@dataclass(frozen=True)
class Total:
    """How many, and how much."""

    number: int
    amount_fen: int


def total(rows: QuerySet[Payable]) -> Total:
    """Count and add up."""
    found = rows.aggregate(number=Count("pk"), amount=Sum("amount_fen"))
    return Total(found["number"], found["amount"] or 0)


def desk(user: User, budget: Budget | None, before: str = "") -> dict[str, Any]:
    """What waits for finance: ready for the bank, for cash, not ready, and the batches."""
    if budget is None:
        return {}
    rows = Payable.objects.visible_to(user).filter(budget=budget)
    ready = rows.payable_by_bank()
    return {
        "ready": list(ready.not_by(user).for_list()[:SHOWN]),
        "ready_sum": total(ready.not_by(user)),
        "others_sum": total(ready) if ready.exclude(pk__in=ready.not_by(user).values("pk")).exists() else None,
        "cash": list(rows.payable_in_cash().for_list()[:SHOWN]),
        "cash_sum": total(rows.payable_in_cash()),
        "waiting": list(rows.not_ready().for_list()[:SHOWN]),
        "waiting_sum": total(rows.not_ready()),
        "batches": keyset_page(Batch.objects.visible_to(user).filter(budget=budget).for_list(), before, size=SHOWN),
    }


LOOKS = ("ready", "cash", "waiting")


def amounts_page(user: User, budget: Budget, look: str, before: str) -> dict[str, Any]:
    """All amounts of one of the desk's lists, a page at a time, the newest first."""
    rows = Payable.objects.visible_to(user).filter(budget=budget)
    found = {"ready": rows.payable_by_bank(), "cash": rows.payable_in_cash(), "waiting": rows.not_ready()}[look]
    return {"look": look, "page": keyset_page(found.for_list().order_by("-id"), before, size=SHOWN), "sum": total(found)}


def batch_page(batch: Batch, before: str) -> dict[str, Any]:
    """One batch: its payments a page at a time, how many stand where, and the bank's files."""
    rows = batch.payments.select_related("payable").defer(
        "payable__holder_sealed", "payable__bank_sealed", "payable__account_sealed"
    )
    counted = dict(batch.payments.values_list("state").annotate(number=Count("pk")))
    return {
        "page": keyset_page(rows.order_by("-id"), before, size=SHOWN),
        "counts": [(label, counted.get(state, 0)) for state, label in PaymentState.choices if counted.get(state)],
        "left": counted.get(PaymentState.DRAFT, 0),
        "booked": batch.payments_count - counted.get(PaymentState.DRAFT, 0),
        "results": list(batch.results.defer("content_sealed").select_related("added_by").order_by("-id")),
    }


def faults(result: BankResult) -> list[dict[str, Any]]:
    """The refused lines with what is wrong with each, in words."""
    return [fault | {"words": Verdict(fault["code"]).label} for fault in result.faults]


def paid(user: User, voucher: str) -> Payable | None:
    """Find an amount by its voucher's code, as it is typed."""
    code = voucher.strip().upper()
    return Payable.objects.visible_to(user).for_list().filter(voucher=code).first() if _CODE.fullmatch(code) else None


def claw_backs(user: User) -> list[ClawBack]:
    """The newest claw-backs."""
    return list(ClawBack.objects.visible_to(user).for_list()[:SHOWN])


def results_of(user: User) -> QuerySet[BankResult]:
    """The bank's files that the person may see, without what they hold."""
    batches = Batch.objects.visible_to(user)
    return BankResult.objects.filter(batch__in=batches).defer("content_sealed").select_related("batch", "batch__budget")
