"""A case walked from lodging to closing: its moves, events, limits and notices at each step."""

from datetime import date, datetime
from typing import Any

import pytest

from accounts.roles import Role
from agencies.models import Post
from cases import actions
from cases.actions import limits
from cases.models import Case, Report
from cases.workflow import Finding, Mode, Status, Step, TransitionNotAllowed
from complaints.models import Rating, Satisfaction
from core.models import Event, InboxItem, Notice
from tests.factories import (
    MONDAY,
    SUMMARY,
    case_at,
    handler_of,
    holder,
    new_case,
    office_leader,
    officer,
    staffed_agency,
    the_assignment,
    the_complaint,
)

pytestmark = pytest.mark.django_db


def events_of(case):
    """The events of the case, without the letters that its steps draft."""
    types = [event.type for event in Event.objects.of(case.subject)]
    return [one for one in types if one.startswith("case.") and not one.startswith("case.letter_")]


def notices_of(case):
    """Template and recipient kind of every notice about the case."""
    return {
        (notice.template.removeprefix("cases/"), notice.recipient_kind)
        for notice in Notice.objects.filter(facts__number=case.number)
    }


def told(case, template):
    """Ids of the signed-in people who found this notice in their inbox."""
    return set(
        InboxItem.objects.filter(notice__template=f"cases/{template}", notice__facts__number=case.number).values_list(
            "user", flat=True
        )
    )


def open_steps(case):
    return list(case.deadlines.open().order_by("due_at").values_list("step", flat=True))


def test_lodging_opens_a_case_in_triage_and_tells_the_officers():
    first, second, leader = officer(), officer(), office_leader()
    case = new_case()
    assert (case.status, case.number) == (Status.TRIAGE, the_complaint(case).number)
    assert told(case, "opened") == {first.pk, second.pk}
    assert leader.pk not in told(case, "opened")


def test_acceptance_limit_counts_from_the_day_of_receipt():
    case = new_case(MONDAY, received_at=MONDAY.replace(day=11))
    assert case.deadlines.get().step == Step.ACCEPT
    assert case.due_on == date(2026, 9, 16)


def test_accepting_for_the_office_itself_starts_the_finish_limit():
    handler = officer()
    case = actions.accept(new_case(), by=handler, version=1, ruling=actions.Ruling(4, ("4a",), (1, 4)), at=MONDAY)
    assert (case.status, case.mode, case.handler, case.secondary) == (Status.HANDLING, Mode.HANDLE, handler, [1])
    assert open_steps(case) == [Step.FINISH]
    assert case.deadlines.get(step=Step.FINISH).started_on == MONDAY.date()


def test_accepting_for_an_agency_starts_the_receipt_limit():
    case = case_at(Status.DISPATCHED)
    assert open_steps(case) == [Step.RECEIVE]
    assert the_assignment(case).summary == SUMMARY
    assert told(case, "assigned") == {holder(case.agency).pk}


def test_complainant_is_told_of_acceptance_without_a_word_on_the_matter():
    case = case_at(Status.DISPATCHED)
    notice = Notice.objects.get(template="cases/accepted_to_complainant")
    assert (notice.recipient_kind, notice.recipient_id) == ("complainant", str(the_complaint(case).public_id))
    assert case.title not in str(notice.facts)
    assert {delivery.channel for delivery in notice.deliveries.all()} == {"sms", "email"}


def test_anonymous_complainant_is_not_told():
    case = case_at(Status.DISPATCHED, filer=None)
    assert not {kind for _template, kind in notices_of(case)} & {"complainant"}


def test_another_handler_is_told():
    other, by = officer(), officer()
    case = actions.accept(new_case(), by=by, version=1, ruling=actions.Ruling(4), handler=other, at=MONDAY)
    assert (case.handler, told(case, "accepted")) == (other, {other.pk})


def test_only_people_of_the_office_handle_cases():
    case = new_case()
    with pytest.raises(actions.NotOfTheOffice):
        actions.accept(case, by=officer(), version=1, ruling=actions.Ruling(4), handler=holder(case.respondent_agency), at=MONDAY)


def test_declining_ends_the_case_and_tells_the_complainant():
    case = case_at(Status.DECLINED)
    assert (case.closed_at is not None, open_steps(case), case.due_at) == (True, [], None)
    assert ("declined_to_complainant", "complainant") in notices_of(case)


