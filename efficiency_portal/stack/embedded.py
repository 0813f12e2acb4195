"""The embedded stack: PostgreSQL and Valkey under PORTAL_DIR, shared by all who need them, stopped by the last one to leave.

Each user of the stack holds a shared lock for its life; the kernel drops it however the process ends, so a crash leaves
no wrong count behind.
"""

import atexit
import fcntl
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO

from .servers import Postgres, StackError, Valkey, socket_folder

BASE_DIR = Path(__file__).resolve().parents[2]


@dataclass
class _Membership:
    """This process's place among the users of a stack."""

    folder: Path
    in_use: IO[str]
    owner_pid: int


_membership: _Membership | None = None


def portal_dir() -> Path:
    """The folder that holds everything the embedded stack writes."""
    return Path(os.environ.get("PORTAL_DIR") or BASE_DIR / ".portal").resolve()


def wanted() -> bool:
    """Whether this process should use the embedded stack: no servers are named and demo mode is not switched off."""
    named = any(os.environ.get(name + way) for name in ("DATABASE_URL", "REDIS_URL") for way in ("", "_FILE"))
    return not named and os.environ.get("PORTAL_DEMO", "1").lower() in {"1", "true", "yes", "on", "y", "t"}


def use(*, lasting: bool = True) -> None:
    """Join the stack, starting its servers if nobody has, and export DATABASE_URL, REDIS_URL and PORTAL_DEMO.

    Without `lasting` the servers trade safety against a power cut for speed (tests). Does nothing when servers are named.
    Raises StackError with one line for the person at the keyboard.
    """
    global _membership
    if not wanted() or _membership is not None:
        return
    folder = portal_dir()
    with told_plainly(folder):
        make_folder(folder)
        with _changing(folder):
            in_use = _join(folder)
            postgres, valkey = _servers(folder, lasting=lasting)
            try:
                postgres.start()
                valkey.start()
            except BaseException:
                _part(folder, in_use)
                raise
    _membership = _Membership(folder, in_use, os.getpid())
    atexit.register(leave)
    _leave_on_signals()
    os.environ["DATABASE_URL"] = postgres.url
    os.environ["REDIS_URL"] = valkey.url
    os.environ.setdefault("PORTAL_DEMO", "1")


def use_or_exit(*, lasting: bool = True) -> None:
    """Join the stack, or end the process with one line on stderr."""
    try:
        use(lasting=lasting)
    except StackError as error:
        sys.exit(str(error))


def pretend() -> None:
    """Give a command that touches no server what settings ask for; some of them run before there are servers or keys."""
    os.environ["PORTAL_DEMO"] = "1"
    os.environ.setdefault("DATABASE_URL", "postgresql://nobody@unused.invalid/unused")
    os.environ.setdefault("REDIS_URL", "redis://unused.invalid")


def leave() -> None:
    """Leave the stack; the last one out stops the servers."""
    global _membership
    membership, _membership = _membership, None
    if membership is None or membership.owner_pid != os.getpid():
        return  # a forked child is not a member of its own
    with _changing(membership.folder):
        _part(membership.folder, membership.in_use)


def _part(folder: Path, in_use: IO[str]) -> None:
    """Give up a share in the stack, and stop it when that was the last one."""
    if _is_last(in_use):
        stop(folder)
    in_use.close()


def stop(folder: Path) -> None:
    """Stop whatever servers run from a folder."""
    for server in reversed(_servers(folder, lasting=True)):
        server.stop()


def _servers(folder: Path, *, lasting: bool) -> tuple[Postgres, Valkey]:
    sockets = socket_folder(folder)
    return Postgres(folder, sockets, lasting=lasting), Valkey(folder, sockets, lasting=lasting)


def make_folder(folder: Path) -> None:
    """Make the data folder, for its owner only; whoever PostgreSQL runs as may pass through."""
    folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(13, "it belongs to another user", str(folder))


@contextmanager
def _changing(folder: Path) -> Iterator[None]:
    """Hold the lock under which servers are started and stopped; one process at a time."""
    with (folder / "start.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _join(folder: Path) -> IO[str]:
    in_use = (folder / "in-use.lock").open("a")
    fcntl.flock(in_use, fcntl.LOCK_SH)
    return in_use


def _is_last(in_use: IO[str]) -> bool:
    """Whether nobody else holds the shared lock. Our own share is gone when this returns False; we are leaving anyway."""
    try:
        fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def told_plainly(folder: Path) -> Iterator[None]:
    """Turn what the file system says into one line that names the folder and the way out."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        way_out = 'Run "make reset" to start afresh.'
        if isinstance(error, PermissionError):
            way_out = "Start as the user who made it, or set PORTAL_DIR to another folder."
        raise StackError(f"The data folder {folder} cannot be used ({reason}). {way_out}") from error


def _leave_on_signals() -> None:
    """Let TERM and HUP end the process through its exit handlers, unless somebody already listens to them."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _exit_on_signal)


def _exit_on_signal(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
