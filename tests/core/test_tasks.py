"""What beat's sweep hands out."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from kombu.exceptions import OperationalError

from core import clock, deliveries, notices, tasks
from core.models import Delivery
from core.recipients import to_user

WOKEN: list[int] = []


@pytest.fixture
def delivery(db, monkeypatch):
    monkeypatch.setattr(tasks, "wake", WOKEN.append)
    WOKEN.clear()
    user = get_user_model().objects.create(username="test-officer", full_name="测试员", email="officer@example.com")
    notices.send("test/plain", to=to_user(user), key="k", at=clock.now(), facts={"number": "2026-0001"})
    return Delivery.objects.get()


def test_sweep_hands_out_what_was_missed(delivery):
    tasks.sweep_deliveries()
    assert [delivery.pk] == WOKEN


def test_sweep_leaves_alone_what_is_sent_leased_or_not_yet_due(delivery):
    deliveries.claim(delivery.pk, at=clock.now())
    tasks.sweep_deliveries()
    Delivery.objects.update(leased_until=None, next_at=clock.now() + timedelta(minutes=5))
    tasks.sweep_deliveries()
    assert WOKEN == []


def test_wake_leaves_it_to_the_sweep_when_the_broker_is_away(monkeypatch):
    def away(**_kwargs):
        raise OperationalError

    monkeypatch.setattr(tasks.deliver, "delay", away)
    tasks.wake(1)
