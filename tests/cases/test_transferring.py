"""A matter in the agency's own powers: it answers in its own name, and the handler approves."""

from typing import Any

import pytest

from accounts.models import User
from cases import actions, permissions
from cases.deadlines import agency_must_act
from cases.desk import looks
from cases.forms import ReportForm, suggested_reply
from cases.models import Assignment, Case, Report
from cases.reading import next_step
from cases.workflow import Mode, Status, Step
from core import clock
from core.models import Event, Notice
from tests.factories import (
    MONDAY,
    SUMMARY,
    case_at,
    handler_of,
    holder,
    new_case,
    office_leader,
    officer,
    the_assignment,
    transferred_case,
)

from .test_pages import accepting, page_of

pytestmark = pytest.mark.django_db
REPLY = "您反映的问题属实，已补办。"


def test_transfer_dispatches_with_the_limits_of_an_assignment():
    case = transferred_case()
    assert (case.status, case.mode) == (Status.RECEIVED, Mode.TRANSFER)
    assert case.deadlines.open().get().step == Step.FINISH
    assert Event.objects.of(case.subject).filter(type="case.transferred").count() == 1


@pytest.mark.parametrize(
    ("step", "mode", "status", "agency"),
    [
        (Step.FINISH, Mode.TRANSFER, "received", True),
        (Step.FINISH, Mode.ASSIGN, "received", True),
        (Step.FINISH, Mode.HANDLE, "handling", False),
        (Step.FINISH, Mode.TRANSFER, "returned", False),
        (Step.RECEIVE, Mode.TRANSFER, "dispatched", True),
        (Step.FEEDBACK, Mode.TRANSFER, "reported", False),
    ],
)
def test_whose_limit_it_is(step, mode, status, agency):
    assert agency_must_act(step, mode, status) is agency


def test_the_report_carries_the_agencys_reply():
    lead = the_assignment(transferred_case())
    words: dict[str, Any] = {"finding": "upheld", "facts_found": "属实。", "measures": "已补办。", "version": None, "at": MONDAY}
    with pytest.raises(actions.ReplyMissing):
        actions.report(lead, by=holder(lead.agency), reply=" ", **words)
    actions.report(lead, by=holder(lead.agency), reply=REPLY, **words)
    assert Report.objects.get().reply == REPLY


@pytest.mark.parametrize(
    ("mode", "shown", "required"), [("transfer", True, True), ("assign", True, False), ("handle", False, False)]
)
def test_the_form_asks_for_the_reply_where_it_is_due(mode, shown, required):
    fields = ReportForm(case=Case(mode=mode, version=1)).fields
    assert ("reply" in fields) is shown
    assert (shown and fields["reply"].required) is required


def test_the_reply_is_suggested_as_the_agency_wrote_it():
    transferred_case(Status.REPORTED)
    assert suggested_reply(Report.objects.get(), "en") == REPLY


def test_the_handler_approves_what_was_transferred_and_nothing_else():
    transferred, assigned = transferred_case(Status.REPORTED), case_at(Status.REPORTED)
    for case, may in ((transferred, True), (assigned, False)):
        assert permissions.can_approve(handler_of(case), case) is may
        assert permissions.can_send_back(handler_of(case), case) is may
        assert permissions.can_approve(office_leader(), case)
        assert not permissions.can_approve(officer(), case)


def test_the_handler_gives_the_reply():
    case = transferred_case(Status.REPORTED)
    actions.approve(case, by=handler_of(case), version=None, reply=REPLY, at=MONDAY)
    case.refresh_from_db()
    assert (case.status, case.reply, case.replied_by) == (Status.REPLIED, REPLY, case.handler)


def test_the_handler_alone_is_told_and_finds_it_in_the_queue():
    leader = office_leader()
    case = transferred_case(Status.REPORTED)
    told = set(Notice.objects.filter(template="cases/reported").values_list("recipient_id", flat=True))
    assert told == {str(case.handler_id)}
    assert case in looks.BY_CODE["waiting"].cases(handler_of(case), clock.today())
    assert str(leader.pk) not in told


def test_a_handler_who_left_is_replaced_by_the_leaders():
    leader = office_leader()
    case = transferred_case()
    User.objects.filter(pk=handler_of(case).pk).update(is_active=False)
    lead = the_assignment(case)
    words = {"finding": "upheld", "facts_found": "属实。", "measures": "已补办。", "reply": REPLY}
    actions.report(lead, by=holder(lead.agency), version=None, at=MONDAY, **words)
    assert Notice.objects.filter(template="cases/reported", recipient_id=leader.pk).exists()


def test_accepting_with_a_transfer_on_the_page(client):
    case, by = new_case(), officer()
    page_of(client, f"/staff/cases/{case.pk}/accept/", accepting(case, by, mode="transfer"), user=by)
    case.refresh_from_db()
    assert (case.mode, case.status, Assignment.objects.get().summary) == (Mode.TRANSFER, Status.DISPATCHED, SUMMARY)
    response = page_of(client, f"/staff/cases/{new_case().pk}/accept/", accepting(case, by, mode="transfer", agency=""), user=by)
    assert list(response.context["form"].errors) == ["agency"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_reporting_and_approving_on_pages(client, language):
    client.cookies["django_language"] = language
    case = transferred_case()
    lead, by = the_assignment(case), handler_of(case)
    path = f"/staff/assignments/{lead.pk}/report/"
    given = {"version": case.version, "finding": "upheld", "facts_found": "属实。", "measures": "已补办。"}
    assert list(page_of(client, path, given, user=holder(lead.agency)).context["form"].errors) == ["reply"]
    page_of(client, path, given | {"reply": REPLY}, user=holder(lead.agency))
    form = page_of(client, f"/staff/cases/{case.pk}/approve/", user=by).context["form"]
    assert form["reply"].value() == REPLY


def test_the_queue_narrows_to_a_way_of_handling(client):
    transferred_case()
    case_at(Status.RECEIVED)
    page = page_of(client, "/staff/?mode=transfer", user=officer()).context["page"]
    assert [row.case.mode for row in page.rows] == [Mode.TRANSFER]


def test_a_case_whose_handler_left_says_so_and_offers_to_hand_it_on(client):
    case, by = case_at(Status.RECEIVED), officer()
    User.objects.filter(pk=handler_of(case).pk).update(is_active=False)
    step = next_step(Case.objects.get(pk=case.pk), by)
    assert "离岗" in step.text
    assert (step.acts[0].url.split("/")[-2], step.acts[0].primary) == ("hand-on", True)
    path = f"/staff/cases/{case.pk}/hand-on/"
    assert page_of(client, path, user=by).context["form"]["handler"].value() == by.pk
    page_of(client, path, {"version": case.version, "handler": by.pk}, user=by)
    case.refresh_from_db()
    assert case.handler == by


def test_handing_on_from_a_stale_page_is_refused(client):
    case, by = case_at(Status.RECEIVED), officer()
    response = page_of(client, f"/staff/cases/{case.pk}/hand-on/", {"version": 1, "handler": by.pk}, user=by)
    assert "页面已过时" in response.content.decode()
    with pytest.raises(actions.NoHandler):
        actions.hand_on_one(case, by=by, version=None, to=handler_of(case), at=MONDAY)
