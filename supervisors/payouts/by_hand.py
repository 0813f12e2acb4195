"""What the bank said of a single payment, typed in from its slip: written as a file of one line, and taken in like any other."""

from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from supervisors import actions
from supervisors.models import Payment
from supervisors.refusals import Refused

from . import bankfile, layout
from .capitals import figures
from .layout import Content


class NoWord(Refused):
    """The layout has no word for this outcome."""


def one_line(payment: Payment, *, arrived: bool, amount_fen: int, reason: str, by: User) -> bytes:
    """Return the file: the account that was sent to, which is opened and noted for this, and the amount as it was typed.

    Raises NoWord.
    """
    columns = layout.current()
    (opened,) = actions.reveal_accounts([payment], by=by, at=clock.now())
    cells = dict(zip(columns.headings, columns.line(1, opened), strict=True))
    for column in columns.columns:
        if column.content == Content.RESULT:
            cells[column.header] = columns.word_for(arrived=arrived)
        elif column.content == Content.REASON:
            cells[column.header] = reason
        elif column.content == Content.AMOUNT:
            cells[column.header] = str(amount_fen) if column.format == "fen" else figures(amount_fen)
    if not any(columns.outcome(cell) == arrived for cell in cells.values()):
        raise NoWord(_("The layout of the bank's file has no word for this outcome. Ask the administrator."))
    return b"".join(bankfile.csv_pieces([columns.headings, list(cells.values())]))
