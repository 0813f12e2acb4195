"""What workers do for the roster, rewards and payments. Only ids travel through the broker."""

from typing import Any

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

from core import clock

from . import actions
from .models import BankResult, Batch, RemunerationRun
from .remuneration.workflow import RunState
from .workflow import BatchState

log = structlog.get_logger(__name__)


@shared_task(name="supervisors.tasks.book_batch")
def book_batch(*, batch_id: int, **_extra: Any) -> None:
    """Book what is left of a batch that is being sent."""
    while actions.book_batch(batch_id, at=clock.now()):
        pass


@shared_task(name="supervisors.tasks.go_on_with_result")
def go_on_with_result(*, result_id: int, **_extra: Any) -> None:
    """Read a file of the bank, or book what is left of it."""
    actions.read_result(result_id, at=clock.now())
    actions.book_result(result_id, at=clock.now())


@shared_task(name="supervisors.tasks.sweep_payments")
def sweep_payments(**_extra: Any) -> None:
    """Hand out again what a dead worker or a broker that was away left undone."""
    for batch_id in Batch.objects.filter(state=BatchState.SENDING).values_list("pk", flat=True):
        wake_batch(batch_id)
    undone = [BankResult.State.WAITING, BankResult.State.APPLYING]
    for result_id in BankResult.objects.filter(state__in=undone).values_list("pk", flat=True):
        wake_result(result_id)
    for run_id in RemunerationRun.objects.filter(state=RunState.COMPUTING).values_list("pk", flat=True):
        wake_run(run_id)


@shared_task(name="supervisors.tasks.compute_run")
def compute_run(*, run_id: int, **_extra: Any) -> None:
    """Compute what is left of a month's run."""
    while actions.compute_run(run_id, at=clock.now()):
        pass


def wake_batch(batch_id: int) -> None:
    """Ask a worker to go on with a batch; when the broker is away, the sweep will."""
    try:
        book_batch.delay(batch_id=batch_id)
    except (OperationalError, OSError):
        log.warning("broker away, the sweep will go on", batch=batch_id)


def wake_result(result_id: int) -> None:
    """Ask a worker to go on with a file of the bank; when the broker is away, the sweep will."""
    try:
        go_on_with_result.delay(result_id=result_id)
    except (OperationalError, OSError):
        log.warning("broker away, the sweep will go on", result=result_id)


def wake_run(run_id: int) -> None:
    """Ask a worker to go on with a month's run; when the broker is away, the sweep will."""
    try:
        compute_run.delay(run_id=run_id)
    except (OperationalError, OSError):
        log.warning("broker away, the sweep will go on", run=run_id)


@shared_task(name="supervisors.tasks.remind_terms")
def remind_terms(**_extra: Any) -> None:
    """Remind of terms that end."""
    actions.remind_terms(at=clock.now())


@shared_task(name="supervisors.tasks.remind_quotas")
def remind_quotas(**_extra: Any) -> None:
    """Remind of quotas that are not met."""
    actions.remind_quotas(at=clock.now())


@shared_task(name="supervisors.tasks.forget_candidates")
def forget_candidates(**_extra: Any) -> None:
    """Erase what names candidates who were not taken."""
    actions.forget_candidates(at=clock.now())


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
