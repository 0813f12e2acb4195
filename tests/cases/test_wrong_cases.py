"""Accountability for wrong cases: two people decide, a third hears the appeal, and everybody reads his own part only."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.roles import Role
from cases import actions
from cases.models import Responsibility, WrongCaseReview
from cases.quality.reading import people_in
from cases.workflow import Status
from core.models import Event, InboxItem
from tests.factories import (
    LATER,
    NAME,
    UserFactory,
    archived,
    case_at,
    handler_of,
    office_leader,
    officer,
    wrong_case,
)

from .test_pages import page_of, text_of
from .test_races import at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def leaders():
    """Opener, decider, and a third one."""
    return office_leader(), office_leader(), office_leader()


def decided(row, by, decided="talk", **fields):
    return actions.decide_responsibility(row, by=by, note="属实。", **{"decided": decided, "at": LATER} | fields)


def appealed(row, by, *, at=LATER + DAY):
    return actions.appeal(row, by=by, words="当时没有授权。", at=at)


def answered(row, by, outcome="kept", final=""):
    return actions.answer_appeal(row, by=by, outcome=outcome, final=final, answer="已复核。", at=LATER + 2 * DAY)


def told(user):
    return set(InboxItem.objects.filter(user=user).values_list("notice__template", flat=True))


def test_the_whole_way(leaders):
    opener, decider, third = leaders
    case = case_at(Status.CLOSED)
    row = wrong_case(case, by=opener, account=(named := handler_of(case)))
    decided(row, decider)
    appealed(row, named)
    answered(row, third, "changed", "circular")
    actions.conclude(row.review, by=decider, outcome="wrong", conclusion="结论更正。", at=LATER + 3 * DAY)
    row.refresh_from_db()
    assert (row.decided, row.final, row.review.opened_by, row.name) == ("talk", "circular", opener, named.full_name)
    happened = Event.objects.of(row.review.subject).values_list("type", flat=True)
    assert [kind.removeprefix("wrong_case.") for kind in happened] == [
        "opened",
        "named",
        "decided",
        "appealed",
        "answered",
        "concluded",
    ]


def test_who_is_told(leaders):
    opener, decider, third = leaders
    case = case_at(Status.CLOSED)
    row = wrong_case(case, by=opener, account=(named := handler_of(case)))
    assert "cases/wrong_case_named" in told(decider) & told(third)
    assert not any("wrong_case" in name for name in told(opener) | told(named))
    decided(row, decider)
    assert "cases/wrong_case_decided" in told(named)
    appealed(row, named)
    assert ("cases/wrong_case_appealed" in told(third), "cases/wrong_case_appealed" in told(decider)) == (True, False)
    answered(row, third)
    assert "cases/wrong_case_answered" in told(named)


def test_an_archived_case_can_be_reviewed_and_an_open_one_not(leaders):
    assert wrong_case(archived(case_at(Status.CLOSED)), by=leaders[0]).pk
    with pytest.raises(actions.NotOverYet):
        wrong_case(case_at(Status.REPLIED), by=leaders[0])


def test_one_review_at_a_time(leaders):
    case = case_at(Status.CLOSED)
    wrong_case(case, by=leaders[0])
    with pytest.raises(actions.BeingReviewed):
        wrong_case(case, by=leaders[1])


def test_the_opener_does_not_decide(leaders):
    row = wrong_case(case_at(Status.CLOSED), by=leaders[0])
    with pytest.raises(PermissionDenied):
        decided(row, leaders[0])
    fields = {"decided": "talk", "decision_note": "x", "decided_at": LATER, "appeal_until": LATER.date()}
    with pytest.raises(IntegrityError, match="responsibility_two_people"):
        Responsibility.objects.filter(pk=row.pk).update(decided_by=leaders[0], **fields)


def test_a_leader_who_is_named_does_not_decide_nor_see_the_review(leaders, client):
    opener, named, _third = leaders
    row = wrong_case(case_at(Status.CLOSED), by=opener, account=named)
    with pytest.raises(PermissionDenied):
        decided(row, named)
    assert not WrongCaseReview.objects.visible_to(named).exists()
    assert page_of(client, f"/staff/wrong-cases/{row.review_id}/", user=named).status_code == 404


def test_without_a_second_leader_it_says_so():
    only = office_leader()
    case = case_at(Status.CLOSED)
    with pytest.raises(actions.NobodyElseDecides):
        decided(wrong_case(case, by=only), officer())


def test_it_is_decided_once(leaders):
    row = wrong_case(case_at(Status.CLOSED), by=leaders[0])
    decided(row, leaders[1])
    with pytest.raises(actions.DecidedBefore):
        decided(row, leaders[2])


def test_an_appeal_is_made_once_and_in_time(leaders):
    case = case_at(Status.CLOSED)
    row = wrong_case(case, by=leaders[0], account=(named := handler_of(case)))
    with pytest.raises(actions.NoAppeal, match="尚未"):
        appealed(row, named)
    row = decided(row, leaders[1])
    assert row.appeal_until == (LATER + 31 * DAY).date()  # thirty days end on a Sunday
    with pytest.raises(actions.NoAppeal, match="届满"):
        appealed(row, named, at=LATER + 32 * DAY)
    appealed(row, named, at=LATER + 31 * DAY)
    with pytest.raises(actions.NoAppeal, match="一次"):
        appealed(row, named)


def test_nobody_appeals_for_another_who_has_an_account(leaders):
    case = case_at(Status.CLOSED)
    row = decided(wrong_case(case, by=leaders[0], account=handler_of(case)), leaders[1])
    with pytest.raises(PermissionDenied):
        appealed(row, leaders[2])


def test_a_leader_enters_the_appeal_of_somebody_without_an_account(leaders):
    row = decided(wrong_case(case_at(Status.CLOSED), by=leaders[0]), leaders[1])
    assert appealed(row, leaders[1]).appealed_by == leaders[1]


def test_a_third_person_answers_if_there_is_one(leaders):
    opener, decider, third = leaders
    row = decided(wrong_case(case_at(Status.CLOSED), by=opener), decider)
    row = appealed(row, opener)
    for by in (opener, decider):
        with pytest.raises(PermissionDenied):
            answered(row, by)
    assert answered(row, third, "lifted").final == "none"


def test_where_there_is_none_the_opener_answers_never_the_decider():
    opener, decider = office_leader(), office_leader()
    row = appealed(decided(wrong_case(case_at(Status.CLOSED), by=opener), decider), opener)
    with pytest.raises(PermissionDenied):
        answered(row, decider)
    assert answered(row, opener).final == "talk"
    with pytest.raises(IntegrityError, match="responsibility_answered_by_another"):
        Responsibility.objects.filter(pk=row.pk).update(answered_by=decider)


@pytest.mark.parametrize("final", ["", "talk", "nonsense"])
def test_a_changed_decision_is_another(leaders, final):
    opener, decider, third = leaders
    row = appealed(decided(wrong_case(case_at(Status.CLOSED), by=opener), decider), opener)
    with pytest.raises(actions.OtherConsequence):
        answered(row, third, "changed", final)


def test_a_review_ends_when_nothing_is_open(leaders):
    opener, decider, _third = leaders
    row = wrong_case(case_at(Status.CLOSED), by=opener)
    end: dict[str, Any] = {"conclusion": "已查清。", "at": LATER}
    with pytest.raises(actions.NotConcludable, match="先处理|请先"):
        actions.conclude(row.review, by=decider, outcome="wrong", **end)
    decided(row, decider)
    with pytest.raises(actions.NotConcludable, match="不属于错案"):
        actions.conclude(row.review, by=decider, outcome="sound", **end)
    with pytest.raises(PermissionDenied):
        actions.conclude(row.review, by=opener, outcome="wrong", **end)
    actions.conclude(row.review, by=decider, outcome="wrong", **end)
    with pytest.raises(actions.Concluded):
        actions.conclude(row.review, by=decider, outcome="wrong", **end)


def test_an_appeal_may_come_after_the_review_has_ended(leaders):
    opener, decider, third = leaders
    row = decided(wrong_case(case_at(Status.CLOSED), by=opener), decider)
    actions.conclude(row.review, by=decider, outcome="wrong", conclusion="结论更正。", at=LATER)
    appealed(row, opener)
    assert answered(row, third).answered_by == third


def test_nobody_is_named_twice_nor_names_himself(leaders):
    case = case_at(Status.CLOSED)
    row = wrong_case(case, by=leaders[0], account=handler_of(case))
    again: dict[str, Any] = {"name": "", "post": "x", "kind": "direct", "deed": "x", "proposed": "talk", "at": LATER}
    for account in (handler_of(case), leaders[0]):
        with pytest.raises(actions.NamedAlready):
            actions.name_responsible(row.review, by=leaders[0], account=account, **again)
    with pytest.raises(PermissionDenied):
        actions.name_responsible(row.review, by=leaders[1], account=officer(), **again)


def test_no_text_shows_who_complained(leaders):
    case = case_at(Status.CLOSED)
    with pytest.raises(actions.TextNamesComplainant):
        actions.open_wrong_case(case, by=leaders[0], version=None, reason=f"{NAME}的事没有办好。", at=LATER)
    row = wrong_case(case, by=leaders[0])
    with pytest.raises(actions.TextNamesComplainant):
        actions.decide_responsibility(row, by=leaders[1], decided="talk", note=f"{NAME}属实。", at=LATER)


def test_officers_see_nothing_of_it(client, leaders):
    case = case_at(Status.CLOSED)
    wrong_case(case, by=leaders[0])
    for path in (f"/staff/cases/{case.pk}/", f"/staff/cases/{case.pk}/quality/"):
        page = text_of(client, path, user=officer())
        assert "结论与证据不符" not in page
        assert "责任追究" not in page


def test_the_person_named_reads_only_his_own_part(client, leaders):
    case = case_at(Status.CLOSED)
    row = wrong_case(case, by=leaders[0], account=(named := handler_of(case)), deed="未核实即上报。")
    path = f"/staff/my-responsibilities/{row.pk}/"
    assert page_of(client, path, user=named).status_code == 404  # nothing is decided yet
    decided(row, leaders[1])
    page = text_of(client, path, user=named)
    assert "未核实即上报。" in page
    assert [word for word in ("结论与证据不符", leaders[1].full_name, case.title) if word in page] == []
    assert page_of(client, path, user=leaders[0]).status_code == 404
    assert "批评教育" in text_of(client, "/staff/my-responsibilities/", user=named)


def test_the_person_named_appeals_on_his_page(client, leaders, time_machine):
    time_machine.move_to(LATER + DAY, tick=False)
    case = case_at(Status.CLOSED)
    row = decided(wrong_case(case, by=leaders[0], account=(named := handler_of(case))), leaders[1])
    path = f"/staff/my-responsibilities/{row.pk}/"
    assert "words" in page_of(client, path, {"words": ""}, user=named).context["form"].errors
    assert page_of(client, path, {"words": "当时没有授权。"}, user=named).status_code == 302
    assert "当时没有授权。" in text_of(client, path, user=named)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_do_it_all(client, leaders, time_machine, language):
    time_machine.move_to(LATER, tick=False)
    client.cookies["django_language"] = language
    opener, decider, third = leaders
    case = case_at(Status.CLOSED)
    post = lambda path, user, **data: page_of(client, path, data, user=user).status_code  # noqa: E731 ten posts in a row
    assert post(f"/staff/cases/{case.pk}/wrong-case/", opener, version=case.version, reason="结论与证据不符。") == 302
    review = WrongCaseReview.objects.get()
    person = {"account": "", "name": "赵示例", "post": "示例局", "kind": "direct", "deed": "未核实。", "proposed": "talk"}
    assert post(f"/staff/wrong-cases/{review.pk}/name/", opener, **person) == 302
    row = Responsibility.objects.get()
    assert post(f"/staff/responsibilities/{row.pk}/decide/", decider, decided="circular", note="属实。") == 302
    assert post(f"/staff/responsibilities/{row.pk}/appeal/", opener, words="不服。") == 302
    assert post(f"/staff/responsibilities/{row.pk}/answer/", third, outcome="kept", final="", answer="维持。") == 302
    assert post(f"/staff/wrong-cases/{review.pk}/conclude/", decider, outcome="flawed", conclusion="有瑕疵。") == 302
    page = text_of(client, f"/staff/wrong-cases/{review.pk}/", user=third)
    assert "有瑕疵。" in page
    assert "赵示例" in page
    assert case.number in text_of(client, "/staff/wrong-cases/", user=third)
    assert "结论与证据不符" in text_of(client, f"/staff/cases/{case.pk}/quality/", user=third)


def test_a_person_or_a_name_is_needed(client, leaders):
    row = wrong_case(case_at(Status.CLOSED), by=leaders[0])
    data = {"account": "", "name": " ", "post": "x", "kind": "direct", "deed": "x", "proposed": "talk"}
    answer = page_of(client, f"/staff/wrong-cases/{row.review_id}/name/", data, user=leaders[0])
    assert "name" in answer.context["form"].errors


def test_those_who_acted_are_offered(leaders):
    case = case_at(Status.CLOSED)
    row = wrong_case(case, by=leaders[0])
    offered = people_in(row.review)
    assert handler_of(case) in offered
    assert case.reports.get().reported_by in offered
    assert leaders[0] not in offered


@pytest.mark.parametrize("role", Role)
def test_who_may(client, leaders, role):
    case = case_at(Status.CLOSED)
    row = wrong_case(case, by=leaders[0])
    user = UserFactory.create(roles=[role])
    leads = role == Role.OFFICE_LEADER
    paths = {
        f"/staff/cases/{case.pk}/wrong-case/": leads,
        f"/staff/wrong-cases/{row.review_id}/": leads,
        "/staff/wrong-cases/": leads,
        f"/staff/responsibilities/{row.pk}/decide/": leads,
        f"/staff/wrong-cases/{row.review_id}/conclude/": leads,
        f"/staff/wrong-cases/{row.review_id}/name/": False,
        f"/staff/my-responsibilities/{row.pk}/": False,
    }
    answers = {path: page_of(client, path, user=user).status_code for path in paths}
    assert answers == {path: 200 if allowed else 404 for path, allowed in paths.items()}


@pytest.mark.parametrize("number", [1, 4])
def test_the_page_costs_the_same_for_many_people(client, leaders, django_assert_max_num_queries, number):
    row = wrong_case(case_at(Status.CLOSED), by=leaders[0])
    more: dict[str, Any] = {"account": None, "post": "x", "kind": "direct", "deed": "x", "proposed": "talk", "at": LATER}
    for place in range(number - 1):
        actions.name_responsible(row.review, by=leaders[0], name=f"示例{place}", **more)
    client.force_login(leaders[1])
    client.get(f"/staff/wrong-cases/{row.review_id}/")
    with django_assert_max_num_queries(14):
        client.get(f"/staff/wrong-cases/{row.review_id}/")


def test_the_quality_sheet_costs_a_fixed_number(client, leaders, django_assert_max_num_queries):
    case = case_at(Status.CLOSED)
    wrong_case(case, by=leaders[0])
    client.force_login(leaders[1])
    client.get(f"/staff/cases/{case.pk}/quality/")
    with django_assert_max_num_queries(20):
        client.get(f"/staff/cases/{case.pk}/quality/")


@pytest.mark.django_db(transaction=True)
def test_two_decide_at_once():
    opener, first, second = office_leader(), office_leader(), office_leader()
    row = wrong_case(case_at(Status.CLOSED), by=opener)
    results = at_once(lambda: decided(row, first), lambda: decided(row, second, "circular"))
    assert [type(result) for result in results if not isinstance(result, Responsibility)] == [actions.DecidedBefore]
