"""Does what is small at once, and leaves what is long to a worker while the page shows how far it is."""

from core import clock
from supervisors import actions, tasks
from supervisors.models import BankResult, Batch

_AT_ONCE_BYTES = 100_000
_AT_ONCE_LINES = 500


def book(batch: Batch) -> None:
    """Book a batch that is being sent."""
    if actions.book_batch(batch.pk, at=clock.now()):
        tasks.wake_batch(batch.pk)


def read(result: BankResult, size: int) -> None:
    """Read a file of the bank."""
    if size <= _AT_ONCE_BYTES:
        actions.read_result(result.pk, at=clock.now())
    else:
        tasks.wake_result(result.pk)


def apply(result: BankResult) -> None:
    """Book what a file of the bank says."""
    if result.lines <= _AT_ONCE_LINES:
        actions.book_result(result.pk, at=clock.now())
    else:
        tasks.wake_result(result.pk)
