"""The health report: every part told apart, quickly, to anybody."""

from unittest.mock import patch

import pytest
import redis
from django.test import Client
from pytest_django import Settings

from efficiency_portal import heartbeats

pytestmark = pytest.mark.django_db
ALL_FINE = {"database": "ok", "broker": "ok", "worker": "ok", "beat": "ok"}


@pytest.fixture
def signs(settings: Settings) -> redis.Redis:
    """The broker, with worker and beat alive."""
    client = heartbeats.connect()
    for part in ("worker", "beat"):
        heartbeats.show(client, part)
    yield client
    heartbeats.forget(client)
    client.close()


def test_health_is_200_when_every_part_lives(client: Client, signs: redis.Redis):
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (200, ALL_FINE)


def test_health_is_told_to_a_nobody_and_never_cached(client: Client, signs: redis.Redis):
    response = client.get("/health/")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("part", ["worker", "beat"])
def test_health_is_503_when_a_part_shows_no_sign(client: Client, signs: redis.Redis, part: str):
    signs.delete(heartbeats.key(part))
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (503, ALL_FINE | {part: "not ok"})


def test_health_knows_nothing_of_worker_and_beat_without_a_broker(client: Client, settings: Settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get("/health/")
    assert response.json() == {"database": "ok", "broker": "not ok", "worker": "not ok", "beat": "not ok"}


def test_health_tells_a_missing_database(client: Client, signs: redis.Redis):
    with patch.dict("django.db.connection.settings_dict", {"NAME": "no_such_database"}):
        response = client.get("/health/")
    assert (response.status_code, response.json()) == (503, ALL_FINE | {"database": "not ok"})
