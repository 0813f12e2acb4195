"""Quiet hours: at night no telephone rings. A text message waits for the morning, unless somebody is waiting for it right now."""

from datetime import datetime, time, timedelta

from .clock import SHANGHAI
from .recipients import SMS

Hours = tuple[int, int]  # from the first full hour in the evening to the last in the morning
# Templates of messages that somebody has just asked for, such as a one-time code; each room names its own.
_at_once: set[str] = set()


def let_through(*templates: str) -> None:
    """Let the messages of these templates out at any hour."""
    _at_once.update(templates)


def goes_out_at(channel: str, template: str, at: datetime, hours: Hours | None) -> datetime:
    """Return when a message may go out: now, or in the morning when it would ring a telephone at night."""
    if channel != SMS or hours is None or template in _at_once:
        return at
    return after_night(at, hours)


def after_night(at: datetime, hours: Hours) -> datetime:
    """Return this moment, or the end of the night in which it lies. The evening begins before midnight, the morning after it."""
    evening, morning = (time(hour, tzinfo=SHANGHAI) for hour in hours)
    local = at.astimezone(SHANGHAI)
    if local.timetz() >= evening:
        return datetime.combine(local.date() + timedelta(days=1), morning)
    return datetime.combine(local.date(), morning) if local.timetz() < morning else at
