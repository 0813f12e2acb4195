"""What workers do for the supervisors' room."""

from typing import Any

from celery import shared_task

from core import clock

from . import actions


@shared_task(name="supervisors.tasks.follow_payments")
def follow_payments(**_extra: Any) -> None:
    """Let rewards follow what was paid and what was paid back."""
    actions.follow_payments(at=clock.now())


@shared_task(name="supervisors.tasks.watch_windows")
def watch_windows(**_extra: Any) -> None:
    """Let lapse what nobody collected, and remind of what soon will."""
    at = clock.now()
    actions.lapse_rewards(at=at)
    actions.remind_of_rewards(at=at)
