"""The audit: it finds nothing in sound books, and each kind of tampering in others."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from core import files
from supervisors import actions
from supervisors.auditing import checks
from supervisors.models import Budget
from tests.factories import MONDAY

from . import money
from .samples import PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def books() -> Budget:
    """A budget in which everything has happened: paid and bounced by the bank, in a draft, in cash, back again, cancelled."""
    of, by = money.budget(), money.finance()
    batch = money.sent(of, by, 3)
    lines = money.answer_lines(batch)
    lines[1] |= {"处理结果": "失败", "失败原因": "户名不符"}
    actions.note_bank_file(batch, kind="csv", by=by, at=MONDAY)
    money.booked(batch, money.as_csv(lines), by)
    for number in (11, 12):
        row = money.owed(of, 300_00, f"reward_share:{number}")
        row = actions.set_account(row, holder="", bank="", account="", means="cash", by=None, at=MONDAY)
        scan = files.examine(SimpleUploadedFile("a.png", PNG))
        actions.pay_cash(row, scan=scan, shown=True, by=by, at=MONDAY)
        if number == 12:
            asked = actions.ask_claw_back(row, reason="重复发放", by=by, at=MONDAY)
            actions.note_return(actions.decide_claw_back(asked, approve=True, by=money.leader(), at=MONDAY), by=by, at=MONDAY)
    actions.cancel_payable(money.owed(of, 100, "reward_share:20"), reason="过期未领", by=None, at=MONDAY)
    actions.cut(of, 1_00, key="cut:1", basis="测财〔2026〕2 号", by=by, at=MONDAY)
    money.send(money.batch_of(of, by), by)
    money.account_of(money.owed(of, 200, "reward_share:30"))
    money.batch_of(of, by)
    return of


def broken() -> set[str]:
    return {check.name for check, count, _found in checks.breaches() if count}


def tamper(*statements: str) -> None:
    """Change rows with every trigger and foreign key off, as somebody with the database's password could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def test_sound_books_are_proved(books):
    told = io.StringIO()
    call_command("audit_ledger", stdout=told)
    assert "The books are proved." in told.getvalue()
    assert told.getvalue().count("    ok  ") == len(checks.CHECKS)


def test_a_breach_is_named_and_fails(books):
    tamper("UPDATE supervisors_account SET balance_fen = balance_fen + 1 WHERE name = 'available'")
    told = io.StringIO()
    with pytest.raises(CommandError, match="2 breaches"):
        call_command("audit_ledger", stdout=told)
    assert "account:" in told.getvalue()


