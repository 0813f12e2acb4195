"""The statistics of a year among as many cases as BENCH_CASES says, beside the same figures counted from the cases themselves."""

import os
import time
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from cases import actions
from cases.models import Case, ChangedDay, DayCount
from cases.statistics.counts import Days, counted
from core import calendars, clock

from . import county
from .measuring import Series, ratio, rounds, say, table, timed

ROUNDS, LIVE_ROUNDS, CHANGED = 9, 3, 100
GOAL_MS, SWEEP_GOAL = 400, 5


def run() -> None:
    """Prepare the county, count its days, time the page and the sweep."""
    cases = int(os.environ.get("BENCH_CASES", "20000"))
    county.prepare(cases)
    settings.ALLOWED_HOSTS = ["testserver"]
    _count_whole(cases)
    client = Client()
    client.force_login(User.objects.get(pk=1))
    year = clock.today().year - 1
    page = Series("portal: the page of a year", [_page(client, f"period={year}") for _round in rounds(ROUNDS, "page")])
    report = Series("portal: the report of a month", [_page(client, "", "report/") for _round in rounds(ROUNDS, "report")])
    live = Series("bare: the year and the one before, from the cases", [_live(year) for _round in rounds(LIVE_ROUNDS, "live")])
    table(f"The statistics among {cases:,} cases ({ROUNDS} times)", [page, report, live])
    ratio("The page, beside the cases", page, live, goal=1 if cases < 100_000 else 0.2)
    for one in (page, report):
        say(f"{one.name}: ≤ {GOAL_MS} ms by p50 {'kept' if one.p50 <= GOAL_MS else 'MISSED'}")
    _sweep()


def _count_whole(cases: int) -> None:
    """The loader goes past the triggers, so every day is counted once."""
    before = time.perf_counter()
    actions.forget_counts()
    days = actions.count_days(at=clock.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_daycount")  # as autovacuum does after so many rows
    say(f"\n{days:,} days of {cases:,} cases counted in {time.perf_counter() - before:.1f} s: {DayCount.objects.count():,} rows")


def _page(client: Client, query: str, more: str = "") -> float:
    address = f"/staff/statistics/{more}?{query}"
    assert client.get(address).status_code == 200
    return timed(lambda: client.get(address))


def _live(year: int) -> float:
    """Both years by every part, as who does not see every case has them."""
    today, first = clock.today(), clock.today().replace(year=year - 1, month=1, day=1)
    days = Days(first, first.replace(year=year, month=12, day=31), today, calendars.work_calendar())
    return timed(lambda: counted(days))


def _sweep() -> None:
    """Change cases all over the years, count again, and take everything back."""
    with transaction.atomic():
        chosen = list(Case.objects.order_by("-received_at").values_list("pk", flat=True)[: CHANGED * 40 : 40])
        before = time.perf_counter()
        for pk in chosen:
            case = Case.objects.get(pk=pk)
            case.category = case.category % 7 + 1
            case.save(update_fields=["category"])
        changing, marked = time.perf_counter() - before, ChangedDay.objects.values("day").distinct().count()
        took = timed(lambda: actions.count_days(at=clock.now() + timedelta(minutes=1))) / 1000
        transaction.set_rollback(True)
    kept = "kept" if took <= SWEEP_GOAL else "MISSED"
    said = f"Sweep after {len(chosen)} changes on {marked} days: {took:.1f} s (≤ {SWEEP_GOAL} s {kept})"
    say(f"{said}; the changes: {changing:.1f} s")
