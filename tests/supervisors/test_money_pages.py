"""The pages of the money: who gets in, what stands on them, and a batch from the first click to the last."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import Role
from core.models import Event
from supervisors import actions
from supervisors.models import BankResult, Batch, Budget, ClawBack, Payable, Posting
from tests.factories import MONDAY, UserFactory, supervisor

from . import money, remunerating
from .samples import PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Budget:
    return money.budget()


@pytest.fixture
def by(client):
    person = money.finance()
    client.force_login(person)
    return person


def url(name: str, *args: object) -> str:
    return reverse(f"supervisors:{name}", args=args)


def everything(of: Budget) -> dict[str, str]:
    """An address for every page, with rows behind them."""
    by = money.finance()
    batch = money.sent(of, by, 2)
    result = money.read(batch, money.as_csv(money.answer_lines(batch)), by)
    row = actions.set_account(
        money.owed(of, 300_00, "reward_share:11"), holder="", bank="", account="", means="cash", by=None, at=MONDAY
    )
    claw_back = ClawBack.objects.create(payable=row, reason="重复发放", asked_at=MONDAY, asked_by=by)
    money.account_of(money.owed(of, 400_00, "reward_share:12"))
    draft = money.batch_of(of, by)
    return {
        "budgets": url("budgets"),
        "budget": url("budget", of.pk),
        "budget_open": url("budget_open"),
        "budget_change": url("budget_change", of.pk),
        "payouts": url("payouts"),
        "batch": url("batch", batch.pk),
        "batch_send": url("batch_send", draft.pk),
        "batch_drop": url("batch_drop", draft.pk),
        "batch_recall": url("batch_recall", batch.pk),
        "batch_answer": url("batch_answer", batch.pk),
        "result": url("result", result.pk),
        "voucher": url("voucher", row.pk),
        "cash_pay": url("cash_pay", row.pk),
        "claw_backs": url("claw_backs"),
        "claw_back_ask": f"{url('claw_back_ask')}?voucher={row.voucher}",
        "claw_back_decide": url("claw_back_decide", claw_back.pk),
        "audit": url("audit"),
    }


BUDGETS = {"budgets", "budget"}
SEEN = {
    Role.FINANCE: BUDGETS
    | {"budget_open", "budget_change", "payouts", "batch", "batch_send", "batch_drop", "batch_recall", "batch_answer", "result"}
    | {"voucher", "cash_pay", "claw_backs", "claw_back_ask"},
    Role.OFFICE_LEADER: BUDGETS | {"claw_backs", "claw_back_decide"},
    Role.AUDIT_ADMIN: BUDGETS | {"audit"},
}


@pytest.mark.parametrize("role", Role)
def test_each_role_gets_to_its_pages_only(client, of, role):
    pages = everything(of)
    client.force_login(UserFactory.create(roles=[role]))
    found = {name for name, address in pages.items() if client.get(address).status_code == 200}
    assert found == SEEN.get(role, set())


@pytest.mark.parametrize("role", [role for role in Role if role != Role.FINANCE])
def test_finance_alone_posts(client, of, role):
    pages, before = everything(of), Posting.objects.count()
    client.force_login(UserFactory.create(roles=[role]))
    batch, result = Batch.objects.first(), BankResult.objects.first()
    assert batch is not None
    assert result is not None
    more = [url("batch_create"), url("batch_file", batch.pk), url("result_apply", result.pk), url("result_discard", result.pk)]
    posted = [pages[name] for name in SEEN[Role.FINANCE] - BUDGETS - {"claw_backs", "voucher", "payouts", "batch", "result"}]
    assert {client.post(address).status_code for address in [*posted, *more]} == {404}
    assert Posting.objects.count() == before


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_speak_both_languages(client, of, language):
    pages = everything(of)
    for role in SEEN:
        client.force_login(UserFactory.create(roles=[role]))
        client.cookies["django_language"] = language
        for name in SEEN[role]:
            assert client.get(pages[name]).status_code == 200


def test_no_page_of_finance_or_audit_tells_whose_it_is(client, of):
    pages = everything(of)
    for role in (Role.FINANCE, Role.AUDIT_ADMIN):
        client.force_login(UserFactory.create(roles=[role]))
        for name in SEEN[role]:
            text = client.get(pages[name]).content.decode()
            assert "complaint:1" not in text, name
            assert money.HOLDER not in text, name
            assert money.CARD not in text, name


def test_a_batch_from_the_first_click_to_the_last(client, of, by):
    money.ready(of, 3)
    made = client.post(f"{url('batch_create')}?budget={of.pk}", {"everything": "1"})
    batch = Batch.objects.get()
    assert made.headers["Location"] == url("batch", batch.pk)
    assert "壹仟伍佰零叁元整" in client.get(url("batch", batch.pk)).content.decode()
    client.post(url("batch_send", batch.pk))
    batch.refresh_from_db()
    assert batch.state == "sent"
    lines = money.answer_lines(batch)
    client.post(url("batch_answer", batch.pk), {"file": SimpleUploadedFile("r.csv", money.as_csv(lines))})
    result = BankResult.objects.get()
    assert (result.state, result.settled) == ("read", 3)
    client.post(url("result_apply", result.pk))
    batch.refresh_from_db()
    assert batch.state == "settled"


def test_only_what_is_ticked_goes_into_the_batch(client, of, by):
    rows = money.ready(of, 3)
    client.post(f"{url('batch_create')}?budget={of.pk}", {"chosen": [rows[0].pk, rows[2].pk]})
    assert Batch.objects.get().payments_count == 2


@pytest.mark.parametrize("chosen", [[], ["x"], ["-1"], ["9" * 30], ["999999"]])
def test_a_batch_of_nothing_is_refused_beside_the_button(client, of, by, chosen):
    money.ready(of, 1)
    answer = client.post(f"{url('batch_create')}?budget={of.pk}", {"chosen": chosen})
    assert answer.context["form"].errors
    assert not Batch.objects.exists()


def read_file(response, kind: str) -> list[list[str]]:
    content = b"".join(response.streaming_content)
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_for_the_bank_names_amounts_and_accounts(client, of, by, kind):
    batch = money.sent(of, by, 2)
    rows = read_file(client.post(url("batch_file", batch.pk), {"format": kind}), kind)
    first = Payable.objects.order_by("pk")[0]
    assert rows[0] == money.layout_headings()
    assert rows[1][:7] == ["1", first.voucher, "500.00", "伍佰元整", money.HOLDER, "测试银行城关支行", money.CARD]
    assert len(rows) == 3


def test_each_file_opens_each_account_with_an_event(client, of, by):
    batch = money.sent(of, by, 2)
    for times in (1, 2):
        read_file(client.post(url("batch_file", batch.pk), {"format": "csv"}), "csv")
        assert Event.objects.filter(type="vault.revealed", actor=f"user:{by.pk}").count() == 2 * times
    opened = Event.objects.filter(type="vault.revealed")
    assert {event.facts["voucher"] for event in opened} == set(Payable.objects.values_list("voucher", flat=True))
    assert Event.objects.filter(type="batch.file_made").count() == 2


def test_a_name_that_a_sheet_would_run_stays_text(client, of, by):
    money.account_of(money.owed(of), holder="=1+1丁")
    batch = money.send(money.batch_of(of, by), by)
    assert read_file(client.post(url("batch_file", batch.pk), {"format": "csv"}), "csv")[1][4] == "'=1+1丁"
    content = b"".join(client.post(url("batch_file", batch.pk), {"format": "xlsx"}).streaming_content)
    cells = [cell for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}


def test_a_draft_has_no_file_to_take(client, of, by):
    money.ready(of, 1)
    assert client.post(url("batch_file", money.batch_of(of, by).pk)).status_code == 404


def test_cash_needs_the_scan(client, of, by):
    row = actions.set_account(money.owed(of), holder="", bank="", account="", means="cash", by=None, at=MONDAY)
    assert client.post(url("cash_pay", row.pk), {"shown": "on"}).context["form"].errors.keys() == {"scan"}
    scan = SimpleUploadedFile("签收.png", PNG)
    assert client.post(url("cash_pay", row.pk), {"shown": "on", "scan": scan}).status_code == 302
    row.refresh_from_db()
    assert row.state == "paid"


def test_a_grant_sent_twice_is_booked_once(client, of, by):
    token = client.get(url("budget_change", of.pk)).context["form"].initial["token"]
    given = {"token": token, "move": "grant", "amount_fen": "1,000.50", "basis": "测财〔2026〕3 号", "dated": "2026-03-01"}
    for _time in range(2):
        assert client.post(url("budget_change", of.pk), given).status_code == 302
    assert money.balances(of)["granted"] == -money.GRANTED - 1_000_50
    assert Posting.objects.get(note__contains="3 号").note == "测财〔2026〕3 号（2026-03-01）"


@pytest.mark.parametrize("amount", ["-5", "0", "1.005", "", "五百", "999999999999"])
def test_a_wrong_amount_is_said_beside_its_field(client, of, by, amount):
    given = {"kind": "remuneration", "year": 2026, "amount_fen": amount, "basis": "测财〔2026〕3 号"}
    assert client.post(url("budget_open"), given).context["form"].errors.keys() == {"amount_fen"}


def test_a_budget_is_opened_once_a_year(client, of, by):
    given = {"kind": "rewards", "year": 2026, "amount_fen": "5", "basis": "测财〔2026〕3 号"}
    assert client.post(url("budget_open"), given).context["form"].errors.keys() == {"year"}


def test_a_cut_beyond_what_is_left_is_said_beside_the_amount(client, of, by):
    given = {"token": "0" * 32, "move": "cut", "amount_fen": "100000.01", "basis": "测财〔2026〕3 号", "dated": "2026-03-01"}
    assert client.post(url("budget_change", of.pk), given).context["form"].errors.keys() == {"amount_fen"}


def test_money_is_asked_back_decided_and_noted(client, of, by):
    row = actions.set_account(money.owed(of), holder="", bank="", account="", means="cash", by=None, at=MONDAY)
    client.post(url("cash_pay", row.pk), {"shown": "on", "scan": SimpleUploadedFile("a.png", PNG)})
    client.post(f"{url('claw_back_ask')}?voucher={row.voucher}", {"reason": "重复发放"})
    asked = ClawBack.objects.get()
    client.force_login(money.leader())
    client.post(url("claw_back_decide", asked.pk), {"decision": "yes"})
    client.force_login(by)
    client.post(url("claw_back_returned", asked.pk))
    row.refresh_from_db()
    assert row.state == "clawed_back"


def test_the_auditor_follows_each_line_to_its_proof(client, of):
    by = money.finance()
    batch = money.sent(of, by, 2)
    result = money.booked(batch, money.as_csv(money.answer_lines(batch)), by)
    client.force_login(UserFactory.create(roles=[Role.AUDIT_ADMIN]))
    content = b"".join(client.post(f"{url('audit_file')}?budget={of.pk}").streaming_content)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == Posting.objects.count() + 1
    assert len([row for row in rows if result.sha256[:12] in row[10]]) == 2
    assert Event.objects.filter(type="ledger.exported").exists()
    assert "complaint:1" not in content.decode()


@pytest.mark.parametrize("name", ["payouts", "batch", "budget", "budgets", "claw_backs"])
def test_lists_ask_the_same_however_long_they_are(client, of, by, name):
    asked = []
    money.sent(of, by, 1)
    for number in (1, 8):
        people = UserFactory.create_batch(2)
        for one in range(number):
            money.account_of(money.owed(of, 100 + one, f"reward_share:{number}-{one}", people))
        batch = money.send(money.batch_of(of, by), by)
        with CaptureQueriesContext(connection) as queries:
            client.get({"batch": url("batch", batch.pk), "budget": url("budget", of.pk)}.get(name) or url(name))
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 20


def test_while_a_worker_is_at_it_the_page_looks_again(client, of, by, monkeypatch):
    monkeypatch.setattr("supervisors.actions.batching.AT_ONCE", 1)
    monkeypatch.setattr("supervisors.tasks.book_batch.delay", lambda **ids: None)
    money.ready(of, 3)
    batch = money.batch_of(of, by)
    client.post(url("batch_send", batch.pk))
    page = client.get(url("batch", batch.pk))
    assert page.headers["Refresh"] == "3"
    assert (page.context["booked"], page.context["left"]) == (1, 2)


@pytest.mark.parametrize("nasty", ["\0", "9" * 40, "-1", "²", "\u202e", "'\"<script>", "%"])
def test_whatever_stands_in_the_address_the_lists_answer(client, of, by, nasty):
    for name in ("payouts", "claw_backs", "budgets"):
        for parameter in ("budget", "before", "voucher"):
            assert client.get(url(name), {parameter: nasty}).status_code == 200
    assert client.get(url("budget", of.pk), {"before": nasty}).status_code == 200


@pytest.mark.parametrize("look", ["ready", "waiting", "cash"])
def test_a_long_list_of_amounts_can_be_leafed_through(client, by, look, monkeypatch):
    of = money.budget()
    monkeypatch.setattr("supervisors.payouts.reading.SHOWN", 2)
    for row in money.ready(of, 5):
        Payable.objects.filter(pk=row.pk).update(means={"ready": "bank", "cash": "cash", "waiting": ""}[look])
    desk = client.get(url("payouts"))
    assert url("amounts", look) in desk.content.decode()
    found, address = [], f"{url('amounts', look)}?budget={of.pk}"
    while address:
        page = client.get(address).context["page"]
        found += [row.pk for row in page.rows]
        address = f"{url('amounts', look)}?budget={of.pk}&before={page.earlier}" if page.earlier else ""
    assert len(set(found)) == len(found) == 5


def test_lists_of_amounts_are_for_finance(client):
    of = money.budget()
    client.force_login(money.leader())
    assert client.get(url("amounts", "ready"), {"budget": of.pk}).status_code == 404


def test_the_audit_leads_back_to_the_month_of_a_statement(client):
    money.budget("remuneration")
    remunerating.rule()
    supervisor()
    remunerating.approved()
    client.force_login(UserFactory.create(roles=[Role.AUDIT_ADMIN]))
    assert "2026 年 8 月报酬" in client.get(url("audit")).content.decode()
    exported = b"".join(client.post(url("audit_file")).streaming_content).decode()
    assert "2026 年 8 月报酬" in exported
