"""Reads what a bank sends, row by row: XLSX or CSV, UTF-8 or GBK, and nothing that would fill the memory."""

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from supervisors.refusals import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 50_000
_MOST_UNPACKED = 120 * 1024 * 1024
_MOST_PARTS = 200
_MOST_CELLS = 60
_LONGEST_CELL = 500
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DAMAGE = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
    SyntaxError,
    csv.Error,
)

Row = tuple[int, list[str]]


class SheetRefused(Refused):
    """The file cannot be read."""

    field = "file"


def rows(content: bytes) -> Iterator[Row]:
    """Yield the rows that hold anything, each with the number at which a person finds it. Raises SheetRefused, late too."""
    if len(content) > MOST_BYTES:
        raise SheetRefused(_("The file is larger than 10 MB. A bank's answer is not."))
    if content.startswith(_OLD_OFFICE):
        raise SheetRefused(
            _("This is an old .xls workbook, or one with a password. Save it as .xlsx or CSV, without a password.")
        )
    found = _workbook_rows(content) if content.startswith(_ZIP) else _csv_rows(_decoded(content))
    count = 0
    try:
        for number, cells in found:
            if not any(cells):
                continue
            count += 1
            if count > MOST_ROWS or len(cells) > _MOST_CELLS or any(len(cell) > _LONGEST_CELL for cell in cells):
                raise SheetRefused(_("The file has more rows, columns or text than a bank's answer can have."))
            yield number, cells
    except _DAMAGE as error:
        raise SheetRefused(_("The file is damaged, or is neither a workbook nor CSV.")) from error


def _workbook_rows(content: bytes) -> Iterator[Row]:
    _refuse_bomb(content)
    with warnings.catch_warnings(action="ignore"):  # about looks, which do not matter here
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # some programs write a wrong size, and rows would be lost
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, _without_tail([_text(value) for value in values])


def _refuse_bomb(content: bytes) -> None:
    """Refuse an archive that unpacks to far more than a sheet needs, and parts that declare entities.

    What a part says of its size holds: the reader takes no more than that.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
            raise SheetRefused(_("The file unpacks to more than a bank's answer can hold."))
        for part in parts:
            with archive.open(part) as opened:
                if b"<!" in opened.read(1000):
                    raise SheetRefused(_("The file is damaged, or is neither a workbook nor CSV."))


def _decoded(content: bytes) -> str:
    """Decode UTF-16 by its mark, then UTF-8, then GB18030, in which Chinese banks write."""
    encodings = ["utf-16"] if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    raise SheetRefused(_("The file is damaged, or is neither a workbook nor CSV."))


def _csv_rows(text: str) -> Iterator[Row]:
    if "\0" in text:
        raise SheetRefused(_("The file is damaged, or is neither a workbook nor CSV."))
    head = text[:2000]
    delimiter = max(",\t;", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for cells in reader:
        # What was given out with an apostrophe, or comes back as ="123", is the text itself.
        yield reader.line_num, _without_tail([_undressed(cell) for cell in cells])


def _undressed(cell: str) -> str:
    cell = cell.strip().removeprefix("'")
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(round(value, 6))
    return str(value).strip()
