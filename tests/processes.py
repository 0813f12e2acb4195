"""Real Celery processes beside a test, on the test's own database, queues, mail server and clock."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from tests.wire import Wire

ROOT = Path(__file__).resolve().parents[1]
Process = subprocess.Popen[bytes]


class Processes:
    """Starts workers and beats, each in a process group of its own, and kills what still runs at the end."""

    def __init__(self, wire: Wire, folder: Path) -> None:
        self.wire = wire
        self.folder = folder
        self.started: list[Process] = []
        self.clock_file: Path | None = None  # one clock for all, which the test moves

    def worker(self, queues: str = "deliver", *, clock_shift: int = 0) -> Process:
        """Start a worker whose clock is shifted by so many seconds."""
        return self._start("worker", "-Q", queues, "-c", "1", clock_shift=clock_shift)

    def beat(self) -> Process:
        """Start a beat that sweeps every second."""
        return self._start("beat", "-s", str(self.folder / "beat"))

    def shift_on(self, clock_shift: int, further: timedelta) -> None:
        """Move the clock of the processes that were started with this shift on."""
        (self.folder / f"offset-{clock_shift}").write_text(str(clock_shift + further.total_seconds()))

    def _start(self, *words: str, clock_shift: int = 0) -> Process:
        offset_file = self.clock_file or self.folder / f"offset-{clock_shift}"
        if self.clock_file is None:
            offset_file.write_text(str(clock_shift))
        with (self.folder / f"{words[0]}-{len(self.started)}.log").open("wb") as log:
            command = [sys.executable, "-m", "celery", "-A", "efficiency_portal", *words, "-l", "INFO"]
            env = self._environment(offset_file)
            process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        self.started.append(process)
        return process

    def _environment(self, offset_file: Path) -> dict[str, str]:
        url = urlsplit(os.environ["DATABASE_URL"])
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "efficiency_portal.settings_test",
            "DATABASE_URL": urlunsplit(url._replace(path=f"/{connection.settings_dict['NAME']}")),
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.wire.port),
            "CLOCK_OFFSET_FILE": str(offset_file),
            "SWEEP_SECONDS": "1",
        }

    def kill_all(self) -> None:
        """Kill whatever was started."""
        for process in self.started:
            kill(process)


def kill(process: Process) -> None:
    """Kill a process and its children the hard way."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)


def wait_until(condition: Callable[[], bool], timeout: float = 60) -> bool:
    """Return whether the condition came true in time."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False
