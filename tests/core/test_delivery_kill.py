"""A worker killed while it delivers: one notice, one inbox item, and the same Message-ID on the wire at least once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from core import clock, deliveries, notices, tasks
from core.models import Delivery, InboxItem, Notice
from core.recipients import to_user

from .wire import Wire

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
StartWorker = Callable[..., "subprocess.Popen[bytes]"]


def environment(port: int, offset_file: Path) -> dict[str, str]:
    """What a worker needs to see the test's own database, queues and mail server, and the test's clock."""
    url = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "efficiency_portal.settings_test",
        "DATABASE_URL": urlunsplit(url._replace(path=f"/{name}")),
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(port),
        "CLOCK_OFFSET_FILE": str(offset_file),
    }


@pytest.fixture
def wire() -> Iterator[Wire]:
    with Wire() as server:
        yield server


@pytest.fixture
def start_worker(wire: Wire, tmp_path: Path) -> Iterator[StartWorker]:
    """Start real Celery workers, each in a process group of its own; whatever still runs is killed at the end."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*, clock_shift: int = 0) -> subprocess.Popen[bytes]:
        offset_file = tmp_path / f"offset-{clock_shift}"
        offset_file.write_text(str(clock_shift))
        log = (tmp_path / f"worker-{len(started)}.log").open("wb")
        command = [sys.executable, "-m", "celery", "-A", "efficiency_portal", "worker", "-Q", "deliver", "-c", "1", "-l", "INFO"]
        started.append(
            subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(wire.port, offset_file),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        )
        log.close()
        return started[-1]

    yield start
    for worker in started:
        kill(worker)


def kill(worker: "subprocess.Popen[bytes]") -> None:
    """Kill the worker and its children the hard way."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(timeout=10)


def wait_until(condition: Callable[[], bool], timeout: float = 60) -> bool:
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def tell_somebody() -> Notice:
    user = get_user_model().objects.create(username="test-officer", full_name="测试员", email="officer@example.com")
    with transaction.atomic():
        return notices.send("test/plain", to=to_user(user), key="case:1:due", at=clock.now(), facts={"number": "2026-0001"})


def test_killed_worker_leaves_one_notice_and_repeats_the_same_message_id(wire, start_worker, capsys):
    worker = start_worker()
    tell_somebody()
    assert wire.wait_for_a_message(timeout=60)
    kill(worker)  # the message is on the wire, its delivery is not yet noted
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("pending", 1)
    wire.answer_from_now_on()

    start_worker(clock_shift=int(deliveries.LEASE.total_seconds()) + 1)  # the dead worker's lease has run out
    tasks.wake(delivery.pk)  # what beat's sweep does for a delivery whose lease has run out
    assert wait_until(lambda: Delivery.objects.get().state == "sent")

    with capsys.disabled():
        print(f"\non the wire, repeats included: {wire.message_ids}")  # noqa: T201 the raw repeats are to be seen
    assert (Notice.objects.count(), InboxItem.objects.count(), Delivery.objects.count()) == (1, 1, 1)
    assert len(wire.message_ids) >= 1
    assert set(wire.message_ids) == {f"<{delivery.message_id}@portal>"}
