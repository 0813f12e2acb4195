"""Several agencies deal with one case: one leads and reports, the others sign and give an opinion."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.roles import Role
from agencies.models import Post
from cases import actions, permissions, tracking
from cases.assignments import Part, assignment_list, assignment_page
from cases.leading import co_handlers_of, lead_of
from cases.models import Assignment, Case
from cases.workflow import Status, Step
from complaints.models import Disclosure
from core.clock import SHANGHAI
from core.masking import MASK
from core.models import Event, Notice
from tests.factories import (
    MONDAY,
    NAME,
    PHONE,
    SUMMARY,
    AgencyFactory,
    PostFactory,
    UserFactory,
    agency_of,
    case_at,
    co_handler,
    consent,
    give_back,
    holder,
    new_case,
    office_leader,
    officer,
    staffed_agency,
    the_assignment,
    the_complaint,
)

from .test_pages import page_of
from .test_races import at_once

pytestmark = pytest.mark.django_db
OPINION = "现场核查，9 家持证，5 家已责令限期办理。"


def add(case, agency=None, *, by=None, version=None, summary=SUMMARY):
    dispatch = actions.Dispatch(agency or staffed_agency(), summary)
    return actions.add_co_handler(case, by=by or officer(), version=version, dispatch=dispatch, at=MONDAY)


def opine(row, *, by=None, opinion=OPINION):
    return actions.give_opinion(row, by=by or holder(row.agency), opinion=opinion, at=MONDAY)


def page(row, user=None):
    fresh = Assignment.objects.for_detail().get(pk=row.pk)
    return assignment_page(fresh, user or holder(fresh.agency))


def test_helping_leaves_the_course_of_the_case_alone():
    case = case_at(Status.DISPATCHED)
    row = add(case)
    actions.receive(row, by=holder(row.agency), version=None, at=MONDAY)
    row.refresh_from_db()
    opine(row)
    fresh = Case.objects.get()
    assert (fresh.status, fresh.version, fresh.agency) == (Status.DISPATCHED, case.version, case.agency)
    assert (lead_of(fresh), co_handlers_of(fresh)) == (the_assignment(case), [row])


def test_the_opinion_is_kept_with_who_gave_it():
    row = co_handler(case_at(Status.RECEIVED))
    opine(row)
    row.refresh_from_db()
    assert (row.opinion, row.opinion_at, row.opinion_by) == (OPINION, MONDAY, holder(row.agency))


@pytest.mark.parametrize("status", [Status.REPORTED, Status.REPLIED, Status.CLOSED])
def test_nobody_is_asked_once_the_lead_has_reported(status):
    with pytest.raises(actions.NobodyLeads):
        add(case_at(status))


def test_what_the_office_handles_or_was_given_back_has_no_helpers():
    with pytest.raises(actions.NobodyLeads):
        add(case_at(Status.HANDLING, own=True))
    case = case_at(Status.RECEIVED)
    give_back(case)
    with pytest.raises(actions.NobodyLeads):
        add(case)


def test_the_page_of_help_that_nobody_can_give_leads_to_the_sheet(client):
    case = case_at(Status.REPORTED)
    response = page_of(client, f"/staff/cases/{case.pk}/agencies/add/", user=officer())
    assert response["Location"] == f"/staff/cases/{case.pk}/agencies/"


def test_an_agency_is_asked_once():
    case = case_at(Status.RECEIVED)
    row = add(case)
    for agency in (row.agency, case.agency):
        with pytest.raises(actions.WithItAlready):
            add(case, agency)
    assert case.assignments.count() == 2


def test_an_agency_whose_help_ended_may_be_asked_again():
    case = case_at(Status.RECEIVED)
    row = add(case)
    actions.end_co_handling(row, by=officer(), at=MONDAY)
    assert add(case, row.agency).is_current


def test_an_agency_without_a_liaison_officer_is_not_asked():
    with pytest.raises(actions.NobodyStandsForAgency):
        add(case_at(Status.RECEIVED), AgencyFactory.create())


def test_its_summary_is_checked_and_never_covered_by_consent():
    case = new_case()
    consent(the_complaint(case), Disclosure.NAME)
    summary = f"{NAME}反映窗口退件。"
    dispatch = actions.Dispatch(agency_of(the_complaint(case)), summary, ("name",))
    actions.accept(case, by=officer(), version=None, ruling=actions.Ruling(4), dispatch=dispatch, at=MONDAY)
    with pytest.raises(actions.SummaryNamesComplainant):
        add(case, summary=summary)
    assert add(case).disclosed == []


@pytest.mark.parametrize("role", Role)
def test_officers_ask_and_nobody_else(role):
    case = case_at(Status.RECEIVED)
    assert permissions.can_add_co_handler(UserFactory.create(roles=[role]), case) is (role == Role.OFFICER)


def test_only_its_own_liaison_officer_gives_an_opinion():
    case = case_at(Status.RECEIVED)
    row = co_handler(case)
    for stranger in (holder(case.agency), holder(row.agency, Post.Kind.PRINCIPAL), officer()):
        with pytest.raises(PermissionDenied):
            opine(row, by=stranger)
    with pytest.raises(PermissionDenied):
        opine(the_assignment(case))


def test_an_opinion_comes_after_the_signature_and_once():
    case = case_at(Status.RECEIVED)
    row = co_handler(case, received=False)
    with pytest.raises(actions.NoOpinion, match="先签收"):
        opine(row)
    actions.receive(row, by=holder(row.agency), version=None, at=MONDAY)
    with pytest.raises(actions.NoOpinion):
        actions.receive(row, by=holder(row.agency), version=None, at=MONDAY)
    opine(row)
    with pytest.raises(actions.NoOpinion):
        opine(row, opinion="另一个意见。")


def test_an_opinion_is_late_once_the_reply_is_out():
    case = case_at(Status.RECEIVED)
    row = co_handler(case)
    lead, leader = the_assignment(case), office_leader()
    actions.report(lead, by=holder(lead.agency), version=None, finding="upheld", facts_found="属实。", at=MONDAY)
    actions.approve(case, by=leader, version=None, reply="已办好。", at=MONDAY)
    with pytest.raises(actions.NoOpinion):
        opine(row)
    assert Notice.objects.filter(template="cases/opinion_not_needed", recipient_id=holder(row.agency).pk).exists()
    assert page(row).part == Part.ENDED


def test_a_helper_does_not_report():
    row = co_handler(case_at(Status.RECEIVED))
    with pytest.raises(PermissionDenied):
        actions.report(row, by=holder(row.agency), version=None, finding="upheld", facts_found="x", at=MONDAY)


def test_the_end_of_help_is_told_and_final():
    row = co_handler(case_at(Status.RECEIVED))
    actions.end_co_handling(row, by=officer(), at=MONDAY)
    assert Notice.objects.filter(template="cases/opinion_not_needed").count() == 1
    with pytest.raises(actions.AssignmentOver):
        actions.end_co_handling(row, by=officer(), at=MONDAY)
    with pytest.raises(actions.AssignmentOver):
        opine(row)


def test_the_help_of_the_lead_cannot_be_ended():
    with pytest.raises(PermissionDenied):
        actions.end_co_handling(the_assignment(case_at(Status.RECEIVED)), by=officer(), at=MONDAY)


def test_the_lead_reads_opinions_and_never_who_complained():
    case = case_at(Status.RECEIVED)
    row = co_handler(case)
    opine(row, opinion=f"{NAME}（{PHONE}）的摊位已登记。")
    shown = page(the_assignment(case))
    words = shown.opinions[0].words
    assert NAME not in words
    assert PHONE not in words
    assert MASK in words


def test_the_lead_is_warned_of_a_missing_opinion(client):
    case = case_at(Status.RECEIVED)
    row = co_handler(case)
    lead = the_assignment(case)
    assert page(lead).missing == [row.agency.short_name] or page(lead).missing == [row.agency.name]
    html = page_of(client, f"/staff/assignments/{lead.pk}/report/", user=holder(lead.agency)).content.decode()
    assert "协办意见未收齐" in html
    opine(row)
    html = page_of(client, f"/staff/assignments/{lead.pk}/report/", user=holder(lead.agency)).content.decode()
    assert "协办意见未收齐" not in html
    assert OPINION in html


def test_a_helper_reads_neither_the_others_nor_the_reports():
    case = case_at(Status.RECEIVED)
    first, second = co_handler(case), co_handler(case)
    opine(first)
    shown = page(second)
    assert (shown.opinions, shown.reports, shown.sealed) == ([], [], [])
    assert not shown.may_report


def test_who_owes_an_opinion_is_reminded_with_the_lead():
    case = case_at(Status.RECEIVED)
    owes, gave = co_handler(case), co_handler(case)
    opine(gave)
    limit = case.deadlines.open().get(step=Step.FINISH)
    people = actions.recipients(limit, working_days_late=0)
    assert people == [holder(case.agency), holder(owes.agency)]
    actions.remind(limit.pk, at=datetime(2026, 10, 14, 9, 0, tzinfo=SHANGHAI))
    paths = {one.recipient_id: one.facts["path"] for one in Notice.objects.filter(template="cases/reminder")}
    assert paths[str(holder(owes.agency).pk)] == f"/staff/assignments/{owes.pk}/"
    assert paths[str(holder(case.agency).pk)] == f"/staff/assignments/{the_assignment(case).pk}/"


def test_its_list_shows_what_to_do():
    row = co_handler(case_at(Status.RECEIVED), received=False)
    user = holder(row.agency)
    assert [(one.assignment, one.state) for one in assignment_list(user, "").to_do] == [(row, "待签收")]
    actions.receive(row, by=user, version=None, at=MONDAY)
    row.refresh_from_db()
    opine(row)
    found = assignment_list(user, "")
    assert (found.to_do, [one.state for one in found.others]) == ([], ["已提意见"])


def test_the_complainant_reads_who_was_asked():
    case = case_at(Status.RECEIVED)
    row = co_handler(case)
    told = tracking.progress(the_complaint(case))
    assert any(row.agency.short_name in entry.title or row.agency.name in entry.title for entry in told.timeline)
    assert {sent.agency for sent in told.sent} == {case.agency_id, row.agency_id}


def test_who_holds_a_post_in_a_helping_agency_sees_nothing_of_the_case():
    case = case_at(Status.RECEIVED)
    row = co_handler(case)
    both = UserFactory.create(roles=[Role.OFFICER, Role.AGENCY_LEADER])
    PostFactory.create(agency=row.agency, user=both)
    assert not Case.objects.visible_to(both).filter(pk=case.pk).exists()


def test_the_database_knows_one_lead():
    case = case_at(Status.RECEIVED)
    with pytest.raises(IntegrityError, match="assignment_one_lead"), transaction.atomic():
        Assignment.objects.create(case=case, agency=staffed_agency(), summary="x", assigned_at=MONDAY, assigned_by=officer())


@pytest.mark.django_db(transaction=True)
def test_two_officers_ask_the_same_agency_at_once():
    case, agency, first, second = case_at(Status.RECEIVED), staffed_agency(), officer(), officer()
    results = at_once(lambda: add(case, agency, by=first), lambda: add(case, agency, by=second))
    assert sum(isinstance(result, actions.WithItAlready) for result in results) == 1
    assert case.assignments.filter(agency=agency).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_opinion_and_the_end_of_help_at_once():
    row, by = co_handler(case_at(Status.RECEIVED)), officer()
    results = at_once(lambda: opine(row), lambda: actions.end_co_handling(row, by=by, at=MONDAY))
    refused = [result for result in results if isinstance(result, Exception)]
    row.refresh_from_db()
    assert not row.is_current
    assert [type(one) for one in refused] in ([], [actions.AssignmentOver])
    assert bool(row.opinion) is not bool(refused)


def test_the_whole_of_it_on_pages(client):
    case, other, by = case_at(Status.RECEIVED), staffed_agency(), officer()
    path = f"/staff/cases/{case.pk}/agencies/add/"
    form = page_of(client, path, user=by).context["form"]
    assert form["summary"].value() == SUMMARY
    page_of(client, path, {"version": case.version, "agency": other.pk, "summary": SUMMARY}, user=by)
    row = case.assignments.get(agency=other)
    user = holder(other)
    page_of(client, f"/staff/assignments/{row.pk}/receive/", {"version": case.version}, user=user)
    page_of(client, f"/staff/assignments/{row.pk}/opinion/", {"version": case.version, "opinion": OPINION}, user=user)
    html = page_of(client, f"/staff/cases/{case.pk}/agencies/", user=by).content.decode()
    assert OPINION in html
    page_of(client, f"/staff/assignments/{row.pk}/end/", {}, user=by)
    row.refresh_from_db()
    assert not row.is_current


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_read_in_both_languages(client, language):
    client.cookies["django_language"] = language
    case = case_at(Status.RECEIVED)
    row = co_handler(case)
    for path, user in (
        (f"/staff/cases/{case.pk}/agencies/", officer()),
        (f"/staff/cases/{case.pk}/agencies/add/", officer()),
        (f"/staff/assignments/{row.pk}/", holder(row.agency)),
        (f"/staff/assignments/{row.pk}/opinion/", holder(row.agency)),
    ):
        assert page_of(client, path, user=user).status_code == 200


def test_the_sheet_costs_few_queries(client, django_assert_max_num_queries):
    case, by = case_at(Status.RECEIVED), officer()
    co_handler(case)
    client.force_login(by)
    client.get(f"/staff/cases/{case.pk}/agencies/")
    with django_assert_max_num_queries(16):
        client.get(f"/staff/cases/{case.pk}/agencies/")


def test_log_and_notices_hold_ids_alone():
    case = case_at(Status.RECEIVED)
    row = co_handler(case)
    opine(row)
    facts = str([event.facts for event in Event.objects.all()]) + str([one.facts for one in Notice.objects.all()])
    assert OPINION not in facts
    assert SUMMARY not in facts
