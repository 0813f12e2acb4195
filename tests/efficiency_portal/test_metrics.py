"""The measures for a monitor: only with the token, cheap, and nothing in them but numbers."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.roles import Role
from cases.workflow import Status
from core import clock
from core.models import Delivery
from core.transparency import growing
from tests.factories import NAME, UserFactory, case_at

pytestmark = pytest.mark.django_db
TOKEN = "for-the-monitor"


@pytest.fixture(autouse=True)
def _token(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN


def measured() -> dict[str, float]:
    response = Client().get("/metrics/", headers={"Authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain")
    lines = [line.rsplit(" ", 1) for line in response.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", "Bearer for-the-monitor2"])
def test_without_the_token_there_is_no_such_page(client, given):
    client.force_login(UserFactory.create(roles=[Role.SYSTEM_ADMIN]))
    assert client.get("/metrics/", headers={"Authorization": given}).status_code == 404


def test_without_a_token_set_nobody_reads_them(settings):
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics/", headers={"Authorization": "Bearer "}).status_code == 404


def test_what_waits_is_counted_with_its_age(settings):
    case_at(Status.REPORTED)
    Delivery.objects.update(state=Delivery.State.PENDING, sent_at=None, next_at=clock.now() - timedelta(minutes=10))
    found = measured()
    assert found["portal_deliveries_due"] == Delivery.objects.count() > 0
    assert 590 < found["portal_deliveries_due_age_seconds"] < 700
    Delivery.objects.update(state=Delivery.State.DEAD)
    found = measured()
    assert (found["portal_deliveries_due"], found["portal_deliveries_due_age_seconds"]) == (0, 0)
    assert found["portal_deliveries_dead"] == Delivery.objects.count()


def test_late_reminders_and_the_logs_lag_show():
    case_at(Status.RECEIVED)
    growing.append_forgotten()
    growing.sign_head(at=clock.now())
    found = measured()
    assert found["portal_reminders_late_seconds"] > 0  # the case began long ago, and no sweep ran
    assert found["portal_log_lag_seconds"] == 0
    assert found["portal_log_head_age_seconds"] < 60
    case_at(Status.TRIAGE)
    assert measured()["portal_log_lag_seconds"] > 0


def test_failed_sign_ins_are_counted(client, settings):
    settings.AXES_ENABLED = True
    before = measured()["portal_sign_ins_failed"]
    client.post("/accounts/login/", {"username": "nobody", "password": "wrong"})
    assert measured()["portal_sign_ins_failed"] == before + 1


def test_parts_are_told_apart():
    found = measured()
    assert found['portal_up{part="database"}'] == 1
    assert found['portal_up{part="worker"}'] == 0


def test_they_cost_few_queries_and_hold_no_text(django_assert_max_num_queries):
    case_at(Status.REPORTED)
    with django_assert_max_num_queries(9):
        response = Client().get("/metrics/", headers={"Authorization": f"Bearer {TOKEN}"})
    assert NAME not in response.content.decode()