def test_receipt_in_time_starts_the_finish_limit_that_day():
    case = case_at(Status.RECEIVED)
    assert open_steps(case) == [Step.FINISH]
    assert case.deadlines.get(step=Step.FINISH).started_on == MONDAY.date()
    assert told(case, "received") == {case.handler_id}


def test_late_receipt_does_not_gain_time():
    case = case_at(Status.DISPATCHED)
    actions.receive(the_assignment(case), by=holder(case.agency), version=case.version, at=MONDAY.replace(day=18))
    assert case.deadlines.get(step=Step.FINISH).started_on == date(2026, 9, 15)


def test_report_ends_the_finish_limit_and_tells_the_leaders_and_the_handler():
    leader = office_leader()
    case = case_at(Status.REPORTED)
    assert open_steps(case) == [Step.FEEDBACK]
    assert told(case, "reported") == {leader.pk, case.handler_id}


def test_report_of_the_handler_tells_the_leaders_only():
    leader = office_leader()
    case = case_at(Status.REPORTED, own=True)
    assert told(case, "reported") == {leader.pk}


def test_sending_back_lets_the_finish_limit_run_on():
    case = case_at(Status.REPORTED)
    before = case.deadlines.get(step=Step.FINISH)
    case = actions.send_back(case, by=office_leader(), version=case.version, reason="请补充依据。", at=MONDAY.replace(day=16))
    after = case.deadlines.get(step=Step.FINISH)
    assert (case.status, open_steps(case)) == (Status.RECEIVED, [Step.FINISH])
    assert (after.pk, after.due_on, after.closed_at) == (before.pk, before.due_on, None)
    assert told(case, "sent_back") == {holder(case.agency).pk}
    assert Report.objects.get(case=case).decision_note == "请补充依据。"


def test_own_case_is_sent_back_to_the_handler():
    case = case_at(Status.REPORTED, own=True)
    case = actions.send_back(case, by=office_leader(), version=case.version, reason="请补充依据。", at=MONDAY)
    assert (case.status, told(case, "sent_back_to_office")) == (Status.HANDLING, {case.handler_id})


def test_second_report_after_sending_back_can_be_approved():
    case = case_at(Status.REPORTED)
    leader = office_leader()
    case = actions.send_back(case, by=leader, version=case.version, reason="请补充依据。", at=MONDAY)
    words = {"finding": Finding.NOT_UPHELD, "facts_found": "有书面告知。", "measures": ""}
    actions.report(the_assignment(case), by=holder(case.agency), version=case.version, at=MONDAY, **words)
    case.refresh_from_db()
    case = actions.approve(case, by=leader, version=case.version, reply="不属实。", at=MONDAY)
    assert (case.status, case.finding) == (Status.REPLIED, Finding.NOT_UPHELD)


def test_approval_and_reply_happen_together():
    case = case_at(Status.REPLIED)
    assert events_of(case)[-2:] == ["case.approved", "case.replied"]
    assert case.reply.startswith("经核查")
    assert (case.finding, open_steps(case)) == (Finding.UPHELD, [Step.FOLLOW_UP])
    assert {("replied_to_complainant", "complainant"), ("approved", "user"), ("replied", "user")} <= notices_of(case)


@pytest.mark.parametrize("satisfaction", [Satisfaction.SATISFIED, Satisfaction.FAIRLY_SATISFIED])
def test_content_rating_closes_the_case(satisfaction):
    case = case_at(Status.REPLIED)
    rate(case, satisfaction)
    case.refresh_from_db()
    assert (case.status, case.satisfaction, open_steps(case), case.due_at) == (Status.CLOSED, satisfaction, [], None)
    assert told(case, "rated") == {case.handler_id}


def rate(case, satisfaction, at=MONDAY):
    matter = the_complaint(case)
    rating = Rating.objects.create(complaint=matter, satisfaction=satisfaction, reason_copy="没有解决。", created_at=at)
    actions.take_rating(matter, rating, at)


def test_dissatisfied_rating_waits_for_an_officer():
    case = case_at(Status.REPLIED)
    rate(case, Satisfaction.DISSATISFIED)
    case.refresh_from_db()
    assert (case.status, open_steps(case)) == (Status.FOLLOWED_UP, [Step.FOLLOW_UP])
    with pytest.raises(actions.ReasonMissing):
        actions.close(case, by=handler_of(case), version=case.version, reason=" ", at=MONDAY)


