"""The health report: every part told apart, quickly, to anybody."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
import redis
from django.test import Client
from pytest_django import Settings

from efficiency_portal import heartbeats

CELERY = [sys.executable, "-m", "celery", "-A", "efficiency_portal"]
pytestmark = pytest.mark.django_db
ALL_FINE = {"database": "ok", "broker": "ok", "worker": "ok", "beat": "ok"}


@pytest.fixture
def signs() -> Iterator[redis.Redis]:
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


@pytest.fixture
def silent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A server that takes every connection and never says a word; its socket has the name that PostgreSQL's has."""
    path = tmp_path_factory.mktemp("s") / ".s.PGSQL.5432"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        yield path


def test_health_answers_soon_when_the_database_hangs(client: Client, signs: redis.Redis, silent: Path):
    before = time.monotonic()
    with patch.dict("django.db.connection.settings_dict", {"HOST": str(silent.parent)}):
        response = client.get("/health/")
    assert response.json() == ALL_FINE | {"database": "not ok"}
    assert time.monotonic() - before < 3.5


def test_health_answers_soon_when_the_broker_hangs(client: Client, settings: Settings, silent: Path):
    settings.REDIS_URL = f"unix://{silent}"
    before = time.monotonic()
    assert client.get("/health/").json()["broker"] == "not ok"
    assert time.monotonic() - before < 2.5


def test_a_worker_and_a_beat_show_themselves(tmp_path: Path, client: Client):
    worker = [*CELERY, "worker", "--pool", "solo", "--queues", "none"]
    beat = [*CELERY, "beat", "--pidfile", "", "--schedule", str(tmp_path / "schedule")]
    with running(worker), running(beat):
        deadline = time.monotonic() + 60
        while client.get("/health/").json() != ALL_FINE:
            assert time.monotonic() < deadline
            time.sleep(0.1)


@contextmanager
def running(command: list[str]) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield
    process.terminate()
    process.wait(30)


def test_a_sign_of_life_goes_out_by_itself(signs: redis.Redis):
    assert 0 < signs.ttl(heartbeats.key("worker")) <= heartbeats.LIVES_SECONDS


def test_a_worker_goes_on_when_the_broker_is_away(settings: Settings, caplog: pytest.LogCaptureFixture):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    heartbeats.WorkerHeart()()
    assert "worker could not show a sign of life" in caplog.text
