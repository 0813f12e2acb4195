"""Quiet hours: no telephone rings at night."""

from datetime import datetime, timedelta

import pytest

from core import deliveries, quiet
from core.clock import SHANGHAI
from core.models import Delivery
from core.notices import send
from core.recipients import EMAIL, SMS, Recipient

HOURS = (21, 8)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "goes_out"),
    [
        ("2026-09-14T20:59:59", "2026-09-14T20:59:59"),
        ("2026-09-14T21:00", "2026-09-15T08:00"),
        ("2026-09-14T23:59", "2026-09-15T08:00"),
        ("2026-09-15T00:00", "2026-09-15T08:00"),
        ("2026-09-15T07:59", "2026-09-15T08:00"),
        ("2026-09-15T08:00", "2026-09-15T08:00"),
    ],
)
def test_a_text_message_waits_for_the_morning(moment, goes_out):
    assert quiet.goes_out_at(SMS, "cases/x", at(moment), HOURS) == at(goes_out)


def test_mail_goes_out_at_night():
    assert quiet.goes_out_at(EMAIL, "cases/x", at("2026-09-14T23:00"), HOURS) == at("2026-09-14T23:00")


@pytest.mark.parametrize("template", ["complaints/phone_code", "complaints/proof_code", "complaints/number_left"])
def test_what_somebody_waits_for_goes_out_at_night(template):
    assert quiet.goes_out_at(SMS, template, at("2026-09-14T23:00"), HOURS) == at("2026-09-14T23:00")


@pytest.mark.django_db
def test_a_notice_of_the_night_leaves_in_the_morning(settings):
    settings.SMS_QUIET_HOURS = HOURS
    send("tests/hello", to=Recipient("demo", "7", (SMS, EMAIL)), key="k", at=at("2026-09-14T22:00"))
    waits = dict(Delivery.objects.values_list("channel", "next_at"))
    assert waits == {SMS: at("2026-09-15T08:00"), EMAIL: at("2026-09-14T22:00")}


@pytest.mark.django_db
def test_what_missed_its_worker_in_the_evening_is_put_off(settings):
    settings.SMS_QUIET_HOURS = HOURS
    send("tests/hello", to=Recipient("demo", "7", (SMS,)), key="k", at=at("2026-09-14T20:50"))
    delivery = Delivery.objects.get()
    assert deliveries.claim(delivery.pk, at=at("2026-09-14T21:30")) is None
    delivery.refresh_from_db()
    assert (delivery.next_at, delivery.attempts) == (at("2026-09-15T08:00"), 0)
    assert deliveries.claim(delivery.pk, at=delivery.next_at + timedelta(seconds=1))
