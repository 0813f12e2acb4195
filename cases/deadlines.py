"""Which limits a case has, from which day they run, who must keep them, and which days a colour of the queue stands for. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.deadlines import State
from core.workdays import WorkCalendar

from .workflow import BY_AGENCY, Mode, Status, Step

_ONE_DAY = timedelta(days=1)
_NEAR_WORKING_DAYS = 5


@dataclass(frozen=True)
class Thresholds:
    """A limit that is more working days late than these is yellow, then red; each policy has its own."""

    yellow_after: int = 1
    red_after: int = 2


ORDINARY = Thresholds()


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


def agency_must_act(step: str, mode: str, status: str = "") -> bool:
    """Tell whether a running limit is the agency's to keep; all others are the office's, and all of one given back."""
    if step in {Step.SUPERVISION, Step.RECTIFICATION}:
        return True
    return status != Status.RETURNED and (step == Step.RECEIVE or (step == Step.FINISH and mode in BY_AGENCY))


def waits_for_leader(status: str, mode: str = "") -> bool:
    """Tell whether the next move is an office leader's; a transferred case's report its handler approves."""
    return status == Status.REPORTED and mode != Mode.TRANSFER


def days_of(state: State, today: date, calendar: WorkCalendar, thresholds: Thresholds = ORDINARY) -> Span:
    """Return the due days that have this colour today: the inverse of `core.deadlines.state`, to narrow a list by days."""
    near_ends = calendar.shift(today, _NEAR_WORKING_DAYS + 1) - _ONE_DAY
    late_from = _earliest_due(thresholds.yellow_after, today, calendar)
    yellow_from = _earliest_due(thresholds.red_after, today, calendar)
    return {
        State.OK: Span(near_ends + _ONE_DAY, None),
        State.NEAR: Span(today + _ONE_DAY, near_ends),
        State.TODAY: Span(today, today),
        State.LATE: Span(late_from, today - _ONE_DAY),
        State.YELLOW: Span(yellow_from, late_from - _ONE_DAY),
        State.RED: Span(None, yellow_from - _ONE_DAY),
    }[state]


def spans_of(state: State, today: date, calendar: WorkCalendar, thresholds: Mapping[int, Thresholds]) -> dict[Span, list[int]]:
    """Return the due days that have this colour today, each span with the policies (ids) for which it holds."""
    spans = {each: days_of(state, today, calendar, each) for each in {*thresholds.values()} or {ORDINARY}}
    found: dict[Span, list[int]] = {span: [] for span in spans.values()}
    for policy, each in thresholds.items():
        found[spans[each]].append(policy)
    return found


def _earliest_due(working_days_late: int, today: date, calendar: WorkCalendar) -> date:
    """Return the earliest due day that is at most so many working days late today."""
    newest = today if calendar.is_workday(today) else calendar.shift(today, -1)
    return calendar.shift(newest, -working_days_late)
