"""Counts of days: what counts on which day, what a change marks, and that counting again always comes to the same."""

import threading
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from cases import actions
from cases.models import Case, ChangedDay, CountedUntil, DayCount, Deadline
from cases.statistics import measures
from cases.statistics.counts import Days, counted
from cases.workflow import Status
from complaints.models import Channel
from core import calendars
from core.clock import SHANGHAI
from tests.factories import MONDAY, case_at, handler_of, merged, new_case, office_leader, officer, suspend, walk_on

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


def count(at=NOW):
    return actions.count_days(at=at)


def whole(**days):
    """The counts of all cases, added up over the days; only what is not nothing."""
    rows = DayCount.objects.filter(part="whole", **days)
    found = measures.summed({name: getattr(row, name) for name in measures.MEASURES} for row in rows)
    return {name: number for name, number in found.items() if number}


def kept_rows():
    return sorted(DayCount.objects.values_list("day", "part", "key", *measures.MEASURES))


@pytest.mark.django_db
def test_a_case_counts_on_the_days_of_what_happened():
    case_at(Status.CLOSED)
    count()
    wanted = dict.fromkeys(("received", "accepted", "completed", "replied", "upheld", "dissatisfied"), 1)
    wanted |= {f"{step}_kept": 1 for step in measures.STEPS}
    assert whole(day=MONDAY.date()) == wanted


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.TRIAGE, Status.DECLINED, Status.HANDLING, Status.REPORTED])
def test_every_part_adds_up_to_the_whole(status):
    case_at(status, own=status != Status.REPORTED)
    case_at(Status.CLOSED, channel=Channel.LETTER, category=2)
    case_at(Status.REPLIED, agency=None, own=True)
    count()
    for part in ("category", "channel", "about"):
        rows = DayCount.objects.filter(part=part).values(*measures.MEASURES)
        found = measures.summed(rows)
        assert {name: number for name, number in found.items() if number} == whole()


@pytest.mark.django_db
def test_a_limit_that_runs_out_is_missed_on_its_last_day_whether_met_later_or_not():
    late, never = new_case(), new_case()  # due on 17 September
    walk_on(late, Status.HANDLING, own=True, at=MONDAY + timedelta(days=10))
    count()
    assert Deadline.objects.get(case=never).due_on == date(2026, 9, 17)
    assert whole(day=date(2026, 9, 17)) == {"accept_missed": 2}
    assert "accept_kept" not in whole()


@pytest.mark.django_db
def test_a_limit_is_not_missed_on_its_last_day():
    new_case()
    with time_machine.travel(datetime(2026, 9, 17, 23, 59, tzinfo=SHANGHAI), tick=False) as traveller:
        count(datetime(2026, 9, 17, 23, 59, tzinfo=SHANGHAI))
        assert whole() == {"received": 1}
        traveller.move_to(datetime(2026, 9, 18, tzinfo=SHANGHAI))
        count(datetime(2026, 9, 18, tzinfo=SHANGHAI))
    assert whole() == {"received": 1, "accept_missed": 1}


@pytest.mark.django_db
def test_days_that_passed_while_nobody_counted_are_counted():
    new_case()
    count(MONDAY)
    assert whole() == {"received": 1}
    count()
    assert whole() == {"received": 1, "accept_missed": 1}


@pytest.mark.django_db
def test_a_clock_that_stands_still_misses_nothing():
    case = new_case()
    suspend(case, at=MONDAY)
    count()
    assert whole() == {"received": 1}


@pytest.mark.django_db
def test_what_is_merged_or_withdrawn_has_neither_kept_nor_missed_its_limit():
    into = new_case()
    merged(new_case(), into)
    gone = new_case()
    Case.objects.filter(pk=gone.pk).update(status=Status.WITHDRAWN, withdrawn_at=MONDAY, closed_at=MONDAY)
    Deadline.objects.filter(case=gone).update(closed_at=MONDAY, next_reminder_at=None)
    count(MONDAY)
    assert whole() == {"received": 3, "merged": 1, "withdrawn": 1}


@pytest.mark.django_db
def test_of_several_limits_of_a_step_the_last_counts():
    case = case_at(Status.REPORTED, own=True)
    by = office_leader()
    actions.send_back(case, by=by, version=None, reason="请补充事实。", at=MONDAY + timedelta(days=1))
    case.refresh_from_db()
    facts = {"finding": "upheld", "facts_found": "属实。"}
    actions.report_own(case, by=handler_of(case), version=None, at=MONDAY + timedelta(days=2), **facts)
    count()
    assert Deadline.objects.filter(case=case, step="feedback").count() == 2
    assert {name: number for name, number in whole().items() if name.startswith("feedback")} == {"feedback_missed": 1}


