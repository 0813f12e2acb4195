"""Which limits a case has, from which day they run, who must keep them, and which days a colour of the queue stands for. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from core.deadlines import State
from core.workdays import WorkCalendar

from .workflow import Mode, Status, Step

_ONE_DAY = timedelta(days=1)
_NEAR_WORKING_DAYS = 5
# Working days late after which a reminder also goes to the leader in charge (yellow) and to the principal (red).
YELLOW_AFTER = 1
RED_AFTER = 2


@dataclass(frozen=True)
class Span:
    """A span of days, both ends included; None leaves that side open."""

    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in the span."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def finish_starts_on(received_on: date | None, receive_due_on: date) -> date:
    """Return the day from which an agency's finish limit runs: receipt or the end of the receipt limit, whichever is first."""
    return receive_due_on if received_on is None else min(received_on, receive_due_on)


def agency_must_act(step: str, mode: str) -> bool:
    """Tell whether a running limit is the agency's to keep; all others are the office's."""
    return step in {Step.RECEIVE, Step.RECTIFICATION} or (step == Step.FINISH and mode == Mode.ASSIGN)


def waits_for_leader(status: str) -> bool:
    """Tell whether the next move is an office leader's."""
    return status == Status.REPORTED


def days_of(state: State, today: date, calendar: WorkCalendar) -> Span:
    """Return the due days that have this colour today: the inverse of `core.deadlines.state`, to narrow a list by days."""
    near_ends = calendar.shift(today, _NEAR_WORKING_DAYS + 1) - _ONE_DAY
    late_from, yellow_from = _earliest_due(YELLOW_AFTER, today, calendar), _earliest_due(RED_AFTER, today, calendar)
    return {
        State.OK: Span(near_ends + _ONE_DAY, None),
        State.NEAR: Span(today + _ONE_DAY, near_ends),
        State.TODAY: Span(today, today),
        State.LATE: Span(late_from, today - _ONE_DAY),
        State.YELLOW: Span(yellow_from, late_from - _ONE_DAY),
        State.RED: Span(None, yellow_from - _ONE_DAY),
    }[state]


def _earliest_due(working_days_late: int, today: date, calendar: WorkCalendar) -> date:
    """Return the earliest due day that is at most so many working days late today."""
    newest = today if calendar.is_workday(today) else calendar.shift(today, -1)
    return calendar.shift(newest, -working_days_late)
