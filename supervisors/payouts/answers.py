"""Compares each line of the bank's answer with the payment it speaks of. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from supervisors.workflow import PaymentState

from . import sheets
from .capitals import parsed_fen
from .layout import Content, Layout


class Verdict(TextChoices):
    """What a line means."""

    SETTLE = "settle", _("Paid out")
    BOUNCE = "bounce", _("Came back")
    KNOWN = "known", _("Noted before")
    UNKNOWN = "unknown", _("No such voucher in this batch")
    REPEATED = "repeated", _("The voucher stands in more than one line")
    AMOUNT = "amount", _("Another amount than was sent")
    ACCOUNT = "account", _("Another account than was sent")
    RESULT = "result", _("A result that the layout does not know")
    CONTRADICTS = "contradicts", _("An earlier file of the bank said otherwise")


_HEAD = 10  # banks put a line or two above their headings
FAULTS = frozenset(Verdict) - {Verdict.SETTLE, Verdict.BOUNCE, Verdict.KNOWN}


@dataclass(frozen=True)
class Line:
    """What the bank says of one payment."""

    number: int
    voucher: str
    amount_fen: int | None
    account: str
    result: str
    reason: str


@dataclass(frozen=True)
class Answer:
    """A file that was looked through once: which vouchers stand in it more often than once, and how many lines it has."""

    content: bytes
    layout: Layout
    lines: int
    repeated: frozenset[str]

    def each(self) -> Iterator[Line]:
        """Read the lines again, one by one."""
        return _lines(self.content, self.layout)


def looked_through(content: bytes, layout: Layout) -> Answer:
    """Look through a file. Raises LayoutRefused, SheetRefused."""
    counted = Counter(line.voucher for line in _lines(content, layout))
    repeated = frozenset(voucher for voucher, times in counted.items() if times > 1)
    return Answer(content, layout, counted.total(), repeated)


@dataclass(frozen=True)
class Expected:
    """What was sent."""

    amount_fen: int
    account_print: bytes
    state: str


def verdict(line: Line, expected: Expected | None, answer: Answer, account_print: bytes) -> Verdict:
    """Say what a line means; `account_print` is that of the account in the line."""
    if expected is None:
        return Verdict.UNKNOWN
    if line.voucher in answer.repeated:
        return Verdict.REPEATED
    if line.amount_fen != expected.amount_fen:
        return Verdict.AMOUNT
    if account_print != expected.account_print:
        return Verdict.ACCOUNT
    return _by_result(answer.layout.outcome(line.result), expected.state)


def _by_result(arrived: bool | None, state: str) -> Verdict:
    if arrived is None:
        return Verdict.RESULT
    if state == PaymentState.SENT:
        return Verdict.SETTLE if arrived else Verdict.BOUNCE
    same = state == (PaymentState.SETTLED if arrived else PaymentState.BOUNCED)
    return Verdict.KNOWN if same else Verdict.CONTRADICTS


def _lines(content: bytes, layout: Layout) -> Iterator[Line]:
    rows = sheets.rows(content)
    head = []
    for row in rows:
        head.append(row)
        if len(head) == _HEAD:
            break
    index, places = layout.places([cells for _number, cells in head])
    in_fen = layout.amount_is_in_fen()
    for number, cells in head[index + 1 :]:
        yield _line(number, cells, places, in_fen=in_fen)
    for number, cells in rows:
        yield _line(number, cells, places, in_fen=in_fen)


def _line(number: int, cells: list[str], places: Mapping[str, int], *, in_fen: bool) -> Line:
    def cell(content: Content) -> str:
        place = places.get(content)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    amount = cell(Content.AMOUNT)
    fen = (int(amount) if amount.isascii() and amount.isdigit() and len(amount) < 16 else None) if in_fen else parsed_fen(amount)
    voucher = cell(Content.VOUCHER).upper()
    return Line(number, voucher, fen, cell(Content.ACCOUNT), cell(Content.RESULT), cell(Content.REASON))
