"""A reward and its money: collected, lapsed, paid, paid back, cancelled; and what the clock does."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.roles import Role
from complaints import actions as complaint_actions
from complaints import ports
from complaints.asking import claim_of
from complaints.models import Complaint
from core import clock, vault
from core.models import Event, Notice
from supervisors import actions, tasks
from supervisors.models import Payable, Reward
from tests.factories import (
    MONDAY,
    NAME,
    UserFactory,
    filer,
    office_leader,
    officer,
    the_complaint,
)

from .rewarding import (
    ACCOUNT,
    APPROVED,
    GRANTED,
    UNTIL,
    approved,
    balances,
    collected,
    in_cash,
    pay,
    proposed,
    rewardable,
    to_bank,
)

pytestmark = pytest.mark.django_db
AFTER = clock.midnight(UNTIL + timedelta(days=1))
ID_NUMBER = "33011319900307001X"


def told(template):
    return list(Notice.objects.filter(template=f"supervisors/{template}").order_by("pk"))


def give_id_number(complaint):
    if not claim_of(complaint):
        complaint_actions.claim_reward(complaint, at=MONDAY)
    return complaint_actions.give_id_number(complaint, kind="resident", number=ID_NUMBER, at=MONDAY)


# Collecting


def test_a_named_reporter_collects_to_the_own_account_alone():
    reward = approved()
    with pytest.raises(actions.CollectRefused) as refusal:
        actions.collect_on_page(reward.complaint, to_bank(holder="别人"), at=APPROVED)
    assert refusal.value.field == "holder"
    actions.collect_on_page(reward.complaint, to_bank(), at=APPROVED)
    payable = Payable.objects.get()
    assert vault.open_sealed(payable.account_sealed, row=payable.vault_row, column="account") == ACCOUNT
    reward.refresh_from_db()
    assert reward.status == "claimed"
    assert claim_of(Complaint.objects.get(pk=reward.complaint_id))


@pytest.mark.parametrize("changed", [{"account": "123"}, {"account": "12x456"}, {"bank": ""}, {"holder": ""}])
def test_half_an_account_is_refused(changed):
    reward = approved()
    with pytest.raises(actions.CollectRefused) as refusal:
        actions.collect_on_page(reward.complaint, to_bank(**changed), at=APPROVED)
    assert refusal.value.field in changed


def test_without_a_name_only_the_code_collects_and_only_cash():
    reward = approved(rewardable(anonymous=True))
    cash = in_cash(reward.complaint)
    with pytest.raises(actions.WrongCode):
        actions.collect_on_page(reward.complaint, actions.Wanted("cash", code="AAAA-AAAA"), at=APPROVED)
    with pytest.raises(actions.CollectRefused):
        actions.collect_on_page(reward.complaint, to_bank(code=cash.code), at=APPROVED)
    actions.collect_on_page(reward.complaint, cash, at=APPROVED)
    payable = Payable.objects.get()
    assert (payable.means, payable.account_sealed) == ("cash", None)
    assert not told("reward_news")


def test_an_anonymous_claim_made_before_still_needs_the_code_to_collect():
    case = rewardable(anonymous=True)
    matter = the_complaint(case)
    complaint_actions.claim_reward(matter, code=in_cash(matter).code, at=MONDAY)
    reward = approved(case)
    with pytest.raises(actions.WrongCode):
        actions.collect_on_page(reward.complaint, actions.Wanted("cash"), at=APPROVED)


def test_a_second_click_collects_nothing_twice():
    reward = collected()
    again = actions.collect_on_page(reward.complaint, to_bank(account="62220210099"), at=APPROVED)
    payable = Payable.objects.get()
    assert again.collected_at == APPROVED
    assert vault.open_sealed(payable.account_sealed, row=payable.vault_row, column="account") == ACCOUNT
    assert Event.objects.filter(type="reward.collected").count() == 1


def test_the_last_day_is_in_time_and_the_next_is_not():
    reward = approved()
    with pytest.raises(actions.WindowOver):
        actions.collect_on_page(reward.complaint, to_bank(), at=AFTER)
    actions.collect_on_page(reward.complaint, to_bank(), at=AFTER - timedelta(seconds=1))


def test_the_approver_does_not_note_accounts_at_the_counter():
    both = UserFactory.create(roles=[Role.OFFICER, Role.OFFICE_LEADER])
    reward = approved(by=both)
    with pytest.raises(PermissionDenied):
        actions.collect_at_office(reward.shares.get(), to_bank(), by=both, at=APPROVED)


# Windows


def test_a_window_that_passes_gives_the_money_back_without_a_person():
    reward = approved()
    assert actions.lapse_rewards(at=AFTER - timedelta(seconds=1)) == 0
    assert [actions.lapse_rewards(at=AFTER) for _time in range(2)] == [1, 0]
    reward.refresh_from_db()
    assert (reward.status, reward.ended_by, balances()["available"]) == ("lapsed", None, GRANTED)
    standing = ports.reward(reward.complaint)
    assert standing
    assert standing.headline == "奖励已逾期失效"
    with pytest.raises(actions.AlreadyProposed):
        proposed(reward.case)


def test_each_reminder_goes_out_once_and_names_no_reward():
    approved()
    for days in (20, 14, 13, 3, 2, 0):
        actions.remind_of_rewards(at=clock.midnight(UNTIL - timedelta(days=days)))
    assert [set(one.facts) for one in told("reward_ends")] == [{"number", "until"}] * 2


def test_the_tasks_do_both(monkeypatch):
    reward = approved()
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    tasks.watch_windows()
    tasks.follow_payments()
    reward.refresh_from_db()
    assert reward.status == "lapsed"


def test_one_that_cannot_lapse_stops_no_other(monkeypatch):
    broken, fine = approved(), approved(rewardable(filer=filer(name="丁戊己", verification="phone", verified_at=MONDAY)))
    Payable.objects.filter(reward_share__reward=broken).update(state="sent")
    assert actions.lapse_rewards(at=AFTER) == 1
    assert Reward.objects.get(pk=fine.pk).status == "lapsed"


# The money


def test_a_reward_follows_its_money_and_the_id_number_is_erased_then():
    case = rewardable()
    person = give_id_number(the_complaint(case))
    reward = collected(case)
    with pytest.raises(complaint_actions.IdNumberRefused):
        complaint_actions.remove_id_number(reward.complaint, at=APPROVED)
    with pytest.raises(complaint_actions.CorrectionRefused):
        complaint_actions.delete_optional(reward.complaint, ["id_number"], at=APPROVED)
    assert actions.follow_payments(at=APPROVED) == 0
    pay(reward)
    assert [actions.follow_payments(at=APPROVED) for _time in range(2)] == [1, 0]
    reward.refresh_from_db()
    person.refresh_from_db()
    assert (reward.status, reward.paid_at, person.id_number_sealed, person.id_masked) == ("paid", APPROVED, None, "")


def test_until_it_is_collected_the_id_number_can_be_taken_back():
    case = rewardable()
    give_id_number(the_complaint(case))
    reward = approved(case)
    complaint_actions.remove_id_number(reward.complaint, at=APPROVED)


def test_money_that_came_back_takes_the_reward_along():
    reward = collected()
    pay(reward)
    actions.follow_payments(at=APPROVED)
    pay(reward, state="clawed_back")
    assert actions.follow_payments(at=AFTER) == 1
    reward.refresh_from_db()
    assert (reward.status, reward.end_reason) == ("clawed_back", "误发。")


@pytest.mark.parametrize("walk", [proposed, approved, collected])
def test_a_leader_cancels_with_a_reason_and_the_money_is_back(walk):
    reward = walk()
    row = actions.cancel_reward(reward, reason="查明系虚假举报。", by=office_leader(), version=None, at=APPROVED)
    assert (row.status, balances()["available"], balances()["committed"]) == ("cancelled", GRANTED, 0)
    assert any("cancelled" in one.dedupe_key for one in told("reward_news")) is (walk is not proposed)


def test_the_proposer_takes_back_only_what_nobody_decided():
    by = officer()
    reward = proposed(by=by)
    assert actions.cancel_reward(reward, reason="填错等级。", by=by, version=None, at=MONDAY).status == "cancelled"
    other = approved(rewardable(), by=office_leader())
    with pytest.raises(PermissionDenied):
        actions.cancel_reward(other, reason="填错。", by=other.proposed_by, version=None, at=APPROVED)


def test_what_is_on_its_way_cannot_be_cancelled():
    reward = collected()
    Payable.objects.update(state="sent")
    with pytest.raises(actions.NotOwed):
        actions.cancel_reward(reward, reason="误。", by=office_leader(), version=None, at=APPROVED)
    reward.refresh_from_db()
    assert reward.status == "claimed"


def test_the_audit_leads_back_to_the_case_of_a_reward(client):
    reward = approved()
    client.force_login(UserFactory.create(roles=[Role.AUDIT_ADMIN]))
    page = client.get(reverse("supervisors:audit")).content.decode()
    assert f"案件 {reward.case.number}" in page
    assert NAME not in page
