"""The ledger: every move once, never more than there is, and nothing that the database would let somebody change."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from supervisors import actions
from supervisors.ledger.moves import MOVES, AccountName, Move
from supervisors.models import Account, Budget, Entry, Payable, Posting
from tests.factories import MONDAY, UserFactory

GRANTED = 100_000


def budget(kind: str = "rewards", *, granted: int = GRANTED) -> Budget:
    return actions.open_budget(kind, 2026, basis="测财〔2026〕1号", amount_fen=granted, by=UserFactory.create(), at=MONDAY)


def balances(of: Budget) -> dict[str, int]:
    return dict(Account.objects.filter(budget=of).values_list("name", "balance_fen"))


def commit(of: Budget, amount: int, key: str = "commit:a", by=None) -> Posting:
    return actions.post(of, Move.COMMIT, amount, key=key, cause="payable:1", by=by or UserFactory.create(), at=MONDAY)


def owed(of: Budget, amount: int = 50_000, cause: str = "reward_share:1") -> Payable:
    people = UserFactory.create_batch(2)
    return actions.owe(of, amount, cause=cause, payee="complaint:1", proposed_by=people[0], approved_by=people[1], at=MONDAY)


@pytest.mark.django_db
def test_a_budget_begins_with_what_was_granted():
    assert balances(budget()) == {"granted": -GRANTED, "available": GRANTED, "committed": 0, "sent": 0, "paid": 0}


@pytest.mark.django_db
@pytest.mark.parametrize("move", [move for move in Move if move not in {Move.GRANT, Move.CUT, Move.COMMIT}])
def test_a_move_takes_from_one_account_what_it_gives_to_the_other(move):
    of = budget()
    path = {"committed": [Move.COMMIT], "sent": [Move.COMMIT, Move.SEND], "paid": [Move.COMMIT, Move.SEND, Move.SETTLE]}
    by = UserFactory.create()
    for step in path[MOVES[move][0]]:
        actions.post(of, step, 300, key=step, cause="payable:1", by=by, at=MONDAY)
    before = balances(of)
    actions.post(of, move, 200, key="the move", cause="payable:1", by=by, at=MONDAY)
    moved = {name: balance - before[name] for name, balance in balances(of).items() if balance != before[name]}
    assert moved == {MOVES[move][0]: -200, MOVES[move][1]: 200}
    assert sum(balances(of).values()) == 0


@pytest.mark.django_db
def test_a_move_comes_once_for_its_key():
    of, by = budget(), UserFactory.create()
    first = commit(of, 500, by=by)
    assert commit(of, 500, by=by) == first
    assert balances(of)["committed"] == 500


@pytest.mark.django_db
def test_a_key_is_not_used_for_something_else():
    of = budget()
    commit(of, 500)
    with pytest.raises(actions.KeyUsed):
        commit(of, 501)


@pytest.mark.django_db
def test_no_more_is_committed_than_there_is():
    of = budget(granted=999)
    with pytest.raises(actions.BudgetExhausted):
        commit(of, 1_000)
    assert balances(of)["committed"] == 0
    assert not Posting.objects.filter(move=Move.COMMIT).exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_cannot_spend_the_same_money():
    of, by = budget(granted=1_000), UserFactory.create()

    def spend(key: str) -> bool:
        try:
            commit(of, 700, key=key, by=by)
        except actions.BudgetExhausted:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(spend, ["a", "b", "c", "d"]))
    assert sorted(done) == [False, False, False, True]
    assert balances(of)["available"] == 300


@pytest.mark.django_db(transaction=True)
def test_the_same_move_at_once_is_made_once():
    of, by = budget(), UserFactory.create()

    def spend(_number: int) -> int:
        try:
            return commit(of, 700, by=by).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(spend, range(8)))) == 1
    assert balances(of)["committed"] == 700


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE supervisors_posting SET amount_fen = 1",
        "DELETE FROM supervisors_entry",
        "UPDATE supervisors_entry SET amount_fen = amount_fen + 1",
        "UPDATE supervisors_account SET balance_fen = 5 WHERE name = 'paid'",
        "DELETE FROM supervisors_account",
    ],
)
def test_nobody_changes_the_ledger_behind_its_back(statement):
    commit(budget(), 500)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["supervisors_posting", "supervisors_entry"])
def test_the_ledger_is_never_emptied(table):
    commit(budget(), 500)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_never_emptied")
    try:
        with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_never_emptied")


@transaction.atomic
def crooked(of: Budget, sides: list[tuple[Account, int]]) -> None:
    """A posting of 500 whose entries somebody has made up."""
    posting = Posting.objects.create(
        budget=of, move=Move.COMMIT, amount_fen=500, key="crooked", cause="payable:1", posted_at=MONDAY, posted_by=of.opened_by
    )
    for account, amount in sides:
        Entry.objects.create(posting=posting, account=account, amount_fen=amount)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("amounts", [[], [-500], [-500, 400], [-400, 400]])
def test_a_posting_that_does_not_balance_is_not_kept(amounts):
    of = budget()
    accounts = Account.objects.filter(budget=of, name__in=[AccountName.AVAILABLE, AccountName.COMMITTED]).order_by("name")
    with pytest.raises(IntegrityError, match="does not balance"):
        crooked(of, list(zip(accounts, amounts, strict=False)))


@pytest.mark.django_db
def test_money_never_moves_between_the_budgets():
    of, other = budget(), budget("remuneration")
    with pytest.raises(IntegrityError, match="another budget"):
        crooked(of, [(other.accounts.get(name="available"), 500)])


@pytest.mark.django_db
def test_what_is_owed_is_committed_once():
    of = budget()
    payable = owed(of)
    assert owed(of) == payable
    assert balances(of)["committed"] == 50_000
    assert "1" not in payable.voucher.split("-", 1)[1]


@pytest.mark.django_db
def test_what_the_budget_does_not_hold_is_not_owed():
    with pytest.raises(actions.BudgetExhausted), transaction.atomic():
        owed(budget(granted=10))
    assert not Payable.objects.exists()


@pytest.mark.django_db
def test_who_proposes_does_not_approve():
    of, person = budget(), UserFactory.create()
    with pytest.raises(IntegrityError, match="payable_two_people"), transaction.atomic():
        actions.owe(of, 5, cause="reward_share:1", payee="complaint:1", proposed_by=person, approved_by=person, at=MONDAY)


@pytest.mark.django_db
@pytest.mark.parametrize("payer", ["proposed_by", "approved_by"])
def test_who_proposed_or_approved_does_not_pay(payer):
    row = owed(budget())
    with pytest.raises(IntegrityError, match="payable_three_people"), transaction.atomic():
        Payable.objects.filter(pk=row.pk).update(state="paid", paid_at=MONDAY, paid_by=getattr(row, payer))


@pytest.mark.django_db
def test_a_cancelled_amount_goes_back_to_the_budget():
    of = budget()
    actions.cancel_payable(owed(of), reason="过期未领", by=None, at=MONDAY)
    assert balances(of) == {"granted": -GRANTED, "available": GRANTED, "committed": 0, "sent": 0, "paid": 0}


@pytest.mark.django_db
def test_nothing_is_cancelled_twice():
    row = owed(budget())
    actions.cancel_payable(row, reason="过期未领", by=None, at=MONDAY)
    with pytest.raises(actions.NotOwed):
        actions.cancel_payable(row, reason="过期未领", by=None, at=MONDAY)
