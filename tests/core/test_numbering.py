"""Numbers without gaps, also when two people take one at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from django.db import connection, transaction

from core.numbering import format_number, next_number


@pytest.mark.django_db
def test_next_number_counts_each_series_and_year():
    assert [next_number("complaint", 2026), next_number("complaint", 2026)] == [1, 2]
    assert next_number("complaint", 2027) == next_number("letter", 2026) == 1


@pytest.mark.django_db
def test_next_number_leaves_no_gap_after_a_rollback():
    next_number("complaint", 2026)
    with suppress(RuntimeError), transaction.atomic():
        next_number("complaint", 2026)
        raise RuntimeError
    assert next_number("complaint", 2026) == 2


@pytest.mark.django_db(transaction=True)
def test_next_number_gives_no_number_twice_to_two_threads():
    start = Barrier(2)

    def take(_thread):
        start.wait()
        numbers = []
        for _round in range(20):
            with transaction.atomic():
                numbers.append(next_number("race", 2026))
        connection.close()
        return numbers

    with ThreadPoolExecutor(2) as pool:
        taken = [number for numbers in pool.map(take, range(2)) for number in numbers]
    assert sorted(taken) == list(range(1, 41))


def test_format_number_grows_past_four_digits():
    assert [format_number(2026, 417), format_number(2026, 12345)] == ["2026-0417", "2026-12345"]
