"""An agency gives a case back; the office assigns it again, takes it over or refuses; several times and a leader decides."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.roles import Role
from agencies.models import Post
from cases import actions, permissions, tracking
from cases.assignments import assignment_list, assignment_page, disclosed_words
from cases.desk import looks
from cases.models import AgencyReturn, Assignment, Case
from cases.reading import next_step
from cases.workflow import Mode, Status, Step, TransitionNotAllowed
from complaints import actions as complaint_actions
from complaints.models import Disclosure
from core.models import Notice
from tests.factories import (
    MONDAY,
    NAME,
    PHONE,
    SUMMARY,
    AgencyFactory,
    UserFactory,
    agency_of,
    case_at,
    co_handler,
    consent,
    give_back,
    handler_of,
    holder,
    new_case,
    office_leader,
    officer,
    returned_case,
    staffed_agency,
    the_assignment,
    the_complaint,
)

from .test_pages import page_of
from .test_races import at_once, stale

pytestmark = pytest.mark.django_db
WHY = "依据三定方案第五条，应由你局办理。"


@pytest.fixture(autouse=True)
def _twice_at_most(settings):
    settings.RETURNS_AT_MOST = 2


def again(case, *, by=None, agency=None, version=None, at=MONDAY, summary=SUMMARY):
    dispatch = actions.Dispatch(agency or staffed_agency(), summary)
    return actions.assign_again(case, by=by or officer(), version=version, dispatch=dispatch, at=at)


def refuse(case, *, by=None, version=None, reason=WHY, at=MONDAY):
    return actions.refuse_return(case, by=by or officer(), version=version, reason=reason, at=at)


def page(row, user=None):
    fresh = Assignment.objects.for_detail().get(pk=row.pk)
    return assignment_page(fresh, user or holder(fresh.agency))


@pytest.mark.parametrize("status", [Status.DISPATCHED, Status.RECEIVED])
def test_giving_back_waits_for_the_office(status):
    case = case_at(status)
    proposed = staffed_agency()
    row = give_back(case, proposed=proposed)
    assert (case.status, case.returns) == (Status.RETURNED, 1)
    assert (row.basis, row.proposed, row.decision) == ("三定方案第三条", proposed, "")


def test_the_finish_limit_begins_with_it_and_runs_on():
    case = case_at(Status.DISPATCHED)
    give_back(case, at=MONDAY + timedelta(hours=3))
    limits = {one.step: (one.started_on, one.closed_at is None) for one in case.deadlines.all()}
    assert limits[Step.FINISH] == (date(2026, 9, 14), True)
    assert limits[Step.RECEIVE][1] is False
    due = case.deadlines.get(step=Step.FINISH).due_on
    lead = again(case, at=MONDAY + timedelta(days=7))
    actions.receive(lead, by=holder(lead.agency), version=None, at=MONDAY + timedelta(days=7))
    assert case.deadlines.get(step=Step.FINISH).due_on == due


@pytest.mark.parametrize("status", [Status.TRIAGE, Status.REPORTED, Status.REPLIED])
def test_in_no_other_state_it_is_given_back(status):
    if status == Status.TRIAGE:
        assert not new_case().assignments.exists()
        return
    with pytest.raises(TransitionNotAllowed):
        give_back(case_at(status))


def test_an_agency_does_not_propose_itself():
    case = case_at(Status.DISPATCHED)
    with pytest.raises(actions.ProposesItself):
        give_back(case, proposed=case.agency)


def test_only_the_liaison_officer_of_the_lead_gives_back():
    case = case_at(Status.RECEIVED)
    lead = the_assignment(case)
    words: dict[str, Any] = {"reason": "x", "basis": "x", "version": None, "at": MONDAY}
    for stranger in (holder(staffed_agency()), holder(case.agency, Post.Kind.PRINCIPAL), officer()):
        with pytest.raises(PermissionDenied):
            actions.give_back(lead, by=stranger, **words)
    helping = co_handler(case)
    with pytest.raises(PermissionDenied):
        actions.give_back(helping, by=holder(helping.agency), **words)


def test_officers_are_asked_and_reminded_while_it_waits():
    case = returned_case()
    by = officer()
    assert Notice.objects.filter(template="cases/returned").exists()
    deadline = case.deadlines.open().get()
    assert by in actions.recipients(deadline, working_days_late=0)
    assert holder(case.agency) not in actions.recipients(deadline, working_days_late=5)


def test_another_agency_gets_it_with_a_new_receipt_limit():
    case = returned_case()
    old, other = the_assignment(case), staffed_agency()
    new = again(case, agency=other)
    case.refresh_from_db()
    old.refresh_from_db()
    assert (case.status, case.agency, old.ended_at) == (Status.DISPATCHED, other, MONDAY)
    assert case.deadlines.open().filter(step=Step.RECEIVE).count() == 1
    assert (old.returns.get().decision, new.is_final) == ("accepted", False)


def test_who_gave_it_back_is_no_other_agency():
    case = returned_case()
    with pytest.raises(actions.SameAgency):
        again(case, agency=case.agency)
    case.refresh_from_db()
    assert case.status == Status.RETURNED


def test_an_agency_without_anybody_gets_nothing_and_the_return_stays_open():
    case = returned_case()
    with pytest.raises(actions.NobodyStandsForAgency):
        again(case, agency=AgencyFactory.create())
    assert AgencyReturn.objects.get().decision == ""
    assert the_assignment(case).ended_at is None


def test_the_new_summary_is_checked_too():
    with pytest.raises(actions.SummaryNamesComplainant):
        again(returned_case(), summary=f"{NAME} 反映窗口退件。")


def test_who_helped_so_far_may_lead():
    case = case_at(Status.RECEIVED)
    helping = co_handler(case)
    give_back(case)
    new = again(case, agency=helping.agency)
    helping.refresh_from_db()
    assert (helping.is_current, new.is_lead) == (False, True)


def test_the_office_takes_it_over():
    case, other = returned_case(), officer()
    actions.take_over(case, by=officer(), version=None, handler=other, at=MONDAY)
    case.refresh_from_db()
    assert (case.status, case.mode, case.agency, case.handler) == (Status.HANDLING, Mode.HANDLE, None, other)
    assert not case.assignments.current().exists()
    assert case.deadlines.open().get().step == Step.FINISH


def test_nobody_outside_the_office_takes_it_over():
    with pytest.raises(actions.NotOfTheOffice):
        actions.take_over(returned_case(), by=officer(), version=None, handler=holder(staffed_agency()), at=MONDAY)


def test_a_refusal_leaves_it_and_says_why():
    case = case_at(Status.RECEIVED)
    give_back(case)
    lead = refuse(case)
    case.refresh_from_db()
    lead.refresh_from_db()
    assert (case.status, lead.received_at, lead.is_current) == (Status.DISPATCHED, None, True)
    shown = page(lead)
    assert shown.given_back
    assert (shown.given_back.note, shown.may_receive, shown.returns_left) == (WHY, True, 1)


def test_the_refusal_must_not_name_the_complainant():
    with pytest.raises(actions.ReasonNamesComplainant):
        refuse(returned_case(), reason=f"请联系 {PHONE}。")


@pytest.mark.parametrize(("times", "decider"), [(1, Role.OFFICER), (2, Role.OFFICE_LEADER)])
def test_who_decides(times, decider):
    case = returned_case(times=times)
    allowed = {role for role in Role if permissions.can_decide_return(UserFactory.create(roles=[role]), case)}
    assert allowed == {decider}


def test_what_a_leader_decides_is_final():
    case = returned_case(times=2)
    with pytest.raises(PermissionDenied):
        refuse(case, by=officer())
    lead = refuse(case, by=office_leader())
    assert lead.is_final
    assert not page(lead).may_give_back
    with pytest.raises(actions.NoMoreReturns, match="裁定"):
        give_back(case)


def test_the_setting_says_how_often(settings):
    settings.RETURNS_AT_MOST = 1
    case = returned_case()
    new = again(case, by=office_leader())
    assert new.is_final


def test_the_former_agency_sees_that_it_is_over_and_nothing_else():
    case = new_case()
    consent(the_complaint(case), Disclosure.WORDS)
    dispatch = actions.Dispatch(agency_of(the_complaint(case)), SUMMARY, ("words",))
    actions.accept(case, by=officer(), version=None, ruling=actions.Ruling(4), dispatch=dispatch, at=MONDAY)
    old = the_assignment(case)
    give_back(case)
    again(case)
    shown = page(old)
    assert (shown.state, shown.limits, shown.due) == ("已结束", [], None)
    assert not any((shown.may_receive, shown.may_report, shown.may_give_back, shown.may_reveal, shown.opinions))
    fresh = Assignment.objects.get(pk=old.pk)
    assert disclosed_words(fresh) == []
    with pytest.raises(actions.AssignmentOver):
        actions.reveal_disclosed(fresh, by=holder(fresh.agency), at=MONDAY)


def test_the_former_agency_does_nothing_any_more():
    case = case_at(Status.RECEIVED)
    old, by = the_assignment(case), holder(case.agency)
    give_back(case)
    again(case)
    for act in (
        lambda: actions.receive(old, by=by, version=None, at=MONDAY),
        lambda: actions.report(old, by=by, version=None, finding="upheld", facts_found="x", at=MONDAY),
        lambda: actions.give_back(old, by=by, version=None, reason="x", basis="x", at=MONDAY),
    ):
        with pytest.raises(actions.AssignmentOver):
            act()


def test_the_lists_of_both_agencies():
    case = returned_case()
    old = the_assignment(case)
    assert [row.assignment for row in assignment_list(holder(old.agency), "").others] == [old]
    new = again(case)
    assert [row.assignment for row in assignment_list(holder(new.agency), "").to_do] == [new]
    assert assignment_list(holder(old.agency), "").to_do == []


def test_a_withdrawn_case_ends_while_it_is_given_back():
    case = returned_case()
    complaint_actions.withdraw(the_complaint(case), "", at=MONDAY)
    case.refresh_from_db()
    actions.end_withdrawn(case, by=handler_of(case), version=None, reason="投诉人撤回。", at=MONDAY)
    case.refresh_from_db()
    assert (case.status, AgencyReturn.objects.get().decision) == (Status.CLOSED, "accepted")


def test_the_complainant_reads_that_the_last_day_stays():
    case = returned_case()
    told = tracking.progress(the_complaint(case))
    assert "最后期限仍是" in told.lead
    assert told.deadline
    assert told.deadline.holder == "本办公室"
    assert "不属本局职责" not in str(told)


def test_the_panel_and_the_queue_show_what_waits():
    case, by = returned_case(), officer()
    assert [act.url.split("/")[-2] for act in next_step(case, by).acts][:3] == ["assign-again", "take-over", "refuse-return"]
    assert list(looks.BY_CODE["returned"].cases(by, date(2026, 9, 14))) == [case]


def test_a_leader_reads_that_it_is_up_to_him():
    case = returned_case(times=2)
    assert "裁定" in next_step(case, office_leader()).text
    assert [act.url.split("/")[-2] for act in next_step(case, officer()).acts] == ["refer"]


@pytest.mark.django_db(transaction=True)
def test_two_liaison_officers_give_it_back_at_once():
    case = case_at(Status.RECEIVED)
    lead, by = the_assignment(case), holder(case.agency)
    words: dict[str, Any] = {"reason": "x", "basis": "x", "version": case.version, "at": MONDAY}
    results = at_once(*[lambda: actions.give_back(lead, by=by, **words)] * 2)
    assert len(stale(results)) == 1
    assert (AgencyReturn.objects.count(), Case.objects.get().returns) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_officers_decide_at_once():
    case, first, second, other = returned_case(), officer(), officer(), staffed_agency()
    results = at_once(
        lambda: again(case, by=first, agency=other, version=case.version),
        lambda: refuse(case, by=second, version=case.version),
    )
    assert len(stale(results)) == 1
    assert case.assignments.current().count() == 1
    assert AgencyReturn.objects.get().decision in {"accepted", "refused"}


@pytest.mark.django_db(transaction=True)
def test_report_and_return_at_once():
    case = case_at(Status.RECEIVED)
    lead, by = the_assignment(case), holder(case.agency)
    version = case.version
    results = at_once(
        lambda: actions.report(lead, by=by, version=version, finding="upheld", facts_found="属实。", measures="x", at=MONDAY),
        lambda: actions.give_back(lead, by=by, version=version, reason="x", basis="x", at=MONDAY),
    )
    assert len(stale(results)) == 1


def test_giving_back_on_a_page(client):
    case = case_at(Status.DISPATCHED)
    by, lead = holder(case.agency), the_assignment(case)
    path = f"/staff/assignments/{lead.pk}/give-back/"
    assert list(page_of(client, path, {"version": case.version, "reason": "不属"}, user=by).context["form"].errors) == ["basis"]
    offered = page_of(client, path, user=by).context["form"].fields["proposed"].choices
    assert lead.agency_id not in [int(pk) for pk, _label in offered if pk]
    page_of(client, path, {"version": case.version, "reason": "不属", "basis": "三定", "proposed": ""}, user=by)
    assert Case.objects.get().status == Status.RETURNED
    assert page_of(client, path, user=by).status_code == 302  # it is over: back to the assignment


def test_deciding_on_pages_starts_from_what_is_known(client):
    case, other, by = case_at(Status.DISPATCHED), staffed_agency(), officer()
    give_back(case, proposed=other)
    path = f"/staff/cases/{case.pk}/assign-again/"
    form = page_of(client, path, user=by).context["form"]
    assert (form["agency"].value(), form["summary"].value(), form["mode"].value()) == (other.pk, SUMMARY, "assign")
    page_of(client, path, {"version": case.version, "agency": other.pk, "summary": SUMMARY, "mode": "transfer"}, user=by)
    case.refresh_from_db()
    assert (case.status, case.agency, case.mode) == (Status.DISPATCHED, other, Mode.TRANSFER)


@pytest.mark.parametrize("name", ["assign-again", "take-over", "refuse-return"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_of_a_decision_show_why_it_was_given_back(client, name, language):
    client.cookies["django_language"] = language
    case = returned_case()
    html = page_of(client, f"/staff/cases/{case.pk}/{name}/", user=officer()).content.decode()
    assert "三定方案第三条" in html


def test_taking_over_and_refusing_by_forms(client):
    first, second, by = returned_case(), returned_case(), officer()
    page_of(client, f"/staff/cases/{first.pk}/take-over/", {"version": first.version, "handler": by.pk}, user=by)
    page_of(client, f"/staff/cases/{second.pk}/refuse-return/", {"version": second.version, "reason": WHY}, user=by)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.handler, second.status) == (Status.HANDLING, by, Status.DISPATCHED)


def test_a_stale_page_says_what_happened_and_keeps_the_words(client):
    case, by = returned_case(), officer()
    stale_version = case.version
    actions.take_over(case, by=officer(), version=None, at=MONDAY)
    response = page_of(client, f"/staff/cases/{case.pk}/refuse-return/", {"version": stale_version, "reason": WHY}, user=by)
    html = response.content.decode()
    assert "页面已过时" in html
    assert WHY in html
