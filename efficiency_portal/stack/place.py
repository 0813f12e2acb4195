"""Who runs the demo from a data folder: one runner at a time, found by others through its lock file."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from . import processes
from .servers import StackError

STOP_SECONDS = 60


@contextmanager
def taken(portal: Path, address: str) -> Iterator[None]:
    """Be the one runner of this folder, after clearing away what a killed one left. Raises StackError when there is one."""
    with (portal / "demo.lock").open("a+") as lock:
        if not _locked(lock):
            raise StackError(f"The demo already runs at {_holder(lock)[1]} (stop it there with Ctrl-C).")
        lock.truncate(0)
        lock.write(f"{os.getpid()} {address}")
        lock.flush()
        processes.end_leftovers(portal / "demo.pids")
        yield


def vacate(portal: Path) -> None:
    """Stop the demo that runs from this folder, if any, and what a killed one left."""
    with (portal / "demo.lock").open("a+") as lock:
        deadline = time.monotonic() + STOP_SECONDS
        if not _locked(lock):
            os.kill(_holder(lock)[0], signal.SIGTERM)
            while not _locked(lock):
                if time.monotonic() > deadline:
                    raise StackError(f"The demo at {_holder(lock)[1]} does not stop; end process {_holder(lock)[0]} first.")
                time.sleep(0.1)
        processes.end_leftovers(portal / "demo.pids")


def _locked(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(lock: IO[str]) -> tuple[int, str]:
    lock.seek(0)
    pid, address = lock.read().split()
    return int(pid), address
