"""Duties: the arithmetic of quotas, the log, tasks, and who is told."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.roles import OFFICE, Role
from core.models import Notice
from supervisors import actions
from supervisors.actions.duties import DecidedAlready, DutyRefused
from supervisors.duties import counting
from supervisors.duties.periods import behind, span_of, standing
from supervisors.models import DutyLog, Quota, Task
from tests.cases.test_races import at_once
from tests.factories import MONDAY, UserFactory, office_leader, officer, supervisor

from . import inspecting
from .test_tips import tip as give_tip

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()  # Monday, 14 September 2026
WHAT: dict[str, Any] = {"hours": Decimal(3), "place": "政务中心", "what": "巡看。"}


def log(row, day=TODAY, kind="patrol", at=MONDAY, **fields):
    return actions.log_duty(row, by=row.user, day=day, kind=kind, at=at, **WHAT | fields)


def quota(amount=8, at=MONDAY, **fields):
    given: dict[str, Any] = {
        "kind": "full_time",
        "what": "duty_days",
        "period": "month",
        "valid_from": date(2026, 1, 1),
        "basis": "办法",
    }
    return actions.set_quota(by=office_leader(), amount=amount, at=at, **given | fields)


@pytest.mark.parametrize(
    ("period", "on", "first", "last", "key"),
    [
        ("month", (2026, 2, 28), (2026, 2, 1), (2026, 2, 28), "2026-02"),
        ("month", (2026, 12, 31), (2026, 12, 1), (2026, 12, 31), "2026-12"),
        ("quarter", (2026, 9, 14), (2026, 7, 1), (2026, 9, 30), "2026-Q3"),
        ("quarter", (2026, 12, 1), (2026, 10, 1), (2026, 12, 31), "2026-Q4"),
    ],
)
def test_a_period_holds_its_days(period, on, first, last, key):
    span = span_of(period, date(*on))
    assert (span.first, span.last, span.key) == (date(*first), date(*last), key)


@pytest.mark.parametrize(
    ("day", "done", "since", "is_behind", "missing"),
    [
        (1, 0, None, False, 8),  # the first day asks for nothing yet
        (15, 3, None, True, 5),
        (15, 4, None, False, 4),
        (30, 7, None, True, 1),
        (30, 9, None, False, 0),
        (30, 3, date(2026, 9, 16), True, 1),  # half a month, half the quota
        (30, 4, date(2026, 9, 16), False, 0),
    ],
)
def test_who_is_behind_is_told_by_the_share_of_the_period_that_has_gone(day, done, since, is_behind, missing):
    on = date(2026, 9, day)
    found = standing(8, done, span_of("month", on), on, serves_from=since)
    assert (found.is_behind, found.missing) == (is_behind, missing)


def test_those_with_the_least_come_first():
    begun = dict.fromkeys((1, 2, 3), date(2026, 1, 1))
    assert list(behind(begun, {1: 3, 3: 9}, 8, span_of("month", date(2026, 9, 20)), date(2026, 9, 20))) == [2, 1]


def test_a_quota_of_nothing_is_always_met():
    found = standing(0, 0, span_of("month", TODAY), TODAY)
    assert (found.is_met, found.is_behind, found.percent) == (True, False, 100)


def test_the_newest_quota_that_has_begun_holds():
    quota(8)
    quota(4, valid_from=TODAY)
    quota(2, valid_from=TODAY + timedelta(days=1))
    assert [row.amount for row in counting.quotas_on("full_time", TODAY)] == [4]
    quota(0, valid_from=TODAY)
    assert counting.quotas_on("full_time", TODAY) == []


def test_what_nothing_counts_is_no_quota(monkeypatch):
    monkeypatch.delitem(counting._counters, "tips")
    Quota.objects.create(
        kind="full_time", what="tips", period="month", amount=1, valid_from=TODAY, basis="。", set_at=MONDAY, set_by=officer()
    )
    assert "tips" not in counting.countable()
    assert counting.quotas_on("full_time", TODAY) == []


def test_two_duties_on_a_day_are_one_day_and_refused_ones_none():
    row = supervisor()
    log(row)
    log(row, kind="desk")
    actions.refuse_duty(log(row, day=TODAY - timedelta(days=1)), by=officer(), reason="未见到本人。", at=MONDAY)
    assert counting.duty_days([row.pk], date(2026, 9, 1), TODAY) == {row.pk: 1}


@pytest.mark.parametrize("days", [-1, 32])
def test_a_duty_lies_within_the_last_month(days):
    with pytest.raises(DutyRefused):
        log(supervisor(), day=TODAY - timedelta(days=days))


def test_a_duty_lies_within_the_term():
    with pytest.raises(DutyRefused, match="不在聘"):
        log(supervisor(since=TODAY), day=TODAY - timedelta(days=1))


def test_a_duty_is_entered_once_and_anew_after_a_refusal():
    row = supervisor()
    first = log(row)
    with pytest.raises(DutyRefused, match="已经登记"):
        log(row)
    actions.refuse_duty(first, by=officer(), reason="小时数不对。", at=MONDAY)
    again = log(row, hours=Decimal(2))
    assert (again.pk, again.state, again.refusal_reason) == (first.pk, "waiting", "")


def test_a_duty_is_decided_once():
    row, by = log(supervisor()), officer()
    actions.confirm_duty(row, by=by, at=MONDAY)
    with pytest.raises(DecidedAlready):
        actions.refuse_duty(row, by=by, reason="。", at=MONDAY)
    assert DutyLog.objects.get().confirmed_at == MONDAY


def test_nobody_confirms_the_own_duty():
    own = supervisor(user=UserFactory.create(roles=[Role.OFFICER, Role.SUPERVISOR]))
    with pytest.raises(DecidedAlready, match="自己"):
        actions.confirm_duty(log(own), by=own.user, at=MONDAY)


@pytest.mark.parametrize("hours", [Decimal(0), Decimal(25)])
def test_database_lets_no_day_have_more_hours(hours):
    with pytest.raises(IntegrityError, match="duty_hours_of_a_day"), transaction.atomic():
        log(supervisor(), hours=hours)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_enters_a_duty_once():
    row = supervisor()
    results = at_once(*[lambda: log(row)] * 3)
    assert sum(isinstance(one, DutyRefused) for one in results) == 2
    assert DutyLog.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_confirming_and_refusing_at_once():
    row, by = log(supervisor()), officer()
    results = at_once(
        lambda: actions.confirm_duty(row, by=by, at=MONDAY), lambda: actions.refuse_duty(row, by=by, reason="。", at=MONDAY)
    )
    assert sum(isinstance(one, DecidedAlready) for one in results) == 1


def task(row, **fields):
    given: dict[str, Any] = {"kind": "task", "title": "走访", "text": "", "due_on": TODAY}
    return actions.set_task(row, by=officer(), at=MONDAY, **given | fields)


def test_a_task_is_set_for_who_serves_and_for_a_day_to_come():
    assert task(supervisor()).title == "走访"
    with pytest.raises(DutyRefused, match="日期已过"):
        task(supervisor(), due_on=TODAY - timedelta(days=1))
    with pytest.raises(DutyRefused, match="在聘"):
        task(supervisor(until=date(2026, 2, 1)))


def test_nobody_finishes_the_task_of_another(client):
    row, other = supervisor(), supervisor()
    address = reverse("supervisors:task_done", args=[task(row).pk])
    client.force_login(other.user)
    assert client.post(address, {"note": "完成"}).status_code == 404
    client.force_login(row.user)
    assert client.post(address, {"note": "完成"}).status_code == 302
    assert Task.objects.get().done_note == "完成"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_duty_takes_three_taps(client, language):
    row = supervisor()
    quota()
    task(row)
    log(row, day=TODAY - timedelta(days=1))
    client.force_login(row.user)
    client.cookies["django_language"] = language
    with time_machine.travel(MONDAY, tick=False):
        assert client.get(reverse("supervisors:mine")).status_code == 200
        form = client.get(reverse("supervisors:log")).context["form"]
        sent = client.post(reverse("supervisors:log"), {name: form[name].value() or "" for name in form.fields})
    assert sent.status_code == 302
    assert row.duty_logs.count() == 2


def test_wrong_hours_and_days_are_told_beside_the_field(client):
    client.force_login(supervisor().user)
    with time_machine.travel(MONDAY, tick=False):
        given = {"kind": "patrol", "day": "2026-13-01", "hours": "-1", "place": ""}
        errors = client.post(reverse("supervisors:log"), given).context["form"].errors
    assert set(errors) == {"day", "hours", "place"}


@pytest.mark.parametrize("role", Role)
def test_pages_of_duties_by_role(client, role):
    row = log(supervisor())
    client.force_login(UserFactory.create(roles=[role]))
    pages = [reverse("supervisors:duties"), reverse("supervisors:quotas"), reverse("supervisors:refuse", args=[row.pk])]
    assert {client.get(page).status_code for page in pages} == {200 if role in OFFICE else 404}
    assert client.get(reverse("supervisors:quota_new")).status_code == (200 if role == Role.OFFICE_LEADER else 404)
    assert client.get(reverse("supervisors:mine")).status_code == (200 if role == Role.SUPERVISOR else 404)


def test_the_office_sees_who_is_behind_and_confirms(client, django_assert_max_num_queries):
    quota()
    lazy, busy = supervisor(), supervisor()
    for n in range(4):
        log(busy, day=TODAY - timedelta(days=n))
    client.force_login(officer())
    with time_machine.travel(MONDAY, tick=False):
        page = client.get(reverse("supervisors:quotas"))
        [found] = page.context["found"]
        assert [bar.row for bar in found.bars] == [lazy]
        assert len(client.get(reverse("supervisors:quotas"), {"look": "all"}).context["found"][0].bars) == 2
        with django_assert_max_num_queries(8):
            waiting = client.get(reverse("supervisors:duties"))
        client.post(reverse("supervisors:confirm", args=[waiting.context["page"].rows[0].pk]))
    assert DutyLog.objects.filter(state="confirmed").count() == 1


def test_quotas_of_many_take_the_same_queries(client, django_assert_max_num_queries):
    quota()
    for _one in range(60):
        supervisor()
    client.force_login(officer())
    with time_machine.travel(MONDAY, tick=False), django_assert_max_num_queries(16):
        page = client.get(reverse("supervisors:quotas"))
    assert len(page.context["page"].rows) == 50


LAST_DAYS = MONDAY.replace(day=28)  # a Monday


def test_who_is_behind_is_told_once_a_period_on_a_working_morning():
    quota()
    supervisor()
    assert actions.remind_quotas(at=MONDAY) == 0  # the period is young
    assert actions.remind_quotas(at=MONDAY.replace(day=26)) == 0  # a Saturday
    assert actions.remind_quotas(at=LAST_DAYS.replace(hour=7)) == 0
    for day in (28, 29):
        actions.remind_quotas(at=MONDAY.replace(day=day))
    assert Notice.objects.filter(template="supervisors/behind_quota").count() == 1


def test_the_end_of_a_term_is_told_once_a_rung_to_leader_and_person():
    leader, row = office_leader(), supervisor(until=TODAY + timedelta(days=60))
    for days in (0, 1, 30, 31, 53, 54):
        at = MONDAY + timedelta(days=days)
        actions.remind_terms(at=at)
        assert actions.remind_terms(at=at) == 0
    told = Notice.objects.filter(template__startswith="supervisors/term_ends").order_by("pk")
    assert [(one.recipient_id, one.facts["days"]) for one in told if one.template.endswith("ends")] == [
        (str(row.user.pk), days) for days in (60, 30, 7)
    ]
    assert told.filter(recipient_id=str(leader.pk)).count() == 3


def test_a_renewed_term_is_not_reminded_of():
    row = supervisor(until=TODAY + timedelta(days=20))
    actions.renew(row, by=office_leader(), since=TODAY + timedelta(days=21), years=1, at=MONDAY)
    assert actions.remind_terms(at=MONDAY) == 0


def test_tips_and_closed_inspections_count_for_quotas(django_assert_num_queries):
    visit = inspecting.inspection()
    user = inspecting.member(visit)
    inspecting.record(visit)
    actions.close_inspection(visit, by=visit.ordered_by, at=MONDAY + timedelta(hours=2))
    give_tip(user)
    quota(2, what="tips")
    quota(1, what="inspections")
    with django_assert_num_queries(6):
        found = counting.standings_of(user.supervisor, TODAY)
    assert [(one.what, standing.done) for one, standing, *_span in found] == [("tips", 1), ("inspections", 1)]


def test_the_inspection_of_today_is_one_tap_from_the_own_page(client, django_assert_max_num_queries):
    visit = inspecting.inspection()
    client.force_login(inspecting.member(visit))
    with time_machine.travel(MONDAY, tick=False):
        client.get(reverse("supervisors:mine"))
        with django_assert_max_num_queries(22):
            page = client.get(reverse("supervisors:mine"))
    assert page.content.decode().count(reverse("supervisors:field_record", args=[visit.pk])) == 1
