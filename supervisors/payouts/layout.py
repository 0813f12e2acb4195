"""The columns of the file for the bank and of its answer: a table that the administration edits, and the default."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from supervisors.models import BankColumn
from supervisors.refusals import Refused

from .capitals import capitals, figures

if TYPE_CHECKING:
    from supervisors.actions.accounts import Opened

Content = BankColumn.Content
Cell = str
_WITHIN = 10  # banks put a line or two above their headings
_COMPARED = (Content.VOUCHER, Content.AMOUNT, Content.ACCOUNT, Content.RESULT)

DEFAULT = (
    (1, "序号", Content.NUMBER, ""),
    (2, "凭证编号", Content.VOUCHER, ""),
    (3, "金额", Content.AMOUNT, "yuan"),
    (4, "大写金额", Content.CAPITALS, ""),
    (5, "收款人户名", Content.HOLDER, ""),
    (6, "开户银行", Content.BANK, ""),
    (7, "收款账号", Content.ACCOUNT, ""),
    (8, "处理结果", Content.RESULT, "成功,交易成功,已入账,已付款|失败,交易失败,退票,退回,退汇"),
    (9, "失败原因", Content.REASON, ""),
)


class LayoutRefused(Refused):
    """The file has not the columns that it must have."""


@dataclass(frozen=True)
class Layout:
    """The columns in their order."""

    columns: Sequence[BankColumn]

    @property
    def headings(self) -> list[str]:
        """The first line."""
        return [column.header for column in self.columns]

    def line(self, number: int, opened: "Opened") -> list[Cell]:
        """Return the cells of one payment."""
        values = _values(number, opened)
        return [_cell(column, values, opened.payment.amount_fen) for column in self.columns]

    def places(self, rows: Sequence[Sequence[str]]) -> tuple[int, Mapping[str, int]]:
        """Find the line of headings among the first rows: its index, and where each content stands. Raises LayoutRefused."""
        needed = {column.header: column.content for column in self.columns if column.content in {*_COMPARED, Content.REASON}}
        for index, cells in enumerate(rows[:_WITHIN]):
            found = {needed[cell.strip()]: place for place, cell in enumerate(cells) if cell.strip() in needed}
            if all(content in found for content in _COMPARED):
                return index, found
        missing = "、".join(column.header for column in self.columns if column.content in _COMPARED)
        raise LayoutRefused(_("The file must have the columns %(columns)s.") % {"columns": missing})

    def outcome(self, text: str) -> bool | None:
        """Tell whether the bank's word means that the money arrived; None when it is not among the words of the layout."""
        words = next((column.format for column in self.columns if column.content == Content.RESULT), "")
        arrived, _bar, returned = (words or DEFAULT[7][3]).partition("|")
        word = text.strip().casefold()
        if word in _words(arrived):
            return True
        return False if word in _words(returned) else None

    def word_for(self, *, arrived: bool) -> str:
        """Return the bank's first word for an outcome; empty when the layout has none."""
        words = next((column.format for column in self.columns if column.content == Content.RESULT), "") or DEFAULT[7][3]
        good, _bar, bad = words.partition("|")
        return (good if arrived else bad).split(",")[0].strip()

    def amount_is_in_fen(self) -> bool:
        """Tell whether the layout has amounts in fen instead of yuan."""
        return any(column.content == Content.AMOUNT and column.format == "fen" for column in self.columns)


def current() -> Layout:
    """Return the layout that the administration keeps, or the default where there is none."""
    kept = list(BankColumn.objects.order_by("position"))
    return Layout(kept or [BankColumn(position=p, header=h, content=c, format=f) for p, h, c, f in DEFAULT])


def _words(text: str) -> set[str]:
    return {word.strip().casefold() for word in text.split(",") if word.strip()}


def _values(number: int, opened: "Opened") -> dict[str, Cell]:
    """Return what can stand in a line but what depends on the column's format."""
    payment = opened.payment
    return {
        Content.NUMBER: str(number),
        Content.VOUCHER: payment.payable.voucher,
        Content.KEY: payment.key,
        Content.CAPITALS: capitals(payment.amount_fen),
        Content.HOLDER: opened.holder,
        Content.BANK: opened.bank,
        Content.ACCOUNT: opened.account,
    }


def _cell(column: BankColumn, values: dict[str, Cell], amount_fen: int) -> Cell:
    if column.content == Content.AMOUNT:
        return str(amount_fen) if column.format == "fen" else figures(amount_fen)
    return column.format if column.content == Content.TEXT else values.get(column.content, "")
