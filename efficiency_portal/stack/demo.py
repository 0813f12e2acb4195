"""`make demo`: everything the portal needs, started in order, told as it goes, stopped together."""

import argparse
import errno
import io
import json
import os
import signal
import socket
import sys
import time
import traceback
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn

from efficiency_portal import heartbeats

from . import embedded, place, processes
from .servers import StackError

HOST = "127.0.0.1"
READY_SECONDS = 90


def main() -> None:
    """Run the demo until Ctrl-C, a TERM signal or the death of one of its parts."""
    options = _options()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that knows no Chinese still gets the rest
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _on_signal)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "efficiency_portal.settings")
    os.environ.setdefault("PORTAL_DEMO", "1")
    os.environ.setdefault("SITE_URL", f"http://localhost:{options.port}")
    portal = embedded.portal_dir()
    try:
        with embedded.told_plainly(portal):
            embedded.make_folder(portal)
        with place.taken(portal, f"http://localhost:{options.port}/"):
            _check_port(options.port)
            _run(portal, options.port)
    except StackError as error:
        sys.exit(str(error))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--port", default="8000")
    options = parser.parse_args()
    if not options.port.isdecimal() or not 0 < int(options.port) < 65536:
        sys.exit(f'"{options.port}" is no port. Choose a number from 1024 to 65535: make demo PORT=8001')
    options.port = int(options.port)
    return options


def _on_signal(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(0 if number == signal.SIGINT else 128 + number)


def _check_port(port: int) -> None:
    """Find out before the long part whether the web server will get its port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            other = port + 1 if 1024 <= port < 65535 else 8000
            reason = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
            sys.exit(f"Port {port} {reason}. Choose another: make demo PORT={other}")


def _run(portal: Path, port: int) -> None:
    logs = portal / "log"
    started = time.monotonic()
    _say("Starting PostgreSQL and Valkey" if embedded.wanted() else "Using DATABASE_URL and REDIS_URL", embedded.use)
    logs.mkdir(exist_ok=True)
    accounts = _prepare(logs / "setup.log")
    group = processes.Group(home=embedded.BASE_DIR, logs=logs, record=portal / "demo.pids")
    try:
        for name, command in processes.commands(f"{HOST}:{port}").items():
            group.start(name, command)
        _say("Starting web, worker and beat", lambda: _wait_until_ready(group, port))
        _welcome(port, accounts, time.monotonic() - started)
        _watch(group)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave anything behind
        print("\nStopping …", flush=True)
        group.stop()
        embedded.leave()


def _say(what: str, do: Callable[[], None]) -> None:
    """Name a stage, do it, tell how long it took."""
    print(f"{what} … ", end="", flush=True)
    before = time.monotonic()
    try:
        do()
    except BaseException:
        print(flush=True)  # what follows is told on a line of its own
        raise
    print(f"{time.monotonic() - before:.1f} s", flush=True)


def _prepare(log: Path) -> str:
    """Bring database, texts, static files and demo data up to date; returns the list of demo accounts."""
    from django import setup
    from django.db import connections

    with log.open("w") as output:
        _stage(output, "Reading the settings", setup)
        _stage(output, "Preparing the database", lambda: _command(output, "migrate", "--no-input"))
        _stage(output, "Building the Chinese texts", lambda: _command(output, "messages", "compile"))
        _stage(output, "Collecting static files", lambda: _command(output, "collectstatic", "--no-input"))
        accounts = io.StringIO()
        _stage(output, "Loading demo data", lambda: _command(output, "load_demo"))
        _command(accounts, "load_demo", "--list")
    client = heartbeats.connect()
    heartbeats.forget(client)
    client.close()
    connections.close_all()
    return accounts.getvalue()


def _stage(output: IO[str], what: str, do: Callable[[], None]) -> None:
    """A stage whose failure is told in one line, with the whole story in the log."""
    try:
        _say(what, do)
    except Exception as error:  # noqa: BLE001 whatever it was, the person gets one line and the log the rest
        traceback.print_exc(file=output)
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        sys.exit(f"{what} failed: {reason} (more in {output.name})")


def _command(output: IO[str], *words: str) -> None:
    from django.core.management import call_command

    call_command(*words, stdout=output)


def _wait_until_ready(group: processes.Group, port: int) -> None:
    """Wait for /health/ to say that every part lives."""
    deadline = time.monotonic() + READY_SECONDS
    missing = "web"
    while missing:
        _stop_if_ended(group)
        if time.monotonic() > deadline:
            sys.exit(f"After {READY_SECONDS} s still not ok: {missing}. The logs are in {group.logs}.")
        time.sleep(0.2)
        missing = _not_ok(port)


def _not_ok(port: int) -> str:
    """The parts that /health/ does not find well, comma-separated; the web server itself when it gives no report."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://{HOST}:{port}/health/", timeout=5) as response:
            report = json.load(response)
    except urllib.error.HTTPError as error:
        report = _report_in(error)
    except (OSError, ValueError):
        return "web"
    return ", ".join(part for part, state in report.items() if state != "ok")


def _report_in(error: urllib.error.HTTPError) -> dict[str, str]:
    with error:
        try:
            report: dict[str, str] = json.load(error)
        except ValueError:
            return {"web": f"answers {error.code}"}
    return report


def _welcome(port: int, accounts: str, seconds: float) -> None:
    print(f"\nThe portal is ready after {seconds:.0f} s:  http://localhost:{port}/\n")
    if accounts:
        print(accounts.rstrip() + "\n")
    print(f"Messages that would leave the house: http://localhost:{port}/demo/outbox/")
    print("Stop with Ctrl-C; the data stays for the next time. `make reset` starts afresh.", flush=True)


def _watch(group: processes.Group) -> NoReturn:
    while True:
        _stop_if_ended(group)
        time.sleep(0.5)


def _stop_if_ended(group: processes.Group) -> None:
    ended = group.ended()
    if ended:
        name, code = ended
        last = group.log(name).read_text(errors="replace").strip().splitlines()[-3:]
        first = f"The {name} process stopped by itself (exit code {code}); its log {group.log(name)} ends:"
        sys.exit("\n".join([first, *last]))


if __name__ == "__main__":
    main()
