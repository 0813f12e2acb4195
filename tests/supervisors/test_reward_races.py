"""Two people at once: one reward a case, never more than the budget, and collected or lapsed but not both."""

from datetime import timedelta

import pytest

from core import clock
from supervisors import actions
from supervisors.models import Payable, Posting, Reward
from tests.cases.test_races import at_once
from tests.factories import MONDAY, filer, office_leader, officer, the_complaint

from .rewarding import APPROVED, GRANTED, UNTIL, approved, balances, collected, pay, proposed, rewardable, said, scheme, to_bank

pytestmark = pytest.mark.django_db(transaction=True)
AFTER = clock.midnight(UNTIL + timedelta(days=1))


def test_two_propose_at_once_and_there_is_one_reward():
    scheme()
    case, first, second = rewardable(), officer(), officer()
    matter, proposal = the_complaint(case), said()
    propose = lambda by: actions.propose_reward(case, matter, proposal, by=by, version=None, at=MONDAY)  # noqa: E731
    results = at_once(lambda: propose(first), lambda: propose(second))
    assert sorted(type(one).__name__ for one in results) == ["AlreadyProposed", "Reward"]
    assert Reward.objects.count() == 1


def test_two_leaders_decide_at_once_and_it_is_booked_once():
    reward, first, second = proposed(), office_leader(), office_leader()
    results = at_once(
        lambda: actions.decide_reward(reward, approve=True, note="", by=first, version=None, at=APPROVED),
        lambda: actions.decide_reward(reward, approve=True, note="", by=second, version=None, at=APPROVED),
    )
    assert sorted(type(one).__name__ for one in results) == ["Reward", "TransitionNotAllowed"]
    assert (Payable.objects.count(), balances()["committed"]) == (1, 200_00)


def test_two_approvals_never_spend_the_same_money():
    scheme(granted=399_99)
    second = filer(name="丁戊己", phone="+8613900005678", verification="phone", verified_at=MONDAY)
    rewards, leader = [proposed(), proposed(rewardable(filer=second))], office_leader()
    approve = lambda one: actions.decide_reward(one, approve=True, note="", by=leader, version=None, at=APPROVED)  # noqa: E731
    results = at_once(*(lambda one=one: approve(one) for one in rewards))
    assert sorted(type(one).__name__ for one in results) == ["BudgetExhausted", "Reward"]
    assert (balances()["available"], balances()["committed"]) == (199_99, 200_00)


def test_collecting_against_the_end_of_the_window_is_one_of_both():
    reward = approved()
    last_moment = AFTER - timedelta(seconds=1)
    at_once(
        lambda: actions.collect_on_page(reward.complaint, to_bank(), at=last_moment),
        lambda: actions.lapse_rewards(at=AFTER),
    )
    reward.refresh_from_db()
    payable = Payable.objects.get()
    assert (reward.status, payable.state) in {("claimed", "owed"), ("lapsed", "cancelled")}
    assert (reward.shares.get().collected_at is not None) is (reward.status == "claimed")
    assert balances()["available"] == GRANTED - (200_00 if reward.status == "claimed" else 0)


def test_two_sweeps_at_once_give_the_money_back_once():
    approved()
    results = at_once(*(lambda: actions.lapse_rewards(at=AFTER),) * 2)
    assert sum(results) == 1
    assert Posting.objects.filter(move="release").count() == 1


def test_a_cancellation_against_collecting_leaves_no_money_behind():
    reward, leader = approved(), office_leader()
    at_once(
        lambda: actions.collect_on_page(reward.complaint, to_bank(), at=APPROVED),
        lambda: actions.cancel_reward(reward, reason="虚假。", by=leader, version=None, at=APPROVED),
    )
    reward.refresh_from_db()
    assert (reward.status, Payable.objects.get().state, balances()["committed"]) == ("cancelled", "cancelled", 0)


def test_two_followers_at_once_pay_once():
    reward = collected()
    pay(reward)
    assert sum(at_once(*(lambda: actions.follow_payments(at=APPROVED),) * 2)) == 1
