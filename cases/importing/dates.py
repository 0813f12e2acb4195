"""Reads the dates that registers write, in Asia/Shanghai. Pure: the present moment is passed in where it counts."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from .refusals import RowRefused

SERIAL_ORIGIN = datetime(1899, 12, 30)  # noqa: DTZ001 a spreadsheet's day 0; it knows no zones
_SHANGHAI = ZoneInfo("Asia/Shanghai")
# Older than any register that is kept in a table, and so a slip of the pen.
_FIRST_YEAR = 1990
_WRITTEN = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
    r"(?:[T\s]*(?P<half>上午|下午)?\s*(?P<hour>\d{1,2})\s*[:时点]\s*(?:(?P<minute>\d{1,2})\s*分?)?"
    r"(?:\s*:?\s*(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?)?"
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_NOON = 12


@dataclass(frozen=True)
class Moment:
    """A moment as a register wrote it; without a time of day it stands at 00:00."""

    at: datetime
    has_time: bool


def read(text: str, *, serial_origin: datetime = SERIAL_ORIGIN) -> Moment:
    """Read a date with or without a time. Raises RowRefused for what is no date, or for one before 1990."""
    text = unicodedata.normalize("NFKC", text).strip()
    try:
        moment = _read_written(text) or _read_serial(text, serial_origin) or _read_zoned(text)
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        raise RowRefused(_("This is not a date that can be read: “%(text)s”.") % {"text": text[:20]})
    if moment.at.year < _FIRST_YEAR:
        raise RowRefused(_("The date lies before %(year)s: “%(text)s”.") % {"year": _FIRST_YEAR, "text": text[:20]})
    return moment


def _read_written(text: str) -> Moment | None:
    """Read 2019/4/25 9:32:09, 2019-04-25, 2019年4月25日 下午3时05分, 20190425, 20190425093209."""
    match = _WRITTEN.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict()
    year, month, day, hour, minute, second = (
        int(parts[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")
    )
    if parts.get("half") == "下午" and hour < _NOON:
        hour += _NOON
    return Moment(datetime(year, month, day, hour, minute, second, tzinfo=_SHANGHAI), has_time=parts["hour"] is not None)


def _read_serial(text: str, origin: datetime) -> Moment | None:
    """Read a spreadsheet's day number, like 43580.397."""
    if not _SERIAL.fullmatch(text):
        return None
    at = origin + timedelta(seconds=round(float(text) * 86_400))
    return Moment(at.replace(tzinfo=_SHANGHAI), has_time="." in text)


def _read_zoned(text: str) -> Moment | None:
    """Read an ISO moment that names its zone, like 2019-04-25T01:32:09Z."""
    at = datetime.fromisoformat(text)
    return Moment(at.astimezone(_SHANGHAI), has_time=True) if at.tzinfo else None
