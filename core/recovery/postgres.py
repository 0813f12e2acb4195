"""PostgreSQL's own pg_dump and pg_restore, fed and read as streams; addresses and passwords go by the environment."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

PART_BYTES = 8 * 1024 * 1024
_NAMES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
_NAMES |= {name: f"PG{name.upper()}" for name in ("sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl")}
_MOST_WORDS = 2000


class ToolFailed(Exception):
    """pg_dump or pg_restore is missing or failed; says what it said."""


def dump(snapshot: str) -> Iterator[bytes]:
    """Yield the database as it is in an exported snapshot, in parts of some megabytes. Raises ToolFailed."""
    arguments = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
    with _run("pg_dump", *arguments, stdout=subprocess.PIPE) as process:
        assert process.stdout  # noqa: S101 asked for
        while part := process.stdout.read(PART_BYTES):
            yield part


@contextmanager
def restoring(database: str = "") -> Iterator[IO[bytes]]:
    """Take the parts of a dump into an empty database, all or nothing. Raises ToolFailed."""
    arguments = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--dbname", database or _name())
    with _run("pg_restore", *arguments, stdin=subprocess.PIPE) as process:
        assert process.stdin  # noqa: S101 asked for
        try:
            yield process.stdin
            process.stdin.close()
        except BrokenPipeError:
            pass  # it has ended; what it said is told below
        except BaseException:
            process.kill()  # a half dump must not look like a whole one
            raise


@contextmanager
def _run(tool: str, *arguments: str, **pipes: Any) -> "Iterator[subprocess.Popen[bytes]]":
    with TemporaryFile() as said:
        process = subprocess.Popen([_path(tool), *arguments], env=os.environ | _surroundings(), stderr=said, **pipes)
        try:
            yield process
            code = process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
        finally:
            for pipe in (process.stdin, process.stdout):
                if pipe and not pipe.closed:
                    pipe.close()
        said.seek(0)
        if code:
            raise ToolFailed(f"{tool} ended with {code}: {said.read(_MOST_WORDS).decode(errors='replace').strip()}")


def _path(tool: str) -> str:
    """Where the tool lies: in POSTGRES_TOOLS, or among the machine's programs."""
    found = shutil.which(tool, path=settings.POSTGRES_TOOLS or None) or shutil.which(tool)
    if not found:
        raise ToolFailed(f"{tool} is missing: install PostgreSQL's client programs, or name their folder in POSTGRES_TOOLS.")
    return str(Path(found))


def _surroundings() -> dict[str, str]:
    given = connections[DEFAULT_DB_ALIAS].get_connection_params()
    return {variable: str(given[name]) for name, variable in _NAMES.items() if given.get(name)}


def _name() -> str:
    return str(connections[DEFAULT_DB_ALIAS].settings_dict["NAME"])
