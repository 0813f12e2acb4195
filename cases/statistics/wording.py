"""How periods, numbers, shares and changes are written."""

from datetime import date

from django.utils import dateformat
from django.utils.translation import get_language, pgettext

from core.templatetags.portal import year_day

from .periods import Period

NOTHING = "–"  # what stands where there are too few for a share
_QUARTERS = "一二三四"


def chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (get_language() or "").startswith("zh")


def period_name(period: Period) -> str:
    """Name a period: `2026 年第三季度`, `September 2026`; a span by its days."""
    year, quarter = period.first.year, (period.first.month + 2) // 3
    if period.kind == "year":
        return f"{year} 年" if chinese() else f"{year}"
    if period.kind == "quarter":
        return f"{year} 年第{_QUARTERS[quarter - 1]}季度" if chinese() else f"Quarter {quarter} of {year}"
    if period.kind == "month":
        return f"{year} 年 {period.first.month} 月" if chinese() else dateformat.format(period.first, "F Y")
    return days_of(period)


def days_of(period: Period) -> str:
    """Write the first and the last day of a period."""
    return pgettext("period", "%(first)s to %(last)s") % {"first": year_day(period.first), "last": year_day(period.last)}


def part_name(period: Period) -> str:
    """Name a month, or a day of a month, in the row of a table."""
    first: date = period.first
    if period.kind == "day":
        return f"{first.month} 月 {first.day} 日" if chinese() else dateformat.format(first, "j F")
    return f"{first.year} 年 {first.month} 月" if chinese() else dateformat.format(first, "F Y")


def short_name(period: Period) -> str:
    """Name a month or a day below a chart."""
    if period.kind == "day":
        return str(period.first.day)
    return f"{period.first.month} 月" if chinese() else dateformat.format(period.first, "M")


def number(value: int) -> str:
    """Write a number: `1,204`."""
    return f"{value:,}"


def percent(value: float | None) -> str:
    """Write a share: `93.1%`; a dash where there are too few cases for one."""
    return NOTHING if value is None else f"{value:.1f}%"


def days(value: float | None) -> str:
    """Write working days: `9.8`."""
    return NOTHING if value is None else f"{value:.1f}"


def change(now: int, then: int) -> str:
    """Write by how much a number has changed: `+27`, `−3`."""
    return signed(now - then)


def joined(*sentences: str) -> str:
    """Put sentences one after the other, with a blank between them where the language has one."""
    return ("" if chinese() else " ").join(sentence for sentence in sentences if sentence)


def signed(value: int) -> str:
    """Write a difference with its sign."""
    return pgettext("change", "none") if value == 0 else f"{'+' if value > 0 else '−'}{abs(value):,}"


def change_percent(now: int, then: int) -> str:
    """Write by how many per cent a number has changed; a dash where it was too small to say so."""
    return NOTHING if then < 5 else f"{_sign(now - then)}{abs(now - then) * 100 / then:.1f}%"


def points(now: float | None, then: float | None) -> str:
    """Write by how many percentage points a share has changed."""
    if now is None or then is None:
        return NOTHING
    moved = round(now, 1) - round(then, 1)
    return pgettext("change", "none") if abs(moved) < 0.05 else f"{_sign(moved)}{abs(moved):.1f}"


def _sign(value: float) -> str:
    return "+" if value > 0 else "−" if value < 0 else ""
