"""The pages of unmasking: the whole way by forms, bad input, and strangers who find nothing."""

import pytest

from accounts.roles import Role
from cases import actions
from cases.models import Unmasking
from cases.workflow import Status
from core.models import Event
from tests.cases.test_pages import page_of, text_of
from tests.factories import (
    MONDAY,
    NAME,
    UserFactory,
    ask_unmasking,
    case_at,
    filer,
    holder,
    new_case,
    office_leader,
    officer,
    the_complaint,
)

pytestmark = pytest.mark.django_db
ASK = {"column": "name", "purpose": "letter", "reason": "要寄送答复意见书。"}


def ask_path(case):
    return f"/staff/cases/{case.pk}/unmask/{the_complaint(case).pk}/"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_from_asking_to_looking_by_forms_alone(client, language):
    client.cookies["django_language"] = language
    case, by, leader = new_case(), officer(), office_leader()
    assert ask_path(case) in text_of(client, f"/staff/cases/{case.pk}/", user=by)
    assert page_of(client, ask_path(case), ASK, user=by)["Location"] == f"/staff/cases/{case.pk}/"
    decide = f"/staff/unmaskings/{Unmasking.objects.get().pk}/"
    assert decide in text_of(client, f"/staff/cases/{case.pk}/", user=leader)
    assert ASK["reason"] in text_of(client, decide, user=leader)
    page_of(client, decide, {"decision": "approved", "note": ""}, user=leader)
    assert NAME not in text_of(client, f"/staff/cases/{case.pk}/", user=by)
    response = page_of(client, f"{decide}show/", {}, user=by)
    assert NAME in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert NAME not in text_of(client, f"/staff/cases/{case.pk}/", user=by)
    assert Event.objects.filter(type="vault.revealed").count() == 1


def test_pages_hold_no_left_over_of_python(client):
    request = ask_unmasking(new_case())
    asked = text_of(client, ask_path(new_case()), user=officer())
    assert "None" not in asked + text_of(client, f"/staff/unmaskings/{request.pk}/", user=office_leader())


def test_a_lapsed_permission_leads_back_and_says_so(client):
    request = ask_unmasking(new_case())
    actions.decide_unmasking(request, decision="approved", note="", by=office_leader(), at=MONDAY)
    response = page_of(client, f"/staff/unmaskings/{request.pk}/show/", {}, user=request.requested_by)
    assert response["Location"] == f"/staff/cases/{request.case_id}/"
    assert "查看权限已失效" in client.get(response["Location"]).content.decode()
    assert not Event.objects.filter(type="vault.revealed").exists()


def test_nothing_is_shown_on_getting(client):
    request = ask_unmasking(new_case())
    for path in ("show", "end"):
        assert page_of(client, f"/staff/unmaskings/{request.pk}/{path}/", user=request.requested_by).status_code == 405


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("column", ""),
        ("column", "phone"),
        ("column", "organisation"),
        ("purpose", ""),
        ("purpose", "consent"),
        ("purpose", "x\x00"),
        ("reason", ""),
        ("reason", "  "),
        ("reason", "a\x00b"),
        ("reason", "字" * 1001),
    ],
)
def test_bad_input_is_named_beside_its_field_and_asks_nothing(client, field, value):
    case = new_case()
    office_leader()
    response = page_of(client, ask_path(case), ASK | {field: value}, user=officer())
    assert list(response.context["form"].errors) == [field]
    assert not Unmasking.objects.exists()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"note": "可以。"}, "decision"),
        ({"decision": "maybe"}, "decision"),
        ({"decision": "refused"}, "note"),
        ({"decision": "refused", "note": "字" * 1001}, "note"),
    ],
)
def test_a_decision_says_yes_or_why_not(client, data, field):
    request = ask_unmasking(new_case())
    response = page_of(client, f"/staff/unmaskings/{request.pk}/", data, user=office_leader())
    assert list(response.context["form"].errors) == [field]
    request.refresh_from_db()
    assert request.decision == ""


def test_a_decision_that_came_too_late_leads_to_the_case(client):
    request, leader = ask_unmasking(new_case()), office_leader()
    actions.decide_unmasking(request, decision="refused", note="请先打电话。", by=office_leader(), at=MONDAY)
    assert page_of(client, f"/staff/unmaskings/{request.pk}/", user=leader)["Location"] == f"/staff/cases/{request.case_id}/"
    assert "请先打电话。" in text_of(client, f"/staff/cases/{request.case_id}/", user=request.requested_by)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OFFICER, Role.OFFICE_LEADER}])
def test_strangers_find_nothing(client, role):
    request = ask_unmasking(new_case())
    user = UserFactory.create(roles=[role])
    paths = [ask_path(request.case), *(f"/staff/unmaskings/{request.pk}/{name}" for name in ("", "show/", "end/"))]
    assert {page_of(client, path, {}, user=user).status_code for path in paths} == {404}


def test_the_agency_finds_nothing(client):
    request = ask_unmasking(case_at(Status.RECEIVED))
    paths = [ask_path(request.case), *(f"/staff/unmaskings/{request.pk}/{name}" for name in ("", "show/", "end/"))]
    assert {page_of(client, path, {}, user=holder(request.case.agency)).status_code for path in paths} == {404}


def test_another_officer_can_neither_decide_nor_look(client):
    request = ask_unmasking(new_case())
    paths = [f"/staff/unmaskings/{request.pk}/{name}" for name in ("", "show/", "end/")]
    assert {page_of(client, path, {}, user=officer()).status_code for path in paths} == {404}
    assert page_of(client, paths[0], {}, user=request.requested_by).status_code == 404


def test_a_complaint_of_another_case_cannot_be_asked_for(client):
    case, other = new_case(), new_case(filer=filer(phone="+8613900009999"))
    path = f"/staff/cases/{case.pk}/unmask/{the_complaint(other).pk}/"
    assert page_of(client, path, ASK, user=officer()).status_code == 404


def test_an_anonymous_complaint_has_no_page_for_asking(client):
    case = new_case(filer=None, notify_sms=False, notify_email=False)
    assert page_of(client, ask_path(case), user=officer()).status_code == 404
    assert "unmask" not in text_of(client, f"/staff/cases/{case.pk}/", user=officer())


@pytest.mark.parametrize("page", ["", "accept/", "decline/"])
def test_how_often_a_number_has_filed_stands_where_the_case_is_judged(client, page):
    first, _second, third = new_case(), new_case(), new_case()
    text = text_of(client, f"/staff/cases/{third.pk}/{page}", user=officer())
    assert "此号码共提交过 3 次" in text
    assert f"/staff/cases/{first.pk}/" in text


def test_a_number_that_filed_once_is_no_news(client):
    case = new_case()
    new_case(filer=filer(phone="+8613900009999"))
    assert "此号码共提交过" not in text_of(client, f"/staff/cases/{case.pk}/", user=officer())
