"""Gap-free numbers by series and year."""

from django.db import connection


def next_number(scope: str, year: int) -> int:
    """Return the next number of the series in that year, starting at 1.

    Must run inside the transaction that uses the number: the counter's row stays locked until then, so two
    transactions never get the same number and a rollback leaves no gap.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_counter (scope, year, value) VALUES (%s, %s, 1)"
            " ON CONFLICT (scope, year) DO UPDATE SET value = core_counter.value + 1 RETURNING value",
            [scope, year],
        )
        row = cursor.fetchone()
    return int(row[0])


def format_number(year: int, number: int) -> str:
    """Return a number as people write it: `2026-0417`; it grows past four digits when it must."""
    return f"{year}-{number:04d}"
