"""Cards: a leader issues them, the agency appeals once and in time, another leader decides, and red takes the place of yellow."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.roles import Role
from agencies.models import Post
from cases import actions, permissions
from cases.models import Card, Case
from cases.workflow import Status
from core.clock import SHANGHAI
from core.models import DeadlinePolicy, Event, InboxItem
from tests.factories import NAME, PostFactory, UserFactory, case_at, handler_of, holder, office_leader, officer, staffed_agency

from .test_overseeing import cards, morning, sweep
from .test_races import at_once

pytestmark = pytest.mark.django_db
REASON = "签收时限逾期两个工作日以上。"
NOON = datetime(2026, 9, 17, 12, 0, tzinfo=SHANGHAI)


def late_case(colour="yellow", status=Status.DISPATCHED, **fields):
    """A case with a card suggested for a receipt that is late."""
    if not User.objects.with_role(Role.OFFICE_LEADER).exists():
        office_leader(), office_leader()
    case = case_at(status, **fields)
    sweep(morning(17) if colour == "yellow" else morning(18))
    return case


def the_card(case=None, colour="yellow"):
    rows = Card.objects.filter(case=case) if case else Card.objects.all()
    return rows.select_related("case", "agency").get(colour=colour)


def leaders():
    return list(User.objects.with_role(Role.OFFICE_LEADER).order_by("pk"))


def issued(colour="yellow", at=NOON):
    case = late_case(colour)
    return actions.issue_card(the_card(case, colour), by=leaders()[0], reason=REASON, at=at)


def appealed(card, at=NOON):
    return actions.appeal_card(card, by=holder(card.agency), reason="系统故障，已当面签收。", at=at)


def told(template):
    return set(InboxItem.objects.filter(notice__template=f"cases/{template}").values_list("user", flat=True))


# Who may.

ISSUERS, PROPOSERS = {Role.OFFICE_LEADER}, {Role.OFFICER, Role.OFFICE_LEADER}
VERBS = {"can_issue_card": ISSUERS, "can_propose_card": PROPOSERS, "can_chase": PROPOSERS, "can_order": ISSUERS}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("verb", VERBS)
def test_verbs_on_a_case_by_role(role, verb):
    case = case_at(Status.RECEIVED)
    assert getattr(permissions, verb)(UserFactory.create(roles=[role]), case) is (role in VERBS[verb])


@pytest.mark.parametrize("role", Role)
def test_verbs_on_a_card_by_role(role):
    card, person = issued(), UserFactory.create(roles=[role])
    assert permissions.can_dismiss_card(person, card) is (role in PROPOSERS)
    assert permissions.can_decide_appeal(person, card) is (role in ISSUERS)
    assert permissions.can_appeal_card(person, card) is False  # of no agency, or of another


@pytest.mark.parametrize("kind", Post.Kind)
def test_each_of_the_agencys_three_may_appeal(kind):
    card = issued()
    assert permissions.can_appeal_card(holder(card.agency, kind), card)
    assert not permissions.can_appeal_card(holder(staffed_agency(), kind), card)


def test_who_issued_it_does_not_decide_on_the_appeal():
    card = appealed(issued())
    with pytest.raises(PermissionDenied):
        actions.decide_appeal(card, by=leaders()[0], decision="kept", reason="事实清楚。", at=NOON)
    assert actions.decide_appeal(card, by=leaders()[1], decision="kept", reason="事实清楚。", at=NOON).decision == "kept"


def test_the_database_wants_two_people():
    card = appealed(issued())
    with pytest.raises(IntegrityError, match="card_appeal_two_people"), transaction.atomic():
        Card.objects.filter(pk=card.pk).update(
            decision="kept", decision_note="x", decided_at=NOON, decided_by=card.issued_by, state="issued"
        )


@pytest.mark.parametrize("role", Role)
def test_who_sees_cards(role):
    late_case()
    person = UserFactory.create(roles=[role])
    assert Card.objects.visible_to(person).exists() is (role in PROPOSERS)


@pytest.mark.parametrize("kind", Post.Kind)
def test_an_agency_sees_what_was_issued_to_it_alone(kind):
    case = late_case()
    own, other = holder(case.agency, kind), holder(staffed_agency(), kind)
    assert not Card.objects.visible_to(own).exists()
    actions.issue_card(the_card(case), by=leaders()[0], reason=REASON, at=NOON)
    assert Card.objects.visible_to(own).exists()
    assert not Card.objects.visible_to(other).exists()


def test_a_leader_who_holds_a_post_of_the_agency_does_not_see_its_cards():
    case = late_case()
    leader = UserFactory.create(roles=[Role.OFFICE_LEADER, Role.LIAISON_OFFICER])
    assert Card.objects.visible_to(leader).waiting().exists()
    PostFactory.create(agency=case.agency, user=leader)
    assert not Card.objects.visible_to(leader).waiting().exists()


# Issuing.


def test_issuing_says_until_when_the_agency_may_appeal():
    card = issued()  # Thursday 17 September + 5 working days, Sunday the 20th being one and the 25th a holiday
    assert (card.state, card.appeal_until) == ("issued", date(2026, 9, 23))


def test_the_time_for_an_appeal_is_the_policys():
    DeadlinePolicy.objects.filter(step="card_appeal").update(length=1)
    assert issued().appeal_until == date(2026, 9, 18)


@pytest.mark.parametrize(("colour", "posts"), [("yellow", 2), ("red", 3)])
def test_the_principal_is_told_of_a_red_card_alone(colour, posts):
    card = issued(colour)
    people = {holder(card.agency, kind).pk for kind in list(Post.Kind) if kind != Post.Kind.PRINCIPAL or colour == "red"}
    assert len(people) == posts
    assert told("card_issued") == people | {handler_of(card.case).pk}


def test_the_case_shows_the_gravest_card_in_force():
    card = issued()
    assert Case.objects.get(pk=card.case_id).card == "yellow"
    sweep(morning(18))
    assert Case.objects.get(pk=card.case_id).card == "yellow"  # a suggestion counts for nothing
    actions.issue_card(the_card(colour="red"), by=leaders()[1], reason=REASON, at=morning(18))
    assert Case.objects.get(pk=card.case_id).card == "red"
    assert cards() == [("yellow", "superseded"), ("red", "issued")]


def test_a_red_card_that_is_withdrawn_gives_the_yellow_one_back():
    card = issued()
    sweep(morning(18))
    red = actions.issue_card(the_card(colour="red"), by=leaders()[1], reason=REASON, at=morning(18))
    actions.withdraw_card(red, by=leaders()[0], reason="日期有误。", at=morning(21))
    assert cards() == [("yellow", "issued"), ("red", "withdrawn")]
    assert Case.objects.get(pk=card.case_id).card == "yellow"


def test_a_yellow_card_behind_a_red_one_can_be_withdrawn_and_does_not_come_back():
    yellow = issued()
    sweep(morning(18))
    red = actions.issue_card(the_card(colour="red"), by=leaders()[1], reason=REASON, at=morning(18))
    actions.withdraw_card(yellow, by=leaders()[0], reason="日期有误。", at=morning(21))
    actions.withdraw_card(red, by=leaders()[0], reason="日期有误。", at=morning(21))
    assert cards() == [("yellow", "withdrawn"), ("red", "withdrawn")]
    assert Case.objects.get(pk=yellow.case_id).card == ""


def test_the_reason_names_nobody_who_complained():
    case = late_case()
    with pytest.raises(actions.ReasonNamesComplainant):
        actions.issue_card(the_card(case), by=leaders()[0], reason=f"{NAME}反映的事项逾期。", at=NOON)
    assert cards() == [("yellow", "suggested")]


def test_what_was_decided_is_not_decided_again():
    card = issued()
    for act in (actions.issue_card, actions.dismiss_card):
        with pytest.raises(actions.CardDecided, match="生效"):
            act(card, by=leaders()[1], reason=REASON, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_two_leaders_issue_at_once():
    card = the_card(late_case())
    results = at_once(*[lambda by=by: actions.issue_card(card, by=by, reason=REASON, at=NOON) for by in leaders()])
    assert sorted(type(one).__name__ for one in results) == ["Card", "CardDecided"]
    assert Event.objects.filter(type="case.card_issued").count() == 1
    assert len(told("card_issued")) == InboxItem.objects.filter(notice__template="cases/card_issued").count() == 3


@pytest.mark.django_db(transaction=True)
def test_an_officer_dismisses_while_a_leader_issues():
    card, clerk = the_card(late_case()), officer()
    results = at_once(
        lambda: actions.issue_card(card, by=leaders()[0], reason=REASON, at=NOON),
        lambda: actions.dismiss_card(card, by=clerk, reason="停电。", at=NOON),
    )
    assert sorted(type(one).__name__ for one in results) == ["Card", "CardDecided"]


@pytest.mark.django_db(transaction=True)
def test_the_sweep_suggests_red_while_a_leader_issues_yellow():
    case = late_case()
    card, limit = the_card(case), case.deadlines.open().get(step="receive")
    at_once(
        lambda: actions.issue_card(card, by=leaders()[0], reason=REASON, at=morning(18)),
        lambda: actions.remind(limit.pk, at=morning(18)),
    )
    sweep(morning(18))  # the sweep passes over a case that somebody holds
    assert cards() in ([("yellow", "issued"), ("red", "suggested")], [("yellow", "superseded"), ("red", "suggested")])


# By hand.


def given(case, by, act=actions.issue_new_card, **fields):
    details = {"colour": "yellow", "ground": "perfunctory", "reason": "调查流于形式。"} | fields
    return act(case, by=by, at=NOON, **details)


def test_a_leader_issues_a_card_unasked():
    card = given(case_at(Status.RECEIVED), office_leader())
    assert (card.state, card.suggested_at, card.deadline) == ("issued", None, None)
    assert Case.objects.get(pk=card.case_id).card == "yellow"


def test_an_officer_proposes_and_a_leader_issues():
    office_leader()
    case, by = case_at(Status.RECEIVED), officer()
    with pytest.raises(PermissionDenied):
        given(case, by)
    card = given(case, by, actions.propose_card)
    assert (card.state, card.proposer) == ("suggested", by)
    assert leaders()[0].pk in told("card_suggested")
    actions.issue_card(card, by=leaders()[0], reason=card.reason, at=NOON)
    assert cards() == [("yellow", "issued")]


def test_who_proposed_is_told_when_it_is_not_followed():
    case, by = case_at(Status.RECEIVED), officer()
    actions.dismiss_card(given(case, by, actions.propose_card), by=office_leader(), reason="不足以亮牌。", at=NOON)
    assert told("card_dismissed") == {by.pk}


def test_the_same_card_is_not_given_twice_by_hand():
    case, by = case_at(Status.RECEIVED), office_leader()
    given(case, by)
    for colour, ground, is_new in (
        ("yellow", "perfunctory", False),
        ("yellow", "shirking", True),
        ("red", "perfunctory", True),
        ("yellow", "perfunctory", False),
    ):
        if is_new:
            given(case, by, colour=colour, ground=ground)
            continue
        with pytest.raises(actions.CardThereAlready):
            given(case, by, colour=colour, ground=ground)
    assert Case.objects.get(pk=case.pk).card == "red"


def test_a_card_for_lateness_by_hand_names_the_limit_and_needs_one_that_is_late():
    case = late_case()
    actions.dismiss_card(the_card(case), by=officer(), reason="停电。", at=NOON)
    card = given(case, leaders()[0], ground="late")
    assert card.deadline == case.deadlines.get(step="receive")
    with pytest.raises(actions.NoLateLimit):
        given(case, leaders()[0], ground="late", colour="red")


@pytest.mark.parametrize("suggested", ["yellow", "red"])
def test_a_suggestion_that_waits_is_to_be_decided_and_not_gone_round(suggested):
    with pytest.raises(actions.CardThereAlready, match="建议"):
        given(late_case(suggested), leaders()[0], ground="late")


@pytest.mark.django_db(transaction=True)
def test_a_double_click_gives_one_card():
    case, by = case_at(Status.RECEIVED), office_leader()
    results = at_once(*[lambda: given(case, by)] * 2)
    assert sorted(type(one).__name__ for one in results) == ["Card", "CardThereAlready"]


def test_a_case_with_no_agency_gets_no_card():
    own, leader = case_at(Status.HANDLING, own=True), office_leader()
    assert not permissions.can_issue_card(leader, own)
    with pytest.raises(PermissionDenied):
        given(own, leader)


# Appeals.


def test_an_appeal_asks_the_other_leaders():
    card = appealed(issued())
    assert told("card_appealed") == {leaders()[1].pk, handler_of(card.case).pk}


@pytest.mark.parametrize(("day", "taken"), [(23, True), (24, False)])
def test_an_appeal_is_in_time_until_its_last_day_ends(day, taken):
    card, at = issued(), datetime(2026, 9, day, 23, 59, tzinfo=SHANGHAI)
    if taken:
        assert appealed(card, at).appealed_at == at
        return
    with pytest.raises(actions.CannotBeAppealed, match="申诉期限"):
        appealed(card, at)


def test_an_agency_appeals_once():
    card = appealed(issued())
    with pytest.raises(actions.CannotBeAppealed, match="已经"):
        appealed(card)
    actions.decide_appeal(card, by=leaders()[1], decision="kept", reason="事实清楚。", at=NOON)
    with pytest.raises(actions.CannotBeAppealed, match="已经"):
        appealed(card)


def test_an_appeal_may_say_who_complained_for_a_refusal_would_tell():
    card = issued()
    assert actions.appeal_card(card, by=holder(card.agency), reason=f"是{NAME}投诉的吧。", at=NOON).appealed_at


def test_an_appeal_that_succeeds_withdraws_the_card():
    card = actions.decide_appeal(appealed(issued()), by=leaders()[1], decision="withdrawn", reason="申诉成立。", at=NOON)
    assert (card.state, card.end_reason, card.ended_by) == ("withdrawn", "申诉成立。", leaders()[1])
    assert Case.objects.get(pk=card.case_id).card == ""
    assert holder(card.agency).pk in told("card_withdrawn")


def test_an_appeal_that_fails_leaves_the_card():
    card = actions.decide_appeal(appealed(issued()), by=leaders()[1], decision="kept", reason="事实清楚。", at=NOON)
    assert (card.state, card.decision) == ("issued", "kept")
    assert holder(card.agency).pk in told("appeal_kept")


def test_a_withdrawn_card_cannot_be_appealed_against_or_decided_on():
    card = appealed(issued())
    actions.withdraw_card(card, by=leaders()[0], reason="日期有误。", at=NOON)
    with pytest.raises(actions.CardDecided):
        actions.decide_appeal(card, by=leaders()[1], decision="kept", reason="事实清楚。", at=NOON)
    with pytest.raises(actions.CardDecided):
        appealed(card)


@pytest.mark.django_db(transaction=True)
def test_appeal_and_withdrawal_at_once():
    card = issued()
    by = holder(card.agency)
    results = at_once(
        lambda: actions.appeal_card(card, by=by, reason="系统故障。", at=NOON),
        lambda: actions.withdraw_card(card, by=leaders()[0], reason="日期有误。", at=NOON),
    )
    card.refresh_from_db()
    assert card.state == "withdrawn"
    assert [isinstance(one, actions.CardDecided) for one in results] in ([False, False], [True, False])
    assert bool(card.appealed_at) is isinstance(results[0], Card)


@pytest.mark.django_db(transaction=True)
def test_two_leaders_decide_at_once():
    office_leader(), office_leader(), office_leader()
    card = appealed(issued())
    results = at_once(
        lambda: actions.decide_appeal(card, by=leaders()[1], decision="kept", reason="事实清楚。", at=NOON),
        lambda: actions.decide_appeal(card, by=leaders()[2], decision="withdrawn", reason="申诉成立。", at=NOON),
    )
    assert sorted(type(one).__name__ for one in results) == ["Card", "CardDecided"]


def test_a_report_does_not_end_a_card():
    card = issued()
    case = Case.objects.get(pk=card.case_id)
    actions.receive(case.assignments.get(), by=holder(card.agency), version=None, at=NOON)
    assert (cards(), Case.objects.get(pk=case.pk).card) == ([("yellow", "issued")], "yellow")
