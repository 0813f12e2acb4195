"""Reads a CSV or XLSX file into rows of text, whole, before anything is written."""

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from .dates import SERIAL_ORIGIN
from .refusals import FileRefused

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LONGEST_FIELD = 10_000_000
# Text in GB18030 breaks the rules of UTF-8 after a few characters; what lasts longer is UTF-8 that is damaged further on.
_SURELY_UTF8 = 50
_DELIMITERS = ",\t;"
# A damaged workbook breaks inside the archive, the XML or the reader's own expectations.
_DAMAGE = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    LookupError,
    TypeError,
    ValueError,
    SyntaxError,
)


@dataclass(frozen=True)
class Row:
    """One row: the line (CSV) or row number (XLSX) at which a person finds it, and its cells as text."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """A file's rows but the blank ones, and the day from which its day numbers count."""

    rows: list[Row]
    serial_origin: datetime = SERIAL_ORIGIN


def read(path: Path, *, sheet: str = "", encoding: str = "") -> Table:
    """Read a file by what it is, whatever its name says. Raises FileRefused."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(_("The file cannot be read: %(reason)s.") % {"reason": error.strerror}) from error
    if content.startswith(_OLD_OFFICE):
        raise FileRefused(_("This is an old .xls workbook, or one with a password. Save it as .xlsx or CSV, without a password."))
    if content.startswith(_ZIP):
        return _read_workbook(content, sheet)
    if sheet:
        raise FileRefused(_("Only a workbook has sheets; this file is a CSV file."))
    return Table(list(_csv_rows(_decoded(content, encoding))))


def _decoded(content: bytes, encoding: str) -> str:
    """Decode by the encoding named, else UTF-16 with its mark, UTF-8, GB18030."""
    if encoding or content.startswith(_UTF16):
        return _decoded_as(content, encoding or "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        head = content[: error.start].decode("utf-8-sig")
        if sum(not character.isascii() for character in head) >= _SURELY_UTF8:
            line = head.count("\n") + 1
            raise FileRefused(
                _("The file is UTF-8, but line %(line)s is damaged. Mend it and try again.") % {"line": line}
            ) from error
    return _decoded_as(content, "gb18030")


def _decoded_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise FileRefused(
            _("The file cannot be read as %(encoding)s. Name its encoding with --encoding.") % {"encoding": encoding}
        ) from error


def _csv_rows(text: str) -> Iterator[Row]:
    """Yield the rows of a CSV text. Strict about quotation marks: a lost one would swallow the rows behind it."""
    head = next((line for line in io.StringIO(text) if any(mark in line for mark in _DELIMITERS)), "")
    delimiter = max(_DELIMITERS, key=head.count)
    before = csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        told = _("The quotation marks do not match in the row that begins at line %(line)s.")
        raise FileRefused(told % {"line": line}) from error
    finally:
        csv.field_size_limit(before)


def _read_workbook(content: bytes, sheet: str) -> Table:
    try:
        with warnings.catch_warnings(action="ignore"):  # about looks (styles, extensions), which do not matter here
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            rows = _sheet_rows(book, sheet)
            return Table(rows, serial_origin=book.epoch)
    except _DAMAGE as error:
        raise FileRefused(_("The workbook is damaged, or is no workbook.")) from error


def _sheet_rows(book: Any, sheet: str) -> list[Row]:
    """Return the rows of the sheet named, or of the only one that has any."""
    if sheet and sheet not in book.sheetnames:
        raise FileRefused(
            _("There is no sheet “%(sheet)s”. The sheets are: %(sheets)s.")
            % {"sheet": sheet, "sheets": "、".join(book.sheetnames)}
        )
    found = {name: _rows_of(book[name]) for name in ([sheet] if sheet else [one.title for one in book.worksheets])}
    filled = [name for name, rows in found.items() if rows]
    if len(filled) > 1:
        raise FileRefused(_("Several sheets have rows: %(sheets)s. Choose one with --sheet.") % {"sheets": "、".join(filled)})
    return found[filled[0]] if filled else []


def _rows_of(sheet: Any) -> list[Row]:
    sheet.reset_dimensions()  # some programs write a wrong size, and rows would be lost
    rows = [
        Row(number, [_cell_text(value) for value in values]) for number, values in enumerate(sheet.iter_rows(values_only=True), 1)
    ]
    return [row for row in rows if any(cell.strip() for cell in row.cells)]


def _cell_text(value: object) -> str:
    """Return a cell as text: a whole number without “.0”, so that it is the same key as in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(unescape(str(value)))
