"""Whether database, broker, worker and beat answer; asked by /health/, monitors and load balancers."""

import redis
from django.db import Error, connection

from . import heartbeats


def report() -> dict[str, str]:
    """Each part with "ok" or "not ok", within about two seconds even when a part hangs."""
    answers = {"database": _database()} | _broker_worker_beat()
    return {part: "ok" if fine else "not ok" for part, fine in answers.items()}


def _database() -> bool:
    """Ask over a connection of its own: one that a request uses may have no time limit."""
    probe = connection.copy()
    probe.settings_dict["OPTIONS"] = {
        **probe.settings_dict["OPTIONS"],
        "connect_timeout": 2,
        "options": "-c statement_timeout=1500",
    }
    try:
        with probe.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    finally:
        probe.close()
    return True


def _broker_worker_beat() -> dict[str, bool]:
    """The broker's answer, and the signs of life it holds; without a broker nothing is known of the other two."""
    client = heartbeats.connect()
    try:
        worker, beat = client.mget(heartbeats.key("worker"), heartbeats.key("beat"))
    except redis.RedisError:
        return {"broker": False, "worker": False, "beat": False}
    finally:
        client.close()
    return {"broker": True, "worker": worker is not None, "beat": beat is not None}
