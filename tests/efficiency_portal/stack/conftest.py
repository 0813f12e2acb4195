"""Processes that use an embedded stack of their own, far from the one the tests run on."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from efficiency_portal.stack import embedded

JOIN = """
import os, sys
from efficiency_portal.stack import embedded
embedded.use_or_exit(lasting=False)
print(os.environ["DATABASE_URL"], os.environ["REDIS_URL"], flush=True)
sys.stdin.readline()
"""
SERVERS_NAMED = ("DATABASE_URL", "REDIS_URL", "TEST_RUN", "DJANGO_SETTINGS_MODULE", "STATIC_ROOT", "MEDIA_ROOT", "PORTAL_DEMO")


def environment(portal: Path, **more: str) -> dict[str, str]:
    """That of a person who has set nothing but the data folder."""
    kept = {key: value for key, value in os.environ.items() if key not in SERVERS_NAMED and not key.startswith("PYTEST")}
    return kept | {"PORTAL_DIR": str(portal)} | more


def manage(portal: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run a manage.py command to its end."""
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=embedded.BASE_DIR, env=environment(portal, **more), capture_output=True, text=True)


def servers(portal: Path) -> dict[str, int]:
    """The embedded servers that run from a folder, by name."""
    found = {}
    for process in psutil.process_iter(["name", "cmdline", "ppid", "status"]):
        told = " ".join(process.info["cmdline"] or [])
        if str(portal) in told and process.info["status"] != psutil.STATUS_ZOMBIE:
            if process.info["name"] == "postgres" and " -D " in told:
                found["postgres"] = process.pid
            if process.info["name"].startswith("valkey"):
                found["valkey"] = process.pid
    return found


@dataclass
class Member:
    """A process that has joined a stack and stays until told to go."""

    process: "subprocess.Popen[str]"
    addresses: list[str]

    def go(self) -> None:
        self.process.communicate("\n", timeout=60)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@contextmanager
def private_folder() -> Iterator[Path]:
    """An empty data folder, whose servers are stopped at the end whatever happened.

    Not under pytest's own folder: that is closed to the user whom PostgreSQL runs as, and closed again by each new run.
    """
    with tempfile.TemporaryDirectory(prefix="portal-test-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        folder.chmod(0o711)
        yield folder
        for pid in servers(folder).values():
            os.kill(pid, signal.SIGKILL)


@pytest.fixture
def portal() -> Iterator[Path]:
    """An empty data folder of the test's own."""
    with private_folder() as folder:
        yield folder


@pytest.fixture
def join(portal: Path) -> Iterator[Callable[[], Member]]:
    """Call it to start a process that joins the stack of `portal`."""
    members: list[Member] = []

    def start() -> Member:
        process = subprocess.Popen(
            [sys.executable, "-c", JOIN], cwd=embedded.BASE_DIR, env=environment(portal), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None
        members.append(Member(process, process.stdout.readline().split()))
        return members[-1]

    yield start
    for member in members:
        if member.process.poll() is None:
            member.kill()
