"""Days and times of day as officers type them: 2026-11-20, 11-20, 1120, 11月20日; 9:05, 905, 9点5分. Pure."""

import re
import unicodedata
from datetime import date, time

_WITH_YEAR = re.compile(r"^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D?$|^(\d{4})(\d{2})(\d{2})$")
_WITHOUT_YEAR = re.compile(r"^(\d{1,2})\D+(\d{1,2})\D?$|^(\d{2})(\d{2})$")
_TIME = re.compile(r"^(\d{1,2})\D(\d{1,2})\D?$|^(\d{1,2})(\d{2})$")


class NotTyped(ValueError):
    """What was typed is no day, or no time of day."""


def day(typed: str, *, today: date) -> date:
    """Return the day meant; without a year it is the latest such day that is not still to come. Raises NotTyped."""
    if parts := _numbers(_WITH_YEAR, typed):
        return _day(*parts)
    if parts := _numbers(_WITHOUT_YEAR, typed):
        this_year = _day(today.year, *parts)
        return this_year if this_year <= today else _day(today.year - 1, *parts)
    raise NotTyped(typed)


def time_of_day(typed: str) -> time:
    """Return the time meant. Raises NotTyped."""
    if parts := _numbers(_TIME, typed):
        try:
            return time(parts[0], parts[1])
        except ValueError as error:
            raise NotTyped(typed) from error
    raise NotTyped(typed)


def _numbers(pattern: re.Pattern[str], typed: str) -> list[int]:
    found = pattern.match(unicodedata.normalize("NFKC", typed).strip())
    return [int(group) for group in found.groups() if group is not None] if found else []


def _day(year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError as error:
        raise NotTyped(f"{year}-{month}-{number}") from error
