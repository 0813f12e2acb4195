"""What workers do for the cases."""

from typing import Any

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

from core import clock

from . import actions
from .models import Deadline

SWEEP_SIZE = 2000
BATCH = 100  # deadlines a transaction; their cases are locked that long, which is some tenths of a second
log = structlog.get_logger(__name__)


@shared_task(name="cases.tasks.sweep_reminders")
def sweep_reminders(**_extra: Any) -> None:
    """Hand out the deadlines whose reminder has come, the longest waiting first, a batch a task."""
    due = list(Deadline.objects.remindable(clock.now()).values_list("pk", flat=True)[:SWEEP_SIZE])
    for start in range(0, len(due), BATCH):
        try:
            remind.delay(deadline_ids=due[start : start + BATCH])
        except (OperationalError, OSError):
            log.warning("broker away, the next sweep will remind", deadlines=len(due) - start)
            return


@shared_task(name="cases.tasks.count_grams")
def count_grams(**_extra: Any) -> None:
    """Count how common two-character grams are; the search chooses its way by it."""
    actions.count_grams(at=clock.now())


@shared_task(name="cases.tasks.count_days")
def count_days(**_extra: Any) -> None:
    """Count the days again on which something has changed."""
    actions.count_days(at=clock.now())


@shared_task(name="cases.tasks.remind")
def remind(*, deadline_ids: list[int], **_extra: Any) -> None:
    """Send the newest reminder of each of these deadlines."""
    actions.remind_all(deadline_ids, at=clock.now())


@shared_task(name="cases.tasks.gather_reminders")
def gather_reminders(**_extra: Any) -> None:
    """Put several reminders of one morning into one mail a person, before they leave."""
    actions.gather_reminders(at=clock.now())


@shared_task(name="cases.tasks.forget_scans")
def forget_scans(**_extra: Any) -> None:
    """Forget the scans of reports to which nobody came back."""
    actions.forget_scans(at=clock.now())
