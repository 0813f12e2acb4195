"""Until which day a reward can be collected, and when one is reminded of it. Pure."""

import calendar
from datetime import date

from .amounts import add_months

REMINDED_BEFORE = (14, 3)  # days before the last one


def last_day(told_on: date, months: int) -> date:
    """Return the last day of a window of months; a month without such a day ends with its own last one."""
    year, month = add_months(told_on.year, told_on.month, months)
    return date(year, month, min(told_on.day, calendar.monthrange(year, month)[1]))


def rung_of(until: date, today: date) -> int:
    """Return the newest reminder that has come due, in days before the last one; 0 when none has, or it is over."""
    left = (until - today).days
    return min((rung for rung in REMINDED_BEFORE if 0 <= left <= rung), default=0)
