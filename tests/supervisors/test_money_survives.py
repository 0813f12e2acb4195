"""Whatever is killed when, and whoever does what at once: the books balance, nobody is paid twice, nobody is forgotten."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from hypothesis import HealthCheck, settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from accounts.models import User
from core import files
from supervisors import actions
from supervisors.auditing import checks
from supervisors.models import BankResult, Batch, Budget, ClawBack, Payable, Payment, Posting
from supervisors.refusals import Refused
from supervisors.workflow import BatchState, PaymentState
from tests.factories import MONDAY, UserFactory

from . import money
from .samples import PNG


class Killed(Exception):
    """The process died here."""


class KillAt:
    """Dies at the n-th statement, before it reaches the database; what a dying connection rolls back is not counted."""

    def __init__(self, n: int) -> None:
        self.left, self.has_killed = n, False

    def __call__(self, execute, sql, params, many, context):
        if not self.has_killed:
            self.left -= 1
            if not self.left:
                self.has_killed = True
                raise Killed(sql)
        return execute(sql, params, many, context)


def pay_all(of: Budget, by: User) -> None:
    """Everything from the batch to the bank's answer, going on from wherever it was left."""
    batch = Batch.objects.filter(budget=of).first() or money.batch_of(of, by)
    if batch.state == BatchState.DRAFT:
        actions.send_batch(batch, by=by, at=MONDAY)
    while actions.book_batch(batch.pk, at=MONDAY):
        pass
    lines = money.answer_lines(batch)
    lines[0] |= {"处理结果": "失败", "失败原因": "户名不符"}
    result = actions.add_result(batch, money.as_csv(lines), by=by, at=money.LATER)
    actions.read_result(result.pk, at=money.LATER)
    actions.apply_result(result, by=by, at=money.LATER)
    actions.book_result(result.pk, at=money.LATER)


def broken() -> dict[str, list[str]]:
    return {check.name: [f"{one.subject} {one.how}" for one in found] for check, count, found in checks.breaches() if count}


@pytest.mark.django_db(transaction=True)
def test_a_payout_killed_at_any_statement_is_finished_by_the_next(monkeypatch):
    monkeypatch.setattr("supervisors.actions.batching.AT_ONCE", 2)
    monkeypatch.setattr("supervisors.actions.results.AT_ONCE", 2)
    by, people, statement = money.finance(), UserFactory.create_batch(2), 0
    while True:
        statement += 1
        of = actions.open_budget("rewards", 2000 + statement, basis="测", amount_fen=9_000, by=by, at=MONDAY)
        for number in range(3):
            money.account_of(money.owed(of, 1_000 + number, f"reward_share:{statement}-{number}", people))
        killer = KillAt(statement)
        try:
            with connection.execute_wrapper(killer):
                pay_all(of, by)
        except Killed:
            pay_all(of, by)
        assert Counter(Payable.objects.filter(budget=of).values_list("state", flat=True)) == {"paid": 2, "owed": 1}, statement
        assert Payment.objects.filter(payable__budget=of).count() == 3
        assert money.balances(of) == {"granted": -9_000, "available": 5_997, "committed": 1_000, "sent": 0, "paid": 2_003}
        if not killer.has_killed:
            break
    assert statement > 60  # the drill reached the end of a payout of that many statements
    assert broken() == {}


