"""What workers do for the ground floor. Only ids travel through the broker."""

from typing import Any
from uuid import UUID

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

from . import clock, deliveries
from .models import Delivery, StoredFile

SWEEP_SIZE = 500
SCANS_AT_ONCE = 50
log = structlog.get_logger(__name__)


def wake(delivery_id: int) -> None:
    """Ask a worker to send; when the broker is away, say so and leave it to the sweep."""
    try:
        deliver.delay(delivery_id=delivery_id)
    except (OperationalError, OSError):
        log.warning("broker away, the sweep will deliver", delivery=delivery_id)


@shared_task(name="core.tasks.deliver")
def deliver(*, delivery_id: int, **_extra: Any) -> None:
    """Send one delivery."""
    deliveries.deliver(delivery_id, at=clock.now())


@shared_task(name="core.tasks.sweep_deliveries")
def sweep_deliveries(**_extra: Any) -> None:
    """Hand out what is due and was missed: after a dead worker, a lost wake-up or a failed attempt."""
    due = Delivery.objects.claimable(clock.now()).order_by("next_at").values_list("pk", flat=True)[:SWEEP_SIZE]
    for delivery_id in due:
        wake(delivery_id)


def wake_scan(file_id: UUID) -> None:
    """Ask a worker to have a file scanned; when the broker is away, the sweep will."""
    try:
        scan_file.delay(file_id=str(file_id))
    except (OperationalError, OSError):
        log.warning("broker away, the sweep will have it scanned", file=str(file_id))


@shared_task(name="core.tasks.scan_file")
def scan_file(*, file_id: str, **_extra: Any) -> None:
    """Have one file scanned; when the scanner is away, the file waits for the sweep."""
    from .files import clamd, scanning  # the files wake this module

    try:
        scanning.scan(UUID(file_id), at=clock.now())
    except clamd.ScannerAway as error:
        log.warning("scanner away, the file waits", file=file_id, error=str(error))


@shared_task(name="core.tasks.sweep_scans")
def sweep_scans(**_extra: Any) -> None:
    """Hand out again what still waits for a verdict, oldest first."""
    for file_id in StoredFile.objects.waiting().order_by("created_at").values_list("pk", flat=True)[:SCANS_AT_ONCE]:
        wake_scan(file_id)


@shared_task(name="core.tasks.extend_log")
def extend_log(**_extra: Any) -> None:
    """Append to the transparency log what has happened, and sign its new head."""
    from .transparency import growing  # reads the tables, which load after this module

    growing.extend(at=clock.now())
