"""What an import says at its end: how the columns were read, what came of the rows, and a line for each one refused."""

import csv
import unicodedata
from collections.abc import Iterator
from typing import TextIO

from django.utils.translation import gettext as _

from .columns import Columns
from .runs import Refusal, Tally

# A cell that begins like this is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@")


def headings(columns: Columns) -> Iterator[str]:
    """Say which column is taken for what, and which are left out."""
    taken = [f"{name} ← {columns.headings[place]}" for name, place in columns.positions.items()]
    yield _("Columns taken: %(columns)s") % {"columns": "; ".join(taken)}
    if columns.unused:
        yield _("Columns left out: %(columns)s") % {"columns": "; ".join(columns.unused)}


def summary(tally: Tally, *, dry: bool) -> Iterator[str]:
    """Count what became of the rows."""
    if dry:
        yield _("Dry run: nothing was written. This is what an import would do.")
    yield _("Rows: %(count)s") % {"count": tally.rows}
    yield _("Imported: %(count)s (closed %(closed)s, open %(open)s)") % {
        "count": tally.closed + tally.open,
        "closed": tally.closed,
        "open": tally.open,
    }
    yield _("Here already: %(count)s") % {"count": tally.present}
    yield _("Refused: %(count)s") % {"count": len(tally.refusals)}
    for text, count in _remarks(tally):
        if count:
            yield text % {"count": count}


def _remarks(tally: Tally) -> list[tuple[str, int]]:
    return [
        (_("Of the imported, in none of the seven categories: %(count)s"), tally.without_category),
        (_("Of the imported, about an agency that is not on the list, kept in words: %(count)s"), tally.without_agency),
        (_("Of the imported, phone numbers without a name, masked and not kept: %(count)s"), tally.phones_left_out),
    ]


def table(refusals: list[Refusal]) -> Iterator[str]:
    """Yield the refused rows as lines of text in columns."""
    rows = [_titles(), *([str(one.line), one.number, one.reason] for one in refusals)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(padded).rstrip()


def write_csv(refusals: list[Refusal], file: TextIO) -> None:
    """Write the refused rows as CSV, fit to be opened by a spreadsheet."""
    writer = csv.writer(file)
    writer.writerow(_titles())
    for one in refusals:
        writer.writerow([one.line, f"'{one.number}" if one.number.startswith(_FORMULA) else one.number, one.reason])


def _titles() -> list[str]:
    return [_("Line"), _("Number there"), _("Why it was refused")]


def _width(text: str) -> int:
    """Return how many places a text takes on a terminal; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