def test_closing_with_a_reason_tells_the_complainant():
    case = case_at(Status.CLOSED)
    assert case.close_reason
    assert ("closed_to_complainant", "complainant") in notices_of(case)


def test_rating_after_a_call_is_recorded_and_moves_nothing():
    case = case_at(Status.FOLLOWED_UP)
    rate(case, Satisfaction.SATISFIED)
    case.refresh_from_db()
    assert (case.status, case.satisfaction) == (Status.FOLLOWED_UP, Satisfaction.DISSATISFIED)
    assert events_of(case)[-1] == "case.rated"


def test_call_with_a_content_complainant_closes():
    case = case_at(Status.REPLIED)
    act: dict[str, Any] = {"by": handler_of(case), "version": case.version, "at": MONDAY}
    case = actions.follow_up(case, satisfaction="satisfied", note="电话回访。", **act)
    assert (case.status, events_of(case)[-2:]) == (Status.CLOSED, ["case.followed_up", "case.closed"])


WALKED = {
    False: "opened accepted assigned received reported approved replied followed_up closed",
    True: "opened accepted handling reported approved replied followed_up closed",
}


@pytest.mark.parametrize("own", [False, True])
def test_every_step_leaves_its_event(own):
    case = case_at(Status.CLOSED, own=own)
    assert events_of(case) == [f"case.{name}" for name in WALKED[own].split()]


REACHED = [
    (
        False,
        [Status.TRIAGE, Status.DISPATCHED, Status.RECEIVED, Status.REPORTED, Status.REPLIED, Status.FOLLOWED_UP, Status.CLOSED],
    ),
    (True, [Status.HANDLING, Status.REPORTED, Status.REPLIED, Status.FOLLOWED_UP, Status.CLOSED]),
]


@pytest.mark.parametrize(("own", "status"), [(own, status) for own, statuses in REACHED for status in statuses])
def test_case_shows_its_earliest_open_limit_and_an_open_case_always_has_one(own, status):
    case = case_at(status, own=own)
    first = case.deadlines.open().order_by("due_at").first()
    assert (case.due_on, case.due_at) == ((first.due_on, first.due_at) if first else (None, None))
    assert (first is None) == (status == Status.CLOSED)


def test_limit_keeps_the_days_it_counted():
    limit = new_case().deadlines.get()
    assert limit.explanation["started_on"] == "2026-09-14"
    assert (limit.explanation["length"], limit.explanation["due_on"]) == (3, "2026-09-17")


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 9, 30), date(2026, 10, 10)),
        (date(2026, 2, 13), date(2026, 2, 25)),
        (date(2026, 9, 18), date(2026, 9, 22)),
        (date(2025, 1, 24), date(2025, 2, 5)),
    ],
)
def test_three_working_days_of_acceptance(start, due):
    assert limits.open_limit(bare_case(), Step.ACCEPT, start=start, at=MONDAY).due_on == due


def test_one_working_day_of_receipt_ends_on_a_make_up_saturday():
    assert limits.open_limit(bare_case(), Step.RECEIVE, start=date(2026, 10, 9), at=MONDAY).due_on == date(2026, 10, 10)


def bare_case():
    return Case.objects.create(number="2026-T9999", title="无期限", channel="web", received_at=MONDAY, opened_at=MONDAY)


def test_no_event_or_notice_holds_personal_data():
    case = case_at(Status.CLOSED)
    text = " ".join(
        str(facts) for facts in [*Event.objects.values_list("facts", flat=True), *Notice.objects.values_list("facts", flat=True)]
    )
    assert not [value for value in ("甲乙丙", "13900001234", "jia.yi", case.title, SUMMARY) if value in text]


def test_nobody_without_the_role_moves_a_case():
    from django.core.exceptions import PermissionDenied

    stranger = holder(staffed_agency(), Post.Kind.LIAISON_OFFICER)
    assert stranger.has_role(Role.LIAISON_OFFICER)
    with pytest.raises(PermissionDenied):
        actions.accept(new_case(), by=stranger, version=1, ruling=actions.Ruling(4), at=MONDAY)


def test_a_move_that_the_table_lacks_is_refused():
    case = case_at(Status.HANDLING, own=True)
    with pytest.raises(TransitionNotAllowed, match="“"):
        actions.accept(case, by=handler_of(case), version=case.version, ruling=actions.Ruling(4), at=datetime.now(MONDAY.tzinfo))
