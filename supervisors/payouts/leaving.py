"""The file for the bank on its way out: accounts are opened a few at a time, each with an event, and go straight to the wire."""

from collections.abc import Iterator

from django.db.models import QuerySet

from accounts.models import User
from core import clock
from supervisors import actions
from supervisors.models import Batch, Payment
from supervisors.workflow import PaymentState

from . import bankfile, layout

_AT_ONCE = 200
_LEAVING = (PaymentState.SENT, PaymentState.SETTLED, PaymentState.BOUNCED)


def pieces(batch: Batch, *, kind: str, by: User) -> Iterator[bytes]:
    """Note that the file is made, and return what yields it piece by piece. Raises NotReady."""
    actions.note_bank_file(batch, kind=kind, by=by, at=clock.now())
    write = bankfile.csv_pieces if kind == "csv" else bankfile.xlsx_pieces
    return write(_lines(batch, by))


def _lines(batch: Batch, by: User) -> Iterator[list[str]]:
    columns = layout.current()
    yield columns.headings
    number = 0
    for some in _some(batch.payments.filter(state__in=_LEAVING).select_related("payable").order_by("id")):
        for opened in actions.reveal_accounts(some, by=by, at=clock.now()):
            number += 1
            yield columns.line(number, opened)


def _some(rows: QuerySet[Payment]) -> Iterator[list[Payment]]:
    last = 0
    while some := list(rows.filter(pk__gt=last)[:_AT_ONCE]):
        yield some
        last = some[-1].pk
