"""The outbox: one notice a key, an inbox item with it, nothing when the action fails."""

from contextlib import suppress

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from core import clock, notices
from core.models import Delivery, InboxItem, Notice
from core.recipients import EMAIL, Recipient, to_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return get_user_model().objects.create(username="test-officer", full_name="测试员", email="officer@example.com")


def send(user, key="case:1:opened"):
    return notices.send("test/plain", to=to_user(user), key=key, at=clock.now(), facts={"number": "2026-0001"})


def test_send_writes_notice_inbox_item_and_delivery(user):
    notice = send(user)
    assert InboxItem.objects.get().user == user
    assert Delivery.objects.get().channel == EMAIL
    assert "officer@example.com" not in str(Notice.objects.filter(pk=notice.pk).values().get())


def test_send_again_with_the_same_key_changes_nothing(user):
    assert send(user) == send(user)
    assert (Notice.objects.count(), InboxItem.objects.count(), Delivery.objects.count()) == (1, 1, 1)


def test_send_leaves_nothing_behind_when_the_action_fails(user):
    with suppress(RuntimeError), transaction.atomic():
        send(user)
        raise RuntimeError
    assert not Notice.objects.exists()


def test_send_to_someone_without_an_account_makes_no_inbox_item():
    notices.send("test/plain", to=Recipient("complainant", "x", ()), key="k", at=clock.now())
    assert not InboxItem.objects.exists()
