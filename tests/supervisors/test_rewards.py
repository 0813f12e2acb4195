"""Rewards from the proposal to the money: each step right, refused, twice, and by the wrong person."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from accounts.roles import Role
from cases import actions as case_actions
from cases import permissions as case_permissions
from cases import unmasking
from cases.ends.still_open import still_open
from cases.workflow import Status
from complaints import actions as complaint_actions
from complaints import ports
from complaints.asking import claim_of
from complaints.models import Complaint
from core import clock
from core.models import Notice
from supervisors import actions
from supervisors.models import DeclinedClaim, Payable, Reward, RewardGrade, RewardScheme, RewardShare
from supervisors.rewards import notifications, permissions
from supervisors.rewards.workflow import TRANSITIONS, RewardState, TransitionNotAllowed, target_of
from tests.factories import (
    MONDAY,
    UserFactory,
    case_at,
    filer,
    handler_of,
    merged,
    new_case,
    office_leader,
    officer,
    the_complaint,
    walk_on,
)

from .rewarding import (
    APPROVED,
    GRANTED,
    UNTIL,
    approved,
    balances,
    collected,
    grade,
    pay,
    proposed,
    rewardable,
    said,
    scheme,
    to_bank,
)

pytestmark = pytest.mark.django_db
AFTER = clock.midnight(UNTIL + timedelta(days=1))
ID_NUMBER = "33011319900307001X"


def told(template):
    return list(Notice.objects.filter(template=f"supervisors/{template}").order_by("pk"))


@transaction.atomic
def at_once(change):
    """Do it and have the checks done that wait for the end of a transaction."""
    change()
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def told_to(complaint):
    """What the complainant reads of it."""
    standing = ports.reward(Complaint.objects.get(pk=complaint.pk))
    assert standing
    return standing


def give_id_number(complaint):
    if not claim_of(complaint):
        complaint_actions.claim_reward(complaint, at=MONDAY)
    return complaint_actions.give_id_number(complaint, kind="resident", number=ID_NUMBER, at=MONDAY)


# The table


@pytest.mark.parametrize("move", TRANSITIONS, ids=lambda move: move.name)
@pytest.mark.parametrize("state", RewardState)
def test_a_move_starts_only_where_the_table_says(move, state):
    if state in move.sources:
        assert target_of(move.name, state) == move.target
    else:
        with pytest.raises(TransitionNotAllowed):
            target_of(move.name, state)


# Proposing


def test_a_proposal_keeps_both_judgements_and_tells_the_leaders():
    leader, case = office_leader(), rewardable()
    reward = proposed(case)
    assert (reward.status, reward.amount_fen, reward.truth, reward.worth) == ("proposed", 200_00, "whole", "decisive")
    assert [share.amount_fen for share in reward.shares.all()] == [200_00]
    assert str(leader.pk) in [one.recipient_id for one in told("reward_proposed")]
    assert balances()["available"] == GRANTED


@pytest.mark.parametrize("changed", [{"own_duty": True}, {"accomplice": True}])
def test_what_the_proposer_judges_can_rule_it_out(changed):
    with pytest.raises(actions.NotEligible):
        proposed(**changed)
    assert not Reward.objects.exists()


def test_a_report_that_does_not_qualify_cannot_be_proposed():
    scheme()
    for case in (case_at(Status.CLOSED), rewardable(Status.REPORTED), rewardable(filer=filer())):
        with pytest.raises(actions.NotEligible):
            proposed(case)


def test_a_second_proposal_in_the_case_is_refused_by_action_and_database():
    reward = proposed()
    with pytest.raises(actions.AlreadyProposed):
        proposed(reward.case)
    names = [field.attname for field in Reward._meta.concrete_fields if field.attname != "id"]
    second = Reward(**{name: getattr(reward, name) for name in names})
    with pytest.raises(IntegrityError, match="reward_once_a_c"), transaction.atomic():
        second.save()


def test_after_a_refusal_it_can_be_proposed_again():
    reward = proposed()
    actions.decide_reward(reward, approve=False, note="等级过高。", by=office_leader(), version=None, at=MONDAY)
    assert proposed(reward.case).pk != reward.pk


@pytest.mark.parametrize(
    ("place", "amount", "base", "field"),
    [(1, 199_99, 0, "amount"), (2, 1000_01, 0, "amount"), (3, 600_00, 0, "base"), (3, 600_01, 2_000_000, "amount")],
)
def test_an_amount_outside_its_grade_is_refused(place, amount, base, field):
    scheme()
    with pytest.raises(actions.AmountRefused) as refusal:
        proposed(grade=grade(place), amount_fen=amount, base_fen=base)
    assert refusal.value.field == field


def test_a_grade_of_another_scheme_is_refused():
    scheme()
    last_year = {"year": 2025, "since": date(2025, 1, 1), "until": date(2025, 12, 31), "name": "旧办法", "basis": "旧"}
    old = RewardScheme.objects.create(**last_year)
    other = RewardGrade.objects.create(scheme=old, place=1, name="旧等级", when="旧", least_fen=200_00, most_fen=200_00)
    with pytest.raises(actions.AmountRefused) as refusal:
        proposed(grade=other)
    assert refusal.value.field == "grade"


@pytest.mark.parametrize("field", ["reason", "truth_reason", "worth_reason"])
def test_a_text_that_names_who_reported_is_refused(field):
    scheme()
    case, by, wrong = rewardable(), officer(), said(**{field: "电话 13900001234 的举报人。"})
    with pytest.raises(actions.NamesReporter) as refusal:
        actions.propose_reward(case, the_complaint(case), wrong, by=by, version=None, at=MONDAY)
    assert refusal.value.field == field


def test_the_first_report_of_a_joint_case_gets_it():
    scheme()
    case = new_case(kind="report", filer=filer(verification="phone", verified_at=MONDAY))
    second = new_case(
        MONDAY + timedelta(hours=1),
        kind="report",
        agency=case.respondent_agency,
        filer=filer(name="丁戊己", phone="+8613900005678", verification="phone", verified_at=MONDAY),
    )
    late = the_complaint(second)
    merged(second, case)
    walk_on(case, Status.CLOSED)
    with pytest.raises(actions.NotEligible):
        actions.propose_reward(case, late, said(), by=officer(), version=None, at=MONDAY)
    first = Complaint.objects.filter(case_link__case=case).order_by("pk")[0]
    assert actions.propose_reward(case, first, said(), by=officer(), version=None, at=MONDAY).complaint == first


# Who may


@pytest.mark.parametrize("role", Role)
def test_who_may_propose_decide_and_decline(role):
    reward, user = proposed(), UserFactory.create(roles=[role])
    assert permissions.can_propose(user, reward.case) is (role == Role.OFFICER)
    assert permissions.can_decide(user, reward) is (role == Role.OFFICE_LEADER)
    assert permissions.can_cancel(user, reward) is (role == Role.OFFICE_LEADER)
    assert permissions.can_decline_claim(user) is (role == Role.OFFICE_LEADER)
    assert permissions.can_see(user) is (role in {Role.OFFICER, Role.OFFICE_LEADER})
    assert Reward.objects.visible_to(user).exists() is (role in {Role.OFFICER, Role.OFFICE_LEADER})


def test_the_proposer_never_approves_and_the_database_says_so_too():
    both = UserFactory.create(roles=[Role.OFFICER, Role.OFFICE_LEADER])
    reward = proposed(by=both)
    with pytest.raises(PermissionDenied):
        actions.decide_reward(reward, approve=True, note="", by=both, version=None, at=APPROVED)
    with pytest.raises(IntegrityError, match="reward_two_people"), transaction.atomic():
        Reward.objects.filter(pk=reward.pk).update(decided_by=both, decided_at=MONDAY, status="refused", decision_note="不同意。")


def test_who_proposed_or_approved_is_never_the_payer_of_the_reward():
    reward = collected()
    with pytest.raises(IntegrityError, match="reward_three_people"), transaction.atomic():
        Reward.objects.filter(pk=reward.pk).update(status="paid", paid_at=MONDAY, paid_by=reward.decided_by)


def test_who_is_recused_from_the_case_can_do_nothing():
    reward, leader = proposed(), office_leader()
    case_actions.order_recusal(reward.case, by=office_leader(), user=leader, ground="interest", at=MONDAY)
    assert not Reward.objects.visible_to(leader).exists()
    with pytest.raises(PermissionDenied):
        actions.decide_reward(reward, approve=True, note="", by=leader, version=None, at=MONDAY)


# Deciding


def test_an_approval_books_the_money_and_tells_without_saying_what():
    reward = approved()
    payable = Payable.objects.get()
    assert (reward.status, reward.collect_until, reward.number) == ("notified", UNTIL, "清优效奖〔2026〕1号")
    assert (payable.cause, payable.payee) == (f"reward_share:{reward.shares.get().pk}", f"complaint:{reward.complaint_id}")
    assert (balances()["available"], balances()["committed"]) == (GRANTED - 200_00, 200_00)
    news = told("reward_news")
    assert [one.recipient_kind for one in news] == ["complainant"]
    assert set(news[0].facts) == {"number"}


def test_a_refusal_needs_a_reason_and_books_nothing():
    reward = proposed()
    with pytest.raises(actions.ReasonMissing):
        actions.decide_reward(reward, approve=False, note="", by=office_leader(), version=None, at=MONDAY)
    row = actions.decide_reward(reward, approve=False, note="等级过高。", by=office_leader(), version=None, at=MONDAY)
    assert (row.status, Payable.objects.count()) == ("refused", 0)
    assert ports.reward(row.complaint) is None
    assert not told("reward_news")


def test_an_exhausted_budget_leaves_the_reward_as_it_was():
    scheme(granted=199_99)
    reward = proposed()
    with pytest.raises(actions.BudgetExhausted):
        actions.decide_reward(reward, approve=True, note="", by=office_leader(), version=None, at=APPROVED)
    reward.refresh_from_db()
    assert (reward.status, reward.version, Payable.objects.count()) == ("proposed", 1, 0)


def test_a_scheme_without_a_budget_approves_nothing():
    scheme(budget=None)
    with pytest.raises(actions.NoBudget):
        approved()


def test_a_stale_page_decides_nothing():
    reward = proposed()
    with pytest.raises(actions.StalePage):
        actions.decide_reward(reward, approve=True, note="", by=office_leader(), version=2, at=APPROVED)


def test_a_finding_that_fell_since_stops_the_approval():
    reward = proposed()
    reward.case.finding = "not_upheld"
    reward.case.save(update_fields=["finding"])
    with pytest.raises(actions.NotEligible):
        actions.decide_reward(reward, approve=True, note="", by=office_leader(), version=None, at=APPROVED)


def test_an_approval_that_dies_half_way_leaves_nothing_and_can_be_done_again(monkeypatch):
    reward, leader = proposed(), office_leader()

    def die(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(notifications, "news", die)
    with pytest.raises(RuntimeError):
        actions.decide_reward(reward, approve=True, note="", by=leader, version=None, at=APPROVED)
    assert (Reward.objects.get().status, Payable.objects.count(), balances()["committed"]) == ("proposed", 0, 0)
    monkeypatch.undo()
    assert actions.decide_reward(reward, approve=True, note="", by=leader, version=None, at=APPROVED).number.endswith("1号")


# Joint signers


def test_joint_signers_share_to_the_fen_and_each_has_a_voucher():
    reward = approved(rewardable(signers=3))
    shares = list(reward.shares.order_by("place"))
    assert [share.amount_fen for share in shares] == [66_67, 66_67, 66_66]
    assert len({share.payable_id for share in shares}) == len({share.payee for share in shares}) == 3


def test_the_database_keeps_shares_equal_to_the_reward():
    reward = proposed(rewardable(signers=3))
    for change in (
        lambda: reward.shares.filter(place=1).update(amount_fen=1),
        lambda: reward.shares.filter(place=2).delete(),
        lambda: Reward.objects.filter(pk=reward.pk).update(amount_fen=300_00),
        lambda: RewardShare.objects.create(reward=reward, place=4, amount_fen=1),
    ):
        with pytest.raises(IntegrityError, match="do not make up"):
            at_once(change)


def test_one_share_collected_and_two_not_go_on_for_the_one():
    reward = approved(rewardable(signers=3))
    actions.collect_on_page(reward.complaint, to_bank(), at=APPROVED)
    reward.refresh_from_db()
    assert reward.status == "notified"
    assert actions.lapse_rewards(at=AFTER) == 1
    reward.refresh_from_db()
    assert (reward.status, balances()["committed"]) == ("claimed", 66_67)
    pay(reward)
    assert actions.follow_payments(at=AFTER) == 1


def test_a_signer_collects_at_the_office():
    reward = approved(rewardable(signers=2))
    share, by = reward.shares.get(place=2), officer()
    actions.collect_at_office(share, to_bank(holder="任某某"), by=by, at=APPROVED)
    share.refresh_from_db()
    assert (share.way, share.collected_by) == ("office", by)


# Claims without a reward


def test_a_declined_claim_is_answered_once_and_can_be_read():
    case = rewardable()
    matter = the_complaint(case)
    complaint_actions.claim_reward(matter, at=MONDAY)
    leader = office_leader()
    actions.decline_claim(case, matter, reason="本办法不奖励未造成后果的情形。", by=leader, at=MONDAY)
    assert told_to(matter).text == "本办法不奖励未造成后果的情形。"
    with pytest.raises(actions.NothingClaimed):
        actions.decline_claim(case, matter, reason="再次。", by=leader, at=MONDAY)
    assert DeclinedClaim.objects.count() == 1


def test_nothing_is_declined_without_a_claim_or_beside_a_reward():
    case = rewardable()
    with pytest.raises(actions.NothingClaimed):
        actions.decline_claim(case, the_complaint(case), reason="无。", by=office_leader(), at=MONDAY)
    with pytest.raises(PermissionDenied):
        actions.decline_claim(case, the_complaint(case), reason="无。", by=officer(), at=MONDAY)


# The rooms below


def test_a_closed_case_lets_its_handler_ask_for_the_id_number_while_it_is_paid():
    case = rewardable()
    give_id_number(the_complaint(case))
    handler = handler_of(case)
    assert not case_permissions.can_ask_unmasking(handler, case)
    reward = approved(case)
    assert case_permissions.can_ask_unmasking(handler, case)
    assert unmasking.columns_of(the_complaint(case), case) == ["id_number"]
    request = case_actions.ask_unmasking(
        case, complaint=the_complaint(case), column="id_number", purpose="reward", reason="核对领奖人。", by=handler, at=APPROVED
    )
    case_actions.decide_unmasking(request, decision="approved", note="", by=office_leader(), at=APPROVED)
    assert case_actions.show_unmasked(request, by=handler, at=APPROVED) == ID_NUMBER
    with pytest.raises(case_actions.NothingToUnmask):
        case_actions.ask_unmasking(
            case, complaint=the_complaint(case), column="name", purpose="reward", reason="核对。", by=handler, at=APPROVED
        )
    actions.cancel_reward(reward, reason="虚假。", by=office_leader(), version=None, at=APPROVED)
    with pytest.raises(case_actions.UnmaskingOver):
        case_actions.show_unmasked(request, by=handler, at=APPROVED)


def test_a_case_with_a_reward_under_way_stays_out_of_the_archive():
    reward = proposed()
    today = MONDAY.date() + timedelta(days=60)
    assert "有奖励正在办理" in still_open([reward.case], today=today)[reward.case_id]
    actions.cancel_reward(reward, reason="误。", by=office_leader(), version=None, at=MONDAY)
    assert "有奖励正在办理" not in still_open([reward.case], today=today)[reward.case_id]