@pytest.mark.django_db
def test_undoing_a_merger_takes_back_what_was_counted():
    case, into = new_case(), new_case()
    merged(case, into)
    count(MONDAY)
    assert whole()["merged"] == 1
    actions.unmerge(case, by=officer(), version=None, at=MONDAY)
    count(MONDAY)
    assert whole() == {"received": 2}


@pytest.mark.django_db
def test_working_days_until_the_reply_are_counted_by_the_calendar():
    case = new_case()
    walk_on(case, Status.REPLIED, own=True, at=datetime(2026, 9, 21, 9, tzinfo=SHANGHAI))  # Sunday the 20th is worked
    count()
    assert (whole()["replied"], whole()["reply_days"]) == (1, 6)
    assert list(DayCount.objects.filter(part="wait").values_list("key", "replied")) == [("6", 1)]


@pytest.mark.django_db
def test_a_change_marks_its_days_and_only_they_are_counted_again(django_assert_max_num_queries):
    case = new_case()
    count()
    assert not ChangedDay.objects.exists()
    before = DayCount.objects.count()
    walk_on(case, Status.HANDLING, own=True, at=NOW - timedelta(hours=2))
    assert {TODAY, MONDAY.date(), date(2026, 9, 17)} <= set(ChangedDay.objects.values_list("day", flat=True))
    with django_assert_max_num_queries(40):
        count()
    assert DayCount.objects.count() > before
    assert whole()["accepted"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["title", "version", "due_at", "reply"])
def test_what_counts_nowhere_marks_no_day(column):
    case = new_case()
    count()
    values = {"title": "另一个标题", "version": 9, "due_at": NOW, "reply": "答复。"}
    Case.objects.filter(pk=case.pk).update(**{column: values[column]}, **({"due_on": TODAY} if column == "due_at" else {}))
    assert not ChangedDay.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [{"category": 3}, {"channel": "media"}, {"respondent_agency": None}, {"satisfaction": "satisfied"}, {"finding": ""}]
)
def test_what_is_changed_later_is_counted_anew(change):
    case = case_at(Status.CLOSED)
    count()
    before = kept_rows()
    Case.objects.filter(pk=case.pk).update(**change)
    count()
    after = kept_rows()
    actions.forget_counts()
    count()
    assert before != after == kept_rows()


@pytest.mark.django_db
def test_counting_twice_changes_nothing():
    for status in (Status.TRIAGE, Status.DECLINED, Status.REPLIED, Status.CLOSED):
        case_at(status)
    count()
    before = kept_rows()
    assert count() == 0
    actions.forget_counts()
    assert count() > 0
    assert kept_rows() == before


@pytest.mark.django_db
def test_kept_counts_are_what_is_counted_on_the_spot():
    for status in (Status.TRIAGE, Status.DECLINED, Status.HANDLING, Status.REPLIED, Status.CLOSED):
        case_at(status, own=status == Status.HANDLING)
    count()
    days = Days(date(2026, 9, 1), TODAY, TODAY, calendars.work_calendar())
    live = counted(days, Case.objects.visible_to(officer()))
    found = [(cell.day, cell.part, cell.key, *(counts[name] for name in measures.MEASURES)) for cell, counts in live.items()]
    assert sorted(found) == kept_rows()


@pytest.mark.django_db
def test_many_days_are_counted_in_several_goes(monkeypatch):
    monkeypatch.setattr("cases.actions.counting.MOST_DAYS", 2)
    for day in range(7, 14):
        new_case(MONDAY.replace(day=day))
    count()
    assert whole()["received"] == 7
    assert (CountedUntil.objects.get().counted_at, ChangedDay.objects.count()) == (NOW, 0)


@pytest.mark.django_db
def test_the_command_counts_and_says_so(capsys):
    new_case()
    call_command("count_days", "--all")
    assert whole()["received"] == 1
    assert capsys.readouterr().out == "2 days counted.\n"  # of receipt, and the last one of the limit


@pytest.mark.django_db(transaction=True)
def test_two_counts_at_once_make_no_row_twice():
    for status in (Status.CLOSED, Status.REPLIED):
        case_at(status)
    together(count, count)
    before = kept_rows()
    actions.forget_counts()
    count()
    assert kept_rows() == before


@pytest.mark.django_db(transaction=True)
def test_a_change_during_a_count_is_not_lost():
    """Whichever comes first: after one more count everything stands there."""
    case = new_case()
    together(count, lambda: walk_on(case, Status.DECLINED))
    count()
    assert whole() == {"received": 1, "declined": 1, "accept_kept": 1}


def together(*works):
    """Do things at the same time, each on a connection of its own."""
    barrier, faults = threading.Barrier(len(works)), []

    def run(work):
        try:
            barrier.wait()
            work()
        except Exception as fault:  # noqa: BLE001 told below
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
