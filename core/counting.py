"""Counts that never count everything: each stops at a thousand, and all of a page are asked in one statement."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

MOST = 1000


def bounded(rows: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Return under each name how many rows there are, `MOST` where there are as many or more; one query for all."""
    parts, params, counts = [], list[Any](), dict.fromkeys(rows, 0)
    for name, queryset in rows.items():
        try:
            sql, given = queryset.order_by().values("pk")[:MOST].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT %s, count(*) FROM ({sql}) AS bounded")  # noqa: S608 made by the ORM
        params += [name, *given]
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), params)
            counts |= dict(cursor.fetchall())
    return counts


def shown(count: int) -> str:
    """Return a bounded count as pages show it: `417`, `999+`."""
    return f"{MOST - 1}+" if count >= MOST else str(count)
