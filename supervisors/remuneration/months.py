"""Months as the first of their days. Pure."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta


def first_of(day: date) -> date:
    """Return the month of a day."""
    return day.replace(day=1)


def last_of(month: date) -> date:
    """Return the last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def next_month(month: date) -> date:
    """Return the month after."""
    return last_of(month) + timedelta(days=1)


def previous_month(month: date) -> date:
    """Return the month before."""
    return first_of(month - timedelta(days=1))


def months_back(month: date, count: int) -> date:
    """Return the month so many before."""
    for _place in range(count):
        month = previous_month(month)
    return month


def months_between(first: date, last: date) -> Iterator[date]:
    """Yield the months from one to another, both included."""
    while first <= last:
        yield first
        first = next_month(first)
