"""A real reminder: beat finds the limit that comes due, a worker delivers the notice."""

from datetime import timedelta

import pytest

from cases.models import Deadline
from core import calendars, clock, digests
from core import reminders as ladder
from core.models import Delivery, InboxItem, Notice
from tests import factories
from tests.processes import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_beat_finds_the_limit_and_workers_deliver_the_reminder_once(wire, processes):
    officer = factories.officer()
    factories.new_case(clock.now() - timedelta(days=30))  # long past its acceptance limit
    Delivery.objects.all().delete()  # what the lodging said is not of interest here
    shift = seconds_to_a_morning()
    for _each in range(2):
        processes.worker("deliver,sweep", clock_shift=shift)
        processes.beat()

    reminders = Notice.objects.filter(dedupe_key__startswith="deadline:")
    assert wait_until(reminders.exists)
    processes.shift_on(shift, digests.GATHERING)  # the mail waits for others of the same morning
    assert wait_until(lambda: Delivery.objects.filter(state="sent", notice__recipient_id=str(officer.pk)).exists())
    assert wire.wait_for_a_message(timeout=10)
    assert reminders.filter(recipient_id=str(officer.pk)).count() == 1
    assert InboxItem.objects.filter(notice__in=reminders, user=officer).count() == 1
    assert len(set(wire.message_ids)) == Delivery.objects.count()
    assert Deadline.objects.filter(next_reminder_at__gt=clock.now()).exists()


def seconds_to_a_morning() -> int:
    """How far the next working day's reminders are away, whatever the hour of the test."""
    now = clock.now()
    morning = ladder.next_morning(now, calendars.work_calendar())
    return int((morning - now).total_seconds()) + 60
