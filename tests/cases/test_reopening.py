"""A case that seemed over is opened again: by whom, with which limits, and what the complainant sees and rates."""

from datetime import timedelta

import pytest

from accounts.roles import Role
from cases import actions, tracking
from cases.ended import ended_on
from cases.models import Case, Reopening
from cases.queue import Queue
from cases.workflow import Mode, Status, Step, TransitionNotAllowed
from complaints import actions as complaint_actions
from complaints import codes
from complaints.models import Complaint, EarlierRating, Rating
from complaints.tracking import page_of
from core import vault
from core.models import Event, Notice
from tests.factories import (
    MONDAY,
    NAME,
    UserFactory,
    case_at,
    complaints_of,
    handler_of,
    holder,
    joint_case,
    office_leader,
    officer,
    reopened,
    the_assignment,
    the_complaint,
)

from .test_pages import page_of as opened_page
from .test_pages import text_of
from .test_races import at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
REASON = "投诉人提出的第二点没有答复。"


def rated(case, satisfaction="dissatisfied", *, at=MONDAY + DAY):
    complaint_actions.rate(the_complaint(case), satisfaction, "没有答复第二点。", at=at)
    case.refresh_from_db()
    return case


def running(case):
    return list(case.deadlines.open().values_list("step", "started_on"))


def test_the_office_looks_itself():
    case = reopened(case_at(Status.FOLLOWED_UP), at=MONDAY + DAY)
    assert (case.status, case.mode, case.agency) == (Status.HANDLING, Mode.HANDLE, None)
    assert running(case) == [(Step.FINISH, (MONDAY + DAY).date())]


def test_the_agency_signs_again_and_a_new_finish_limit_runs():
    case = reopened(case_at(Status.FOLLOWED_UP), at=MONDAY + 7 * DAY, agency=True)
    assert (case.status, case.mode, the_assignment(case).received_at) == (Status.DISPATCHED, Mode.ASSIGN, None)
    assert running(case) == [(Step.RECEIVE, (MONDAY + 7 * DAY).date())]
    actions.receive(the_assignment(case), by=holder(case.agency), version=None, at=MONDAY + 8 * DAY)
    assert running(case) == [(Step.FINISH, (MONDAY + 8 * DAY).date())]


def test_a_receipt_that_is_missed_after_reopening_starts_the_finish_limit():
    case = reopened(case_at(Status.FOLLOWED_UP), at=MONDAY + 7 * DAY, agency=True)
    actions.remind(case.deadlines.open().get().pk, at=MONDAY + 9 * DAY)
    assert {step for step, _day in running(case)} == {Step.RECEIVE, Step.FINISH}


def test_how_it_stood_is_kept_and_cleared():
    case = case_at(Status.CLOSED)
    before = (case.reply, case.replied_by, case.satisfaction, case.close_reason, case.finding)
    case = reopened(case)
    row = Reopening.objects.get(case=case)
    assert (row.reply, row.signer, row.satisfaction, row.close_reason, row.finding) == before
    assert (case.satisfaction, case.close_reason, case.finding, case.closed_at) == ("", "", "", None)
    assert row.came_from == Status.CLOSED


def test_reopening_counts_as_rework_and_so_does_sending_back():
    case = case_at(Status.REPORTED)
    actions.send_back(case, by=office_leader(), version=None, reason="请补充。", at=MONDAY)
    case.refresh_from_db()
    assert case.reworks == 1
    assert reopened(case_at(Status.FOLLOWED_UP)).reworks == 1


def test_the_new_reply_can_be_rated_and_the_earlier_rating_is_kept():
    case = reopened(rated(case_at(Status.REPLIED)), at=MONDAY + 2 * DAY)
    assert not Rating.objects.exists()
    earlier = EarlierRating.objects.get()
    assert vault.open_sealed(earlier.reason_sealed, row=earlier.complaint.vault_row, column="reason") == "没有答复第二点。"
    by = handler_of(case)
    actions.report_own(case, by=by, version=None, finding="upheld", facts_found="已查清。", at=MONDAY + 3 * DAY)
    actions.approve(case, by=office_leader(), version=None, reply="第二点也已办好。", at=MONDAY + 3 * DAY)
    case = rated(case, "satisfied", at=MONDAY + 4 * DAY)
    assert (case.status, case.satisfaction, Rating.objects.get().satisfaction) == (Status.CLOSED, "satisfied", "satisfied")


def test_a_rating_that_meets_a_reopened_case_is_refused():
    case = joint_case(Status.FOLLOWED_UP)
    rating = Rating.objects.create(complaint=complaints_of(case)[1], satisfaction="satisfied", created_at=MONDAY)
    reopened(case)
    with pytest.raises(complaint_actions.RatingRefused):
        actions.take_rating(rating.complaint, rating, MONDAY)