class Money(RuleBasedStateMachine):
    """People of finance, leaders, payees and a bank, each doing what they please, some at the same moment."""

    years = iter(range(2000, 30_000))

    def __init__(self) -> None:
        super().__init__()
        self.payers = [money.finance(), money.finance()]
        self.people = UserFactory.create_batch(2)
        self.leader = money.leader()
        self.granted = 20_000
        year = next(self.years)
        self.budget = actions.open_budget("rewards", year, basis="测", amount_fen=self.granted, by=self.payers[0], at=MONDAY)
        self.owed = 0

    def rows(self, state: str) -> list[Payable]:
        return list(Payable.objects.filter(budget=self.budget, state=state).order_by("pk"))

    def batches(self, state: str) -> list[Batch]:
        return list(Batch.objects.filter(budget=self.budget, state=state).order_by("pk"))

    @staticmethod
    def attempt(act) -> bool:
        """Refusals are part of the play; anything else is a fault."""
        try:
            act()
        except Refused:
            return False
        return True

    def at_once(self, *acts) -> list[bool]:
        def one(act):
            try:
                return self.attempt(act)
            finally:
                connection.close()

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(one, acts))

    @rule(amount=strategies.integers(1, 6_000), means=strategies.sampled_from(["bank", "bank", "cash", ""]))
    def something_is_owed(self, amount, means):
        self.owed += 1
        cause = f"reward_share:{self.budget.pk}-{self.owed}"
        try:
            row = money.owed(self.budget, amount, cause, self.people)
        except actions.BudgetExhausted:
            return
        if means:
            actions.set_account(row, holder="丁", bank="行", account=money.CARD, means=means, by=None, at=MONDAY)

    @precondition(lambda self: self.rows("owed"))
    @rule(pick=strategies.integers(0, 9))
    def an_amount_is_cancelled_while_a_batch_is_made(self, pick):
        rows = self.rows("owed")
        row = rows[pick % len(rows)]
        self.at_once(
            lambda: actions.cancel_payable(row, reason="过期未领", by=None, at=MONDAY),
            lambda: money.batch_of(self.budget, self.payers[0]),
        )

    @rule()
    def two_make_a_batch(self):
        made = self.at_once(*(lambda person=person: money.batch_of(self.budget, person) for person in self.payers))
        assert sum(made) <= 1

    @precondition(lambda self: self.batches("draft"))
    @rule()
    def one_sends_what_the_other_drops(self):
        batch = self.batches("draft")[0]
        done = self.at_once(
            lambda: actions.send_batch(batch, by=self.payers[0], at=MONDAY),
            lambda: actions.drop_batch(batch, by=self.payers[1], at=MONDAY),
        )
        assert sum(done) == 1

    @precondition(lambda self: self.batches("draft"))
    @rule()
    def a_batch_is_sent(self):
        actions.send_batch(self.batches("draft")[0], by=self.payers[0], at=MONDAY)

    @precondition(lambda self: self.batches("sending"))
    @rule()
    def two_workers_book_a_batch(self):
        pk = self.batches("sending")[0].pk
        self.at_once(*[lambda: actions.book_batch(pk, at=MONDAY)] * 2)

    @precondition(lambda self: self.batches("sent"))
    @rule(words=strategies.lists(strategies.sampled_from(["成功", "失败", "处理中"]), min_size=1, max_size=4))
    def the_bank_answers_and_two_book_it(self, words):
        batch, by = self.batches("sent")[0], self.payers[1]
        lines = money.answer_lines(batch)
        for number, line in enumerate(lines):
            line["处理结果"] = words[number % len(words)]
        result = money.read(batch, money.as_csv(lines), by)
        actions.apply_result(result, by=by, at=money.LATER)
        self.at_once(*[lambda: actions.book_result(result.pk, at=money.LATER)] * 2)
        assert BankResult.objects.get(pk=result.pk).state == BankResult.State.APPLIED

    @precondition(lambda self: Payable.objects.filter(budget=self.budget).payable_in_cash().exists())
    @rule()
    def two_hand_out_the_same_cash(self):
        row = Payable.objects.filter(budget=self.budget).payable_in_cash()[0]
        done = self.at_once(
            *(
                lambda person=person: actions.pay_cash(row, scan=scan(), shown=True, by=person, at=MONDAY)
                for person in self.payers
            )
        )
        assert sum(done) == 1

    @precondition(lambda self: self.rows("paid"))
    @rule()
    def money_comes_back(self):
        row, (one, other) = self.rows("paid")[0], self.payers
        asked = self.at_once(
            lambda: actions.ask_claw_back(row, reason="重复发放", by=one, at=MONDAY),
            lambda: actions.ask_claw_back(row, reason="重复发放", by=other, at=MONDAY),
        )
        assert sum(asked) == 1
        claw_back = ClawBack.objects.get(payable=row)
        actions.decide_claw_back(claw_back, approve=True, by=self.leader, at=MONDAY)
        done = self.at_once(*[lambda: actions.note_return(claw_back, by=one, at=MONDAY)] * 2)
        assert sum(done) == 1

    @rule(amount=strategies.integers(1, 9_000))
    def the_budget_is_cut(self, amount):
        key = f"cut:{uuid4()}"
        if self.attempt(lambda: actions.cut(self.budget, amount, key=key, basis="测", by=self.payers[0], at=MONDAY)):
            self.granted -= amount

    @invariant()
    def the_books_say_what_has_happened(self):
        by_state: Counter[str] = Counter()
        for state, amount in Payable.objects.filter(budget=self.budget).values_list("state", "amount_fen"):
            by_state[state] += amount
        promised = by_state["owed"] + by_state["sent"] + by_state["paid"]
        assert money.balances(self.budget) == {
            "granted": -self.granted,
            "available": self.granted - promised,
            "committed": by_state["owed"],
            "sent": by_state["sent"],
            "paid": by_state["paid"],
        }

    @invariant()
    def nobody_is_paid_twice(self):
        live = Payment.objects.filter(payable__budget=self.budget, state=PaymentState.SETTLED).values_list("payable", flat=True)
        assert max(Counter(live).values(), default=0) <= 1
        settled = Posting.objects.filter(budget=self.budget, move="settle").values_list("cause", flat=True)
        assert max(Counter(settled).values(), default=0) <= 1

    def teardown(self):
        assert broken() == {}


_SCAN: list[files.Examined] = []


def scan() -> files.Examined:
    if not _SCAN:
        _SCAN.append(files.examine(SimpleUploadedFile("a.png", PNG)))
    return replace(_SCAN[0], key=uuid4())


@pytest.mark.django_db(transaction=True)
def test_whatever_people_do_the_books_are_right():
    plays = settings(
        max_examples=6,
        stateful_step_count=14,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Money, settings=plays)
