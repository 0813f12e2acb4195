"""Keeps the counts of days: counts again those on which something has changed, and those that have passed since."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from cases.models import ChangedDay, CountedUntil, DayCount
from cases.statistics.counts import Days, counted
from core import calendars, clock

MOST_DAYS = 366  # counted in one transaction
_NEAR = timedelta(days=7)  # days so near to one another are counted in one go
_ONE_DAY = timedelta(days=1)
_FORGET = """
INSERT INTO cases_changedday (day)
SELECT cases_day_of(moment) FROM cases_case, unnest(ARRAY[received_at, accepted_at, replied_at, closed_at]) AS moment
WHERE moment IS NOT NULL
UNION SELECT unnest(ARRAY[due_on, coalesce(cases_day_of(closed_at), due_on)]) FROM cases_deadline
UNION SELECT day FROM cases_daycount
"""


def count_days(*, at: datetime) -> int:
    """Count every day again whose counts no longer hold; returns how many there were. Counting twice changes nothing."""
    number = 0
    while found := _count_some(at=at):
        number += found
        if found < MOST_DAYS:
            break
    return number


@transaction.atomic
def forget_counts() -> None:
    """Mark every day, so that all are counted again: after the calendar of years gone by was changed, or rows were loaded."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET)


@transaction.atomic
def _count_some(*, at: datetime) -> int:
    """Count at most so many days. One count at a time: whoever comes second finds nothing left to do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases.count_days'))")
    today = clock.day_of(at)
    days = list(ChangedDay.objects.order_by("day").values_list("day", flat=True).distinct()[:MOST_DAYS])
    # A mark that comes in between goes too; its change is seen all the same, for what counts is read after this.
    ChangedDay.objects.filter(day__in=days).delete()
    whole = len(days) < MOST_DAYS
    wanted = sorted({day for day in days if day <= today} | (_passed(today) if whole else set()))
    for first, last in _runs(wanted):
        _count(Days(first, last, today, calendars.work_calendar()), set(wanted))
    if whole:
        CountedUntil.objects.update_or_create(id=1, defaults={"counted_at": at, "today": today})
    return len(days)


def _passed(today: date) -> set[date]:
    """The days that have passed since the last count: limits that ended on them and were not met are missed now."""
    last = CountedUntil.objects.values_list("today", flat=True).first()
    if last is None or last >= today:
        return set()
    return {last + timedelta(days=number) for number in range((today - last).days)}


def _runs(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Gather days that are near to one another; yields the first and the last of each gathering."""
    first = last = None
    for day in days:
        if first and last and day - last > _NEAR:
            yield first, last
            first = day
        first, last = first or day, day
    if first and last:
        yield first, last


def _count(days: Days, wanted: set[date]) -> None:
    """Count these days and replace what was kept of those that are wanted."""
    DayCount.objects.filter(day__range=(days.first, days.last), day__in=wanted).delete()
    rows = [
        DayCount(day=cell.day, part=cell.part, key=cell.key, **counts)
        for cell, counts in counted(days).items()
        if cell.day in wanted
    ]
    DayCount.objects.bulk_create(rows, batch_size=1000)
