"""What workers do for accounts."""

from typing import Any

from celery import shared_task

from core import clock

from .actions import close_dormant as close


@shared_task(name="accounts.tasks.close_dormant")
def close_dormant(**_extra: Any) -> int:
    """Close the accounts that nobody uses any more."""
    return close(clock.now())