OF_REMUNERATION = {"statement_sums", "statement_payables", "run_people"}  # tampered with in test_remuneration.py
TAMPERINGS = [
    ("posting_sums", ["DELETE FROM supervisors_entry WHERE id = (SELECT max(id) FROM supervisors_entry)"]),
    (
        "posting_sums",
        ["UPDATE supervisors_entry SET amount_fen = amount_fen + 1 WHERE amount_fen > 0"],
    ),
    ("posting_sums", ["UPDATE supervisors_posting SET amount_fen = amount_fen + 1 WHERE move = 'settle'"]),
    ("posting_moves", ["UPDATE supervisors_posting SET move = 'settle' WHERE move = 'bounce'"]),
    (
        "posting_moves",
        [
            "UPDATE supervisors_entry SET account_id = (SELECT id FROM supervisors_account WHERE name = 'paid')"
            " WHERE posting_id = (SELECT id FROM supervisors_posting WHERE move = 'cut') AND amount_fen > 0"
        ],
    ),
    ("account_balances", ["UPDATE supervisors_account SET balance_fen = balance_fen + 1 WHERE name = 'available'"]),
    (
        "account_balances",
        [
            "ALTER TABLE supervisors_account DROP CONSTRAINT account_never_overdrawn",
            "UPDATE supervisors_account SET balance_fen = -5",
        ],
    ),
    ("budget_sums", ["DELETE FROM supervisors_account WHERE name = 'paid'"]),
    ("budget_sums", ["UPDATE supervisors_account SET balance_fen = 7 WHERE name = 'available'"]),
    ("payable_committed", ["UPDATE supervisors_payable SET amount_fen = amount_fen + 1 WHERE state = 'cancelled'"]),
    ("payable_committed", ["UPDATE supervisors_payable SET cause = 'reward_share:99' WHERE state = 'cancelled'"]),
    ("payable_standing", ["UPDATE supervisors_payable SET state = 'sent' WHERE state = 'owed'"]),
    (
        "payable_standing",
        ["UPDATE supervisors_payable SET state = 'clawed_back', cancel_reason = 'x' WHERE state = 'paid'"],
    ),
    ("posting_causes", ["UPDATE supervisors_posting SET cause = 'payable:0' WHERE move = 'release'"]),
    ("posting_causes", ["UPDATE supervisors_posting SET cause = 'budget:0' WHERE move = 'grant'"]),
    ("payment_postings", ["UPDATE supervisors_payment SET state = 'draft' WHERE state = 'sent'"]),
    ("payment_postings", ["DELETE FROM supervisors_payment WHERE state = 'bounced'"]),
    ("payment_postings", ["UPDATE supervisors_posting SET key = 'settle:payment:0' WHERE move = 'bounce'"]),
    ("payment_amounts", ["UPDATE supervisors_payment SET amount_fen = 1 WHERE state = 'draft'"]),
    (
        "payable_payments",
        [
            "DROP INDEX payment_one_live",
            "INSERT INTO supervisors_payment (payable_id, key, amount_fen, state, reason, batch_id) SELECT payable_id,"
            " key || '9', amount_fen, state, '', batch_id FROM supervisors_payment WHERE state = 'draft'",
        ],
    ),
    ("payable_payments", ["UPDATE supervisors_payable SET state = 'sent' WHERE state = 'owed'"]),
    ("payment_proofs", ["UPDATE supervisors_payment SET result_id = NULL, result_line = NULL WHERE result_id IS NOT NULL"]),
    (
        "payment_proofs",
        ["ALTER TABLE supervisors_payment DROP CONSTRAINT payment_bank_or_cash", "UPDATE supervisors_payment SET scan_id = NULL"],
    ),
    (
        "three_people",
        [
            "ALTER TABLE supervisors_payable DROP CONSTRAINT payable_two_people",
            "UPDATE supervisors_payable SET proposed_by_id = approved_by_id WHERE state = 'cancelled'",
        ],
    ),
    (
        "three_people",
        [
            "ALTER TABLE supervisors_payable DROP CONSTRAINT payable_three_people",
            "UPDATE supervisors_payable SET paid_by_id = approved_by_id WHERE state = 'paid'",
        ],
    ),
    (
        "three_people",
        [
            "UPDATE supervisors_posting SET posted_by_id = (SELECT approved_by_id FROM supervisors_payable p WHERE"
            " supervisors_posting.cause = 'payable:' || p.id) WHERE move = 'send'"
        ],
    ),
    ("keys", ["UPDATE supervisors_payment SET key = 'x' WHERE state = 'draft'"]),
    (
        "keys",
        [
            "ALTER TABLE supervisors_posting DROP CONSTRAINT supervisors_posting_key_key",
            "UPDATE supervisors_posting SET key = 'x' WHERE move IN ('cut', 'release')",
        ],
    ),
    ("batch_totals", ["UPDATE supervisors_batch SET amount_fen = amount_fen + 1 WHERE state = 'draft'"]),
    ("batch_totals", ["UPDATE supervisors_batch SET state = 'settled', ended_at = now() WHERE state = 'sent'"]),
    ("claw_backs", ["DELETE FROM supervisors_clawback"]),
    (
        "claw_backs",
        [
            "ALTER TABLE supervisors_clawback DROP CONSTRAINT claw_back_two_people",
            "UPDATE supervisors_clawback SET decided_by_id = asked_by_id",
        ],
    ),
]


def test_each_kind_of_tampering_is_found(books):
    unseen = []
    for name, statements in TAMPERINGS:
        assert broken() == set()
        before = transaction.savepoint()
        tamper(*statements)
        if name not in broken():
            unseen.append(statements)
        transaction.savepoint_rollback(before)
    assert unseen == []


def test_every_truth_is_tampered_with():
    assert {name for name, _statements in TAMPERINGS} | OF_REMUNERATION == {check.name for check in checks.CHECKS}
