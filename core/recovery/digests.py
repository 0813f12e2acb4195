"""What a table holds, as one number: equal where every row is equal, whatever the order; computed by PostgreSQL."""

from collections.abc import Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

# Rows are compared as text, so that the text must not depend on who asks.
_PLAIN = """
    SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'
"""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_DIGEST = "SELECT count(*), coalesce(sum(('x' || substr(md5(one::text), 1, 15))::bit(60)::bigint), 0) FROM {} one"


def tables(database: BaseDatabaseWrapper) -> list[str]:
    """Return the names of all tables."""
    with database.cursor() as cursor:
        cursor.execute(_TABLES)
        return [name for (name,) in cursor.fetchall()]


def digests(database: BaseDatabaseWrapper) -> Iterator[tuple[str, str]]:
    """Yield each table and its digest, "rows:sum", as the running transaction sees it."""
    with database.cursor() as cursor:
        cursor.execute(_PLAIN)
        for name in tables(database):
            cursor.execute(_DIGEST.format(database.ops.quote_name(name)))
            rows, total = cursor.fetchone()
            yield name, f"{rows}:{total}"


def different(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return the tables that are not the same on both sides."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
