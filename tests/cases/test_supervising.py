"""Chasers and supervision orders: words for the agency, a limit of its own, one open order a case, one chaser a day."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.roles import Role
from agencies.models import Post
from cases import actions, permissions
from cases.addressees import Addressees
from cases.models import Case, Deadline, Letter, SupervisionOrder
from cases.workflow import Status, Step
from core.clock import SHANGHAI
from core.models import Event, InboxItem
from tests.factories import (
    MONDAY,
    NAME,
    UserFactory,
    case_at,
    handler_of,
    holder,
    office_leader,
    officer,
    staffed_agency,
)

from .test_cards import told
from .test_overseeing import cards, morning, sweep
from .test_races import at_once

pytestmark = pytest.mark.django_db
DEMAND = "请分管领导当面听取意见，五日内书面答复。"
TUESDAY = MONDAY + timedelta(days=1)


def ordered(case, by=None, at=MONDAY, demand=DEMAND):
    return actions.give_order(case, by=by or office_leader(), demand=demand, at=at)


def answered(order, at=TUESDAY):
    return actions.answer_order(order, by=holder(order.agency), text="已当面听取意见并整改。", at=at)


def limit_of(case):
    return case.deadlines.get(step=Step.SUPERVISION)


# Orders.


def test_an_order_opens_a_limit_and_leaves_the_case_where_it_is():
    case = case_at(Status.RECEIVED)
    order = ordered(case)
    assert order.deadline.due_on == date(2026, 9, 20)  # five working days, the Sunday being a make-up day
    assert Case.objects.get(pk=case.pk).status == Status.RECEIVED
    assert Case.objects.get(pk=case.pk).due_on == date(2026, 9, 20)  # the queue goes by what ends first
    assert Letter.objects.get(kind="supervision").cause == f"order:{order.pk}"


@pytest.mark.parametrize("status", [Status.DISPATCHED, Status.REPORTED, Status.REPLIED])
def test_an_order_is_given_in_any_state_of_an_open_case(status):
    assert ordered(case_at(status)).state == "open"


def test_an_ended_case_takes_no_order():
    with pytest.raises(PermissionDenied):
        ordered(case_at(Status.CLOSED))


def test_all_three_posts_are_told():
    case = case_at(Status.RECEIVED)
    ordered(case)
    assert told("order_given") == {*(holder(case.agency, kind).pk for kind in Post.Kind), handler_of(case).pk}


def test_one_order_a_case_is_open():
    case, by = case_at(Status.RECEIVED), office_leader()
    order = ordered(case, by)
    with pytest.raises(actions.OrderOpen):
        ordered(case, by)
    order.pk, order.deadline = None, case.deadlines.get(step=Step.FINISH)
    with pytest.raises(IntegrityError, match="one_open"), transaction.atomic():
        order.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_two_leaders_order_at_once():
    case, people = case_at(Status.RECEIVED), [office_leader(), office_leader()]
    results = at_once(*[lambda by=by: ordered(case, by) for by in people])
    assert sorted(type(one).__name__ for one in results) == ["OrderOpen", "SupervisionOrder"]


def test_a_demand_names_nobody_who_complained():
    case = case_at(Status.RECEIVED)
    with pytest.raises(actions.WordsNameComplainant):
        ordered(case, demand=f"请当面答复{NAME}。")
    assert not case.deadlines.filter(step=Step.SUPERVISION).exists()


def test_reminders_go_to_the_agency_by_the_ordinary_ladder():
    order = ordered(case_at(Status.RECEIVED))
    limit = Deadline.objects.select_related("case__handler", "policy").get(pk=order.deadline_id)
    assert Addressees(limit).when(0) == [holder(order.agency)]
    assert holder(order.agency, Post.Kind.PRINCIPAL) in Addressees(limit).when(3)
    sweep(morning(20))
    event = Event.objects.filter(type="deadline.reminded", facts__deadline=limit.pk).get()
    assert event.facts["recipients"] == [holder(order.agency).pk]


def test_an_order_that_is_late_brings_a_card():
    order = ordered(case_at(Status.RECEIVED))
    sweep(morning(22))
    assert cards(order.case) == [("yellow", "suggested")]


def test_an_answer_ends_the_limit_and_sending_it_back_lets_it_run_on():
    order = ordered(case_at(Status.RECEIVED))
    answered(order)
    assert limit_of(order.case).closed_at == TUESDAY
    actions.send_answer_back(order, by=handler_of(order.case), reason="没有书面答复。", at=TUESDAY)
    assert (limit_of(order.case).closed_at, limit_of(order.case).due_on) == (None, date(2026, 9, 20))
    assert answered(order).decision == ""
    assert order.replies.count() == 2


def test_acceptance_ends_the_order():
    order = ordered(case_at(Status.RECEIVED))
    answered(order)
    row = actions.accept_answer(order, by=handler_of(order.case), at=TUESDAY)
    assert (row.state, row.ended_by, row.replies.get().decision) == ("accepted", handler_of(order.case), "accepted")
    assert told("order_accepted") == {holder(order.agency, kind).pk for kind in Post.Kind}
    with pytest.raises(actions.OrderOver):
        actions.accept_answer(order, by=handler_of(order.case), at=TUESDAY)


def test_an_order_can_be_cancelled_with_a_reason_and_another_given():
    case = case_at(Status.RECEIVED)
    order = ordered(case)
    row = actions.cancel_order(order, by=office_leader(), reason="已另行督办。", at=TUESDAY)
    assert (row.state, limit_of(case).closed_at) == ("cancelled", TUESDAY)
    assert ordered(case, at=TUESDAY).state == "open"


def test_nobody_answers_twice_or_after_the_end():
    order = ordered(case_at(Status.RECEIVED))
    answered(order)
    with pytest.raises(actions.OrderOver):
        answered(order)
    actions.cancel_order(order, by=office_leader(), reason="已另行督办。", at=TUESDAY)
    with pytest.raises(actions.OrderOver):
        answered(order)


@pytest.mark.django_db(transaction=True)
def test_answer_and_cancellation_at_once():
    order, leader = ordered(case_at(Status.RECEIVED)), office_leader()
    by = holder(order.agency)
    results = at_once(
        lambda: actions.answer_order(order, by=by, text="已整改。", at=TUESDAY),
        lambda: actions.cancel_order(order, by=leader, reason="已另行督办。", at=TUESDAY),
    )
    order.refresh_from_db()
    assert order.state == "cancelled"
    assert [isinstance(one, actions.OrderOver) for one in results] in ([False, False], [True, False])


@pytest.mark.parametrize("role", Role)
def test_verbs_on_an_order_by_role(role):
    order, person = ordered(case_at(Status.RECEIVED)), UserFactory.create(roles=[role])
    assert permissions.can_decide_order(person, order) is (role == Role.OFFICE_LEADER)
    assert permissions.can_cancel_order(person, order) is (role == Role.OFFICE_LEADER)
    assert permissions.can_answer_order(person, order) is False
    assert SupervisionOrder.objects.visible_to(person).exists() is (role in {Role.OFFICER, Role.OFFICE_LEADER})


@pytest.mark.parametrize("kind", Post.Kind)
def test_the_liaison_officer_alone_answers_and_all_three_read(kind):
    order = ordered(case_at(Status.RECEIVED))
    person, stranger = holder(order.agency, kind), holder(staffed_agency(), kind)
    assert permissions.can_answer_order(person, order) is (kind == Post.Kind.LIAISON_OFFICER)
    assert SupervisionOrder.objects.visible_to(person).exists()
    assert not SupervisionOrder.objects.visible_to(stranger).exists()


def test_the_end_of_the_case_does_not_end_the_order():
    case = case_at(Status.RECEIVED)
    order = ordered(case)
    actions.report(
        case.assignments.get(), by=holder(case.agency), version=None, finding="upheld", facts_found="属实。", at=TUESDAY
    )
    assert (limit_of(case).closed_at, SupervisionOrder.objects.get(pk=order.pk).state) == (None, "open")


# Chasers.


def chased(case, by=None, at=MONDAY, words="请尽快办理并报告结果。"):
    return actions.send_chaser(case, by=by or officer(), words=words, at=at)


def test_a_chaser_goes_to_the_agency_about_the_limit_that_ends_first():
    case = case_at(Status.DISPATCHED)
    row = chased(case)
    assert row.deadline.step == Step.RECEIVE
    assert told("chaser") == {holder(case.agency).pk}
    assert Letter.objects.get(kind="chaser").cause == f"deadline:{row.deadline_id}"


def test_the_later_the_higher_up():
    case = case_at(Status.DISPATCHED)
    chased(case, at=morning(18))
    assert told("chaser") == {holder(case.agency, kind).pk for kind in Post.Kind}


def test_one_chaser_a_day_and_limit():
    case = case_at(Status.RECEIVED)
    chased(case)
    with pytest.raises(actions.ChasedToday):
        chased(case)
    assert chased(case, at=TUESDAY).pk
    assert InboxItem.objects.filter(notice__template="cases/chaser").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_officers_chase_at_once():
    case, people = case_at(Status.RECEIVED), [officer(), officer()]
    results = at_once(*[lambda by=by: chased(case, by) for by in people])
    assert sorted(type(one).__name__ for one in results) == ["ChasedToday", "Chaser"]


def test_the_letter_that_the_sweep_drafted_serves_the_chaser():
    case = case_at(Status.DISPATCHED)
    sweep(morning(16))
    chased(case, at=morning(16))
    assert Letter.objects.filter(kind="chaser").count() == 1


@pytest.mark.parametrize("status", [Status.REPORTED, Status.REPLIED])
def test_when_the_agency_has_done_its_part_there_is_nothing_to_chase(status):
    with pytest.raises(actions.NothingToChase):
        chased(case_at(status))


def test_a_clock_that_stands_still_is_not_chased():
    case = case_at(Status.RECEIVED)
    why = {"ground": "expert", "basis": "《示例办法》第九条", "words": "等待鉴定。"}
    actions.suspend(case, by=officer(), version=None, from_on=MONDAY.date(), at=MONDAY, **why)
    with pytest.raises(actions.NothingToChase):
        chased(case)


def test_the_words_of_a_chaser_name_nobody_who_complained():
    with pytest.raises(actions.WordsNameComplainant):
        chased(case_at(Status.RECEIVED), words=f"{NAME}又来问了。")


@pytest.mark.parametrize("role", [Role.LIAISON_OFFICER, Role.AGENCY_LEADER, Role.SUPERVISOR, Role.SYSTEM_ADMIN])
def test_people_outside_the_office_chase_nobody(role):
    with pytest.raises(PermissionDenied):
        chased(case_at(Status.RECEIVED), UserFactory.create(roles=[role]))


def test_an_open_order_is_chased_too():
    case = case_at(Status.REPORTED)
    ordered(case)
    assert chased(case).deadline.step == Step.SUPERVISION


def test_a_day_ends_at_midnight_in_shanghai():
    case = case_at(Status.RECEIVED)
    chased(case, at=datetime(2026, 9, 14, 23, 59, tzinfo=SHANGHAI))
    assert chased(case, at=datetime(2026, 9, 15, 0, 0, tzinfo=SHANGHAI)).sent_on == date(2026, 9, 15)
