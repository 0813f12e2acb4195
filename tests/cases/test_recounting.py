"""Open limits are counted again when the calendar changes."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from cases.actions.recounting import recount_open_limits
from cases.models import Deadline
from cases.workflow import Status
from core import calendars, clock, events
from core.models import CalendarDay, Event
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
