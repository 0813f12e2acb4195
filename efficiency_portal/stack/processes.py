"""The processes that the demo starts beside the servers: web, worker and beat, each with its log, all stopped together."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

GRACE_SECONDS = 10
CELERY = ["-m", "celery", "-A", "efficiency_portal"]


def commands(address: str) -> dict[str, list[str]]:
    """What runs, by the name that messages and logs use. The same programs as in production, only fewer of each."""
    python = sys.executable
    web = f"--config python:efficiency_portal.gunicorn_conf --bind {address} --workers 2 --graceful-timeout 5"
    worker = "--concurrency 2 --queues deliver,sweep --loglevel INFO --without-mingle --without-gossip"
    return {
        "web": [python, "-m", "gunicorn", "efficiency_portal.wsgi", *web.split()],
        "worker": [python, *CELERY, "worker", *worker.split()],
        "beat": [python, *CELERY, "beat", "--pidfile", "", "--loglevel", "INFO"],
    }


@dataclass
class Group:
    """Processes that live and die together; each leads a process group of its own, so that Ctrl-C reaches only the demo."""

    home: Path
    logs: Path
    record: Path
    running: "dict[str, subprocess.Popen[bytes]]" = field(default_factory=dict)

    def start(self, name: str, command: list[str]) -> None:
        """Start a process with its output in a log file of its name."""
        self.logs.mkdir(exist_ok=True)
        with self.log(name).open("wb") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=self.home, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self.record.write_text(json.dumps([_mark(psutil.Process(process.pid)) for process in self.running.values()]))

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def ended(self) -> tuple[str, int] | None:
        """The name and exit code of a process that stopped by itself."""
        for name, process in self.running.items():
            code = process.poll()
            if code is not None:
                return name, code
        return None

    def stop(self) -> None:
        """Ask every process to finish, then kill what is left of their groups."""
        for process in self.running.values():
            _signal_group(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline and any(process.poll() is None for process in self.running.values()):
            time.sleep(0.05)
        for process in self.running.values():
            _signal_group(process.pid, signal.SIGKILL)
            process.wait()
        self.running.clear()
        self.record.unlink(missing_ok=True)


def end_leftovers(record: Path) -> int:
    """End the processes of a demo that was killed before it could stop them; returns how many there were."""
    try:
        marks: list[dict[str, Any]] = json.loads(record.read_text())
    except (OSError, ValueError):
        return 0
    leftovers = [mark["pid"] for mark in marks if psutil.pid_exists(mark["pid"]) and _mark_of(mark["pid"]) == mark]
    for pid in leftovers:
        _signal_group(pid, signal.SIGKILL)
    record.unlink(missing_ok=True)
    return len(leftovers)


def _mark(process: psutil.Process) -> dict[str, Any]:
    """What tells a process apart from a later one with the same number."""
    return {"pid": process.pid, "started": process.create_time()}


def _mark_of(pid: int) -> dict[str, Any] | None:
    try:
        return _mark(psutil.Process(pid))
    except psutil.Error:
        return None


def _signal_group(pid: int, number: int) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return  # it is gone; macOS says "not permitted" of a group that has only dead members
