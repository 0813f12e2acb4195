"""What workers do for the cases."""

from typing import Any

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

from core import clock

from . import actions
from .models import Deadline

SWEEP_SIZE = 500
log = structlog.get_logger(__name__)


@shared_task(name="cases.tasks.sweep_reminders")
def sweep_reminders(**_extra: Any) -> None:
    """Hand out the deadlines whose reminder has come, each to a task of its own, so that a faulty one stops no other."""
    due = Deadline.objects.remindable(clock.now()).values_list("pk", flat=True)[:SWEEP_SIZE]
    for deadline_id in due:
        try:
            remind.delay(deadline_id=deadline_id)
        except (OperationalError, OSError):
            log.warning("broker away, the next sweep will remind", deadline=deadline_id)
            return


@shared_task(name="cases.tasks.count_grams")
def count_grams(**_extra: Any) -> None:
    """Count how common two-character grams are; the search chooses its way by it."""
    actions.count_grams(at=clock.now())


@shared_task(name="cases.tasks.remind")
def remind(*, deadline_id: int, **_extra: Any) -> None:
    """Send one deadline's newest reminder."""
    actions.remind(deadline_id, at=clock.now())


@shared_task(name="cases.tasks.gather_reminders")
def gather_reminders(**_extra: Any) -> None:
    """Put several reminders of one morning into one mail a person, before they leave."""
    actions.gather_reminders(at=clock.now())


@shared_task(name="cases.tasks.forget_scans")
def forget_scans(**_extra: Any) -> None:
    """Forget the scans of reports to which nobody came back."""
    actions.forget_scans(at=clock.now())