def test_ratings_of_all_who_complain_together_are_put_aside():
    case = joint_case(Status.REPLIED)
    for matter in complaints_of(case):
        complaint_actions.rate(matter, "dissatisfied", "不满意。", at=MONDAY)
    reopened(case)
    assert (Rating.objects.count(), EarlierRating.objects.count()) == (0, 2)


def test_the_tracking_page_says_so_and_why():
    case = reopened(case_at(Status.FOLLOWED_UP), at=MONDAY + DAY)
    progress = tracking.progress(the_complaint(case))
    assert progress.is_reopened
    assert not progress.may_claim
    assert (progress.timeline[0].title, progress.timeline[0].text) == ("我们正在重新调查", REASON)
    assert page_of(Complaint.objects.for_detail().get(pk=the_complaint(case).pk))["offers"].review.offer == 0


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", ("此前的答复", "对此前答复的评价")), ("en", ("earlier reply", "Our earlier"))]
)
def test_the_complainant_sees_the_earlier_reply_and_rating(client, language, words):
    case = reopened(rated(case_at(Status.REPLIED)), at=MONDAY + 2 * DAY)
    complaint = the_complaint(case)
    client.cookies["django_language"] = language
    client.post("/complaints/track/", {"number": complaint.number, "code": codes.query_code(complaint)})
    page = client.get(f"/complaints/track/{complaint.number}/").content.decode()
    assert [word for word in (*words, case.reply, REASON, "没有答复第二点。") if word not in page] == []


def test_a_corrected_name_is_masked_in_an_earlier_rating():
    case = case_at(Status.REPLIED)
    complaint_actions.rate(the_complaint(case), "dissatisfied", "赵新名也在场。", at=MONDAY)
    reopened(Case.objects.get(pk=case.pk))
    complaint_actions.correct_name(the_complaint(case), "赵新名", at=MONDAY)
    assert "赵新名" not in EarlierRating.objects.get().reason_copy


def test_complainant_handler_and_agency_are_told():
    case = reopened(case_at(Status.FOLLOWED_UP), agency=True, by=officer(), at=MONDAY + DAY)
    told = set(Notice.objects.filter(dedupe_key__startswith="reopening:").values_list("template", flat=True))
    assert told == {"cases/reopened_to_complainant", "cases/reopened_to_agency", "cases/reopened"}
    assert case.handler is not None


def test_its_data_is_kept_again():
    case = case_at(Status.CLOSED)
    complaint = the_complaint(case).pk
    assert ended_on([complaint])
    reopened(case)
    assert not ended_on([complaint])


def test_the_agency_no_longer_reports_what_the_office_looks_into():
    case = case_at(Status.FOLLOWED_UP)
    liaison, before = holder(case.agency), the_assignment(case)
    reopened(case)
    words = {"finding": "upheld", "facts_found": "查明。"}
    with pytest.raises(actions.AssignmentOver):
        actions.report(before, by=liaison, version=None, at=MONDAY, **words)


def test_who_holds_a_post_in_the_agency_that_had_it_still_does_not_see_it():
    case = case_at(Status.FOLLOWED_UP)
    both = holder(case.agency)
    both.roles = [*both.roles, Role.OFFICER]
    both.save()
    Case.objects.filter(pk=case.pk).update(respondent_agency=None)
    reopened(case)
    assert not Case.objects.visible_to(both).exists()


@pytest.mark.parametrize("words", [f"请联系{NAME}核实。", ""])
def test_what_the_agency_reads_names_nobody_and_says_something(client, words):
    case = case_at(Status.FOLLOWED_UP)
    data = {"version": case.version, "reason": REASON, "who": "agency", "words": words}
    response = opened_page(client, f"/staff/cases/{case.pk}/reopen/", data, user=handler_of(case))
    assert "words" in response.context["form"].errors
    assert not Reopening.objects.exists()


def test_the_agency_reads_what_is_still_open(client):
    case = reopened(case_at(Status.FOLLOWED_UP), agency=True)
    page = text_of(client, f"/staff/assignments/{the_assignment(case).pk}/", user=holder(case.agency))
    assert "请核查第二次退件的原因。" in page
    assert REASON not in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_opens_the_case_again(client, language):
    case = case_at(Status.FOLLOWED_UP)
    client.cookies["django_language"] = language
    page = text_of(client, f"/staff/cases/{case.pk}/reopen/", user=handler_of(case))
    assert case.reply in page
    data = {"version": case.version, "reason": REASON, "who": "office", "words": ""}
    assert opened_page(client, f"/staff/cases/{case.pk}/reopen/", data, user=handler_of(case)).status_code == 302
    case.refresh_from_db()
    assert case.status == Status.HANDLING


