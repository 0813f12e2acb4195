"""Real reminders: the newest rung, the right people, nobody twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import User
from agencies.models import Post
from cases import actions, tasks
from cases.models import Deadline
from cases.workflow import Status, Step
from core.clock import SHANGHAI
from core.models import DeadlinePolicy, Delivery, Event, InboxItem, Notice
from core.rendering import render
from tests.factories import MONDAY, case_at, holder, new_case, office_leader, officer, the_assignment

from .test_races import at_once

pytestmark = pytest.mark.django_db


def morning(day, month=9):
    return datetime(2026, month, day, 8, 31, tzinfo=SHANGHAI)


def the_limit(case, step):
    return case.deadlines.get(step=step)


def reminded(deadline):
    """Rung and people of every reminder of a deadline, in order."""
    events = Event.objects.of(deadline.case.subject).filter(type="deadline.reminded", facts__deadline=deadline.pk)
    return [(event.facts["rung"], set(event.facts["recipients"])) for event in events]


def sweep(at):
    due = list(Deadline.objects.remindable(at).values_list("pk", flat=True))
    return [pk for pk in due if actions.remind(pk, at=at)]


def test_nothing_is_due_before_the_first_rung():
    officer()
    limit = the_limit(new_case(), Step.ACCEPT)  # Monday + 3 working days: Thursday; two days before is Tuesday
    assert limit.next_reminder_at == datetime(2026, 9, 15, 8, 30, tzinfo=SHANGHAI)
    assert sweep(MONDAY) == []


def test_acceptance_reminds_all_officers():
    officers = {officer().pk, officer().pk}
    limit = the_limit(new_case(), Step.ACCEPT)
    assert sweep(morning(15)) == [limit.pk]
    assert reminded(limit) == [("T-2", officers)]
    assert set(InboxItem.objects.filter(notice__template="cases/reminder").values_list("user", flat=True)) == officers


def test_reminder_goes_out_by_mail_as_well():
    officer()
    new_case()
    sweep(morning(15))
    assert set(Delivery.objects.filter(notice__template="cases/reminder").values_list("channel", flat=True)) == {"email"}


def test_a_second_sweep_sends_nothing():
    officer()
    limit = the_limit(new_case(), Step.ACCEPT)
    sweep(morning(15))
    assert sweep(morning(15) + timedelta(minutes=1)) == []
    assert Notice.objects.filter(template="cases/reminder").count() == 1
    limit.refresh_from_db()
    assert limit.next_reminder_at == datetime(2026, 9, 16, 8, 30, tzinfo=SHANGHAI)


def test_after_an_outage_only_the_newest_rung_is_sent():
    officer()
    limit = the_limit(new_case(), Step.ACCEPT)
    sweep(morning(17))
    assert [rung for rung, _people in reminded(limit)] == ["T0"]


def test_agency_is_reminded_of_receipt_and_never_the_office():
    case = case_at(Status.DISPATCHED)
    sweep(morning(15))
    assert reminded(the_limit(case, Step.RECEIVE)) == [("T0", {holder(case.agency).pk})]


def test_missed_receipt_starts_the_finish_limit_from_its_last_day():
    case = case_at(Status.DISPATCHED)
    sweep(morning(16))
    assert the_limit(case, Step.FINISH).started_on == date(2026, 9, 15)
    assert Event.objects.of(case.subject).filter(type="case.receipt_missed").count() == 1


def test_receipt_after_the_sweep_starts_no_second_finish_limit():
    case = case_at(Status.DISPATCHED)
    sweep(morning(16))
    sweep(morning(17))
    case.refresh_from_db()
    actions.receive(the_assignment(case), by=holder(case.agency), version=case.version, at=morning(18))
    assert the_limit(case, Step.FINISH).started_on == date(2026, 9, 15)


def people_late(case, step, days):
    return {user.pk for user in actions.recipients(the_limit(case, step), working_days_late=days)}


POSTS = {
    -1: [Post.Kind.LIAISON_OFFICER],
    0: [Post.Kind.LIAISON_OFFICER],
    1: [Post.Kind.LIAISON_OFFICER],
    2: [Post.Kind.LIAISON_OFFICER, Post.Kind.LEADER_IN_CHARGE],
    3: [Post.Kind.LIAISON_OFFICER, Post.Kind.LEADER_IN_CHARGE, Post.Kind.PRINCIPAL],
}


@pytest.mark.parametrize("days", POSTS)
def test_lateness_climbs_the_agency(days):
    case = case_at(Status.RECEIVED)
    assert people_late(case, Step.FINISH, days) == {holder(case.agency, kind).pk for kind in POSTS[days]}


@pytest.mark.parametrize(("days", "leaders"), [(0, False), (1, False), (2, True), (3, True)])
def test_lateness_of_the_office_climbs_to_its_leaders(days, leaders):
    leader = office_leader()
    case = case_at(Status.HANDLING, own=True)
    assert people_late(case, Step.FINISH, days) == {case.handler_id} | ({leader.pk} if leaders else set())


def test_approval_is_the_leaders_to_be_reminded_of():
    leader = office_leader()
    case = case_at(Status.REPORTED)
    assert people_late(case, Step.FEEDBACK, -1) == {case.handler_id, leader.pk}


def test_vacant_post_is_the_handlers_to_hear_of():
    case = case_at(Status.RECEIVED)
    Post.objects.filter(agency=case.agency).update(until="2026-09-15")
    assert people_late(case, Step.FINISH, 0) == {case.handler_id}


def test_two_working_days_late_also_tells_the_leader_in_charge():
    case = case_at(Status.DISPATCHED)
    sweep(morning(17))
    people = {holder(case.agency, kind).pk for kind in (Post.Kind.LIAISON_OFFICER, Post.Kind.LEADER_IN_CHARGE)}
    assert reminded(the_limit(case, Step.RECEIVE)) == [("T+2", people)]


def test_closed_limit_is_silent():
    case = case_at(Status.CLOSED)
    assert sweep(morning(1, month=12)) == []
    assert not case.deadlines.filter(next_reminder_at__isnull=False).exists()


def test_notice_leads_the_agency_to_its_own_page():
    case = case_at(Status.DISPATCHED)
    sweep(morning(15))
    assert Notice.objects.get(template="cases/reminder").facts["path"] == f"/staff/assignments/{the_assignment(case).pk}/"


def test_sweep_hands_the_due_deadlines_to_tasks_in_batches(monkeypatch):
    handed = []
    officer()
    rows = [the_limit(new_case(), Step.ACCEPT) for _number in range(3)]
    monkeypatch.setattr("core.clock.now", lambda: morning(15))
    monkeypatch.setattr(tasks, "BATCH", 2)
    monkeypatch.setattr(tasks.remind, "delay", lambda *, deadline_ids: handed.append(deadline_ids))
    tasks.sweep_reminders.run()
    for batch in handed:
        tasks.remind.run(deadline_ids=batch)
    assert handed == [[rows[0].pk, rows[1].pk], [rows[2].pk]]
    assert [[rung for rung, _people in reminded(row)] for row in rows] == [["T-2"]] * 3


def test_sweep_costs_the_same_whatever_is_stored(django_assert_num_queries):
    officer()
    for _number in range(5):
        new_case()
    with django_assert_num_queries(1):
        assert list(Deadline.objects.remindable(MONDAY).values_list("pk", flat=True)[: tasks.SWEEP_SIZE]) == []


def test_sweep_walks_the_partial_index():
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"
        )  # a test has too few rows to need an index
    plan = Deadline.objects.remindable(MONDAY).values_list("pk", flat=True)[: tasks.SWEEP_SIZE].explain()
    assert "deadline_sweep" in plan
    assert "Sort" not in plan


@pytest.mark.django_db(transaction=True)
def test_two_workers_remind_once():
    for _number in range(3):
        officer()
    limit = the_limit(new_case(), Step.ACCEPT)
    gate = Barrier(2)

    def work():
        gate.wait()
        try:
            return actions.remind(limit.pk, at=morning(15))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        sent = [future.result() for future in [pool.submit(work), pool.submit(work)]]
    assert sorted(sent) == [False, True]
    assert (len(reminded(limit)), Notice.objects.filter(template="cases/reminder").count()) == (1, 3)


def follow_policy(step, **fields):
    DeadlinePolicy.objects.filter(step=step).update(**fields)


def test_the_ladder_is_the_policys():
    follow_policy(Step.ACCEPT, ladder=[-1])
    officer()
    limit = the_limit(new_case(), Step.ACCEPT)
    assert limit.next_reminder_at == datetime(2026, 9, 16, 8, 30, tzinfo=SHANGHAI)


def test_an_empty_ladder_reminds_of_lateness_alone():
    follow_policy(Step.ACCEPT, ladder=[])
    officer()
    assert the_limit(new_case(), Step.ACCEPT).next_reminder_at == datetime(2026, 9, 18, 8, 30, tzinfo=SHANGHAI)


def test_the_policy_says_when_lateness_climbs():
    follow_policy(Step.FINISH, yellow_after=3, red_after=5)
    case = case_at(Status.RECEIVED)
    assert [len(people_late(case, Step.FINISH, days)) for days in (3, 4, 5, 6)] == [1, 2, 2, 3]


@pytest.mark.parametrize("moment", [datetime(2026, 9, 19, 12, 0, tzinfo=SHANGHAI), datetime(2026, 9, 18, 3, 0, tzinfo=SHANGHAI)])
def test_nobody_is_reminded_on_a_day_off_or_at_night(moment):
    officer()
    limit = the_limit(new_case(), Step.ACCEPT)
    assert sweep(moment) == []
    limit.refresh_from_db()
    assert limit.next_reminder_at == datetime(2026, 9, 20 if moment.day == 19 else 18, 8, 30, tzinfo=SHANGHAI)  # Sunday is worked


def test_who_has_left_hears_nothing_and_leaders_do():
    leader = office_leader()
    case = case_at(Status.HANDLING, own=True)
    User.objects.filter(cases=case).update(is_active=False)
    case.refresh_from_db()
    assert people_late(case, Step.FINISH, 0) == {leader.pk}


def test_an_agency_without_posts_is_the_handlers_to_hear_of_at_every_rung():
    case = case_at(Status.RECEIVED)
    Post.objects.filter(agency=case.agency).delete()
    assert [people_late(case, Step.FINISH, days) for days in (0, 2, 3)] == [{case.handler_id}] * 3


def mails(template):
    return list(Delivery.objects.filter(notice__template=template).values_list("notice__recipient_id", flat=True))


def test_several_reminders_of_one_morning_make_one_mail():
    by = officer()
    cases = [new_case(), new_case()]
    sweep(morning(15))
    assert actions.gather_reminders(at=morning(15)) == 0  # they still wait for others
    assert actions.gather_reminders(at=morning(15) + timedelta(minutes=3)) == 1
    assert (mails("cases/reminder"), mails("cases/reminders")) == ([], [str(by.pk)])
    digest = Notice.objects.get(template="cases/reminders")
    assert digest.dedupe_key == f"digest:{by.pk}:2026-09-15"
    assert [part["number"] for part in digest.facts["parts"]] == [case.number for case in cases]


def test_the_inbox_keeps_each_of_them():
    officer()
    new_case()
    new_case()
    sweep(morning(15))
    actions.gather_reminders(at=morning(15) + timedelta(minutes=3))
    assert list(
        InboxItem.objects.filter(notice__template__startswith="cases/reminder").values_list("notice__template", flat=True)
    ) == [
        "cases/reminder",
        "cases/reminder",
    ]


def test_a_single_reminder_stays_a_single_mail():
    officer()
    new_case()
    sweep(morning(15))
    assert actions.gather_reminders(at=morning(15) + timedelta(minutes=3)) == 0
    assert len(mails("cases/reminder")) == 1


def test_a_mail_that_a_worker_has_taken_is_in_no_digest():
    officer()
    new_case()
    new_case()
    sweep(morning(15))
    Delivery.objects.filter(pk=Delivery.objects.latest("pk").pk).update(attempts=1)
    assert actions.gather_reminders(at=morning(15) + timedelta(minutes=3)) == 0


def test_the_digest_lists_number_step_and_day():
    officer()
    numbers = [new_case().number, new_case().number]
    sweep(morning(15))
    actions.gather_reminders(at=morning(15) + timedelta(minutes=3))
    subject, text = render(Notice.objects.get(template="cases/reminders"), "zh-hans")
    assert subject == "有 2 项时限需要办理"
    assert [line for line in text.splitlines() if line.startswith(tuple(numbers))] == [
        f"{number}，受理审查：9 月 17 日（星期四） 24:00 到期" for number in numbers
    ]


@pytest.mark.django_db(transaction=True)
def test_two_workers_gather_once():
    officer()
    for _number in range(3):
        new_case()
    sweep(morning(15))
    later = morning(15) + timedelta(minutes=3)
    results = at_once(lambda: actions.gather_reminders(at=later), lambda: actions.gather_reminders(at=later))
    assert sorted(results) == [0, 1]
    assert (len(mails("cases/reminders")), len(mails("cases/reminder"))) == (1, 0)


def test_the_case_page_says_which_reminders_are_next(client, monkeypatch):
    monkeypatch.setattr("core.clock.now", lambda: morning(15))
    case, leader = case_at(Status.RECEIVED), office_leader()
    follow_policy(Step.FINISH, ladder=[-1])
    the_limit(case, Step.FINISH)
    client.force_login(leader)
    page = client.get(f"/staff/cases/{case.pk}/").context["page"]
    coming = next(limit for limit in page.limits if limit.row.step == Step.FINISH).coming
    liaison = holder(case.agency).full_name
    assert [(one.words, one.at.day, one.people) for one in coming[1:]] == [
        ("逾期 1 个工作日", 15, liaison),
        ("逾期 2 个工作日", 16, f"{liaison}、{holder(case.agency, Post.Kind.LEADER_IN_CHARGE).full_name}"),
    ]
