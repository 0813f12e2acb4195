"""A batch of many payments: made, booked, written to a file, answered by the bank; each step timed, with the memory it took."""

import os
import time
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from accounts.models import User
from accounts.roles import Role
from core import clock, vault
from supervisors import actions
from supervisors.actions.accounts import account_print
from supervisors.actions.posting import Wanted, post_many
from supervisors.ledger.moves import Move
from supervisors.models import Batch, Budget, Payable, Payment
from supervisors.payouts import leaving
from supervisors.payouts.capitals import figures
from tests.factories import UserFactory

from .measuring import GOAL_SECONDS, measure_step, progress, say

_TOGETHER = 500
_CARD = "6222021001116245702"
_COPY = """
CREATE TEMPORARY TABLE bare AS SELECT * FROM supervisors_payment LIMIT 0;
INSERT INTO bare SELECT * FROM supervisors_payment;
UPDATE bare SET state = 'settled';
"""


def run() -> None:
    """Take BENCH_PAYMENTS amounts (10,000 unless it is set) all the way."""
    number = int(os.environ.get("BENCH_PAYMENTS", "10000"))
    by = UserFactory.create(roles=[Role.FINANCE])
    of = _owed(number, by)
    say(f"\nA batch of {number:,} payments (goal: each step within {GOAL_SECONDS} s)")
    say(f"{'':<52} {'s':>7} {'MB':>7}")
    measure_step("made", lambda: actions.create_batch(of, None, by=by, at=clock.now()))
    batch = Batch.objects.get()
    measure_step("sent and booked", lambda: _send(batch, by))
    batch.refresh_from_db()
    for kind in ("csv", "xlsx"):
        measure_step(f"file for the bank, {kind}", partial(_file, batch, kind, by))
    content = _answer(batch)
    result = actions.add_result(batch, content, by=by, at=clock.now())
    measure_step("the bank's answer read", lambda: actions.read_result(result.pk, at=clock.now()))
    actions.apply_result(result, by=by, at=clock.now())
    measure_step("the bank's answer booked", lambda: actions.book_result(result.pk, at=clock.now()))
    assert Payment.objects.filter(state="settled").count() == number
    with connection.cursor() as cursor:
        before = time.perf_counter()
        cursor.execute(_COPY)
        say(f"{'bare: as many rows copied and changed by SQL':<52} {time.perf_counter() - before:>7.2f}")


def _owed(number: int, by: User) -> Budget:
    """Enter amounts that are owed, many a statement: this is not what is measured."""
    people, at = UserFactory.create_batch(2), clock.now()
    of = actions.open_budget("rewards", 2026, basis="测", amount_fen=10**9, by=by, at=at)
    for start in progress(range(0, number, _TOGETHER), "amounts owed"):
        with transaction.atomic():
            rows = [_row(of, one, people, at) for one in range(start, min(start + _TOGETHER, number))]
            Payable.objects.bulk_create(rows)
            post_many(
                [Wanted(of.pk, Move.COMMIT, row.amount_fen, f"commit:{row.cause}", row.subject) for row in rows],
                by=people[1],
                at=at,
            )
    return of


def _row(of: Budget, one: int, people: list[User], at: datetime) -> Payable:
    row = Payable(
        budget=of,
        voucher=f"26J-{one // 10_000:04d}-{one % 10_000:04d}",
        cause=f"reward_share:{one}",
        payee=f"complaint:{one}",
        amount_fen=10_000 + one,
        means="bank",
        created_at=at,
        proposed_by=people[0],
        approved_by=people[1],
        account_print=account_print(_CARD),
    )
    for column, value in (("holder", "丁某"), ("bank", "测试银行"), ("account", _CARD)):
        setattr(row, f"{column}_sealed", vault.seal(value, row=row.vault_row, column=column))
    return row


def _send(batch: Batch, by: User) -> None:
    actions.send_batch(batch, by=by, at=clock.now())
    while actions.book_batch(batch.pk, at=clock.now()):
        pass


def _file(batch: Batch, kind: str, by: User) -> int:
    return sum(len(piece) for piece in leaving.pieces(batch, kind=kind, by=by))


def _answer(batch: Batch) -> bytes:
    rows = Payable.objects.filter(payments__batch=batch).values_list("voucher", "amount_fen")
    lines = [f"{voucher},{figures(amount)},{_CARD},成功" for voucher, amount in rows]
    return "\n".join(["凭证编号,金额,收款账号,处理结果", *lines]).encode("gbk")
