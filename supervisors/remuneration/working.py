"""Computes the first people of a run at once, and leaves the rest to a worker while the page shows how far it is."""

from datetime import date

from core import clock
from supervisors import actions, tasks
from supervisors.models import RemunerationRun


def begin(month: date) -> int:
    """Begin to compute the run of a month; returns its id."""
    run = RemunerationRun.objects.get(month=month)
    go_on(run)
    return run.pk


def go_on(run: RemunerationRun) -> None:
    """Compute a run."""
    if actions.compute_run(run.pk, at=clock.now()):
        tasks.wake_run(run.pk)
