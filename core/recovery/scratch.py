"""Databases to restore into: one made beside for a drill, or the portal's own, emptied."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from .digests import digests


@contextmanager
def database() -> Iterator[BaseDatabaseWrapper]:
    """Make an empty database beside the portal's own, give a connection to it, and drop it afterwards."""
    name = f"{connection.settings_dict['NAME']}_drill"
    quoted = connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
        cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0")
    beside = connection.copy()
    beside.settings_dict["NAME"] = name
    try:
        yield beside
    finally:
        beside.close()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {quoted}")


def clear(target: BaseDatabaseWrapper) -> None:
    """Drop everything that a database holds."""
    with target.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def digests_of(target: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the digest of each table, all of one moment."""
    target.ensure_connection()
    target.set_autocommit(False)
    try:
        return dict(digests(target))
    finally:
        target.rollback()
        target.set_autocommit(True)
