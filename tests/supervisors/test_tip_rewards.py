"""Rewards for supervisors' tips: who may get one, collected on the own page, and nothing says whose tip it was."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from agencies.models import Agency
from cases.models import Case
from core.models import Event, InboxItem, Notice
from supervisors import actions
from supervisors.models import Payable, Reward, Tip
from supervisors.rewards import facts, permissions
from supervisors.rewards.eligibility import Source, against, eligibility
from tests.factories import MONDAY, AgencyFactory, office_leader, officer

from . import inspecting
from .rewarding import ACCOUNT, APPROVED, approved, grade, pay, proposed, said, scheme, to_bank
from .test_tips import tip as give

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Agency:
    return AgencyFactory.create()


def upheld_tip(by: User | None = None) -> Tip:
    """A tip that held and led to a rectification, without walking the whole way."""
    row = give(by or inspecting.supervisor())
    case = Case.objects.get(links__complaint=row.complaint)
    Case.objects.filter(pk=case.pk).update(status="replied", finding="upheld", replied_at=MONDAY, reply="已改正")
    return row


def case_of(tip: Tip) -> Case:
    return Case.objects.get(links__complaint=tip.complaint)


@pytest.fixture(autouse=True)
def _led_to_something(monkeypatch):
    """What a case has led to is tested with the complainants' rewards."""
    from supervisors.rewards.eligibility import Effect

    monkeypatch.setattr(facts, "effects_of", lambda case: frozenset({Effect.RECTIFICATION}))


def known(tip: Tip):
    case = case_of(tip)
    return facts.facts_of(case, facts.complaints_of(case))[tip.complaint_id]


def codes_against(tip: Tip) -> list[str]:
    return [reason.code for reason in against(eligibility(known(tip)))]


def test_a_volunteers_tip_may_be_rewarded(home):
    scheme()
    tip = upheld_tip(inspecting.volunteer(home))
    assert known(tip).source == Source.ROSTER
    assert codes_against(tip) == []


@pytest.mark.parametrize(("too", "found"), [(False, ["full_time"]), (True, [])])
def test_full_time_supervisors_get_one_only_where_the_scheme_says_so(too, found):
    scheme(full_time_too=too)
    assert codes_against(upheld_tip()) == found


def test_what_is_owed_names_the_supervisor_and_no_event_does(home):
    scheme()
    tip = upheld_tip(inspecting.volunteer(home))
    reward = approved(case_of(tip))
    assert Payable.objects.get().payee == tip.supervisor.subject
    actions.collect_for_tip(tip, to_bank(holder=tip.supervisor.user.full_name), by=tip.supervisor.user, at=APPROVED)
    told = Event.objects.filter(type__startswith="reward.") | Event.objects.filter(type__startswith="payable.")
    assert f"user:{tip.supervisor.user_id}" not in set(told.values_list("actor", flat=True))
    reward.refresh_from_db()
    assert reward.status == "claimed"


def test_the_supervisor_is_told_without_number_and_amount(home):
    scheme()
    tip = upheld_tip(inspecting.volunteer(home))
    approved(case_of(tip))
    item = InboxItem.objects.get(user=tip.supervisor.user, notice__template="supervisors/tip_reward_news")
    assert set(item.notice.facts) == {"path"}


def test_being_paid_is_told_too(home):
    scheme()
    tip = upheld_tip(inspecting.volunteer(home))
    reward = approved(case_of(tip))
    actions.collect_for_tip(tip, to_bank(holder=tip.supervisor.user.full_name), by=tip.supervisor.user, at=APPROVED)
    pay(reward)
    actions.follow_payments(at=APPROVED + timedelta(days=1))
    assert Notice.objects.filter(template="supervisors/tip_reward_news").count() == 3


def test_nobody_else_collects_it(home):
    scheme()
    tip = upheld_tip(inspecting.volunteer(home))
    approved(case_of(tip))
    with pytest.raises(PermissionDenied):
        actions.collect_for_tip(tip, to_bank(), by=inspecting.supervisor(), at=APPROVED)


