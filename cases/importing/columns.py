"""Which column of a table holds what: the headings that registers use, and what the operator says instead. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .refusals import FileRefused
from .tables import Row, Table

# Each field with its usual headings, the surest first.
HEADINGS: dict[str, tuple[str, ...]] = {
    "id": ("留言编号", "投诉编号", "工单编号", "工单号", "信件编号", "受理编号", "编号", "id", "number", "no"),
    "title": ("留言主题", "主题", "标题", "诉求标题", "title", "subject"),
    "body": (
        "留言详情",
        "反映内容",
        "投诉内容",
        "诉求内容",
        "来电内容",
        "信件内容",
        "内容",
        "详情",
        "body",
        "text",
        "content",
        "message",
    ),
    "received": (
        "留言时间",
        "来电时间",
        "来信时间",
        "来信日期",
        "投诉时间",
        "受理时间",
        "受理日期",
        "日期",
        "received",
        "received at",
        "date",
    ),
    "reply": ("答复意见", "答复内容", "办理结果", "回复内容", "答复", "回复", "reply", "answer"),
    "replied": ("答复时间", "答复日期", "回复时间", "回复日期", "办结时间", "replied", "replied at", "reply date"),
    "agency": ("被投诉单位", "被投诉部门", "承办单位", "责任单位", "单位", "部门", "agency", "department"),
    "category": ("问题类别", "投诉类别", "类别", "分类", "category"),
    "place": ("地点", "发生地点", "place", "location"),
    "name": ("投诉人姓名", "投诉人", "来电人", "姓名", "name", "complainant"),
    "phone": ("联系电话", "来电号码", "电话号码", "手机号码", "手机号", "电话", "手机", "phone", "telephone"),
}
REQUIRED = ("body", "received")
# Exports often carry a line or two above their headings: the name of the table, the period.
_HEADINGS_WITHIN = 10


@dataclass(frozen=True)
class Columns:
    """Where each field stands, and the rows below the headings."""

    positions: Mapping[str, int]
    headings: list[str]
    rows: list[Row]

    def values(self, row: Row) -> dict[str, str]:
        """Return a row's cells by field; a field without a column, or a row that ends early, gives an empty text."""
        return {field: self._cell(row, self.positions.get(field)) for field in HEADINGS}

    def has_stray_cells(self, row: Row) -> bool:
        """Tell whether a row goes on behind the last heading, as it does when a comma was not quoted."""
        return any(cell.strip() for cell in row.cells[len(self.headings) :])

    @property
    def unused(self) -> list[str]:
        """The headings of which no field is made."""
        used = set(self.positions.values())
        return [heading for place, heading in enumerate(self.headings) if heading and place not in used]

    @staticmethod
    def _cell(row: Row, place: int | None) -> str:
        return row.cells[place] if place is not None and place < len(row.cells) else ""


def parse_overrides(pairs: list[str]) -> dict[str, str]:
    """Read `field=heading` pairs; an empty heading leaves the field out. Raises FileRefused."""
    overrides = {}
    for pair in pairs:
        field, equals, heading = pair.partition("=")
        if not equals or field not in HEADINGS:
            told = _("--map takes field=column, and the fields are: %(fields)s. This was: “%(pair)s”.")
            raise FileRefused(told % {"fields": ", ".join(HEADINGS), "pair": pair})
        overrides[field] = heading
    return overrides


def find(table: Table, overrides: Mapping[str, str]) -> Columns:
    """Find the line of headings and the fields in it. Raises FileRefused when a field that must be there is missing."""
    if not table.rows:
        raise FileRefused(_("The file has no rows."))
    for number, row in enumerate(table.rows[:_HEADINGS_WITHIN]):
        positions = _positions(row.cells, overrides)
        if all(field in positions for field in REQUIRED):
            _refuse_unknown(row.cells, overrides)
            return Columns(positions, [cell.strip() for cell in row.cells], table.rows[number + 1 :])
    told = _(
        "No columns for the text (body) and the date of receipt (received) were found."
        " Name them: --map body=… received=…. The first line has: %(headings)s."
    )
    raise FileRefused(told % {"headings": _listed(table.rows[0].cells)})


def _positions(cells: list[str], overrides: Mapping[str, str]) -> dict[str, int]:
    """Return the place of each field found; one that the operator named is looked for under that name only."""
    places: dict[str, list[int]] = {}
    for place, cell in enumerate(cells):
        places.setdefault(_plain(cell), []).append(place)
    found = {}
    for field, usual in HEADINGS.items():
        names = [overrides[field]] if field in overrides else list(usual)
        for name in filter(None, map(_plain, names)):
            if name in places:
                if len(places[name]) > 1:
                    raise FileRefused(
                        _("Two columns are headed “%(heading)s”. Rename one of them.")
                        % {"heading": cells[places[name][0]].strip()}
                    )
                found[field] = places[name][0]
                break
    return found


def _refuse_unknown(cells: list[str], overrides: Mapping[str, str]) -> None:
    known = {_plain(cell) for cell in cells}
    for heading in overrides.values():
        if heading and _plain(heading) not in known:
            raise FileRefused(
                _("There is no column “%(heading)s”. The columns are: %(headings)s.")
                % {"heading": heading, "headings": _listed(cells)}
            )


def _plain(heading: str) -> str:
    """Return a heading without what people add to it: blanks, colons, stars, width, letter case, underlines."""
    return re.sub(r"[\s:：*_\-\u200b\ufeff]", "", unicodedata.normalize("NFKC", heading)).casefold()


def _listed(cells: list[str]) -> str:
    shown = [cell.strip()[:20] for cell in cells if cell.strip()]
    return "、".join(shown[:20])
