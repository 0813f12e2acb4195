"""What workers do for the ground floor. Only ids travel through the broker."""

from typing import Any

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

from . import clock, deliveries
from .models import Delivery

SWEEP_SIZE = 500
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
