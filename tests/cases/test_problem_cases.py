"""Problem cases: raised in the act that is one too many, seen everywhere, lowered by a leader with a reason."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.roles import Role
from agencies.models import Post
from cases import actions
from cases.addressees import Addressees
from cases.models import Case, Deadline, ProblemMark
from cases.queue import Queue
from cases.workflow import Status
from core.models import Event, Notice
from tests.factories import MONDAY, UserFactory, case_at, handler_of, office_leader, officer, the_assignment

from .test_pages import page_of, text_of

pytestmark = pytest.mark.django_db


def sent_back(case, *, leader):
    actions.send_back(case, by=leader, version=None, reason="请补充。", at=MONDAY)
    case.refresh_from_db()
    return case


def reported_again(case):
    words = {"finding": "upheld", "facts_found": "补充核实，情况属实。"}
    actions.report_own(case, by=handler_of(case), version=None, at=MONDAY, **words)


def problem_case(times=3):
    leader = office_leader()
    case = case_at(Status.REPORTED, own=True)
    for time in range(times):
        sent_back(case, leader=leader)
        if time + 1 < times:
            reported_again(case)
    return case


def test_the_third_rework_makes_it_one():
    case = problem_case(2)
    assert case.problem_at is None
    case = problem_case(3)
    assert (case.problem_at, case.reworks) == (MONDAY, 3)
    assert (ProblemMark.objects.get().cause, ProblemMark.objects.get().count) == ("reworks", 3)


def test_the_third_return_makes_it_one():
    case = case_at(Status.RECEIVED)
    case.returns = 3
    actions.raise_if_problem(case, at=MONDAY)
    assert ProblemMark.objects.get().cause == "returns"


def test_the_settings_say_how_often(settings):
    settings.PROBLEM_REWORKS = 1
    assert problem_case(1).problem_at


def test_it_is_raised_and_told_once():
    case, leader = problem_case(3), office_leader()
    reported_again(case)
    sent_back(case, leader=leader)
    assert Event.objects.of(case.subject).filter(type="case.problem_raised").count() == 1
    assert Notice.objects.filter(template="cases/problem_raised").count() == 1


def test_leader_in_charge_hears_from_the_first_rung():
    case = case_at(Status.RECEIVED)
    limit = Deadline.objects.select_related("case__handler", "case__agency", "policy").get(case=case, closed_at=None)
    in_charge = the_assignment(case).agency.posts.get(kind=Post.Kind.LEADER_IN_CHARGE).user
    assert in_charge not in Addressees(limit).when(-5)
    limit.case.problem_at = MONDAY
    assert in_charge in Addressees(limit).when(-5)


def test_queue_and_pages_show_it(client):
    case = problem_case()
    assert [row.case for row in Queue(officer(), {"view": "problems"}).page().rows] == [case]
    for path in ("/staff/?view=problems", f"/staff/cases/{case.pk}/", f"/staff/cases/{case.pk}/quality/"):
        assert "问题案件" in text_of(client, path, user=officer())


def lower(case, by):
    actions.lower_problem(case, by=by, version=None, reason="已理顺。", at=MONDAY)
    return Case.objects.get(pk=case.pk)


def test_a_leader_lowers_it_and_the_next_rework_raises_it_again():
    case = lower(problem_case(), office_leader())
    assert case.problem_at is None
    reported_again(case)
    assert sent_back(case, leader=office_leader()).problem_at
    assert ProblemMark.objects.count() == 2


def test_what_is_none_is_not_lowered():
    with pytest.raises(actions.NoProblemCase):
        lower(case_at(Status.RECEIVED), office_leader())


def test_an_officer_does_not_lower_it():
    with pytest.raises(PermissionDenied):
        lower(problem_case(), officer())


@pytest.mark.parametrize("role", Role)
def test_who_may(client, role):
    case = problem_case()
    answer = page_of(client, f"/staff/cases/{case.pk}/lower-problem/", user=UserFactory.create(roles=[role]))
    assert answer.status_code == (200 if role == Role.OFFICE_LEADER else 404)


def test_the_page_lowers_it(client):
    case, leader = problem_case(), office_leader()
    path, data = f"/staff/cases/{case.pk}/lower-problem/", {"version": case.version, "reason": ""}
    assert "reason" in page_of(client, path, data, user=leader).context["form"].errors
    assert page_of(client, path, data | {"reason": "已理顺。"}, user=leader).status_code == 302
    assert "已理顺。" in text_of(client, f"/staff/cases/{case.pk}/quality/", user=leader)


def test_reworks_and_reopenings_count_together():
    case = problem_case(2)
    reported_again(case)
    leader = office_leader()
    actions.approve(case, by=leader, version=None, reply="已办好。", at=MONDAY)
    actions.follow_up(case, by=officer(), version=None, satisfaction="dissatisfied", note="不满意。", at=MONDAY)
    actions.reopen(case, by=officer(), version=None, reason="第二点没有答复。", at=MONDAY)
    case.refresh_from_db()
    assert (case.reworks, bool(case.problem_at)) == (3, True)
