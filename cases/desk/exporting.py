"""Lists of cases on their way out of the house: row by row in constant memory, with no cell that a sheet would run.

Names, numbers and texts of complainants are in none of the columns; the title is made of the masked copy.
"""

import csv
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import IO, Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook

from accounts.models import User
from cases import actions
from cases.models import Case
from cases.querysets import CaseQuerySet
from cases.queue import Queue
from cases.wording import standing_of
from complaints.labels import agency_name, behaviour_names, category_official
from complaints.models import Kind
from core import clock
from core.clock import day_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 100_000
BATCH = 1000
# A sheet takes what begins with one of these for a formula; the full-width ones too, in Chinese and Japanese versions.
_RUNS = tuple("=+-@\t\r\n＝＋－＠")

Cell = str | int
Row = list[Cell]


class _Line:
    """What csv.writer writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def _day(value: date | datetime | None) -> str:
    if value is None:
        return ""
    return (day_of(value) if isinstance(value, datetime) else value).isoformat()


COLUMNS: tuple[tuple[str | Promise, Callable[[Case], Any]], ...] = (
    (_("Number"), lambda case: case.number),
    (pgettext_lazy("case", "Matter"), lambda case: case.title),
    (_("State"), lambda case: case.get_status_display()),
    (pgettext_lazy("export", "Way of handling"), lambda case: case.get_mode_display()),
    (_("Category"), lambda case: category_official(case.category) if case.category else ""),
    (_("Behaviour"), lambda case: behaviour_names(case.behaviours)),
    (_("Channel"), lambda case: case.get_channel_display()),
    (_("Kind of matter"), lambda case: gettext(", ").join(str(Kind(kind).label) for kind in case.kinds)),
    (_("Class"), lambda case: case.case_class),
    (_("Complained about"), lambda case: agency_name(case.respondent_agency) if case.respondent_agency else ""),
    (pgettext_lazy("export", "Handled by the agency"), lambda case: agency_name(case.agency) if case.agency else ""),
    (_("Handler"), lambda case: case.handler.full_name if case.handler else ""),
    (pgettext_lazy("export", "Received"), lambda case: _day(case.received_at)),
    (pgettext_lazy("column", "Due"), lambda case: _day(case.due_on)),
    (pgettext_lazy("column", "Closed"), lambda case: _day(case.closed_at)),
    (_("Finding"), lambda case: case.get_finding_display()),
    (_("Satisfaction"), lambda case: case.get_satisfaction_display()),
)


class Leaving:
    """A list on its way out: logged when it begins, and with its rows when it ends or breaks off."""

    def __init__(self, queue: Queue, chosen: Sequence[int] | None, *, by: User, kind: str) -> None:
        """Log that it begins."""
        self.queue, self.chosen, self.by, self.kind = queue, chosen, by, kind
        self.rows, self.whole = 0, False
        self._log(begun=True)

    def batches(self) -> Generator[list[Row], None, None]:
        """Yield the rows; whoever stops reading is logged with what he got."""
        try:
            for batch in rows(self.queue, chosen=self.chosen):
                self.rows += len(batch)
                yield batch
            self.whole = True
        finally:
            self._log(begun=False)

    def _log(self, *, begun: bool) -> None:
        """The words looked for may name somebody, so only that there were some is kept."""
        filters = [f"{name}={value}" for name, value in self.queue.known_asked.items() if name != "q"]
        facts: dict[str, Any] = {"format": self.kind, "filters": filters, "searched": bool(self.queue.words)}
        facts |= {"chosen": len(self.chosen or [])} | ({} if begun else {"rows": self.rows, "whole": self.whole})
        actions.note_export(by=self.by, at=clock.now(), begun=begun, facts=facts)


def headings() -> list[str]:
    """Return the names of the columns, and of the one that says how the limit stands."""
    return [*(str(name) for name, _value in COLUMNS), str(pgettext_lazy("column", "Limit"))]


def rows(queue: Queue, *, chosen: Sequence[int] | None = None) -> Iterator[list[Row]]:
    """Yield the rows of a queue in batches, in its order, at most `MOST_ROWS`; with `chosen` only these cases."""
    place, left, language = "", MOST_ROWS, translation.get_language()
    while left > 0:
        with translation.override(language):
            found = queue.walked(size=min(BATCH, left), after=place, rows=_narrowed(queue, chosen))
            batch = [_row(queue, case) for case in found.rows]
        if batch:
            yield batch
        place, left = found.after, left - len(batch)
        if not place:
            return


def _narrowed(queue: Queue, chosen: Sequence[int] | None) -> CaseQuerySet:
    listed = queue.cases.for_list()
    return listed if chosen is None else listed.filter(pk__in=list(chosen))


def _row(queue: Queue, case: Case) -> Row:
    limit = standing_of(case, queue.today, queue.calendar)
    return [defused(value(case)) for _name, value in COLUMNS] + [limit.text if limit else ""]


def defused(value: Any) -> Cell:
    """Return a cell that no sheet takes for a formula: an apostrophe before what would begin one."""
    if isinstance(value, int):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip(" \u3000").startswith(_RUNS) or text.startswith(_RUNS) else text


def csv_lines(batches: Iterable[list[Row]]) -> Iterator[bytes]:
    """Yield a CSV file piece by piece; the mark in front tells Excel that it is UTF-8."""
    writer = csv.writer(_Line())
    yield "\ufeff".encode() + _encoded(writer.writerow(headings()))
    for batch in batches:
        yield b"".join(_encoded(writer.writerow(row)) for row in batch)


def _encoded(line: Any) -> bytes:
    return str(line).encode()


def xlsx_file(batches: Iterable[list[Row]]) -> IO[bytes]:
    """Write an XLSX file to the disk, row by row, and return it open at its beginning; it is gone when it is closed."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(_("Cases")))
    sheet.freeze_panes = "B2"
    sheet.append(headings())
    for batch in batches:
        for row in batch:
            sheet.append(row)
    file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    book.save(file)
    file.seek(0)
    return file
