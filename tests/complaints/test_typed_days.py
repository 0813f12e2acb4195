"""Days and times as officers type them."""

from datetime import date, time

import pytest

from complaints import typed_days

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("２０２６/11/20", date(2026, 11, 20)),
        ("20261120", date(2026, 11, 20)),
        ("2026年11月20日", date(2026, 11, 20)),
        (" 11-20 ", date(2026, 11, 20)),
        ("1120", date(2026, 11, 20)),
        ("11月20日", date(2026, 11, 20)),
        ("12-31", date(2025, 12, 31)),
        ("2026-12-31", date(2026, 12, 31)),
    ],
)
def test_a_day_is_read_as_typed(typed, day):
    assert typed_days.day(typed, today=TODAY) == day


@pytest.mark.parametrize("typed", ["", "yesterday", "13-40", "2026-02-30", "0000-01-01", "1", "2-29", "\x00", "9" * 400])
def test_no_day_is_refused(typed):
    with pytest.raises(typed_days.NotTyped):
        typed_days.day(typed, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [("9:05", time(9, 5)), ("０９：０５", time(9, 5)), ("905", time(9, 5)), ("1530", time(15, 30)), ("9点5分", time(9, 5))],
)
def test_a_time_is_read_as_typed(typed, moment):
    assert typed_days.time_of_day(typed) == moment


@pytest.mark.parametrize("typed", ["", "25:00", "9:60", "noon", "123456"])
def test_no_time_is_refused(typed):
    with pytest.raises(typed_days.NotTyped):
        typed_days.time_of_day(typed)
