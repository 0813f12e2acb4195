"""What can still be done after filing, by the day on which the matter ended."""

from datetime import date

import pytest

from complaints.possible import possible

TODAY = date(2026, 10, 12)


@pytest.mark.parametrize(
    ("ended_on", "withdrawn", "write", "more"),
    [
        (None, False, True, True),
        (None, True, True, False),
        (TODAY, False, True, False),
        (date(2026, 9, 12), False, True, False),
        (date(2026, 9, 11), False, False, False),
    ],
)
def test_what_can_be_done(ended_on, withdrawn, write, more):
    can = possible(ended_on=ended_on, withdrawn=withdrawn, today=TODAY)
    assert (can.write, can.supplement, can.withdraw) == (write, more, more)


def test_last_day_of_writing_is_named():
    assert possible(ended_on=date(2026, 9, 12), withdrawn=False, today=TODAY).writes_until == TODAY


def test_nothing_is_taken_once_the_file_is_in_the_archive():
    can = possible(ended_on=TODAY, withdrawn=False, today=TODAY, archived=True)
    assert (can.write, can.supplement, can.withdraw) == (False, False, False)
    assert "归档" in can.why_no_message
