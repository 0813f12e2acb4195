"""Sending: leases, back-off, giving up, and the same Message-ID on every attempt."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

from core import channels, clock, deliveries, notices, recipients
from core.channels import ChannelError
from core.models import Delivery
from core.recipients import EMAIL, to_user

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture(autouse=True)
def _no_wake(monkeypatch):
    monkeypatch.setattr("core.tasks.wake", lambda _delivery_id: None)


@pytest.fixture
def delivery():
    user = get_user_model().objects.create(
        username="test-officer", full_name="测试员", email="officer@example.com", language="en"
    )
    notices.send("test/plain", to=to_user(user), key="k", at=NOW, facts={"number": "2026-0001"})
    return Delivery.objects.get()


def fail(_message):
    raise ChannelError("gateway away")


def test_deliver_sends_once_and_notes_it(delivery):
    assert deliveries.deliver(delivery.pk, at=NOW)
    assert not deliveries.deliver(delivery.pk, at=NOW)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.leased_until) == ("sent", 1, None)
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [f"<{delivery.message_id}@portal>"]


def test_deliver_leaves_a_leased_delivery_to_its_worker(delivery):
    assert deliveries.claim(delivery.pk, at=NOW)
    assert not deliveries.deliver(delivery.pk, at=NOW)
    assert deliveries.deliver(delivery.pk, at=NOW + deliveries.LEASE)


def test_deliver_waits_longer_after_each_failure(delivery, monkeypatch):
    monkeypatch.setitem(channels.CHANNELS, EMAIL, fail)
    waits = []
    at = NOW
    for _attempt in range(3):
        deliveries.deliver(delivery.pk, at=at)
        delivery.refresh_from_db()
        waits.append(delivery.next_at - at)
        at = delivery.next_at
    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert delivery.last_error == "gateway away"


def test_deliver_gives_up_after_the_last_attempt(delivery, monkeypatch):
    monkeypatch.setitem(channels.CHANNELS, EMAIL, fail)
    Delivery.objects.update(attempts=deliveries.MAX_ATTEMPTS - 1)
    deliveries.deliver(delivery.pk, at=NOW)
    delivery.refresh_from_db()
    assert delivery.state == "dead"


def test_deliver_drops_a_message_for_nobody_without_a_word(delivery, monkeypatch, caplog):
    def nobody(recipient_id):
        raise recipients.NobodyToTell("nothing to tell")

    monkeypatch.setitem(recipients._resolvers, delivery.notice.recipient_kind, nobody)
    assert not deliveries.deliver(delivery.pk, at=NOW)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, caplog.text) == ("dead", 1, "")


def test_deliver_notes_a_recipient_who_cannot_be_reached(delivery):
    get_user_model().objects.update(is_active=False)
    assert not deliveries.deliver(delivery.pk, at=NOW)
    delivery.refresh_from_db()
    assert delivery.last_error == "the account is closed"


def test_deliver_notes_a_fault_of_our_own_and_lets_it_be_seen(delivery, monkeypatch):
    def break_down(_message):
        raise ZeroDivisionError

    monkeypatch.setitem(channels.CHANNELS, EMAIL, break_down)
    with pytest.raises(ZeroDivisionError):
        deliveries.deliver(delivery.pk, at=NOW)
    delivery.refresh_from_db()
    assert (delivery.last_error, delivery.next_at - NOW) == ("ZeroDivisionError", timedelta(minutes=1))
