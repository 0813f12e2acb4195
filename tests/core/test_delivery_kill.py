"""A worker killed while it delivers: one notice, one inbox item, and the same Message-ID on the wire at least once."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from core import clock, deliveries, notices, tasks
from core.models import Delivery, InboxItem, Notice
from core.recipients import to_user
from tests.processes import kill, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def tell_somebody() -> None:
    user = get_user_model().objects.create(username="test-officer", full_name="测试员", email="officer@example.com")
    with transaction.atomic():
        notices.send("test/plain", to=to_user(user), key="case:1:due", at=clock.now(), facts={"number": "2026-0001"})


def test_killed_worker_leaves_one_notice_and_repeats_the_same_message_id(wire, processes, capsys):
    wire.hold_answers()
    worker = processes.worker()
    tell_somebody()
    assert wire.wait_for_a_message(timeout=60)
    kill(worker)  # the message is on the wire, its delivery is not yet noted
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("pending", 1)

    wire.answer_from_now_on()
    processes.worker(clock_shift=int(deliveries.LEASE.total_seconds()) + 1)  # the dead worker's lease has run out
    tasks.wake(delivery.pk)  # as beat's sweep does for a delivery whose lease has run out
    assert wait_until(lambda: Delivery.objects.get().state == "sent")

    with capsys.disabled():
        print(f"\non the wire, repeats included: {wire.message_ids}")  # noqa: T201 the raw repeats are to be seen
    assert (Notice.objects.count(), InboxItem.objects.count(), Delivery.objects.count()) == (1, 1, 1)
    assert set(wire.message_ids) == {f"<{delivery.message_id}@portal>"}
