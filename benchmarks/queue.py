"""The work queue, a case's page, the search and the reminder sweep among as many cases as BENCH_CASES says."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from cases import actions, queue, tasks
from cases.desk import looks, orders
from cases.models import Case, Deadline, Gram
from cases.phrases import gram_of
from complaints.models import Complainant
from core import calendars, clock, vault
from core.models import Notice

from . import county
from .measuring import Series, Statements, ask, rounds, say, timed

ROUNDS = 7
PAGES = 400
DUE = 1000
SMALL = 10_000
_HANDLER = 7
_FILTERS = {
    "status": "reported",
    "category": "3",
    "agency": "40",
    "handler": "7",
    "step": "receive",
    "colour": "today",
    "channel": "media",
    "class": "urgent",
    "kind": "tip",
    "received": "",
}
_AGAIN = """
INSERT INTO core_notice (recipient_kind, recipient_id, template, facts, created_at, dedupe_key)
SELECT recipient_kind, recipient_id, template, facts, created_at, 'again:' || dedupe_key
FROM core_notice WHERE template = 'cases/reminder';
INSERT INTO core_inboxitem (notice_id, user_id, created_at)
SELECT id, recipient_id::bigint, created_at FROM core_notice WHERE dedupe_key LIKE 'again:%';
INSERT INTO core_delivery (notice_id, channel, state, message_id, attempts, next_at, last_error)
SELECT id, 'email', 'pending', gen_random_uuid(), 0, created_at, '' FROM core_notice WHERE dedupe_key LIKE 'again:%';
INSERT INTO core_event (type, subject, actor, at, facts)
SELECT type, subject, actor, at, facts FROM core_event WHERE type = 'deadline.reminded';
"""


def run() -> None:
    """Prepare the county, time the pages and print them beside their goals."""
    cases = int(os.environ.get("BENCH_CASES", "20000"))
    sweep_small = _sweep(SMALL)
    county.prepare(cases)
    say(f"\n{cases:,} cases, {Case.objects.open().count():,} of them open ({ROUNDS} times each)")
    say(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; above these, compare “own” and “best” alone")
    say("best: the quickest; own: time of Python alone; bare: the same SQL, p50 and best; SQL: how many statements")
    say(f"{'':<52} {'p50 ms':>9} {'p95 ms':>9} {'best':>7} {'own':>7} {'bare':>7} {'best':>7} {'SQL':>4}   goal")
    settings.ALLOWED_HOSTS = ["testserver"]
    _complete(_middle())
    client = Client()
    client.force_login(User.objects.get(pk=_HANDLER))
    for name, address, goal in _pages():
        _measure(client, name, address, goal)
    _compare_sweeps(sweep_small, _sweep(cases), cases)


def _pages() -> list[tuple[str, str, int]]:
    month = clock.today() - timedelta(days=400)
    days = f"received_from={month}&received_to={month + timedelta(days=20)}"
    filters = [(name, f"{name if name != 'class' else 'case_class'}={value}") for name, value in _FILTERS.items() if value]
    pages = [("queue, page 1", "/staff/", 150), (f"queue, page {PAGES}", f"/staff/?after={_place(PAGES)}", 150)]
    pages += [(f"open cases by {name}", f"/staff/?{asked}", 200) for name, asked in filters]
    pages += [(f"all cases by {name}", f"/staff/?view=all&{asked}", 200) for name, asked in filters if name != "colour"]
    pages += [(f"{view}: by day of receipt", f"/staff/?view={view}&{days}", 200) for view in ("all", "done")]
    pages += [("view: closed", "/staff/?view=done", 150), ("view: mine", "/staff/?view=mine", 150)]
    pages += [(f"search: {name} ({words})", f"/staff/?q={words}", 200) for name, words in _words()]
    return [*pages, ("case page", f"/staff/cases/{_middle()}/", 50)]


def _words() -> list[tuple[str, str]]:
    """Two characters that are rare, common, nowhere; four that stand together by chance only; with a filter."""
    common = Gram.objects.order_by("-texts").values_list("gram", flat=True)
    rare = Case.objects.get(pk=_middle()).title[2:4]
    return [
        ("common", str(common[0])),
        ("less common", str(common[min(60, len(common) - 1)])),
        ("rare", rare),
        ("nowhere", gram_of(0x4E00 * 65536 + 0x9F8D - (1 << 31))),
        ("common apart, rare together", f"{common[0]}{common[30 % len(common)]}{common[5 % len(common)]}"),
        ("common, with a filter", f"{common[3 % len(common)]}&agency=50&view=all"),
    ]


def _complete(pk: int) -> None:
    """The loaded names open for nobody, and the limits have no explanation; the page that is measured shows both."""
    for limit in Deadline.objects.filter(case=pk).select_related("policy"):
        limit.explanation = calendars.limit_for(limit.policy, limit.started_on).as_facts()
        limit.save(update_fields=["explanation"])
    for person in Complainant.objects.filter(complaints__cases=pk):
        person.name_sealed = vault.seal("甲某某", row=person.vault_row, column="name")
        person.save(update_fields=["name_sealed"])


def _middle() -> int:
    return Case.objects.count() // 2


def _place(page: int) -> str:
    """The place where a page begins, found by walking there as an officer does."""
    officer, place = User.objects.get(pk=_HANDLER), ""
    open_cases = looks.BY_CODE[looks.OPEN].cases(officer, clock.today())
    for _page in range(page - 1):
        place = (
            orders.page(open_cases, orders.Walk.asked(orders.DUE, after=place, before=""), size=queue.PAGE_SIZE).after or place
        )
    return place


def _measure(client: Client, name: str, address: str, goal: int) -> None:
    statements = Statements()
    with connection.execute_wrapper(statements):
        assert client.get(address).status_code == 200
    before = time.process_time()
    page = Series(name, [timed(lambda: client.get(address)) for _round in rounds(ROUNDS, name)])
    own = (time.process_time() - before) * 1000 / ROUNDS
    bare = Series("bare", [timed(lambda: ask(statements.asked)) for _round in rounds(ROUNDS, name)])
    kept = "kept" if page.p50 <= goal else "MISSED"
    best, asked = min(page.times), min(bare.times)
    say(f"{page.line()} {best:>7.0f} {own:>7.0f} {bare.p50:>7.0f} {asked:>7.0f} {len(statements.asked):>4}   ≤ {goal} ms {kept}")


def _sweep(cases: int) -> float:
    """Let so many limits come due, time the sweep with all its reminders, and take everything back."""
    county.prepare(cases)
    with transaction.atomic():
        due = Deadline.objects.open().filter(next_reminder_at__isnull=False).order_by("pk").values("pk")[:DUE]
        Deadline.objects.filter(pk__in=due).update(next_reminder_at=clock.now() - timedelta(minutes=5))
        before = time.process_time()
        found = timed(_remind_all) / 1000
        own = time.process_time() - before
        written = Notice.objects.filter(template="cases/reminder").count()
        bare = timed(_write_again) / 1000
        transaction.set_rollback(True)
    say(f"Sweep with {DUE:,} due among {cases:,} cases: {found:.1f} s, of them {own:.1f} s of Python; {written:,} reminders")
    say(f"  the same rows written bare: {bare:.1f} s; the sweep takes {found / bare:.1f} times as long")
    return found


def _write_again() -> None:
    """Write the rows of the sweep once more, four statements for all of them: as quick as this database can be."""
    with connection.cursor() as cursor:
        cursor.execute(_AGAIN)


def _remind_all() -> None:
    """As beat and a worker do it, without the broker between them: find what is due until nothing is, remind batch by batch."""
    now, number = clock.now(), 0
    while due := list(Deadline.objects.remindable(now).values_list("pk", flat=True)[: tasks.SWEEP_SIZE]):
        for start in range(0, len(due), tasks.BATCH):
            actions.remind_all(due[start : start + tasks.BATCH], at=now)
        number += len(due)
    assert number == DUE


def _compare_sweeps(small: float, large: float, cases: int) -> None:
    kept: Callable[[Any], str] = lambda held: "kept" if held else "MISSED"  # noqa: E731
    times = large / small
    say(f"Among {cases:,}: ≤ 5 s {kept(large <= 5)}; beside {SMALL:,}: {times:.2f} times (≤ 1.5 {kept(times <= 1.5)})")
