"""A table of the statistics on its way out of the house: CSV, with no cell that a sheet would run; logged like other exports."""

import csv
import re
from collections.abc import Generator
from typing import Any

from accounts.models import User
from cases import actions
from cases.desk.exporting import Cell, defused
from core import clock

from .tables import Row, Table

_NUMBER = re.compile(r"[+−]?[0-9][0-9,]*(\.[0-9]+)?%?")


class _Line:
    """What csv.writer writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(table: Table, *, period: str, by: User) -> Generator[bytes, None, None]:
    """Yield the file line by line; the mark in front tells Excel that it is UTF-8. Logs that it begins and how far it came."""
    facts: dict[str, Any] = {"format": "csv", "table": table.code, "period": period}
    actions.note_export(by=by, at=clock.now(), begun=True, facts=facts)
    return _lines(table, facts, by)


def _lines(table: Table, facts: dict[str, Any], by: User) -> Generator[bytes, None, None]:
    writer, rows = csv.writer(_Line()), 0
    try:
        yield "\ufeff".encode() + _encoded(writer.writerow([defused(name) for name, kind in table.headings if kind != "bar"]))
        for row in table.lines:
            yield _encoded(writer.writerow(_cells(row, table)))
            rows += 1
    finally:
        whole = {"rows": rows, "whole": rows == len(table.lines)}
        actions.note_export(by=by, at=clock.now(), begun=False, facts=facts | whole)


def _cells(row: Row, table: Table) -> list[Cell]:
    kinds = [kind for _name, kind in table.headings[1:]]
    texts = [cell.text for cell, kind in zip(row.cells, kinds, strict=True) if kind != "bar"]
    return [defused(row.head), *(plain(text) for text in texts)]


def plain(text: str) -> Cell:
    """Return a number as a sheet reads it: no plus, no commas, a minus of ASCII; anything else defused."""
    if _NUMBER.fullmatch(text):
        bare = text.lstrip("+").replace(",", "").replace("−", "-")
        return int(bare) if bare.lstrip("-").isdecimal() else bare
    return defused(text)


def _encoded(line: Any) -> bytes:
    return str(line).encode()
