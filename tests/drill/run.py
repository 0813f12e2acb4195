"""The drill itself: everything is started, people work, faults happen, everything comes to rest, and then it is counted."""

import random
import threading
import time
from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path

import django
from django.core.management import call_command
from django.db import close_old_connections

from tests.wire import Wire

from .house import House
from .noted import Noted

CITIZENS, CALM_SECONDS = 3, 300
MONDAY_AT_TEN = datetime(2026, 11, 2, 10, tzinfo=timezone(timedelta(hours=8)))  # in China; no holiday is near
DAY_SECONDS, DAYS = 86_400, 8  # reminders fire on the way
STEP_SECONDS = 600  # by which the clock is moved on at the end, so that what waits to be tried again is


def whole(folder: Path, wire: Wire, *, faults: int, chance: random.Random, seed: int) -> int:
    """Run it; returns the exit code."""
    noted = Noted()
    house = House(folder, wire, refused=lambda: noted.refused_files)
    house.open()
    try:
        clock = Clock(folder)
        _prepare(folder)
        house.staff()
        kinds = _work(house, noted, clock, faults, chance)
        _come_to_rest(clock)
        return _tell(noted, wire, kinds, seed)
    finally:
        house.close()


def _prepare(folder: Path) -> None:
    (folder / "static").mkdir(exist_ok=True)
    django.setup()
    call_command("messages", "compile", verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_demo", verbosity=0)


class Clock:
    """The portal's clock: begins on a Monday at ten, whenever the drill runs, because reminders go out on working days by day."""

    def __init__(self, folder: Path) -> None:
        """Begin."""
        self.folder, self.offset = folder, MONDAY_AT_TEN.timestamp() - time.time()
        self.move_to(0)

    def move_to(self, seconds: float) -> None:
        """Go on to so many seconds after the beginning, beside the time that passes by itself."""
        whole_file = self.folder / "clock.new"
        whole_file.write_text(str(self.offset + seconds))
        whole_file.replace(self.folder / "clock")


def _work(house: House, noted: Noted, clock: Clock, faults: int, chance: random.Random) -> Counter[str]:
    """Let people work while faults happen; returns how many of each kind."""
    from . import paying, people

    stop = threading.Event()
    jobs = [(people.file_complaints, (house.address, noted, stop))] * CITIZENS
    jobs += [(people.accept_cases, (house.address, noted, stop)), (paying.pay, (noted, stop))]  # type: ignore[list-item]
    threads = [threading.Thread(target=act, args=given, daemon=True) for act, given in jobs]
    for thread in threads:
        thread.start()
    offered, done = house.faults(), Counter[str]()
    for number in range(faults):
        time.sleep(chance.uniform(0.2, 1.6))
        kind = chance.choices(list(offered), [weight for weight, _act in offered.values()])[0]
        offered[kind][1](chance)
        done[kind] += 1
        clock.move_to(DAY_SECONDS * (number * DAYS // faults))
    _until_something_was_done(noted)
    stop.set()
    for thread in threads:
        thread.join(timeout=CALM_SECONDS)
    return done


def _until_something_was_done(noted: Noted) -> None:
    """After few faults let everybody finish something, or there is nothing to ask about."""
    end = time.monotonic() + CALM_SECONDS
    while time.monotonic() < end and not (noted.filed and noted.accepted and noted.paid):
        time.sleep(1)


def _come_to_rest(hands: Clock) -> None:
    """Let what waits go its way: leases of the dead run out, failed messages are tried again."""
    from cases.models import Deadline
    from core import clock
    from core.models import Delivery
    from supervisors.models import Batch
    from supervisors.workflow import BatchState

    from .people import steadily

    seconds, end = DAY_SECONDS * DAYS, time.monotonic() + CALM_SECONDS
    while time.monotonic() < end:
        seconds += STEP_SECONDS
        hands.move_to(seconds)
        time.sleep(5)
        close_old_connections()
        waiting = steadily(lambda: Delivery.objects.filter(state="pending").count())
        sending = steadily(lambda: Batch.objects.filter(state=BatchState.SENDING).count())
        due = steadily(lambda: Deadline.objects.remindable(clock.now()).count())
        if not waiting and not sending and not due:
            return
    print(f"{clock.now():%H:%M} something still waits")  # noqa: T201


def _tell(noted: Noted, wire: Wire, kinds: Counter[str], seed: int) -> int:
    from .findings import findings

    found = list(findings(noted, wire.message_ids))
    lines = [f"seed {seed}: {kinds.total()} faults: " + ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())]
    lines += [str(one) for one in found]
    operations = sum(one.asked for one in found[:-2])  # ledger and log are asked at the end, they are no operations
    lost, doubled = sum(one.lost for one in found), sum(one.doubled for one in found)
    lines.append(f"{operations} operations, {lost} lost, {doubled} doubled; {noted.refused_files} files refused for want of room")
    lines.append(f"{noted.gave_up} times somebody gave up, unacknowledged")
    failed = sum(not one.passed for one in found)
    lines.append(f"{len(found) - failed} passed, {failed} failed")
    print("\n".join(lines))  # noqa: T201
    return 1 if failed else 0
