"""The rules of limits: from which day they run, whose they are, which days a colour stands for."""

from datetime import date, timedelta

import pytest

from cases.deadlines import agency_must_act, days_of, finish_starts_on
from cases.workflow import Mode, Step
from core.deadlines import State, state
from core.workdays import WorkCalendar

CALENDAR = WorkCalendar()


@pytest.mark.parametrize(
    ("received_on", "start"),
    [
        (date(2026, 9, 14), date(2026, 9, 14)),
        (date(2026, 9, 15), date(2026, 9, 15)),
        (date(2026, 9, 18), date(2026, 9, 15)),
        (None, date(2026, 9, 15)),
    ],
)
def test_finish_limit_runs_from_receipt_or_the_end_of_its_limit(received_on, start):
    assert finish_starts_on(received_on, date(2026, 9, 15)) == start


@pytest.mark.parametrize(
    ("step", "mode", "agency"),
    [
        (Step.ACCEPT, "", False),
        (Step.RECEIVE, Mode.ASSIGN, True),
        (Step.FINISH, Mode.ASSIGN, True),
        (Step.FINISH, Mode.HANDLE, False),
        (Step.FEEDBACK, Mode.ASSIGN, False),
        (Step.FOLLOW_UP, Mode.ASSIGN, False),
    ],
)
def test_whose_limit_it_is(step, mode, agency):
    assert agency_must_act(step, mode) is agency


# A Monday, a Friday, a Saturday off, a Sunday that is worked, the first and the last day of a long holiday.
TODAYS = [date(2026, 9, 14), date(2026, 9, 18), date(2026, 9, 19), date(2026, 9, 20), date(2026, 10, 1), date(2026, 10, 7)]


@pytest.mark.parametrize("today", TODAYS)
@pytest.mark.parametrize("distance", range(-30, 31))
def test_spans_of_days_agree_with_the_colours(today, distance):
    due_on = today + timedelta(days=distance)
    colours = [colour for colour in State if days_of(colour, today, CALENDAR).holds(due_on)]
    assert colours == [state(due_on, today, CALENDAR)]
