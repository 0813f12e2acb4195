"""The portal's servers and processes: started, killed the hard way, started again."""

import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

from efficiency_portal.stack import processes
from efficiency_portal.stack.embedded import BASE_DIR
from efficiency_portal.stack.servers import Postgres, Valkey, socket_folder
from tests.wire import Wire

START_SECONDS = 60
FULL_SECONDS = 20  # at most; long enough for somebody to try


class House:
    """Everything that runs. Each kind of fault is a method that does it and leaves the part running again."""

    def __init__(self, folder: Path, wire: Wire, refused: Callable[[], int]) -> None:
        """Take a folder, a mail server, and a way to ask how many files people saw refused."""
        self.folder, self.wire, self.refused = folder, wire, refused
        sockets = socket_folder(folder)
        self.postgres, self.valkey = Postgres(folder, sockets), Valkey(folder, sockets)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.port = _free_port()
        self.full = False

    @property
    def address(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> None:
        """Start the servers and say where they are."""
        self.postgres.start()
        self.valkey.start()
        os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = self.postgres.url, self.valkey.url

    def staff(self) -> None:
        """Start web, worker and beat."""
        for name in ("web", "worker", "beat"):
            self._start(name)
        self.wait_for_web()

    def close(self) -> None:
        """End everything."""
        for name in list(self.running):
            self._kill_group(name)
        self.valkey.stop()
        self.postgres.stop()

    def faults(self) -> dict[str, tuple[int, Callable[[random.Random], None]]]:
        """Each kind of fault with its weight."""
        return {
            "one web worker": (6, self.kill_web_worker),
            "the web server": (2, lambda _chance: self._kill_and_start("web")),
            "the Celery worker": (5, lambda _chance: self._kill_and_start("worker")),
            "beat": (2, lambda _chance: self._kill_and_start("beat")),
            "Valkey": (2, lambda _chance: self.kill_valkey()),
            "PostgreSQL": (2, lambda _chance: self.kill_postgres()),
            "the mail server": (2, lambda _chance: self.drop_mail()),
            "the file store is full": (1, lambda _chance: self.fill_store()),
        }

    def kill_web_worker(self, chance: random.Random) -> None:
        """Kill one of the processes that answer requests; gunicorn starts another."""
        with suppress(psutil.Error, IndexError):
            children = psutil.Process(self.running["web"].pid).children()
            chance.choice(children).kill()

    def kill_valkey(self) -> None:
        """Kill the broker and cache, and start it again."""
        _kill(self.valkey.portal / "valkey.pid")
        self.valkey.start()

    def kill_postgres(self) -> None:
        """Kill the database's first process, which takes the others along, and start it again: it recovers by itself."""
        _kill(self.postgres.data / "postmaster.pid")
        self.postgres.start()

    def drop_mail(self) -> None:
        """Let the mail server take messages without saying so for a moment."""
        self.wire.hold_answers()
        time.sleep(1.5)
        self.wire.answer_from_now_on()

    def fill_store(self) -> None:
        """Let the store have no room (a reserve that no disk has) until somebody's file was refused."""
        before, end = self.refused(), time.monotonic() + FULL_SECONDS
        for full in (True, False):
            self.full = full
            self._kill_and_start("web")
            self.wait_for_web()
            while full and self.refused() == before and time.monotonic() < end:
                time.sleep(0.2)

    def wait_for_web(self) -> None:
        """Wait until pages are answered."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.1)
        raise TimeoutError("the web server did not come up")

    def _kill_and_start(self, name: str) -> None:
        self._kill_group(name)
        self._start(name)

    def _start(self, name: str) -> None:
        command = processes.commands(f"127.0.0.1:{self.port}")[name]
        env = os.environ | ({"FILE_STORE_RESERVE_MB": "1000000000"} if self.full else {})
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=BASE_DIR, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def _kill_group(self, name: str) -> None:
        process = self.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _kill(pid_file: Path) -> None:
    with suppress(OSError, ValueError, psutil.Error):
        process = psutil.Process(int(pid_file.read_text().split()[0]))
        process.kill()
        process.wait(timeout=10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
