"""Finance at work: amounts become a batch, it is sent, the bank answers. Each step is taken until it is known to be done."""

import threading
import time
import uuid

from accounts.models import User
from core import clock
from supervisors import actions, tasks
from supervisors.models import BankResult, Batch, Budget, Payable, Payment
from supervisors.workflow import BatchState
from tests.factories import UserFactory
from tests.supervisors import money

from .noted import Noted
from .people import PAUSE, TRIES, GaveUp, steadily

EACH, YUAN = 3, 100


def pay(noted: Noted, stop: threading.Event) -> None:
    """Pay one small batch after the other out of the demo's budget."""
    people: list[User] = steadily(lambda: UserFactory.create_batch(2))
    by = steadily(money.finance)
    budget = steadily(lambda: Budget.objects.get(kind="rewards", year=clock.today().year))
    while not stop.is_set():
        try:
            _one_batch(budget, people, by, noted)
        except GaveUp:
            noted.gave_up += 1


def _one_batch(budget: Budget, people: list[User], by: User, noted: Noted) -> None:
    rows = [_owed(budget, f"drill:{uuid.uuid4().hex}", people) for _one in range(EACH)]
    noted.owed += [row.pk for row in rows]
    batch = steadily(lambda: _batch(budget, rows, by))
    steadily(lambda: _sent(batch, by))
    _until(lambda: Batch.objects.filter(pk=batch.pk, state__in=[BatchState.SENT, BatchState.SETTLED]).exists())
    result = steadily(lambda: actions.add_result(batch, money.as_csv(money.answer_lines(batch)), by=by, at=clock.now()))
    steadily(lambda: actions.read_result(result.pk, at=clock.now()))
    steadily(lambda: actions.apply_result(result, by=by, at=clock.now()))
    steadily(lambda: tasks.wake_result(result.pk))
    _until(lambda: BankResult.objects.filter(pk=result.pk, state=BankResult.State.APPLIED).exists())
    noted.paid += [row.pk for row in rows]


def _owed(budget: Budget, cause: str, people: list[User]) -> Payable:
    def once() -> Payable:
        return Payable.objects.filter(cause=cause).first() or money.owed(budget, YUAN, cause, people)

    row = steadily(once)
    return steadily(lambda: money.account_of(row))


def _batch(budget: Budget, rows: list[Payable], by: User) -> Batch:
    """The batch of these amounts; made once, whether the answer to the first try came or not."""
    known = Payment.objects.filter(payable__in=rows).select_related("batch").first()
    if known and known.batch:
        return known.batch
    return actions.create_batch(budget, [row.pk for row in rows], by=by, at=clock.now())


def _sent(batch: Batch, by: User) -> None:
    if Batch.objects.get(pk=batch.pk).state == BatchState.DRAFT:
        actions.send_batch(batch, by=by, at=clock.now())
    tasks.wake_batch(batch.pk)


def _until(holds: object) -> None:
    """Wait for the worker."""
    for _try in range(TRIES * 4):
        if steadily(holds):  # type: ignore[arg-type]
            return
        time.sleep(PAUSE)
    raise GaveUp
