"""Signs of life of the worker and the beat clock: short-lived keys in Redis, written by them and read by /health/."""

import logging
import time
from typing import Any

import redis
from celery import Celery
from celery.beat import PersistentScheduler
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

LIVES_SECONDS = 20  # a worker shows itself every 2 seconds, beat every 5
BEAT_SHOWS_EVERY = 5.0

logger = logging.getLogger(__name__)


def key(part: str) -> str:
    """The Redis key that exists while a part lives."""
    return f"{settings.SIGNS_OF_LIFE_PREFIX}{part}"


def show(client: redis.Redis, part: str) -> None:
    """Say that a part lives. A broker that is away is not this part's fault: it goes on, and /health/ tells."""
    try:
        client.set(key(part), "ok", ex=LIVES_SECONDS)
    except redis.RedisError as error:
        logger.warning("%s could not show a sign of life: %s", part, error)


def forget(client: redis.Redis) -> None:
    """Take away the signs of an earlier run, so that a start waits for its own processes."""
    client.delete(key("worker"), key("beat"))


def connect() -> redis.Redis:
    """A client that gives up within a second."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0))


class WorkerHeart:
    """Receives Celery's `heartbeat_sent` in a worker's main process."""

    def __init__(self) -> None:
        self.client: redis.Redis | None = None

    def __call__(self, **kwargs: object) -> None:
        self.client = self.client or connect()
        show(self.client, "worker")


class LivingScheduler(PersistentScheduler):
    """Beat's scheduler, showing that its loop still turns."""

    def __init__(self, app: Celery, *args: Any, **kwargs: Any) -> None:
        self.client = connect()
        self.shown_at = 0.0
        super().__init__(app, *args, **kwargs)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        now = time.monotonic()
        if now - self.shown_at >= BEAT_SHOWS_EVERY:
            show(self.client, "beat")
            self.shown_at = now
        return float(min(super().tick(*args, **kwargs), BEAT_SHOWS_EVERY))
