"""Batches: made once, sent once, by people who may, and only of what is ready."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from accounts.roles import Role
from core.models import Event
from supervisors import actions
from supervisors.models import Batch, Payable, Payment, Posting
from supervisors.refusals import Refused
from supervisors.workflow import BATCH_TRANSITIONS, PAYMENT_TRANSITIONS, BatchState, PaymentState, TransitionNotAllowed, target_of
from tests.factories import MONDAY, UserFactory

from . import money

pytestmark = pytest.mark.django_db

BATCH_WAYS = {
    ("draft", "drop"): "dropped",
    ("draft", "send"): "sending",
    ("sending", "booked"): "sent",
    ("sent", "settle"): "settled",
    ("sent", "recall"): "settled",
}
PAYMENT_WAYS = {
    ("draft", "drop"): "dropped",
    ("draft", "send"): "sent",
    ("sent", "settle"): "settled",
    ("sent", "bounce"): "bounced",
}


@pytest.mark.parametrize(
    ("table", "states", "ways"),
    [(BATCH_TRANSITIONS, BatchState, BATCH_WAYS), (PAYMENT_TRANSITIONS, PaymentState, PAYMENT_WAYS)],
)
def test_states_go_the_ways_of_the_table_only(table, states, ways):
    found = {}
    for state in states:
        for move in table:
            try:
                found[state.value, move.name] = target_of(table, move.name, state)
            except TransitionNotAllowed:
                continue
    assert found == ways


def test_all_ready_amounts_go_into_a_batch():
    of = money.budget()
    rows = money.ready(of, 3)
    batch = money.batch_of(of)
    assert set(batch.payments.values_list("payable_id", flat=True)) == {row.pk for row in rows}
    assert batch.amount_fen == sum(row.amount_fen for row in rows)
    assert set(batch.payments.values_list("key", flat=True)) == {f"{row.voucher}/1" for row in rows}


def test_an_amount_without_account_is_not_ready():
    of = money.budget()
    bare = money.owed(of)
    with pytest.raises(actions.NothingReady):
        money.batch_of(of)
    assert list(Payable.objects.not_ready()) == [bare]


def test_amounts_of_another_budget_do_not_get_into_a_batch():
    of, other = money.budget(), money.budget("remuneration")
    row = money.ready(other, 1)[0]
    with pytest.raises(actions.NothingReady):
        money.batch_of(of, chosen=[row.pk])


def test_a_chosen_amount_that_is_gone_stops_the_batch():
    of = money.budget()
    rows = money.ready(of, 2)
    money.batch_of(of, chosen=[rows[0].pk])
    with pytest.raises(actions.NotReady):
        money.batch_of(of, chosen=[row.pk for row in rows])
    assert Batch.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.FINANCE])
def test_finance_alone_makes_batches(role):
    of = money.budget()
    money.ready(of, 1)
    with pytest.raises(actions.NotYours):
        money.batch_of(of, UserFactory.create(roles=[role]))


def test_who_proposed_or_approved_cannot_pay():
    of, people = money.budget(), [money.finance(), money.finance()]
    money.account_of(money.owed(of, people=people))
    for person in people:
        with pytest.raises(actions.NothingReady):
            money.batch_of(of, person)
    batch = money.batch_of(of)
    for person in people:
        with pytest.raises(actions.Under):
            actions.send_batch(batch, by=person, at=MONDAY)


def test_sending_books_every_amount_once():
    of, by = money.budget(), money.finance()
    batch = money.sent(of, by)
    assert batch.state == BatchState.SENT
    assert money.balances(of)["sent"] == batch.amount_fen
    assert Posting.objects.filter(move="send").count() == 3
    assert set(Payable.objects.values_list("state", flat=True)) == {"sent"}
    assert not actions.book_batch(batch.pk, at=MONDAY)


def test_sending_goes_on_in_pieces(monkeypatch):
    monkeypatch.setattr("supervisors.actions.batching.AT_ONCE", 2)
    of, by = money.budget(), money.finance()
    money.ready(of, 5)
    batch = money.batch_of(of, by)
    actions.send_batch(batch, by=by, at=MONDAY)
    assert [actions.book_batch(batch.pk, at=MONDAY) for _piece in range(3)] == [True, True, False]
    batch.refresh_from_db()
    assert batch.state == BatchState.SENT


def test_a_batch_is_sent_once():
    of, by = money.budget(), money.finance()
    batch = money.sent(of, by)
    with pytest.raises(TransitionNotAllowed):
        actions.send_batch(batch, by=by, at=MONDAY)


def test_a_dropped_batch_gives_its_amounts_back():
    of, by = money.budget(), money.finance()
    rows = money.ready(of, 2)
    actions.drop_batch(money.batch_of(of, by), by=by, at=MONDAY)
    again = money.batch_of(of, by)
    assert set(again.payments.values_list("key", flat=True)) == {f"{row.voucher}/2" for row in rows}


def test_a_batch_without_file_is_taken_back():
    of, by = money.budget(), money.finance()
    batch = actions.recall_batch(money.sent(of, by), reason="银行当日停业", by=by, at=MONDAY)
    assert batch.state == BatchState.SETTLED
    assert money.balances(of)["sent"] == 0
    assert Payable.objects.payable_by_bank().count() == 3


def test_a_batch_whose_file_is_out_is_not_taken_back():
    of, by = money.budget(), money.finance()
    batch = money.sent(of, by)
    actions.note_bank_file(batch, kind="csv", by=by, at=MONDAY)
    with pytest.raises(actions.NotReady):
        actions.recall_batch(batch, reason="银行当日停业", by=by, at=MONDAY)


def test_a_draft_has_no_file():
    of, by = money.budget(), money.finance()
    money.ready(of, 1)
    with pytest.raises(actions.NotReady):
        actions.note_bank_file(money.batch_of(of, by), kind="csv", by=by, at=MONDAY)


def test_an_amount_in_a_batch_is_neither_cancelled_nor_redirected():
    of = money.budget()
    row = money.ready(of, 1)[0]
    money.batch_of(of)
    with pytest.raises(actions.NotOwed):
        actions.cancel_payable(row, reason="过期未领", by=None, at=MONDAY)
    with pytest.raises(actions.NotOwed):
        money.account_of(row, "123456789")


def test_a_cut_leaves_what_is_committed():
    of, by = money.budget(granted=1_000_00), money.finance()
    money.ready(of, 1, amount=900_00)
    with pytest.raises(actions.BudgetExhausted):
        actions.cut(of, 200_00, key="cut:1", basis="测财〔2026〕2 号", by=by, at=MONDAY)
    actions.cut(of, 100_00, key="cut:2", basis="测财〔2026〕2 号", by=by, at=MONDAY)
    assert money.send(money.batch_of(of, by), by).state == BatchState.SENT


@pytest.mark.parametrize("amount", [49_999, 50_001, 1])
def test_the_database_wants_the_amount_owed(amount):
    row = money.ready(money.budget(), 1, amount=50_000)[0]
    batch = money.batch_of(row.budget)
    batch.payments.update(state="dropped", done_at=MONDAY)
    with pytest.raises(IntegrityError, match="amount owed"), transaction.atomic():
        Payment.objects.create(batch=batch, payable=row, amount_fen=amount, key="x/9")


def test_the_database_knows_one_live_payment_an_amount():
    row = money.ready(money.budget(), 1)[0]
    batch = money.batch_of(row.budget)
    with pytest.raises(IntegrityError, match="payment_one_live"), transaction.atomic():
        Payment.objects.create(batch=batch, payable=row, amount_fen=row.amount_fen, key="x/9")


@pytest.mark.parametrize("change", [{"amount_fen": 1}, {"voucher": "26J-2222-2222"}, {"payee": "complaint:9"}])
def test_what_is_owed_stays_what_it_is(change):
    row = money.ready(money.budget(), 1)[0]
    with pytest.raises(IntegrityError, match="stays what it is"), transaction.atomic():
        Payable.objects.filter(pk=row.pk).update(**change)


def test_a_payment_does_not_go_back():
    batch = money.sent(money.budget(), money.finance(), 1)
    with pytest.raises(IntegrityError, match="does not go from sent to draft"), transaction.atomic():
        batch.payments.update(state="draft")


@pytest.mark.django_db(transaction=True)
def test_two_officers_make_one_batch():
    of, people = money.budget(), [money.finance() for _one in range(4)]
    money.ready(of, 5)

    def make(person):
        try:
            return money.batch_of(of, person).pk
        except Refused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        made = list(filter(None, pool.map(make, people)))
    assert len(made) == 1
    assert Payment.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_two_officers_send_one_batch_once():
    of, people = money.budget(), [money.finance() for _one in range(3)]
    money.ready(of, 3)
    batch = money.batch_of(of)

    def go(person):
        try:
            money.send(Batch.objects.get(pk=batch.pk), person)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(go, people)) == [False, False, True]
    assert Posting.objects.filter(move="send").count() == 3


@pytest.mark.django_db(transaction=True)
def test_sending_and_dropping_at_once_does_one_of_them():
    of, by = money.budget(), money.finance()
    money.ready(of, 2)
    batch = money.batch_of(of)

    def act(action):
        try:
            action(Batch.objects.get(pk=batch.pk), by=by, at=MONDAY)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(act, [actions.send_batch, actions.drop_batch])) == [False, True]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("account", {"account": "12345"}),
        ("account", {"account": "=HYPERLINK(1)"}),
        ("account", {"account": "6222x21001116245702"}),
        ("holder", {"holder": " "}),
        ("bank", {"bank": "行" * 101}),
    ],
)
def test_what_is_no_account_is_not_taken(field, values):
    row = money.owed(money.budget())
    given = {"holder": money.HOLDER, "bank": "测试银行", "account": money.CARD, "means": "bank"} | values
    with pytest.raises(actions.AccountRefused) as refusal:
        actions.set_account(row, **given, by=None, at=MONDAY)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("number", "doubtful"),
    [
        ("6222 0210 0111 6245 702", False),
        ("6222021001116245703", True),
        ("1012345678", False),
        ("６２２２０２１００１１１６２４５７０３", True),
    ],
)
def test_a_card_with_a_wrong_digit_is_doubted(number, doubtful):
    assert actions.looks_mistyped(number) is doubtful


def test_an_account_is_sealed_and_named_by_no_event():
    row = money.account_of(money.owed(money.budget()))
    assert money.CARD.encode() not in bytes(row.account_sealed or b"")
    told = Event.objects.filter(~Q(type="budget.opened")).values_list("facts", flat=True)
    assert not any(money.CARD in str(facts) or money.HOLDER in str(facts) for facts in told)


def test_cash_needs_no_account():
    row = money.account_of(money.owed(money.budget()))
    row = actions.set_account(row, holder="", bank="", account="", means="cash", by=None, at=MONDAY)
    assert row.account_sealed is None
    assert list(Payable.objects.payable_in_cash()) == [row]
