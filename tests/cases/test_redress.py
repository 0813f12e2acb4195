"""What follows from a finding: dispositions by a clause in force and two people; rectification with its own limit."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from accounts.roles import Role
from agencies.models import DispositionKind, MeasureClause, Post
from cases import actions, permissions, tracking
from cases.assignments import assignment_list, assignment_page
from cases.models import Assignment, Case, Disposition, Rectification
from cases.workflow import Finding, Mode, Status, Step
from core import files
from core.models import Notice
from tests.factories import (
    MONDAY,
    NAME,
    AgencyFactory,
    UserFactory,
    case_at,
    clause,
    disposition,
    handler_of,
    holder,
    office_leader,
    officer,
    rectification,
    the_assignment,
    the_complaint,
)

from .test_pages import PNG
from .test_races import at_once

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
AFTER = MONDAY + timedelta(hours=9)


def decide(row, *, by=None, approve=True, at=AFTER, note=""):
    return actions.decide_disposition(row, by=by or office_leader(), approve=approve, note=note, at=at)


def answer(row, *, by=None, at=AFTER + WEEK, proofs=()):
    by = by or holder(row.assignment.agency)
    return actions.answer_rectification(row, by=by, text="清单已公示。", proofs=proofs, at=at)


def judge(row, *, by=None, accept=True, note="", at=AFTER + WEEK + WEEK):
    return actions.judge_rectification(row, by=by or handler_of(row.case), accept=accept, note=note, at=at)


@pytest.mark.parametrize(("until", "holds"), [(date(2026, 9, 14), True), (date(2026, 9, 13), False)])
def test_the_clause_holds_on_the_day_of_the_proposal(until, holds):
    case, row = case_at(Status.REPLIED), clause(until=until)
    if holds:
        assert disposition(case, clause=row).decision == ""
    else:
        with pytest.raises(actions.ClauseNotValid, match="9 月 14 日"):
            disposition(case, clause=row)


def test_the_clause_holds_on_the_day_of_the_decision():
    row = disposition(case_at(Status.REPLIED))
    MeasureClause.objects.update(valid_until=date(2026, 9, 20))
    with pytest.raises(actions.ClauseNotValid):
        decide(row, at=MONDAY + WEEK)
    row.clause.measure.valid_until = date(2026, 9, 13)
    row.clause.measure.save()
    with pytest.raises(actions.ClauseNotValid):
        decide(row)
    assert not Disposition.objects.get().decision


def test_a_clause_allows_only_what_it_names():
    with pytest.raises(actions.ClauseNotValid, match="通报批评"):
        disposition(case_at(Status.REPLIED), kind="circular", clause=clause(DispositionKind.CRITICISM))


def test_nothing_follows_where_nothing_was_upheld():
    case = case_at(Status.REPLIED)
    Case.objects.filter(pk=case.pk).update(finding=Finding.NOT_UPHELD)
    with pytest.raises(actions.NothingUpheld):
        disposition(case)
    assert not permissions.can_demand_rectification(handler_of(case), Case.objects.get(pk=case.pk))


def test_a_report_that_waits_is_enough_to_propose():
    assert disposition(case_at(Status.REPORTED)).pk
    with pytest.raises(actions.NothingUpheld):
        disposition(case_at(Status.RECEIVED), clause=clause(number="第十三条"))


def test_the_agency_is_told_through_its_assignment_and_not_before_the_decision():
    case = case_at(Status.REPLIED)
    row, liaison = disposition(case), holder(case.agency)
    assert assignment_page(the_assignment(case), liaison).dispositions == []
    decide(row)
    assert assignment_page(the_assignment(case), liaison).dispositions == [row]
    notice = Notice.objects.get(template="cases/disposition_to_agency")
    assert (notice.recipient_id, row.words in str(notice.facts)) == (str(liaison.pk), False)


def test_without_an_assignment_no_agency_is_told():
    case = case_at(Status.REPLIED, own=True)
    decide(disposition(case))
    assert not Notice.objects.filter(template="cases/disposition_to_agency").exists()


def test_a_refusal_stays_in_the_office():
    case = case_at(Status.REPLIED)
    row = decide(disposition(case), approve=False, note="情节轻微。")
    assert assignment_page(the_assignment(case), holder(case.agency)).dispositions == []
    with pytest.raises(actions.DispositionDecided):
        decide(row)


@pytest.mark.parametrize("field", ["words", "post"])
def test_the_words_never_tell_who_complained(field):
    words: dict[str, Any] = {field: f"{NAME}投诉后"}
    with pytest.raises(actions.NamesComplainant):
        disposition(case_at(Status.REPLIED), **words)


def test_two_people_make_a_disposition():
    case, both = case_at(Status.REPLIED), UserFactory.create(roles=[Role.OFFICER, Role.OFFICE_LEADER])
    Case.objects.filter(pk=case.pk).update(handler=both)
    row = disposition(case, by=both)
    with pytest.raises(PermissionDenied):
        decide(row, by=both)
    with pytest.raises(IntegrityError, match="disposition_two_people"):
        Disposition.objects.filter(pk=row.pk).update(decision="approved", decided_at=MONDAY, decided_by=both)


@pytest.mark.parametrize("role", Role)
def test_who_decides_and_who_proposes(role):
    case, person = case_at(Status.REPLIED), UserFactory.create(roles=[role])
    assert permissions.can_decide_disposition(person, disposition(case)) is (role == Role.OFFICE_LEADER)
    assert not permissions.can_propose_disposition(person, case)  # the handler alone
    assert not permissions.can_demand_rectification(person, case)


def limit_of(case):
    return case.deadlines.get(step=Step.RECTIFICATION)


def test_a_rectification_runs_for_thirty_days_and_outlives_its_case():
    case = case_at(Status.REPLIED)
    rectification(case, at=AFTER)
    assert limit_of(case).due_on == date(2026, 10, 14)
    case.refresh_from_db()
    by = officer()
    actions.follow_up(case, by=by, version=None, satisfaction="satisfied", note="", at=AFTER)
    assert Case.objects.get(pk=case.pk).status == Status.CLOSED
    assert limit_of(case).closed_at is None


def test_it_can_be_demanded_after_closing():
    assert rectification(case_at(Status.CLOSED)).pk


def test_reminders_go_to_the_agency_and_climb():
    case = case_at(Status.REPLIED)
    row = rectification(case, at=AFTER)
    limit = limit_of(case)
    assert actions.recipients(limit, working_days_late=-2) == [holder(case.agency)]
    people = actions.recipients(limit, working_days_late=9)
    assert people == [
        holder(case.agency, kind) for kind in (Post.Kind.LIAISON_OFFICER, Post.Kind.LEADER_IN_CHARGE, Post.Kind.PRINCIPAL)
    ]
    actions.remind(limit.pk, at=limit.next_reminder_at)
    notice = Notice.objects.get(template="cases/reminder", recipient_id=str(holder(case.agency).pk))
    assert notice.facts["path"] == f"/staff/assignments/{row.assignment_id}/"


def test_what_must_be_put_right_is_on_the_agencys_list_until_it_is_answered():
    case, other = case_at(Status.CLOSED), case_at(Status.CLOSED)
    row, liaison = rectification(case), holder(case.agency)
    rectification(other)
    listed = assignment_list(liaison, "")
    assert [(one.assignment, one.due_on, one.put_right) for one in listed.to_do] == [(row.assignment, date(2026, 10, 14), True)]
    assert listed.others == []
    answer(row)
    listed = assignment_list(liaison, "")
    assert (listed.to_do, [one.assignment for one in listed.others]) == ([], [row.assignment])


def test_one_at_a_time():
    case = case_at(Status.REPLIED)
    row = rectification(case)
    with pytest.raises(actions.RectificationOpen):
        rectification(case)
    with pytest.raises(IntegrityError, match="rectification_one_open"):
        Rectification.objects.create(
            case=case, assignment=row.assignment, demand="x", demanded_at=MONDAY, demanded_by=handler_of(case)
        )


def test_an_answer_stops_the_limit_and_sending_back_lets_it_run_on():
    case = case_at(Status.REPLIED)
    row = rectification(case, at=AFTER)
    answer(row)
    assert limit_of(case).closed_at is not None
    row = judge(row, accept=False, note="缺照片。")
    assert (limit_of(case).closed_at, limit_of(case).due_on) == (None, date(2026, 10, 14))
    answer(row)
    row = judge(row)
    assert (row.accepted_by, limit_of(case).closed_at is None) == (handler_of(case), False)
    assert rectification(case).pk  # the next one may come


def test_proof_is_kept_sealed_with_the_answer():
    row = rectification(case_at(Status.REPLIED))
    picture = files.examine(SimpleUploadedFile("a.png", PNG))
    assert answer(row, proofs=[picture]).proofs.get().file.original
    with pytest.raises(actions.RectificationMoved):
        answer(row)
    other = rectification(case_at(Status.REPLIED))
    with pytest.raises(actions.TooManyProofs):
        answer(other, proofs=[picture] * 11)


def test_nothing_is_judged_before_it_is_answered():
    row = rectification(case_at(Status.REPLIED))
    with pytest.raises(actions.RectificationMoved):
        judge(row)


def test_what_the_agency_reads_never_tells_who_complained():
    case = case_at(Status.REPLIED)
    with pytest.raises(actions.NamesComplainant) as refusal:
        rectification(case, demand=f"请向{NAME}道歉。")
    assert refusal.value.field == "demand"
    row = rectification(case)
    answer(row)
    with pytest.raises(actions.NamesComplainant):
        judge(row, accept=False, note=f"{NAME}说没有改。")


def test_what_the_office_handled_itself_goes_to_the_agency_as_the_demand_alone():
    case = case_at(Status.REPLIED, own=True)
    assert case.mode == Mode.HANDLE
    row = rectification(case)
    liaison = holder(case.respondent_agency)
    assert Assignment.objects.visible_to(liaison).get().summary == row.demand
    page = assignment_page(Assignment.objects.for_detail().get(), liaison)
    assert (page.may_receive, page.may_report, bool(page.to_put_right)) == (False, False, True)
    assert actions.recipients(limit_of(case), working_days_late=0) == [liaison]
    assert answer(row).pk


def test_an_agency_that_must_only_put_right_reports_nothing():
    case = case_at(Status.REPLIED, own=True)
    rectification(case)
    Case.objects.filter(pk=case.pk).update(status=Status.HANDLING)
    assignment = Assignment.objects.for_detail().get()
    assert not permissions.can_report(holder(case.respondent_agency), assignment)


def test_nobody_to_tell_is_said():
    case = case_at(Status.REPLIED, own=True)
    with pytest.raises(actions.NobodyStandsForAgency):
        rectification(case, agency=AgencyFactory())


@pytest.mark.parametrize("kind", Post.Kind)
def test_only_the_liaison_officer_answers(kind):
    row = rectification(case_at(Status.REPLIED))
    person = holder(row.assignment.agency, kind)
    assert permissions.can_answer_rectification(person, row) is (kind == Post.Kind.LIAISON_OFFICER)
    if kind != Post.Kind.LIAISON_OFFICER:
        with pytest.raises(PermissionDenied):
            answer(row, by=person)


@pytest.mark.parametrize(("relation", "may"), [("handler", True), ("leader", True), ("officer", False), ("liaison", False)])
def test_who_judges(relation, may):
    row = rectification(case_at(Status.REPLIED))
    people = {"handler": lambda: handler_of(row.case), "leader": office_leader, "officer": officer}
    person = people.get(relation, lambda: holder(row.assignment.agency))()
    assert permissions.can_judge_rectification(person, row) is may


def test_the_citizen_reads_one_line_when_demanded_and_one_when_done():
    case = case_at(Status.REPLIED)
    row = rectification(case)
    progress = tracking.progress(the_complaint(case))
    assert "整改" in progress.timeline[0].title
    assert row.demand not in str(progress)
    assert progress.deadline
    assert progress.deadline.due_on == case.deadlines.get(step=Step.FOLLOW_UP).due_on
    answer(row)
    judge(row)
    titles = [entry.title for entry in tracking.progress(the_complaint(case)).timeline if "整改" in entry.title]
    assert len(titles) == 2


def test_a_list_of_own_matters_names_no_day_for_what_the_agency_puts_right():
    case = case_at(Status.CLOSED)
    rectification(case)
    matter = the_complaint(case)
    assert tracking.standings([matter])[matter.pk].due_on is None


@pytest.mark.django_db(transaction=True)
def test_two_decide_on_a_disposition_at_once():
    row, people = disposition(case_at(Status.REPLIED)), [office_leader(), office_leader()]
    results = at_once(*(lambda by=by: decide(row, by=by) for by in people))
    assert sorted(type(one).__name__ for one in results) == ["Disposition", "DispositionDecided"]


@pytest.mark.django_db(transaction=True)
def test_a_second_click_answers_once():
    row = rectification(case_at(Status.REPLIED))
    results = at_once(lambda: answer(row), lambda: answer(row))
    assert sorted(type(one).__name__ for one in results) == ["RectificationAnswer", "RectificationMoved"]


def test_what_is_being_put_right_stands_in_the_queue_until_it_is_done(client, django_assert_max_num_queries):
    case, other = case_at(Status.CLOSED), case_at(Status.CLOSED)
    row = rectification(case)
    assert other.pk != row.case_id
    client.force_login(officer())
    client.get("/staff/?view=rectifying")
    with django_assert_max_num_queries(8):
        page = client.get("/staff/?view=rectifying").context["page"]
    assert [one.case.pk for one in page.rows] == [case.pk]
    Rectification.objects.update(accepted_at=MONDAY, accepted_by=officer())
    assert not client.get("/staff/?view=rectifying").context["page"].rows
