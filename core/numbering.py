"""Gap-free numbers by series and year."""

from django.db import connection


def next_number(scope: str, year: int) -> int:
    """Return the next number of the series in that year, starting at 1.

    Must run inside the transaction that uses the number: the counter's row stays locked until then, so two
    transactions never get the same number and a rollback leaves no gap.
    """
    return next_numbers(scope, year, 1)[0]


def next_numbers(scope: str, year: int, count: int) -> range:
    """Return the next `count` numbers (at least one) of the series in that year, under the same terms as `next_number`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_counter (scope, year, value) VALUES (%s, %s, %s)"
            " ON CONFLICT (scope, year) DO UPDATE SET value = core_counter.value + excluded.value RETURNING value",
            [scope, year, count],
        )
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)


def format_number(year: int, number: int) -> str:
    """Return a number as people write it: `2026-0417`; it grows past four digits when it must."""
    return f"{year}-{number:04d}"
