"""Reviews of replies: opened with a limit, answered by somebody who did not sign, told to those whom it concerns."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import translation

from accounts.models import User
from accounts.roles import Role
from cases import actions, permissions
from cases.models import CaseComplaint, Review
from cases.reviewing.answerers import answerers_of
from cases.tracking import progress
from cases.workflow import Status, Step
from complaints import actions as complaint_actions
from complaints.models import Complainant, ReviewRequest
from core.models import Event, Notice
from core.reminders import FIRES_AT
from tests.factories import (
    MONDAY,
    NAME,
    PHONE,
    UserFactory,
    case_at,
    complaint,
    handler_of,
    holder,
    office_leader,
    officer,
    staffed_agency,
    the_complaint,
)

from .test_pages import page_of, text_of
from .test_races import at_once

pytestmark = pytest.mark.django_db
REASON = f"我叫{NAME}，电话 {PHONE}，答复说有书面告知，其实没有。"
ASKED_AT = MONDAY + timedelta(days=10)
ANSWER = {"outcome": "kept", "answer": "经复查，维持原答复。"}


def asks(case, level=1, at=ASKED_AT):
    """The complainant asks for a review; returns it."""
    request = complaint_actions.ask_review(the_complaint(case), level, REASON, at=at)
    case.refresh_from_db()
    return Review.objects.for_detail().get(request=request)


def answered(review, by=None, at=ASKED_AT + timedelta(days=3), **changes):
    return actions.answer_review(review, by=by or office_leader(), at=at, **ANSWER | changes)


def told(template):
    return {notice.recipient_id for notice in Notice.objects.filter(template=f"cases/{template}")}


@pytest.mark.parametrize("status", [Status.REPLIED, Status.FOLLOWED_UP, Status.CLOSED])
def test_review_opens_with_its_limit_and_leaves_the_case_where_it_is(status):
    case = case_at(status)
    review = asks(case)
    limit = case.deadlines.open().get(step=Step.REVIEW)
    assert (case.status, limit.started_on.isoformat(), limit.due_on.isoformat()) == (status, "2026-09-24", "2026-10-26")
    assert case.due_on is not None  # a Saturday moved on to Monday
    assert review.request.reason_copy.count("＊＊＊") == 2


def test_leaders_who_did_not_sign_are_told_once():
    case, fresh = case_at(Status.CLOSED), office_leader()
    asks(case)
    asks(case)
    assert told("review_asked") == {str(fresh.pk)}
    assert ReviewRequest.objects.count() == 1


def test_all_leaders_are_told_when_none_may_answer():
    case = case_at(Status.CLOSED)
    asks(case)
    assert told("review_asked") == {str(case.replied_by_id)}


def test_answer_ends_the_limit_and_tells_the_complainant_and_the_handler():
    case = case_at(Status.CLOSED)
    review = answered(asks(case), by=(by := office_leader()))
    case.refresh_from_db()
    assert (review.outcome, review.answered_by, case.due_on, case.status) == ("kept", by, None, Status.CLOSED)
    notice = Notice.objects.get(template="cases/review_answered_to_complainant")
    assert notice.facts == {"number": case.number}
    assert told("review_answered") == {str(handler_of(case).pk)}


def test_event_says_level_and_outcome_and_no_word_of_either_side():
    case = case_at(Status.CLOSED)
    answered(asks(case), outcome="changed")
    facts = [event.facts for event in Event.objects.filter(type__startswith="complaint.review_").order_by("id")]
    assert facts == [{"level": 1}, {"level": 1, "outcome": "changed"}]


def test_who_signed_the_reply_is_told_who_can_answer():
    case, other = case_at(Status.CLOSED), office_leader(full_name="另一位")
    with pytest.raises(actions.SignedBefore, match="另一位"):
        answered(asks(case), by=case.replied_by)
    assert answerers_of(Review.objects.for_detail().get()) == [other]


def test_where_nobody_can_answer_it_is_said_what_to_do():
    case = case_at(Status.CLOSED)
    with pytest.raises(actions.NobodyElse, match="增设一位"):
        answered(asks(case), by=case.replied_by)


def test_final_review_needs_a_third_leader():
    case, second, third = case_at(Status.CLOSED), office_leader(), office_leader()
    answered(asks(case), by=second)
    final = asks(case, level=2, at=ASKED_AT + timedelta(days=10))
    assert case.deadlines.open().get().step == Step.FINAL_REVIEW
    with pytest.raises(actions.SignedBefore):
        answered(final, by=second)
    assert answered(final, by=third, at=ASKED_AT + timedelta(days=12)).outcome == "kept"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OFFICE_LEADER])
def test_nobody_but_a_leader_answers(role):
    review = asks(case_at(Status.CLOSED))
    user = UserFactory.create(roles=[role])
    assert not permissions.can_answer_review(user, review)
    with pytest.raises(PermissionDenied):
        answered(review, by=user)


def test_leader_with_a_post_in_the_agency_does_not_see_the_review(client):
    case = case_at(Status.CLOSED)
    review, user = asks(case), holder(case.agency)
    User.objects.filter(pk=user.pk).update(roles=[*user.roles, Role.OFFICE_LEADER])
    assert user not in answerers_of(review)
    assert page_of(client, f"/staff/reviews/{review.pk}/", user=user).status_code == 404


def test_answered_twice_keeps_the_first():
    review = asks(case_at(Status.CLOSED))
    answered(review)
    with pytest.raises(actions.AnsweredAlready):
        answered(review, outcome="changed", answer="变更。")
    assert Review.objects.get().answer == ANSWER["answer"]


@pytest.mark.django_db(transaction=True)
def test_two_leaders_at_once_answer_once():
    review, leaders = asks(case_at(Status.CLOSED)), [office_leader(), office_leader()]
    results = at_once(*[lambda by=by: answered(review, by=by) for by in leaders])
    assert len([one for one in results if isinstance(one, Review)]) == 1
    assert len([one for one in results if isinstance(one, actions.AnsweredAlready)]) == 1
    assert Event.objects.filter(type="complaint.review_answered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_double_click_asks_once():
    case = case_at(Status.CLOSED)
    matter = the_complaint(case)
    results = at_once(*[lambda: complaint_actions.ask_review(matter, 1, REASON, at=ASKED_AT)] * 2)
    assert {type(one) for one in results} == {ReviewRequest}
    assert (Review.objects.count(), case.deadlines.open().count()) == (1, 1)


def test_closing_the_case_leaves_the_review_running():
    case = case_at(Status.FOLLOWED_UP)
    asks(case)
    actions.close(case, by=handler_of(case), version=case.version, reason="已说明。", at=ASKED_AT)
    case.refresh_from_db()
    assert [limit.step for limit in case.deadlines.open()] == [Step.REVIEW]
    assert case.due_on is not None


def test_withdrawal_ends_the_review():
    case = case_at(Status.REPLIED)
    review = asks(case)
    complaint_actions.withdraw(the_complaint(case), "", at=ASKED_AT)
    assert not case.deadlines.open().filter(step=Step.REVIEW).exists()
    with pytest.raises(actions.NothingToAnswer):
        answered(review)


def test_two_complainants_of_a_case_each_get_an_answer():
    case = case_at(Status.CLOSED)
    other = complaint(agency=case.agency)
    CaseComplaint.objects.filter(complaint=other).update(case=case)
    first = asks_for(the_complaint_of(case, first=True), ASKED_AT)
    second = asks_for(other, ASKED_AT + timedelta(days=2))
    answered(first)
    limit = case.deadlines.open().get()
    assert (limit.step, limit.started_on.isoformat()) == (Step.REVIEW, "2026-09-26")
    answered(second)
    assert not case.deadlines.open().exists()


def asks_for(matter, at):
    return Review.objects.for_detail().get(request=complaint_actions.ask_review(matter, 1, REASON, at=at))


def the_complaint_of(case, *, first):
    return case.complaints.order_by("pk" if first else "-pk").first()


def test_another_complainants_review_is_not_told():
    case = case_at(Status.CLOSED)
    other = complaint(agency=case.agency)
    CaseComplaint.objects.filter(complaint=other).update(case=case)
    asks_for(other, ASKED_AT)
    page = progress(the_complaint_of(case, first=True))
    assert (page.deadline, list(page.reviews)) == (None, [])


def test_reminders_go_to_the_leaders_who_may_answer():
    case, fresh = case_at(Status.CLOSED), office_leader()
    asks(case)
    limit = case.deadlines.open().get()
    assert actions.recipients(limit, working_days_late=0) == [fresh]
    actions.remind(limit.pk, at=datetime.combine(limit.due_on, FIRES_AT))
    assert told("reminder") >= {str(fresh.pk)}


def test_complainant_reads_who_answers_by_when_and_then_the_answer():
    case = case_at(Status.CLOSED)
    review = asks(case)
    with translation.override("en"):
        page = progress(the_complaint(case))
        assert (page.headline, "Monday 26 October" in page.lead) == ("We are reviewing our reply", True)
        assert (page.deadline and page.deadline.due_on) == date(2026, 10, 26)
        answered(review)
        page = progress(the_complaint(case))
        assert [(one.outcome, one.answer) for one in page.reviews] == [("The reply stands", ANSWER["answer"])]
        assert [entry.title for entry in page.timeline][:2] == ["We answered the review", "You asked for a review"]


def test_final_answer_says_that_it_ends():
    case = case_at(Status.CLOSED)
    answered(asks(case))
    answered(asks(case, level=2, at=ASKED_AT + timedelta(days=10)), at=ASKED_AT + timedelta(days=12))
    with translation.override("en"):
        assert "ends here" in progress(the_complaint(case)).lead


def test_leader_finds_the_review_of_a_closed_case_in_the_queue(client, django_assert_max_num_queries):
    case, leader = case_at(Status.CLOSED), office_leader()
    case_at(Status.CLOSED)
    asks(case)
    client.force_login(leader)
    client.get("/staff/?view=reviews")
    with time_machine.travel(ASKED_AT), django_assert_max_num_queries(8):
        page = client.get("/staff/?view=reviews").context["page"]
    assert [row.case.pk for row in page.rows] == [case.pk]
    assert [link.count for group in page.groups for link in group.links if link.current] == ["1"]


def test_queue_of_officers_has_no_such_view(client):
    client.force_login(officer())
    page = client.get("/staff/").context["page"]
    assert not [link for group in page.groups for link in group.links if "view=reviews" in link.url]


def test_leader_answers_on_a_page_with_all_that_is_needed(client):
    case, leader = case_at(Status.CLOSED), office_leader()
    review = asks(case)
    path = f"/staff/reviews/{review.pk}/"
    page = text_of(client, path, user=leader)
    assert [text for text in ("其实没有", case.reply[:8], "三次退件均未") if text not in page] == []
    assert not [value for value in (NAME, PHONE) if value in page]
    response = page_of(client, path, ANSWER, user=leader)
    assert response.headers["Location"] == f"/staff/cases/{case.pk}/"
    assert Review.objects.get().answered_by == leader


def test_answer_begins_in_the_language_of_the_complainant(client):
    case = case_at(Status.CLOSED)
    Complainant.objects.update(language="en")
    form = page_of(client, f"/staff/reviews/{asks(case).pk}/", user=office_leader()).context["form"]
    assert str(form["answer"].value()).startswith("You asked us to review our reply of 14 September.")


@pytest.mark.parametrize(
    "answer", [{"answer": "好。"}, {"outcome": "kept", "answer": ""}, {"outcome": "maybe", "answer": "好。"}]
)
def test_bad_answer_is_told_and_kept(client, answer):
    review = asks(case_at(Status.CLOSED))
    page = page_of(client, f"/staff/reviews/{review.pk}/", answer, user=office_leader()).content.decode()
    assert "alert-sum" in page
    assert answer["answer"] in page
    assert Review.objects.get().outcome == ""


def test_refused_answer_keeps_what_was_typed(client):
    case = case_at(Status.CLOSED)
    review, first = asks(case), office_leader()
    page = page_of(client, f"/staff/reviews/{review.pk}/", ANSWER, user=case.replied_by).content.decode()
    assert first.full_name in page
    assert ANSWER["answer"] in page


def test_late_leader_is_told_and_keeps_the_text(client):
    review = asks(case_at(Status.CLOSED))
    answered(review)
    late = {"outcome": "changed", "answer": "我认为应当变更。"}
    page = page_of(client, f"/staff/reviews/{review.pk}/", late, user=office_leader()).content.decode()
    assert "已有别人答复" in page
    assert late["answer"] in page


def test_answered_review_leads_to_its_case(client):
    case = case_at(Status.CLOSED)
    review = answered(asks(case))
    assert page_of(client, f"/staff/reviews/{review.pk}/", user=office_leader()).headers["Location"] == f"/staff/cases/{case.pk}/"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OFFICE_LEADER])
def test_page_does_not_exist_for_others(client, role):
    review = asks(case_at(Status.CLOSED))
    assert page_of(client, f"/staff/reviews/{review.pk}/", user=UserFactory.create(roles=[role])).status_code == 404


def test_case_page_offers_the_answer_first_and_shows_it_later(client):
    case, leader = case_at(Status.CLOSED), office_leader()
    review = asks(case)
    step = page_of(client, f"/staff/cases/{case.pk}/", user=leader).context["page"].next_step
    assert [(act.url, act.primary) for act in step.acts] == [(f"/staff/reviews/{review.pk}/", True)]
    answered(review, by=leader)
    page = text_of(client, f"/staff/cases/{case.pk}/", user=officer())
    assert [text for text in (ANSWER["answer"], "维持", leader.full_name) if text not in page] == []


def test_case_page_with_a_review_costs_little(client, django_assert_num_queries):
    case, leader = case_at(Status.REPLIED, agency=staffed_agency()), office_leader()
    asks(case)
    client.force_login(leader)
    client.get(f"/staff/cases/{case.pk}/")
    with django_assert_num_queries(28):
        client.get(f"/staff/cases/{case.pk}/")
