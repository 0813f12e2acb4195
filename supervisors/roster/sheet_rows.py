"""The roster as a sheet: which columns an import takes and an export gives, and how their words are read."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from cases.importing import dates
from cases.importing.refusals import RowRefused
from cases.importing.tables import Row, Table
from supervisors.models import Supervisor
from supervisors.models.roster import Background, Kind
from supervisors.refusals import Refused

MOST_ROWS = 5000
# Each field with the headings that it is found under, and the words of the export's own heading.
COLUMNS = {
    "full_name": (("姓名", "name"), gettext_lazy("Name")),
    "username": (("用户名", "user name", "username"), gettext_lazy("User name")),
    "kind": (("类别", "kind"), pgettext_lazy("of supervisor", "Kind")),
    "background": (("来源", "身份", "from"), gettext_lazy("From")),
    "home_agency": (("所在单位", "单位", "home agency"), gettext_lazy("Home agency")),
    "certificate_number": (("聘书编号", "证书编号", "certificate"), gettext_lazy("Certificate")),
    "since": (("聘期开始", "聘任日期", "term begins"), gettext_lazy("Term begins")),
    "until": (("聘期结束", "到期日期", "term ends"), gettext_lazy("Term ends")),
}


class SheetRefused(Refused):
    """The file as a whole cannot be taken."""

    field = "file"


@dataclass(frozen=True)
class Entry:
    """One row of an import, read."""

    line: int
    full_name: str
    username: str
    kind: str
    background: str
    home_agency: str
    certificate_number: str
    since: date
    until: date


@dataclass
class Report:
    """What became of a file: the names taken with their line, and what was refused, with line and reason."""

    taken: list[tuple[int, str]] = field(default_factory=list)
    present: list[tuple[int, str]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)


def read(table: Table) -> tuple[list[Entry], list[tuple[int, str]]]:
    """Return the rows that can be read, and line and reason of the others. Raises SheetRefused."""
    if not table.rows:
        raise SheetRefused(_("The file has no rows."))
    places = _places(table.rows[0])
    if len(table.rows) - 1 > MOST_ROWS:
        raise SheetRefused(_("At most %(n)d rows at once.") % {"n": MOST_ROWS})
    entries, refused = [], []
    for row in table.rows[1:]:
        cells = {name: row.cells[place].strip() if place < len(row.cells) else "" for name, place in places.items()}
        try:
            entries.append(_entry(row.line, cells, table))
        except (RowRefused, ValueError) as error:
            refused.append((row.line, str(error)))
    return entries, refused


def _places(headings: Row) -> dict[str, int]:
    known = {cell.strip().casefold(): place for place, cell in reversed(list(enumerate(headings.cells)))}
    places = {name: next((known[word] for word in _words(name) if word in known), None) for name in COLUMNS}
    missing = [COLUMNS[name][0][0] for name, place in places.items() if place is None]
    if missing:
        raise SheetRefused(_("These columns are missing: %(names)s.") % {"names": "、".join(missing)})
    return {name: place for name, place in places.items() if place is not None}


def _words(name: str) -> list[str]:
    """Return the headings of a field: the usual ones, and the export's own in both languages."""
    words, label = COLUMNS[name]
    own = []
    for language in ("zh-hans", "en"):
        with override(language):
            own.append(str(label).casefold())
    return [*words, *own]


def _entry(line: int, cells: dict[str, str], table: Table) -> Entry:
    for name in ("full_name", "username", "certificate_number"):
        if not 0 < len(cells[name]) <= (60 if name != "certificate_number" else 40):
            raise RowRefused(_("“%(column)s” is empty or too long.") % {"column": COLUMNS[name][1]})
    kind, background = _choice(Kind, cells["kind"], "kind"), _choice(Background, cells["background"], "background")
    if (kind == Kind.VOLUNTEER) != (background == Background.AGENCY) or (kind == Kind.VOLUNTEER and not cells["home_agency"]):
        raise RowRefused(_("A volunteer comes from an agency, a full-time supervisor does not."))
    since, until = (dates.read(cells[name], serial_origin=table.serial_origin).at.date() for name in ("since", "until"))
    if until <= since:
        raise RowRefused(_("The term ends before it begins."))
    texts = {name: cells[name] for name in ("full_name", "username", "home_agency", "certificate_number")}
    return Entry(line=line, kind=kind, background=background, since=since, until=until, **texts)


def _choice(choices: Any, text: str, name: str) -> str:
    """Read a choice by its code, or its words in either language."""
    for language in ("zh-hans", "en"):
        with override(language):
            for code, label in choices.choices:
                if text.casefold() in {code, str(label).casefold()}:
                    return str(code)
    raise RowRefused(_("“%(text)s” is none of the words for “%(column)s”.") % {"text": text[:20], "column": COLUMNS[name][1]})


def headings() -> list[str]:
    """Return the headings of an export; an import takes them back."""
    return [str(label) for _words, label in COLUMNS.values()]


def cells_of(row: Supervisor) -> list[str]:
    """Return one supervisor as a row of the export, with the newest term."""
    term = next(iter(row.terms_newest_first), None)
    days = [term.since.isoformat(), (term.ended_on or term.until).isoformat()] if term else ["", ""]
    number = term.certificate_number if term else ""
    agency = row.home_agency.name if row.home_agency else ""
    who = [row.user.full_name, row.user.username]
    return [*who, str(row.get_kind_display()), str(row.get_background_display()), agency, number, *days]
