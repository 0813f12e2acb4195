"""How late a limit is, and which card and which letter that calls for. Pure: the day and the calendar are passed in."""

from datetime import date

from core.clock import day_of
from core.models import AbstractDeadline, DeadlinePolicy
from core.workdays import WorkCalendar

YELLOW, RED = "yellow", "red"
CHASED_FROM = 1  # working days late: the first of them


def days_late(deadline: AbstractDeadline, today: date, calendar: WorkCalendar) -> int:
    """Return how many working days late a limit is, or was when its step was finished; one that stands still is not late."""
    if getattr(deadline, "paused_on", None):
        return 0
    last = min(today, day_of(deadline.closed_at)) if deadline.closed_at else today
    return calendar.count(deadline.due_on, last)


def colour_due(late: int, policy: DeadlinePolicy) -> str:
    """Return the card that so many working days late call for by the limit's policy; empty for none."""
    if late > policy.red_after:
        return RED
    return YELLOW if late > policy.yellow_after else ""


def has_ground(colour: str, late: int, policy: DeadlinePolicy) -> bool:
    """Tell whether so many working days late carry a card of this colour; what carries a red one carries a yellow one."""
    return late > (policy.red_after if colour == RED else policy.yellow_after)
