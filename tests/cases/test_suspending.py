"""The clock of a case: stopped for a ground of the law, it moves every limit by exactly the days that did not count."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from cases import actions, tracking
from cases.models import Case, Deadline, Suspension
from cases.queue import Queue
from cases.workflow import Status, Step
from core import calendars, clock
from core.clock import SHANGHAI
from core.models import CalendarDay, Event, Notice
from tests.factories import (
    MONDAY,
    NAME,
    case_at,
    handler_of,
    holder,
    new_case,
    office_leader,
    officer,
    the_assignment,
    the_complaint,
)

from .test_races import at_once

pytestmark = pytest.mark.django_db
WORDS = "等待鉴定机构出具报告。"
TUESDAY = date(2026, 9, 15)


def at(day, month=9):
    return datetime(2026, month, day, 10, 0, tzinfo=SHANGHAI)


def stop(case, from_on, *, when=None, by=None, words=WORDS):
    when = when or datetime.combine(from_on, at(1).timetz())
    details = {"ground": "expert", "basis": "《示例办法》第九条", "words": words, "from_on": from_on}
    return actions.suspend(case, by=by or officer(), version=None, at=when, **details)


def run_on(case, until_on, *, when=None):
    when = when or datetime.combine(until_on, at(1).timetz())
    return actions.resume(case, by=officer(), version=None, until_on=until_on, at=when)


def limit_of(case, step=Step.FINISH):
    return case.deadlines.get(step=step)


def test_a_limit_in_days_moves_by_the_days_and_rolls_last():
    case = case_at(Status.RECEIVED)  # 30 days from 14 September: 14 October
    stop(case, date(2026, 9, 21))
    run_on(case, date(2026, 10, 1))  # ten days: 24 October, a Saturday
    assert limit_of(case).explanation["unrolled_on"] == "2026-10-24"
    assert limit_of(case).due_on == date(2026, 10, 26)


def test_a_limit_in_working_days_moves_by_the_working_days():
    officer()
    case = new_case()  # three working days from Monday: Thursday the 17th
    stop(case, TUESDAY)
    run_on(case, date(2026, 9, 21))  # stood still Tuesday to Sunday, the 20th being a make-up working day: 5 working days
    assert limit_of(case, Step.ACCEPT).due_on == date(2026, 9, 23)
    assert limit_of(case, Step.ACCEPT).paused_for == 5


def test_while_it_stands_still_nobody_is_reminded():
    case = case_at(Status.RECEIVED)
    stop(case, TUESDAY)
    assert limit_of(case).next_reminder_at is None
    assert not Deadline.objects.remindable(at(1, month=12)).exists()


def test_reminders_go_on_by_the_new_day():
    case = case_at(Status.RECEIVED)
    stop(case, date(2026, 9, 21))
    run_on(case, date(2026, 10, 1), when=at(9, month=10))
    assert limit_of(case).next_reminder_at == datetime(2026, 10, 19, 8, 30, tzinfo=SHANGHAI)


def test_both_days_are_kept():
    case = case_at(Status.RECEIVED)
    stop(case, date(2026, 9, 21))
    run_on(case, date(2026, 10, 1))
    event = Event.objects.of(case.subject).get(type="deadline.moved")
    assert (event.facts["old"], event.facts["due_on"]) == ("2026-10-14", "2026-10-26")


def test_the_case_says_since_when():
    case = case_at(Status.RECEIVED)
    stop(case, TUESDAY)
    case.refresh_from_db()
    assert case.paused_on == TUESDAY
    run_on(case, date(2026, 9, 16))
    fresh = Case.objects.get(pk=case.pk)
    assert (fresh.paused_on, fresh.due_on) == (None, date(2026, 10, 15))


def test_a_suspension_of_no_day_moves_nothing():
    case = case_at(Status.RECEIVED)
    stop(case, TUESDAY)
    run_on(case, TUESDAY)
    assert limit_of(case).due_on == date(2026, 10, 14)


def test_a_limit_that_has_run_out_is_not_stopped():
    case = case_at(Status.DISPATCHED)  # receipt was due on Tuesday
    with pytest.raises(actions.NotFromThatDay, match="已经到期"):
        stop(case, date(2026, 9, 16))


def test_a_late_limit_stays_late_beside_one_that_stands_still():
    case = case_at(Status.DISPATCHED)
    actions.remind(limit_of(case, Step.RECEIVE).pk, at=at(16))  # the finish limit has begun
    stop(case, date(2026, 9, 17))
    case.refresh_from_db()
    assert (limit_of(case, Step.RECEIVE).paused_on, limit_of(case).paused_on) == (None, date(2026, 9, 17))
    assert (case.paused_on, case.due_on) == (None, TUESDAY)


@pytest.mark.parametrize(
    ("day", "why"),
    [(date(2026, 9, 19), "将来"), (date(2026, 9, 11), "之前"), (date(2026, 12, 1), "将来")],
)
def test_the_first_day_is_neither_to_come_nor_before_the_step(day, why):
    with pytest.raises(actions.NotFromThatDay, match=why):
        stop(case_at(Status.RECEIVED), day, when=at(18))


def test_two_suspensions_never_overlap():
    case = case_at(Status.RECEIVED)
    stop(case, date(2026, 9, 16))
    with pytest.raises(actions.NotFromThatDay, match="已经中止"):
        stop(case, date(2026, 9, 18))
    run_on(case, date(2026, 9, 21))
    with pytest.raises(actions.NotFromThatDay, match="恢复"):
        stop(case, date(2026, 9, 18), when=at(22))
    assert stop(case, date(2026, 9, 21), when=at(22)).pk


def test_the_database_refuses_an_overlap():
    case, by = case_at(Status.RECEIVED), officer()
    stop(case, date(2026, 9, 16))
    details = {"ground": "expert", "basis": "x", "words": "x", "started_at": MONDAY, "started_by": by}
    with pytest.raises(IntegrityError, match="suspension_never_twice"):
        Suspension.objects.create(case=case, from_on=date(2026, 9, 18), **details)


@pytest.mark.parametrize("until", [date(2026, 9, 14), date(2026, 9, 19)])
def test_it_runs_on_from_no_earlier_day_and_from_none_to_come(until):
    case = case_at(Status.RECEIVED)
    stop(case, TUESDAY)
    with pytest.raises(actions.NotUntilThatDay):
        run_on(case, until, when=at(18))


def test_a_running_clock_cannot_run_on():
    with pytest.raises(actions.NotSuspended):
        run_on(case_at(Status.RECEIVED), TUESDAY)


def test_words_must_not_name_the_complainant():
    with pytest.raises(actions.WordsNameSomebody):
        stop(case_at(Status.RECEIVED), TUESDAY, words=f"等待{NAME}补充材料。")
    assert not Suspension.objects.exists()


def test_people_of_the_agency_stop_no_clock():
    case = case_at(Status.RECEIVED)
    with pytest.raises(PermissionDenied):
        stop(case, TUESDAY, by=holder(case.agency))


def test_a_new_limit_stands_still_as_well():
    case = case_at(Status.RECEIVED)
    stop(case, TUESDAY)
    words = {"facts_found": "属实。", "measures": "已办。"}
    actions.report(the_assignment(case), by=holder(case.agency), version=None, finding="upheld", at=at(18), **words)
    assert limit_of(case, Step.FEEDBACK).paused_on == TUESDAY
    run_on(case, date(2026, 9, 21))
    assert limit_of(case, Step.FEEDBACK).due_on == date(2026, 9, 28)  # five working days from Friday, Sunday the 20th not counted


def test_what_is_finished_while_the_clock_stands_still_is_in_time():
    case = case_at(Status.RECEIVED)
    stop(case, TUESDAY)
    words = {"facts_found": "属实。", "measures": "已办。"}
    actions.report(the_assignment(case), by=holder(case.agency), version=None, finding="upheld", at=at(20, month=10), **words)
    done = limit_of(case)
    assert done.closed_at < done.due_at
    assert done.paused_on is None


def test_a_report_sent_back_counts_the_days_that_did_not_count():
    case = case_at(Status.REPORTED)
    stop(case, TUESDAY)
    run_on(case, date(2026, 9, 18))
    actions.send_back(case, by=office_leader(), version=None, reason="请补充。", at=at(18))
    assert limit_of(case).due_on == date(2026, 10, 19)  # 14 October and three days: a Saturday


def test_the_calendar_counts_with_the_suspension():
    case = case_at(Status.RECEIVED)
    stop(case, date(2026, 9, 21))
    run_on(case, date(2026, 10, 1))
    CalendarDay.objects.create(day=date(2026, 10, 26), is_workday=False)
    calendars.forget()
    assert actions.recount_open_limits(at(2, month=10), "system") == 1
    assert limit_of(case).due_on == date(2026, 10, 27)


def test_counting_again_while_it_stands_still_keeps_it_so():
    case = case_at(Status.RECEIVED)
    stop(case, TUESDAY)
    CalendarDay.objects.create(day=date(2026, 10, 14), is_workday=False)
    calendars.forget()
    actions.recount_open_limits(at(18), "system")
    assert (limit_of(case).paused_on, limit_of(case).next_reminder_at) == (TUESDAY, None)


def test_more_time_may_be_asked_for_while_it_stands_still():
    case = case_at(Status.RECEIVED)
    stop(case, TUESDAY)
    row = actions.ask_extension(
        the_assignment(case), by=holder(case.agency), version=None, length=5, reason="x", progress="x", at=at(20, month=10)
    )
    actions.decide_extension(row, by=office_leader(), approve=True, at=at(20, month=10))
    assert limit_of(case).paused_on == TUESDAY
    run_on(case, date(2026, 9, 16))
    assert limit_of(case).due_on == date(2026, 10, 20)


def test_receipt_while_the_clock_stands_still_starts_the_finish_limit_on_that_day():
    case = case_at(Status.DISPATCHED)
    stop(case, TUESDAY)
    actions.receive(the_assignment(case), by=holder(case.agency), version=None, at=at(22))
    assert limit_of(case).started_on == date(2026, 9, 22)


def test_everyone_concerned_is_told():
    case = case_at(Status.RECEIVED)
    stop(case, TUESDAY)
    told = Notice.objects.filter(template__startswith="cases/suspended")
    assert set(told.values_list("template", "recipient_kind")) == {
        ("cases/suspended_to_complainant", "complainant"),
        ("cases/suspended", "user"),
    }
    run_on(case, date(2026, 9, 16))
    assert Notice.objects.get(template="cases/resumed_to_complainant").facts["due_on"] == "2026-10-15"


def test_the_tracking_page_says_why_and_gives_no_day():
    case = case_at(Status.RECEIVED)
    stop(case, TUESDAY)
    told = tracking.progress(the_complaint(case))
    assert told.deadline is None
    assert "9 月 15 日" in told.lead
    assert WORDS in told.timeline[0].text
    assert tracking.standings([the_complaint(case)])[the_complaint(case).pk].due_on is None


def test_the_queue_shows_it_apart_and_without_a_colour(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 12, 1))
    case = case_at(Status.RECEIVED)
    stop(case, TUESDAY)
    page = Queue(handler_of(case), {"view": "paused"}).page()
    assert [(row.case.pk, row.due) for row in page.rows] == [(case.pk, None)]
    assert {colour.count for colour in page.tally} == {"0"}


def test_a_colour_lists_no_case_that_stands_still(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 12, 1))
    case = case_at(Status.RECEIVED)
    stop(case, TUESDAY)
    assert Queue(handler_of(case), {"colour": "red"}).page().rows == []


@pytest.mark.django_db(transaction=True)
def test_two_officers_stop_it_at_once():
    case, first, second = case_at(Status.RECEIVED), officer(), officer()
    results = at_once(lambda: stop(case, TUESDAY, by=first), lambda: stop(case, TUESDAY, by=second))
    assert sum(isinstance(result, actions.NotFromThatDay) for result in results) == 1
    assert Suspension.objects.count() == 1


def page(client, user, path, data=None):
    client.force_login(user)
    return client.post(path, data) if data is not None else client.get(path)


def test_an_officer_stops_it_on_a_page_and_lets_it_run(client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(18))
    case, by = case_at(Status.RECEIVED), officer()
    data = {"version": case.version, "ground": "expert", "basis": "《示例办法》第九条", "words": WORDS, "from_on": "2026-09-15"}
    assert page(client, by, f"/staff/cases/{case.pk}/suspend/", data).status_code == 302
    html = page(client, by, f"/staff/cases/{case.pk}/").content.decode()
    assert "chip-paused" in html
    assert WORDS in html
    page(client, by, f"/staff/cases/{case.pk}/resume/", {"version": case.version, "until_on": "2026-09-18"})
    assert limit_of(case).due_on == date(2026, 10, 19)  # 17 October is a Saturday


def test_a_day_that_is_none_is_said_beside_the_field(client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(18))
    case = case_at(Status.RECEIVED)
    data = {"version": case.version, "ground": "expert", "basis": "x", "words": WORDS, "from_on": "2026-02-30"}
    response = page(client, officer(), f"/staff/cases/{case.pk}/suspend/", data)
    assert response.context["form"].errors.keys() == {"from_on"}
    assert WORDS in response.content.decode()


def test_the_agency_reads_that_it_stands_still(client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(18))
    case = case_at(Status.RECEIVED)
    stop(case, TUESDAY)
    html = page(client, holder(case.agency), f"/staff/assignments/{the_assignment(case).pk}/").content.decode()
    assert "chip-paused" in html


def test_a_closed_case_is_not_stopped():
    with pytest.raises(PermissionDenied):
        stop(case_at(Status.CLOSED), TUESDAY, when=MONDAY + timedelta(days=3))
