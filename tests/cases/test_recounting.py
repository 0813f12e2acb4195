"""Open limits are counted again when the calendar changes."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from cases import actions
from cases.actions.recounting import recount_open_limits
from cases.models import Deadline
from cases.workflow import Status, Step
from core import calendars, clock, events
from core.models import CalendarDay, DeadlinePolicy, Event
from tests import factories

pytestmark = pytest.mark.django_db
LODGED = datetime(2026, 9, 14, 10, 0, tzinfo=clock.SHANGHAI)  # a Monday: three working days end on Thursday
AT = datetime(2026, 9, 15, 9, 0, tzinfo=clock.SHANGHAI)


def close_wednesday():
    CalendarDay.objects.create(day=date(2026, 9, 16), is_workday=False, name="测试")
    calendars.forget()


def test_a_limit_moves_and_both_days_are_kept():
    case = factories.new_case(LODGED)
    close_wednesday()
    assert recount_open_limits(AT, events.SYSTEM) == 1
    deadline = Deadline.objects.get()
    case.refresh_from_db()
    assert deadline.due_on == case.due_on == date(2026, 9, 18)
    assert "2026-09-16" in deadline.explanation["days_off"]
    event = Event.objects.of(case.subject).get(type="deadline.recounted")
    assert (event.facts["old"], event.facts["due_on"]) == ("2026-09-17", "2026-09-18")


def test_counting_again_without_a_change_leaves_no_trace():
    factories.new_case(LODGED)
    assert recount_open_limits(AT, events.SYSTEM) == 0
    assert not Event.objects.filter(type="deadline.recounted").exists()


def test_the_next_reminder_follows_the_new_day():
    factories.new_case(LODGED)
    close_wednesday()
    recount_open_limits(AT, events.SYSTEM)
    assert Deadline.objects.filter(next_reminder_at__date=date(2026, 9, 17)).exists()


def test_closed_limits_stay_as_they_were():
    case = factories.case_at(Status.REPORTED, at=LODGED)
    days = dict(case.deadlines.exclude(closed_at=None).values_list("pk", "due_on"))
    close_wednesday()
    recount_open_limits(AT, events.SYSTEM)
    assert dict(case.deadlines.exclude(closed_at=None).values_list("pk", "due_on")) == days


def test_an_edit_in_the_administration_counts_again(client):
    case = factories.new_case(LODGED)
    client.force_login(factories.UserFactory(is_staff=True, is_superuser=True))
    client.post(reverse("admin:core_calendarday_add"), {"day": "2026-09-16", "is_workday": "", "name": "测试"})
    case.refresh_from_db()
    assert case.due_on == date(2026, 9, 18)


def complex_policy(**fields):
    given = {"step": Step.FINISH, "case_class": "complex", "length": 60, "unit": "days", "valid_from": date(2026, 1, 1)}
    return DeadlinePolicy.objects.create(**given | {"basis": "《示例办法》第五条"} | fields)


def accepted(case_class="ordinary"):
    case, by = factories.new_case(LODGED), factories.officer()
    actions.accept(case, by=by, version=None, ruling=actions.Ruling(4, case_class=case_class), at=LODGED)
    return case


def finish_of(case):
    return case.deadlines.select_related("policy").get(step=Step.FINISH)


def test_a_complex_case_follows_its_own_policy():
    complex_policy()
    assert finish_of(accepted("complex")).due_on == date(2026, 11, 13)


def test_a_step_without_a_policy_of_the_class_follows_the_ordinary_one():
    complex_policy()
    assert calendars.policy_for(Step.FEEDBACK, LODGED.date(), "complex").case_class == "ordinary"


def test_the_newest_policy_of_the_class_counts():
    complex_policy()
    newer = complex_policy(length=45, valid_from=date(2026, 9, 1))
    complex_policy(length=20, valid_from=date(2027, 1, 1))
    assert calendars.policy_for(Step.FINISH, LODGED.date(), "complex") == newer


def shorter(length=20):
    fields = {"step": Step.FINISH, "case_class": "ordinary", "length": length, "unit": "days", "basis": "新规"}
    return DeadlinePolicy.objects.create(valid_from=date(2026, 9, 15), **fields)


def test_a_new_policy_leaves_open_limits_alone():
    case = accepted()
    shorter()
    recount_open_limits(AT, events.SYSTEM)
    assert finish_of(case).due_on == date(2026, 10, 14)


def test_an_administrator_puts_open_limits_under_it():
    case, policy = accepted(), shorter()
    assert actions.apply_policies(AT, events.SYSTEM) == 1
    limit = finish_of(case)
    assert (limit.policy, limit.due_on) == (policy, date(2026, 10, 8))  # 4 October is a day off
    event = Event.objects.of(case.subject).get(type="deadline.policy_applied")
    assert (event.facts["old"], event.facts["due_on"]) == ("2026-10-14", "2026-10-08")
    assert actions.apply_policies(AT, events.SYSTEM) == 0


def test_no_limit_becomes_late_by_a_change_of_rules():
    case = accepted()
    shorter(length=1)
    at = datetime(2026, 9, 28, 9, 0, tzinfo=clock.SHANGHAI)
    assert actions.apply_policies(at, events.SYSTEM) == 0
    assert finish_of(case).due_on == date(2026, 10, 14)


def test_policies_are_applied_in_the_administration(client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    case, policy = accepted(), shorter()
    client.force_login(factories.UserFactory(is_staff=True, is_superuser=True))
    data = {"action": "apply_to_open_limits", "_selected_action": [policy.pk]}
    assert client.post(reverse("admin:core_deadlinepolicy_changelist"), data).status_code == 302
    assert finish_of(case).due_on == date(2026, 10, 8)


def test_acceptance_offers_the_classes_with_the_limit_each_gives(client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    complex_policy()
    case, by = factories.new_case(LODGED), factories.officer()
    client.force_login(by)
    html = client.get(f"/staff/cases/{case.pk}/accept/").content.decode()
    assert "复杂案件" in html
    assert "60 天" in html
    data = {"category": "4", "mode": "handle", "handler": by.pk, "case_class": "complex", "version": case.version}
    client.post(f"/staff/cases/{case.pk}/accept/", data)
    assert finish_of(case).due_on == date(2026, 11, 16)  # 60 days from the 15th end on a Saturday


def test_with_one_class_there_is_nothing_to_choose(client):
    case = factories.new_case(LODGED)
    client.force_login(factories.officer())
    assert "case_class" not in client.get(f"/staff/cases/{case.pk}/accept/").context["form"].fields
