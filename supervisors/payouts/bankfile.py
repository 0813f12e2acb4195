"""Writes the file for the bank piece by piece: nothing of it touches a disk, and no cell of it is a formula."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_NS = "http://schemas.openxmlformats.org"
_OFFICE = "application/vnd.openxmlformats"
_LINKS = f'{_HEAD}<Relationships xmlns="{_NS}/package/2006/relationships"><Relationship Id="rId1" '
_PARTS = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_NS}/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="{_OFFICE}-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_OFFICE}-officedocument.spreadsheetml.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_OFFICE}-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": f'{_LINKS}Type="{_NS}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/_rels/workbook.xml.rels": f'{_LINKS}Type="{_NS}/officeDocument/2006/relationships/worksheet"'
    ' Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_NS}/spreadsheetml/2006/main"'
    f' xmlns:r="{_NS}/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets>'
    "</workbook>",
}
# A sheet takes what begins with one of these for a formula when it opens a CSV file.
_RUNS = tuple("=+-@\t\r\n＝＋－＠")
_PIECE = 64 * 1024

Lines = Iterable[Sequence[str]]


class _Pipe(io.RawIOBase):
    """What the writers write to: it hands over what has come so far, and can go neither back nor forth."""

    def __init__(self) -> None:
        """Begin empty."""
        self.held = bytearray()

    def writable(self) -> bool:
        """Say that it takes bytes."""
        return True

    def write(self, data: bytes | bytearray | memoryview) -> int:  # type: ignore[override]
        """Keep bytes until they are taken."""
        self.held += data
        return len(data)

    def taken(self) -> bytes:
        """Return what has come, and forget it."""
        piece = bytes(self.held)
        self.held.clear()
        return piece


def csv_pieces(lines: Lines) -> Iterator[bytes]:
    """Yield a CSV file; the mark in front tells Excel that it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    text.write("\ufeff")
    for line in lines:
        writer.writerow([_defused(cell) for cell in line])
        if text.tell() > _PIECE:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def xlsx_pieces(lines: Lines) -> Iterator[bytes]:
    """Yield an XLSX file in which every cell is plain text, so that long account numbers stay what they are."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _PARTS.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'{_HEAD}<worksheet xmlns="{_NS}/spreadsheetml/2006/main"><sheetData>'.encode())
            for number, line in enumerate(lines, 1):
                sheet.write(_row(number, line).encode())
                if len(pipe.held) > _PIECE:
                    yield pipe.taken()
            sheet.write(b"</sheetData></worksheet>")
    yield pipe.taken()


def _row(number: int, cells: Sequence[str]) -> str:
    texts = (
        f'<c r="{get_column_letter(place)}{number}" t="inlineStr"><is><t xml:space="preserve">{_clean(cell)}</t></is></c>'
        for place, cell in enumerate(cells, 1)
        if cell
    )
    return f'<row r="{number}">{"".join(texts)}</row>'


def _clean(text: str) -> str:
    return escape("".join(one for one in text if one.isprintable()))


def _defused(text: str) -> str:
    return f"'{text}" if text.lstrip(" \u3000").startswith(_RUNS) else text
