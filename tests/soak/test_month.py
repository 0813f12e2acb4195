"""Reminders over simulated days with two beats, three workers and random kills: each once in the inbox, none lost.

`make soak` runs a month; `make test` a slice of a few days. SOAK_DAYS and SOAK_SEED choose another length and other kills.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from cases.models import Deadline
from cases.workflow import Status
from core import calendars, clock, deliveries, digests, reminders
from core.models import Delivery, InboxItem, Notice
from tests import factories
from tests.factories import MONDAY
from tests.processes import Process, Processes, kill, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DAYS = int(os.environ.get("SOAK_DAYS", "3"))
SEED = int(os.environ.get("SOAK_SEED", "20260914"))
BEATS, WORKERS, PATIENCE = 2, 3, 120
REMINDER, DIGEST = "cases/reminder", "cases/reminders"


class House:
    """The processes of a portal on one clock that the test moves; now and then one is killed and started again."""

    def __init__(self, processes: Processes, chance: random.Random) -> None:
        self.processes, self.chance, self.kills = processes, chance, 0
        self.clock_file: Path = processes.folder / "clock"
        processes.clock_file = self.clock_file
        self.now = MONDAY
        self.go_to(MONDAY)
        self.running: list[tuple[str, Process]] = [self._start(kind) for kind in ["beat"] * BEATS + ["worker"] * WORKERS]

    def go_to(self, moment: datetime) -> None:
        """Set every process's clock."""
        self.now = moment
        whole = self.clock_file.with_suffix(".new")
        whole.write_text(str((moment - datetime.now(clock.SHANGHAI)).total_seconds()))
        whole.replace(self.clock_file)  # at once, so that nobody reads half of it

    def kill_one(self) -> None:
        """Kill any process and start another in its place."""
        kind, process = self.running.pop(self.chance.randrange(len(self.running)))
        kill(process)
        self.kills += 1
        self.running.append(self._start(kind))

    def _start(self, kind: str) -> tuple[str, Process]:
        return kind, self.processes.beat() if kind == "beat" else self.processes.worker("deliver,sweep")


def working_days(first: date, number: int) -> Iterator[date]:
    """The days after one, so many, on which the office works."""
    calendar = calendars.work_calendar()
    return (calendar.shift(first, n) for n in range(1, number + 1))


def test_a_month_of_reminders_with_killed_processes(wire, processes, capsys):
    matters()
    house = House(processes, random.Random(SEED))
    for day in working_days(MONDAY.date(), DAYS):
        live_through(house, day)
    counts = count(wire.message_ids)
    with capsys.disabled():
        print(f"\n{DAYS} days, seed {SEED}, {house.kills} kills: " + ", ".join(f"{n} {what}" for what, n in counts.items()))  # noqa: T201
    assert sent_rungs() == expected_rungs(house.now)
    assert each_reminder_went_out_once()
    assert set(wire.message_ids) == {f"<{pk}@portal>" for pk in Delivery.objects.values_list("message_id", flat=True)}


def matters() -> None:
    """A few matters at several steps, some of which run late within the month."""
    factories.officer()
    factories.office_leader()
    for _number in range(2):
        factories.new_case(MONDAY)
    factories.case_at(Status.DISPATCHED)
    factories.case_at(Status.HANDLING, own=True)
    Delivery.objects.all().delete()  # what the walks said is not of interest here


def live_through(house: House, day: date) -> None:
    """One morning: reminders are written while processes die, mails are gathered and leave, leases of the dead run out."""
    morning = datetime.combine(day, reminders.FIRES_AT)
    house.go_to(morning + timedelta(seconds=1))
    house.kill_one()
    assert wait_until(lambda: not Deadline.objects.remindable(house.now).exists(), PATIENCE), f"{day}: a reminder was not written"
    house.go_to(morning + timedelta(minutes=4))
    assert wait_until(nothing_to_gather, PATIENCE), f"{day}: mails were not gathered"
    house.go_to(morning + digests.GATHERING + timedelta(minutes=2))
    house.kill_one()
    house.go_to(morning + digests.GATHERING + timedelta(minutes=3) + deliveries.LEASE)
    assert wait_until(lambda: not Delivery.objects.exclude(state="sent").exists(), PATIENCE), f"{day}: a mail did not leave"


def nothing_to_gather() -> bool:
    waiting = Counter(Delivery.objects.untried(REMINDER).values_list("notice__recipient_id", flat=True))
    return not waiting or max(waiting.values()) < 2


def expected_rungs(now: datetime) -> set[tuple[int, str]]:
    """Limit and rung of every reminder that should have been sent by the pure rules."""
    calendar = calendars.work_calendar()
    return {
        (row.pk, rung.key)
        for row in Deadline.objects.select_related("policy")
        for rung in rungs_until(row, now)
        if calendar.is_workday(rung.day)
    }


def rungs_until(row: Deadline, now: datetime) -> Iterator[reminders.Rung]:
    """The rungs of a limit from its creation until it was kept, or until now."""
    end = min(row.closed_at or now, now)
    span = (row.started_on, row.due_on, row.created_at, calendars.work_calendar(), row.policy.ladder)
    for rung in reminders.coming(*span):
        if rung.fires_at > end:
            return
        yield rung


def sent_rungs() -> set[tuple[int, str]]:
    """Limit and rung of every reminder that lies in an inbox."""
    keys = InboxItem.objects.filter(notice__template=REMINDER).values_list("notice__dedupe_key", flat=True)
    return {(int(key.split(":")[1]), key.split(":")[2]) for key in keys}


def each_reminder_went_out_once() -> bool:
    """Whether every reminder has one inbox item and stands in exactly one mail: its own, or a digest of its reader."""
    notices = Notice.objects.filter(template=REMINDER)
    alone = set(Delivery.objects.filter(notice__in=notices, state="sent").values_list("notice", flat=True))
    told = Counter(
        (row.recipient_id, part["path"], part["rung"], part["step"]) for row in digested() for part in row.facts["parts"]
    )
    for row in notices:
        told[(row.recipient_id, row.facts["path"], row.facts["rung"], row.facts["step"])] += row.pk in alone
    return set(told.values()) <= {1} and len(told) == notices.count() == InboxItem.objects.filter(notice__in=notices).count()


def digested() -> list[Notice]:
    return list(Notice.objects.filter(template=DIGEST, deliveries__state="sent"))


def count(message_ids: list[str]) -> dict[str, int]:
    """What happened, in numbers."""
    return {
        "reminders in inboxes": InboxItem.objects.filter(notice__template=REMINDER).count(),
        "digests": Notice.objects.filter(template=DIGEST).count(),
        "messages on the wire": len(set(message_ids)),
        "repeats with the same id": len(message_ids) - len(set(message_ids)),
    }
