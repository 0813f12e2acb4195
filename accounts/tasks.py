"""What workers do for accounts."""

from typing import Any

from celery import shared_task

from core import clock

from .actions import close_dormant as close
from .sign_ins.actions import forget_old


@shared_task(name="accounts.tasks.close_dormant")
def close_dormant(**_extra: Any) -> int:
    """Close the accounts that nobody uses any more."""
    return close(clock.now())


@shared_task(name="accounts.tasks.forget_sign_ins")
def forget_sign_ins(**_extra: Any) -> int:
    """Delete what was noted about sign-ins long ago."""
    return forget_old(clock.now())
