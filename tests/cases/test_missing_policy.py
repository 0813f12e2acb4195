"""A step for which no policy is in force: whoever meets it reads so, nothing is done by halves, and nothing typed is lost."""

import pytest
import time_machine
from django.test import Client

from cases.actions import limits
from cases.actions.limits import NoPolicy
from cases.models import Deadline
from cases.workflow import Status, Step
from complaints.models import Complaint, Draft
from core import calendars
from core.models import DeadlinePolicy
from tests.complaints.citizen import Citizen
from tests.complaints.helping import typed
from tests.factories import MONDAY, UserFactory, case_at, holder, new_case, office_leader, officer, staffed_agency, the_assignment

from .test_pages import accepting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def without(step):
    """Let every policy of a step begin long after today."""
    DeadlinePolicy.objects.filter(step=step).update(valid_from="2099-01-01")


def posted(user, address, language="zh-hans", **typed_in):
    client = Client()
    client.cookies["django_language"] = language
    client.force_login(user)
    return client.post(address, typed_in)


@pytest.mark.parametrize(("language", "says"), [("zh-hans", "没有适用于“办结”的时限"), ("en", "No time limit is in force for")])
def test_who_accepts_reads_it_beside_the_form(language, says):
    case, by = new_case(), officer()
    without(Step.FINISH)
    response = posted(by, f"/staff/cases/{case.pk}/accept/", language, **accepting(case, by, mode="handle", summary=""))
    case.refresh_from_db()
    assert (response.status_code, case.status) == (200, Status.TRIAGE)
    assert says in response.content.decode()


def test_the_agency_reads_it_when_it_signs():
    case = case_at(Status.DISPATCHED)
    without(Step.FINISH)
    assignment = the_assignment(case)
    response = posted(holder(case.agency), f"/staff/assignments/{assignment.pk}/receive/", version=case.version)
    assert response.status_code == 200
    assert "没有适用于“办结”的时限规定" in response.content.decode()
    assert not Deadline.objects.filter(step=Step.FINISH).exists()


def test_a_leader_who_approves_reads_it_and_keeps_the_reply():
    case, leader = case_at(Status.REPORTED), office_leader()
    without(Step.FOLLOW_UP)
    reply = "已经办好，特此回复。"
    response = posted(leader, f"/staff/cases/{case.pk}/approve/", version=case.version, reply=reply)
    case.refresh_from_db()
    assert case.status == Status.REPORTED
    assert reply in response.content.decode()
    assert "时限规定" in response.content.decode()


def test_an_officer_who_enters_a_letter_is_asked_to_check_the_day():
    by = officer()
    without(Step.ACCEPT)
    response = posted(by, "/staff/entry/", **typed(staffed_agency()))
    assert response.context["form"].errors["received_on"] == ["收到之日没有适用的时限规定，请核对日期。"]
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(("language", "says"), [("zh-hans", "缺少时限规定"), ("en", "A time limit is missing")])
def test_a_citizen_reads_it_and_the_draft_is_kept(language, says):
    citizen = Citizen(language)
    citizen.tells_the_matter(staffed_agency().pk)
    citizen.stays_anonymous()
    without(Step.ACCEPT)
    response = citizen.submits()
    assert response.status_code == 503
    assert says in response.content.decode()
    assert not Complaint.objects.exists()
    assert Draft.objects.get().complaint_id is None
    DeadlinePolicy.objects.update(valid_from="2005-01-01")
    assert citizen.submits().status_code == 302
    assert Complaint.objects.exists()


def test_who_keeps_the_tables_is_led_to_them(monkeypatch):
    without(Step.ACCEPT)
    monkeypatch.setattr("cases.views.Queue", lambda *_args: calendars.policy_for(Step.ACCEPT, MONDAY.date()))
    keeper = UserFactory.create(roles=["officer"], is_staff=True)
    for user, linked in ((keeper, True), (officer(), False)):
        client = Client()
        client.force_login(user)
        response = client.get("/staff/")
        assert response.status_code == 503
        assert ("/manage/core/deadlinepolicy/" in response.content.decode()) is linked


def test_applying_policies_says_which_one_is_missing(client):
    new_case()
    without(Step.ACCEPT)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    policy = DeadlinePolicy.objects.filter(step=Step.FINISH).get()
    data = {"action": "apply_to_open_limits", "_selected_action": [policy.pk]}
    page = client.post("/manage/core/deadlinepolicy/", data, follow=True).content.decode()
    assert "没有生效的时限规定" in page


def test_the_refusal_is_both_a_refusal_and_a_missing_policy():
    case = new_case()
    without(Step.FINISH)
    with pytest.raises(NoPolicy, match="2026 年 9 月 14 日|9 月 14 日") as caught:
        limits.open_limit(case, Step.FINISH, start=MONDAY.date(), at=MONDAY)
    assert (caught.value.step, caught.value.on) == (Step.FINISH, MONDAY.date())
