"""The one clock: every action reads the time here, once, and passes it on. Pure rules never read it."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the aware current time, shifted by the drill's offset file where one is set (tests and drills only)."""
    return timezone.now() + _offset()


def today() -> date:
    """Return the current day in Asia/Shanghai."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Return the day in Asia/Shanghai to which an aware moment belongs."""
    return moment.astimezone(SHANGHAI).date()


def midnight(day: date) -> datetime:
    """Return 00:00 in Asia/Shanghai at which `day` begins."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def _offset() -> timedelta:
    """Read the drill's offset in seconds; outside drills the setting is empty."""
    if not settings.CLOCK_OFFSET_FILE:
        return timedelta()
    try:
        return timedelta(seconds=float(Path(settings.CLOCK_OFFSET_FILE).read_text()))
    except (FileNotFoundError, ValueError):
        return timedelta()