@pytest.mark.parametrize(
    ("status", "role", "allowed"),
    [
        (Status.FOLLOWED_UP, Role.OFFICER, True),
        (Status.FOLLOWED_UP, Role.OFFICE_LEADER, False),
        (Status.CLOSED, Role.OFFICER, False),
        (Status.CLOSED, Role.OFFICE_LEADER, True),
        *((Status.CLOSED, role, False) for role in Role if role not in {Role.OFFICER, Role.OFFICE_LEADER}),
    ],
)
def test_who_may(client, status, role, allowed):
    case = case_at(status)
    answer = opened_page(client, f"/staff/cases/{case.pk}/reopen/", user=UserFactory.create(roles=[role]))
    assert answer.status_code == (200 if allowed else 404)


def test_the_handler_may_whatever_the_role():
    leader = office_leader()
    case = case_at(Status.FOLLOWED_UP)
    Case.objects.filter(pk=case.pk).update(handler=leader)
    assert reopened(case, by=leader).status == Status.HANDLING


def test_a_case_without_a_reply_is_not_opened_again():
    case = case_at(Status.RECEIVED)
    with pytest.raises(TransitionNotAllowed):
        reopened(case)
    complaint_actions.withdraw(the_complaint(case), "", at=MONDAY)
    actions.end_withdrawn(case, by=handler_of(case), version=None, reason="撤回。", at=MONDAY)
    case.refresh_from_db()
    with pytest.raises(actions.CannotReopen, match="答复"):
        reopened(case)


def test_not_while_a_review_waits():
    case = case_at(Status.CLOSED)
    complaint_actions.ask_review(the_complaint(case), 1, "漏了一点。", at=MONDAY)
    with pytest.raises(actions.CannotReopen, match="复查"):
        reopened(case)


def test_not_when_the_data_is_gone():
    case = case_at(Status.CLOSED)
    gone = {"narrative_sealed": None, "wish_sealed": None, "details_sealed": None, "notify_sms": False, "notify_email": False}
    Complaint.objects.update(erased_at=MONDAY, **gone)
    with pytest.raises(actions.CannotReopen, match="删除"):
        reopened(case)


def test_an_own_case_has_no_agency_to_go_back_to():
    with pytest.raises(actions.NoAgencyBefore):
        reopened(case_at(Status.FOLLOWED_UP, own=True), agency=True)


def test_after_a_review_and_a_new_reply_the_final_one_counts_from_the_reply():
    case = case_at(Status.CLOSED)
    complaint = the_complaint(case)
    complaint_actions.ask_review(complaint, 1, "漏了一点。", at=MONDAY + DAY)
    actions.answer_review(case.reviews.get(), by=office_leader(), outcome="changed", answer="变更。", at=MONDAY + 2 * DAY)
    case = reopened(case, at=MONDAY + 3 * DAY)
    by = handler_of(case)
    actions.report_own(case, by=by, version=None, finding="upheld", facts_found="已查清。", at=MONDAY + 60 * DAY)
    actions.approve(case, by=office_leader(), version=None, reply="已办好。", at=MONDAY + 60 * DAY)
    complaint_actions.ask_review(complaint, 2, "还是不对。", at=MONDAY + 61 * DAY)
    assert case.reviews.count() == 2


def test_who_signed_the_earlier_reply_answers_no_review_of_the_next():
    case = reopened(case_at(Status.FOLLOWED_UP))
    signer = Reopening.objects.get().signer
    assert signer is not None
    actions.report_own(case, by=handler_of(case), version=None, finding="upheld", facts_found="已查清。", at=MONDAY)
    actions.approve(case, by=office_leader(), version=None, reply="已办好。", at=MONDAY)
    complaint_actions.ask_review(the_complaint(case), 1, "漏了一点。", at=MONDAY)
    with pytest.raises(actions.SignedBefore):
        actions.answer_review(case.reviews.get(), by=signer, outcome="kept", answer="维持。", at=MONDAY)


@pytest.mark.django_db(transaction=True)
def test_two_open_it_again_at_once():
    case, first, second = case_at(Status.FOLLOWED_UP), officer(), officer()
    results = at_once(
        *(lambda by=by: actions.reopen(case, by=by, version=case.version, reason=REASON, at=MONDAY) for by in (first, second))
    )
    assert [type(result) for result in results if not isinstance(result, Reopening)] == [actions.StalePage]
    case.refresh_from_db()
    assert (case.reworks, Reopening.objects.count()) == (1, 1)


def test_a_reopened_case_stands_among_the_open():
    case = reopened(case_at(Status.CLOSED))
    assert [row.case for row in Queue(officer(), {"view": "open"}).page().rows] == [case]
    assert Event.objects.of(case.subject).filter(type="case.reopened").count() == 1