def test_the_account_is_the_supervisors_own(home):
    scheme()
    tip = upheld_tip(inspecting.volunteer(home))
    approved(case_of(tip))
    with pytest.raises(actions.CollectRefused):
        actions.collect_for_tip(tip, to_bank(holder="别人"), by=tip.supervisor.user, at=APPROVED)


def test_the_counter_does_not_learn_who_it_was(home):
    scheme()
    reward = approved(case_of(upheld_tip(inspecting.volunteer(home))))
    assert not permissions.can_hand_in(officer(), reward)


def test_nobody_proposes_the_own_reward(home):
    scheme()
    both = inspecting.volunteer(home)
    both.roles = [Role.SUPERVISOR, Role.OFFICER]
    both.save()
    tip = upheld_tip(both)
    with pytest.raises(PermissionDenied):
        actions.propose_reward(case_of(tip), tip.complaint, said(), by=both, version=None, at=MONDAY)


def test_a_text_that_names_the_supervisor_is_refused(home):
    scheme()
    tip = upheld_tip(inspecting.volunteer(home))
    with pytest.raises(actions.NamesReporter):
        proposed(case_of(tip), reason=f"{tip.supervisor.user.full_name} 的线索准确。")


def test_a_tip_that_was_rewarded_is_not_rewarded_again(home):
    scheme()
    tip = upheld_tip(inspecting.volunteer(home))
    first = approved(case_of(tip))
    with pytest.raises(actions.AlreadyProposed):
        proposed(case_of(tip))
    values = {name: getattr(first, name) for name in ("case", "complaint", "scheme", "amount_fen", "truth", "worth")}
    words = {"truth_reason": "x", "worth_reason": "x", "reason": "x", "proposed_at": MONDAY, "proposed_by": officer()}
    with pytest.raises(IntegrityError, match="reward_once_a"), transaction.atomic():
        Reward.objects.create(grade=grade(), **values, **words)


def test_merged_into_another_case_it_says_that_it_was_rewarded_as_a_supervisors(home):
    scheme()
    tip = upheld_tip(inspecting.volunteer(home))
    reward = approved(case_of(tip))
    other = case_of(upheld_tip(inspecting.volunteer(home)))
    Reward.objects.filter(pk=reward.pk).update(case=other)
    assert "rewarded_as_supervisor" in codes_against(tip)


def test_it_is_collected_on_the_own_page(client, home, django_assert_num_queries):
    scheme()
    tip = upheld_tip(inspecting.volunteer(home))
    approved(case_of(tip))
    client.force_login(tip.supervisor.user)
    import time_machine

    with time_machine.travel(APPROVED, tick=False):
        address = reverse("supervisors:collect_tip", args=[tip.pk])
        assert address in client.get(reverse("supervisors:own_tips")).content.decode()
        said = {"means": "bank", "holder": tip.supervisor.user.full_name, "bank": "测试银行", "account": ACCOUNT, "consent": "on"}
        assert client.post(address, said).status_code == 302
        page = client.get(reverse("supervisors:own_tips")).content.decode()
    assert Payable.objects.get().voucher in page


def test_another_supervisor_finds_no_such_page(client, home):
    scheme()
    tip = upheld_tip(inspecting.volunteer(home))
    approved(case_of(tip))
    client.force_login(inspecting.supervisor())
    assert client.get(reverse("supervisors:collect_tip", args=[tip.pk])).status_code == 404


def test_a_case_from_a_tip_stands_among_those_that_could_be_proposed(client, home):
    scheme()
    case = case_of(upheld_tip(inspecting.volunteer(home)))
    client.force_login(officer())
    page = client.get(reverse("supervisors:rewards"), {"look": "qualify"}).content.decode()
    assert case.number in page


def test_the_sheet_of_a_tip_names_nobody(client, home):
    scheme()
    tip = upheld_tip(inspecting.volunteer(home))
    approved(case_of(tip))
    client.force_login(office_leader())
    page = client.get(reverse("supervisors:case_reward", args=[case_of(tip).pk])).content.decode()
    assert tip.supervisor.user.full_name not in page
    assert "在册监督员" in page
