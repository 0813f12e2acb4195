"""What workers do for the roster."""

from typing import Any

from celery import shared_task

from core import clock

from . import actions


@shared_task(name="supervisors.tasks.remind_terms")
def remind_terms(**_extra: Any) -> None:
    """Remind of terms that end."""
    actions.remind_terms(at=clock.now())


@shared_task(name="supervisors.tasks.remind_quotas")
def remind_quotas(**_extra: Any) -> None:
    """Remind of quotas that are not met."""
    actions.remind_quotas(at=clock.now())
