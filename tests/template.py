"""A migrated database that every test database is copied from: migrating takes half a minute, copying a second.

Only on the embedded server, which is the tests' own; on a server of somebody else each run migrates as Django does.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg2

from efficiency_portal.stack import embedded

PREFIX = "migrated_"


def name() -> str:
    """Return the name of the template that fits the migrations as they are, having made it if it is not there."""
    wanted = PREFIX + _mark()
    folder = Path(os.environ["PORTAL_DIR"])
    with (folder / "template.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # parallel workers: one makes it, the others wait
        known = _databases()
        if wanted not in known:
            for old in known:
                _tell(f'DROP DATABASE "{old}"')
            _make(wanted)
    return wanted


def is_ours() -> bool:
    """Whether the database server was started for this run (tests/plugin.py says so)."""
    return os.environ.get("TEST_SERVER_IS_OURS") == "1"


def _mark() -> str:
    """A digest of all migrations, ours and the packages'."""
    places = [*embedded.BASE_DIR.glob("*/migrations/*.py"), *Path(sys.prefix).glob("lib/python*/site-packages/*/migrations/*.py")]
    places += Path(sys.prefix).glob("lib/python*/site-packages/django/contrib/*/migrations/*.py")
    digest = hashlib.sha256()
    for path in sorted(places):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


def _make(wanted: str) -> None:
    building = f"building_{wanted}"
    _tell(f'DROP DATABASE IF EXISTS "{building}"')
    _tell(f'CREATE DATABASE "{building}"')
    address = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{building}"
    command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
    subprocess.run(command, cwd=embedded.BASE_DIR, env=os.environ | {"DATABASE_URL": address}, check=True)
    _tell(f'ALTER DATABASE "{building}" RENAME TO "{wanted}"')


def _databases() -> list[str]:
    with _connected() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
        return [found for (found,) in cursor.fetchall()]


def _tell(statement: str) -> None:
    connection = _connected()
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def _connected() -> "psycopg2.extensions.connection":
    return psycopg2.connect(os.environ["DATABASE_URL"])
