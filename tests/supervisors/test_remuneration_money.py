"""The money of remuneration: the account goes sealed with what is owed, and the audit proves the runs."""

import pytest
from django.core.management import call_command

from core.models import Notice
from core.rendering import render
from supervisors import actions
from supervisors.actions.asking import NotYours
from supervisors.models import Payable
from tests.factories import MONDAY, AgencyFactory, office_leader, officer, supervisor

from . import money
from .remunerating import approved, computed, rule, statement
from .test_auditing import OF_REMUNERATION, broken, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def pot():
    return money.budget("remuneration")


def test_the_account_that_was_given_goes_with_what_is_owed(pot):
    rule()
    row = supervisor()
    actions.give_pay_account(row, means="bank", holder=money.HOLDER, bank="测试银行", account=money.CARD, by=row.user, at=MONDAY)
    approved()
    payer = money.finance()
    batch = money.send(money.batch_of(pot, payer), payer)
    assert batch.sent_by
    opened = actions.reveal_accounts(list(batch.payments.select_related("payable")), by=batch.sent_by, at=MONDAY)
    assert [(one.holder, one.account) for one in opened] == [(money.HOLDER, money.CARD)]


def test_an_account_given_later_goes_to_what_waits(pot):
    rule()
    row = supervisor()
    approved()
    actions.give_pay_account(row, means="cash", holder="", bank="", account="", by=row.user, at=MONDAY)
    assert Payable.objects.get().means == "cash"


def test_nobody_gives_the_account_of_another():
    row = supervisor()
    with pytest.raises(NotYours):
        actions.give_pay_account(row, means="cash", holder="", bank="", account="", by=supervisor().user, at=MONDAY)


def test_volunteers_give_no_account():
    row = supervisor(home_agency=AgencyFactory.create())
    with pytest.raises(actions.Unpaid):
        actions.give_pay_account(row, means="cash", holder="", bank="", account="", by=row.user, at=MONDAY)


def test_the_books_are_proved_with_remuneration(pot, capsys):
    rule()
    row = supervisor()
    run = computed()
    actions.adjust(statement(run, row), amount_fen=5_00, reason="补差", by=officer(), at=MONDAY)
    run.refresh_from_db()
    actions.approve_run(run, version=run.version, by=office_leader(), at=MONDAY)
    call_command("audit_ledger")
    assert "The books are proved." in capsys.readouterr().out


TAMPERINGS = [
    ("statement_sums", "UPDATE supervisors_remunerationline SET amount_fen = amount_fen + 1"),
    ("statement_sums", "DELETE FROM supervisors_remunerationadjustment"),
    ("statement_payables", "UPDATE supervisors_payable SET payee = 'supervisor:0'"),
    ("statement_payables", "UPDATE supervisors_remunerationstatement SET payable_id = NULL"),
    (
        "run_people",
        "UPDATE supervisors_remunerationadjustment SET made_by_id = (SELECT approved_by_id FROM supervisors_remunerationrun)",
    ),
    ("run_people", "UPDATE supervisors_remunerationrun SET total_fen = total_fen + 1"),
]


def test_each_truth_about_remuneration_is_tampered_with():
    assert {check for check, _statement in TAMPERINGS} == OF_REMUNERATION


@pytest.mark.parametrize(("check", "statement"), TAMPERINGS)
def test_tampering_with_remuneration_is_found(pot, check, statement):
    rule()
    supervisor()
    run = computed()
    actions.adjust(run.statements.get(), amount_fen=5_00, reason="补差", by=officer(), at=MONDAY)
    run.refresh_from_db()
    actions.approve_run(run, version=run.version, by=office_leader(), at=MONDAY)
    assert broken() == set()
    tamper(statement)
    assert check in broken()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_supervisors_are_told_that_it_was_paid_or_came_back_and_never_how_much(pot, language):
    rule()
    rows = [supervisor(), supervisor()]
    for row in rows:
        actions.give_pay_account(
            row, means="bank", holder=money.HOLDER, bank="测试银行", account=money.CARD, by=row.user, at=MONDAY
        )
    approved()
    payer = money.finance()
    batch = money.send(money.batch_of(pot, payer), payer)
    actions.note_bank_file(batch, kind="csv", by=payer, at=MONDAY)
    lines = money.answer_lines(batch)
    lines[1] |= {"处理结果": "失败", "失败原因": "户名不符"}
    money.booked(batch, money.as_csv(lines), payer)
    told = list(Notice.objects.filter(template__startswith="supervisors/"))
    names = {one.template.removeprefix("supervisors/") for one in told}
    assert names == {"remuneration_computed", "remuneration_approved", "statement_ready", "statement_paid", "statement_bounced"}
    for one in told:
        text = "".join(render(one, language))
        assert "2026" in text
        assert "620" not in text + str(one.facts)
