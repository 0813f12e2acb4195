"""Ended cases go into the archive: when nothing is open, with gap-free numbers, and nothing in them changes any more."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.roles import Role
from cases import actions, tracking
from cases.ended import ended_on
from cases.ends.still_open import still_open
from cases.letters.kinds import LetterKind
from cases.models import Case, Letter, Review
from cases.queue import Queue
from cases.workflow import Status, Step, TransitionNotAllowed
from complaints import actions as complaint_actions
from complaints.models import Complaint
from complaints.tracking import page_of
from core import clock
from tests.factories import (
    LATER,
    MONDAY,
    UserFactory,
    archived,
    case_at,
    handler_of,
    holder,
    new_case,
    office_leader,
    officer,
    the_assignment,
    the_complaint,
    wrong_case,
)

from .test_pages import page_of as opened_page
from .test_pages import text_of
from .test_races import at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def open_in(case, at=LATER):
    return still_open([case], today=clock.day_of(at))[case.pk]


def test_the_archive_numbers_without_a_gap():
    cases = [archived(case_at(status)) for status in (Status.CLOSED, Status.DECLINED)]
    assert [case.archive_number for case in cases] == ["档〔2026〕0001", "档〔2026〕0002"]
    assert {case.status for case in cases} == {Status.ARCHIVED}


def test_a_withdrawn_case_goes_there_too_and_is_still_told_as_withdrawn():
    case = new_case()
    complaint_actions.withdraw(the_complaint(case), "", at=MONDAY)
    case = archived(case)
    assert case.ended_as == Status.WITHDRAWN
    assert tracking.progress(the_complaint(case)).headline == "您已撤回投诉"


def test_a_declined_case_is_still_told_as_declined():
    case = archived(case_at(Status.DECLINED))
    progress = tracking.progress(the_complaint(case))
    assert "不属于机关效能问题。" in progress.decline_reason
    assert len(progress.stages) == 2


@pytest.mark.parametrize("status", [Status.TRIAGE, Status.HANDLING, Status.REPLIED, Status.FOLLOWED_UP])
def test_a_case_that_goes_on_does_not(status):
    with pytest.raises(TransitionNotAllowed):
        archived(case_at(status, own=True))


def test_not_while_a_review_can_be_asked_for():
    case = case_at(Status.CLOSED)
    with pytest.raises(actions.NotReady, match="复查"):
        archived(case, at=MONDAY + 30 * DAY)
    assert open_in(case, MONDAY + 30 * DAY)
    assert not open_in(case, MONDAY + 31 * DAY)


def test_an_answered_review_opens_the_time_for_the_final_one():
    case = case_at(Status.CLOSED)
    complaint_actions.ask_review(the_complaint(case), 1, "漏了一点。", at=MONDAY + 20 * DAY)
    assert len(open_in(case)) == 2  # the review and its limit
    by = office_leader()
    actions.answer_review(Review.objects.get(), by=by, outcome="kept", answer="维持。", at=MONDAY + 40 * DAY)
    assert open_in(case)  # the final one can be asked for until the 70th day
    assert not open_in(case, MONDAY + 80 * DAY)


def test_not_while_a_limit_runs():
    case = case_at(Status.CLOSED)
    actions.limits.open_limit(case, Step.RECTIFICATION, start=MONDAY.date(), at=MONDAY)
    assert [words for words in open_in(case) if "时限仍在计算" in words]


def test_not_while_a_letter_is_drafted():
    case = case_at(Status.CLOSED)
    actions.draft_letter(case, LetterKind.CLOSING, cause="x", at=MONDAY, author=officer())
    assert open_in(case) == ["有文书已拟稿未发出"]


def test_drafts_that_nobody_began_are_discarded_with_it():
    case = case_at(Status.CLOSED)
    assert Letter.objects.drafts().filter(case=case).exists()
    archived(case)
    assert not Letter.objects.drafts().filter(case=case).exists()


def test_not_while_a_message_is_unread():
    case = case_at(Status.CLOSED)
    complaint_actions.write(the_complaint(case), "还有一点。", token="a", at=MONDAY)
    assert open_in(case) == ["投诉人有留言未阅"]


def test_not_while_more_time_is_asked_for():
    case = case_at(Status.RECEIVED)
    given: dict[str, Any] = {"length": 5, "reason": "鉴定。", "progress": "已送检。", "at": MONDAY}
    actions.ask_extension(the_assignment(case), by=holder(case.agency), version=None, **given)
    complaint_actions.withdraw(the_complaint(case), "", at=MONDAY)
    actions.end_withdrawn(case, by=handler_of(case), version=None, reason="撤回。", at=MONDAY)
    assert open_in(case) == ["有延期申请未决定"]


def test_not_while_accountability_is_reviewed():
    case = case_at(Status.CLOSED)
    wrong_case(case, by=office_leader())
    assert open_in(case) == ["正在进行责任审查"]


@pytest.mark.parametrize("number", [1, 6])
def test_what_is_open_costs_the_same_for_many(django_assert_max_num_queries, number):
    cases = [case_at(Status.CLOSED) for _each in range(number)]
    with django_assert_max_num_queries(10):
        still_open(cases, today=LATER.date())


def test_nothing_in_it_changes_any_more():
    case = archived(case_at(Status.CLOSED))
    with pytest.raises(PermissionDenied):
        actions.write_message(case, the_complaint(case), "您好。", token="a", by=handler_of(case), at=LATER)
    with pytest.raises(complaint_actions.MessageRefused, match="归档"):
        complaint_actions.write(the_complaint(case), "您好。", token="b", at=LATER)
    with pytest.raises(PermissionDenied):
        actions.reopen(case, by=office_leader(), version=None, reason="x", at=LATER)
    with pytest.raises(PermissionDenied):
        actions.reveal_phone(case, purpose="follow_up", complaint=the_complaint(case), by=handler_of(case), at=LATER)


def test_the_complainant_reads_why_nothing_can_be_sent():
    case = archived(case_at(Status.CLOSED))
    found = page_of(Complaint.objects.for_detail().get(pk=the_complaint(case).pk))["can"]
    assert (found.write, "归档" in found.why_no_message) == (False, True)


def test_keeping_goes_by_the_day_on_which_it_ended():
    case = case_at(Status.CLOSED)
    before = ended_on([the_complaint(case).pk])
    archived(case)
    assert ended_on([the_complaint(case).pk]) == before


def test_the_page_says_what_is_open_and_offers_no_button(client):
    case = case_at(Status.CLOSED)
    complaint_actions.write(the_complaint(case), "还有一点。", token="a", at=MONDAY)
    page = text_of(client, f"/staff/cases/{case.pk}/archive/", user=officer())
    assert "投诉人有留言未阅" in page
    assert '<button class="btn btn-primary">' not in page


@pytest.mark.parametrize("role", Role)
def test_officers_archive(client, role):
    case = case_at(Status.DECLINED)
    answer = opened_page(client, f"/staff/cases/{case.pk}/archive/", user=UserFactory.create(roles=[role]))
    assert answer.status_code == (200 if role == Role.OFFICER else 404)


def test_the_page_archives(client):
    case = case_at(Status.DECLINED)
    data = {"version": case.version}
    assert opened_page(client, f"/staff/cases/{case.pk}/archive/", data, user=officer()).status_code == 302
    page = text_of(client, f"/staff/cases/{case.pk}/", user=officer())
    assert "档〔" in page
    assert "归档" in page


def test_many_at_once_get_numbers_in_order_of_receipt_and_the_others_their_reason():
    later, earlier, running = case_at(Status.DECLINED, at=MONDAY + DAY), case_at(Status.DECLINED), case_at(Status.REPLIED)
    done = actions.archive_many({case.pk: case.version for case in (later, earlier, running)}, by=officer(), at=LATER)
    assert {case.pk: case.archive_number for case in done.changing} == {
        earlier.pk: "档〔2026〕0001",
        later.pk: "档〔2026〕0002",
    }
    assert [(one.case, one.reason) for one in done.skipped] == [(running, "案件尚未结束。")]


def test_leaders_do_not_archive_many():
    with pytest.raises(PermissionDenied):
        actions.archive_many({}, by=office_leader(), at=LATER)


def test_the_preview_and_the_act(client):
    case, by = case_at(Status.DECLINED), officer()
    chosen = {"act": "archive", "case": f"{case.pk}:{case.version}", "back": "view=filing"}
    page = opened_page(client, "/staff/many/preview/", chosen, user=by).content.decode()
    assert "归档 1 件" in page
    assert client.post("/staff/many/", chosen).status_code == 302
    case.refresh_from_db()
    assert case.status == Status.ARCHIVED


def test_leaders_see_no_preview_of_it(client):
    case = case_at(Status.DECLINED)
    chosen = {"act": "archive", "case": f"{case.pk}:{case.version}", "back": ""}
    assert opened_page(client, "/staff/many/preview/", chosen, user=office_leader()).status_code == 404


def test_what_is_to_be_archived_has_a_view():
    closed, gone = case_at(Status.CLOSED), archived(case_at(Status.DECLINED))
    assert [row.case for row in Queue(officer(), {"view": "filing"}).page().rows] == [closed]
    assert gone in [row.case for row in Queue(officer(), {"view": "done"}).page().rows]


def test_the_database_binds_number_and_archive():
    case = archived(case_at(Status.DECLINED))
    with pytest.raises(IntegrityError, match="case_archived_whole"):
        Case.objects.filter(pk=case.pk).update(archive_number="")


@pytest.mark.django_db(transaction=True)
def test_two_archives_at_once_leave_no_gap():
    cases, by = [case_at(Status.DECLINED) for _each in range(4)], officer()
    many = {case.pk: case.version for case in cases[:3]}
    results = at_once(
        lambda: actions.archive_many(many, by=by, at=LATER),
        lambda: actions.archive(cases[3], by=by, version=None, at=LATER),
        lambda: actions.archive(cases[0], by=by, version=None, at=LATER),
    )
    numbers = sorted(Case.objects.filter(status=Status.ARCHIVED).values_list("archive_number", flat=True))
    assert numbers == [f"档〔2026〕{n:04d}" for n in range(1, 5)], results
