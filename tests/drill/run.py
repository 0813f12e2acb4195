"""The drill itself: everything is started, people work, faults happen, everything comes to rest, and then it is counted."""

import random
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.core.management import call_command
from django.db import close_old_connections

from tests.wire import Wire

from .house import House

if TYPE_CHECKING:
    from .people import Noted

CITIZENS, CALM_SECONDS = 3, 120
DAY_SECONDS, DAYS = 86_400, 8  # reminders fire on the way
STEP_SECONDS = 600  # by which the clock is moved on at the end, so that what waits to be tried again is


def whole(folder: Path, wire: Wire, *, faults: int, chance: random.Random, seed: int) -> int:
    """Run it; returns the exit code."""
    house = House(folder, wire)
    house.open()
    try:
        _prepare(folder)
        from .people import Noted

        noted = Noted()
        house.staff()
        kinds = _work(house, noted, folder, faults, chance)
        _come_to_rest(folder)
        return _tell(noted, wire, kinds, seed)
    finally:
        house.close()


def _prepare(folder: Path) -> None:
    (folder / "static").mkdir(exist_ok=True)
    _set_clock(folder, _until_ten())
    django.setup()
    call_command("messages", "compile", verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_demo", verbosity=0)


def _until_ten() -> float:
    """How many seconds to ten in the morning in China: reminders go out by day only, and each day of the drill begins there."""
    return 10 * 3600 - (time.time() + 8 * 3600) % DAY_SECONDS


def _set_clock(folder: Path, seconds: float) -> None:
    whole_file = folder / "clock.new"
    whole_file.write_text(str(seconds))
    whole_file.replace(folder / "clock")


def _work(house: House, noted: "Noted", folder: Path, faults: int, chance: random.Random) -> Counter[str]:
    """Let people work while faults happen; returns how many of each kind."""
    from . import paying, people

    stop = threading.Event()
    jobs = [(people.file_complaints, (house.address, noted, stop))] * CITIZENS
    jobs += [(people.accept_cases, (house.address, noted, stop)), (paying.pay, (noted, stop))]  # type: ignore[list-item]
    threads = [threading.Thread(target=act, args=given, daemon=True) for act, given in jobs]
    for thread in threads:
        thread.start()
    offered, done, ten = house.faults(), Counter[str](), _until_ten()
    for number in range(faults):
        time.sleep(chance.uniform(0.2, 1.6))
        kind = chance.choices(list(offered), [weight for weight, _act in offered.values()])[0]
        offered[kind][1](chance)
        done[kind] += 1
        _set_clock(folder, ten + DAY_SECONDS * (number * DAYS // faults))
    _until_something_was_done(noted)
    stop.set()
    for thread in threads:
        thread.join(timeout=CALM_SECONDS)
    return done


def _until_something_was_done(noted: "Noted") -> None:
    """After few faults let everybody finish something, or there is nothing to ask about."""
    end = time.monotonic() + CALM_SECONDS
    while time.monotonic() < end and not (noted.filed and noted.accepted and noted.paid):
        time.sleep(1)


def _come_to_rest(folder: Path) -> None:
    """Let what waits go its way: leases of the dead run out, failed messages are tried again."""
    from cases.models import Deadline
    from core import clock
    from core.models import Delivery
    from supervisors.models import Batch
    from supervisors.workflow import BatchState

    from .people import steadily

    offset, end = _until_ten() + DAY_SECONDS * DAYS, time.monotonic() + CALM_SECONDS
    while time.monotonic() < end:
        offset += STEP_SECONDS
        _set_clock(folder, offset)
        time.sleep(5)
        close_old_connections()
        waiting = steadily(lambda: Delivery.objects.filter(state="pending").count())
        sending = steadily(lambda: Batch.objects.filter(state=BatchState.SENDING).count())
        due = steadily(lambda: Deadline.objects.remindable(clock.now()).count())
        if not waiting and not sending and not due:
            return
    print(f"{clock.now():%H:%M} something still waits")  # noqa: T201


def _tell(noted: "Noted", wire: Wire, kinds: Counter[str], seed: int) -> int:
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
