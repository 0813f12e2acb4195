"""The demo: comes up whole, tells what is wrong in one line, leaves no process behind however it ends, keeps its data."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from efficiency_portal.stack import embedded

from .conftest import environment, manage, private_folder, servers

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def runs(process: psutil.Process, words: str = "") -> bool:
    """Whether a process runs, with these words in its command line; a short-lived one may end while we look."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE and words in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False


@dataclass
class Demo:
    """A running demo, what it has said, and every process it has started."""

    process: "subprocess.Popen[str]"
    port: int
    said: list[str] = field(default_factory=list)
    family: list[psutil.Process] = field(default_factory=list)

    def wait_until_ready(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if line.startswith("Stop with Ctrl-C"):
                break
        else:
            pytest.fail("".join(["The demo did not come up:\n", *self.said]))
        self.family = psutil.Process(self.process.pid).children(recursive=True)

    def health(self) -> dict[str, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/", timeout=10) as response:
            report: dict[str, str] = json.load(response)
        return report

    def end(self, number: int) -> str:
        """Send a signal; returns the last words."""
        self.process.send_signal(number)
        return self.process.communicate(timeout=180)[0]

    def left(self) -> list[psutil.Process]:
        """Processes of the family that still run."""
        psutil.wait_procs(self.family, timeout=5)
        return [member for member in self.family if runs(member)]


@pytest.fixture(scope="module")
def furnished() -> Iterator[Path]:
    """A data folder in which a demo has been before, so that the next one starts quickly; each test leaves it quiet."""
    with private_folder() as folder:
        yield folder


def command(port: int | str) -> list[str]:
    return [sys.executable, "-m", "efficiency_portal.stack.demo", "--port", str(port)]


@contextmanager
def demo_at(portal: Path) -> Iterator[Demo]:
    port = free_port()
    process = subprocess.Popen(
        command(port), cwd=embedded.BASE_DIR, env=environment(portal), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    demo = Demo(process, port)
    try:
        demo.wait_until_ready()
        yield demo
    finally:
        process.kill()
        process.communicate()
        for member in demo.left():
            member.kill()


def refusal(portal: Path, port: int | str) -> str:
    """What the demo says when it does not start: one line, with a failing exit code."""
    done = subprocess.run(command(port), cwd=embedded.BASE_DIR, env=environment(portal), capture_output=True, text=True)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    return str(done.stderr.strip())


def test_demo_comes_up_whole_and_ctrl_c_leaves_nothing(furnished: Path):
    with demo_at(furnished) as demo:
        assert demo.health() == {"database": "ok", "broker": "ok", "worker": "ok", "beat": "ok"}
        assert any(f"http://localhost:{demo.port}/" in line for line in demo.said)
        demo.end(signal.SIGINT)
        assert demo.left() == []
        assert servers(furnished) == {}


def test_demo_keeps_its_data_and_lets_commands_work_beside_it(furnished: Path):
    with demo_at(furnished) as demo:
        manage(furnished, "shell", "--no-imports", "-c", "from django.core.cache import cache; cache.set('kept', 'yes', None)")
        assert set(demo.health().values()) == {"ok"}
        demo.end(signal.SIGTERM)
    with demo_at(furnished):
        kept = manage(furnished, "shell", "--no-imports", "-c", "from django.core.cache import cache; print(cache.get('kept'))")
    assert kept.stdout.strip() == "yes"


def test_demo_of_the_same_folder_is_refused_while_one_runs(furnished: Path):
    with demo_at(furnished) as demo:
        assert refusal(furnished, free_port()).startswith(f"The demo already runs at http://localhost:{demo.port}/")


def test_demo_ends_and_names_the_part_that_died(furnished: Path):
    with demo_at(furnished) as demo:
        parts = psutil.Process(demo.process.pid).children()
        next(part for part in parts if "worker" in part.cmdline()).kill()
        last_words = demo.process.communicate(timeout=180)[0]
        assert "The worker process stopped by itself (exit code -9)" in last_words
        assert demo.process.returncode == 1
        assert demo.left() == []


def test_demo_clears_away_what_a_killed_one_left(furnished: Path):
    with demo_at(furnished) as killed:
        killed.process.kill()
        killed.process.wait()
        parts = [member for member in killed.family if runs(member, "efficiency_portal")]
        assert len(parts) >= 3
        with demo_at(furnished) as demo:
            assert demo.health()["worker"] == "ok"
            assert [part for part in parts if runs(part)] == []
            demo.end(signal.SIGINT)
        assert servers(furnished) == {}


def test_demo_says_when_its_port_is_taken(portal: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert refusal(portal, port) == f"Port {port} is taken. Choose another: make demo PORT={port + 1}"
    assert servers(portal) == {}


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", ""])
def test_demo_says_when_its_port_is_none(portal: Path, port: str):
    assert refusal(portal, port).startswith(f'"{port}" is no port. ')


def test_demo_says_when_its_data_cannot_be_used(portal: Path):
    (portal / "postgres").mkdir()
    assert 'Run "make reset"' in refusal(portal, free_port())


def test_demo_tells_a_failed_stage_in_one_line(portal: Path):
    done = subprocess.run(
        command(free_port()), cwd=embedded.BASE_DIR, capture_output=True, text=True,
        env=environment(portal, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none", REDIS_URL="redis://127.0.0.1:1"),
    )  # fmt: skip
    assert done.returncode == 1
    assert "Preparing the database failed: connection to server at" in done.stderr
    assert "Traceback" not in done.stderr


def reset(portal: Path) -> "subprocess.CompletedProcess[str]":
    words = [sys.executable, "-m", "efficiency_portal.stack.reset"]
    return subprocess.run(words, cwd=embedded.BASE_DIR, env=environment(portal), capture_output=True, text=True)


def test_reset_stops_the_demo_and_removes_its_data_only(portal: Path):
    (portal / "letter.txt").write_text("not ours")
    with demo_at(portal) as demo:
        assert reset(portal).returncode == 0
        assert demo.process.wait(30) is not None
        assert demo.left() == []
    assert os.listdir(portal) == ["letter.txt"]


def test_reset_of_nothing_is_fine(tmp_path: Path):
    assert reset(tmp_path / "none").returncode == 0
