"""Guessing slows down: five free tries, then growing waits."""

from datetime import timedelta

import pytest

from core.slowdown import Brake
from tests.complaints.samples import AT
from tests.complaints.test_lodging import in_two_threads

BRAKE = Brake("test")
MARKS = {"address": "192.0.2.1", "number": "2026-0001"}


def test_five_tries_are_free_then_one_minute():
    waits = [BRAKE.admit(MARKS, at=AT) for _ in range(6)]
    assert waits[:5] == [0] * 5
    assert 55 <= waits[5] <= 61


def test_waits_grow_with_each_wrong_try():
    at, waits = AT, []
    for _ in range(4):
        for _free in range(5):
            BRAKE.admit(MARKS, at=at)
        waits.append(BRAKE.admit(MARKS, at=at))
        at += timedelta(seconds=waits[-1] + 1)
    assert [round(wait, -1) for wait in waits] == [60, 120, 240, 480]


def test_a_right_try_does_not_count():
    for _ in range(20):
        assert BRAKE.admit(MARKS, at=AT) == 0
        BRAKE.forgive(MARKS)


@pytest.mark.parametrize(
    "other", [{"address": "192.0.2.2", "number": "2026-0001"}, {"address": "192.0.2.1", "number": "2026-0002"}]
)
def test_each_mark_slows_down_by_itself(other):
    for _ in range(5):
        BRAKE.admit(MARKS, at=AT)
    assert BRAKE.admit(other, at=AT) > 0


def test_others_are_not_slowed_down():
    for _ in range(6):
        BRAKE.admit(MARKS, at=AT)
    assert BRAKE.admit({"address": "192.0.2.9", "number": "2026-0009"}, at=AT) == 0


@pytest.mark.django_db(transaction=True)
def test_two_tries_at_once_do_not_both_pass_the_last_free_one():
    for _ in range(4):
        BRAKE.admit(MARKS, at=AT)
    passed: list[int] = []
    in_two_threads(lambda: passed.append(BRAKE.admit(MARKS, at=AT)))
    assert sorted(wait == 0 for wait in passed) == [False, True]


def test_a_new_address_of_the_same_ipv6_network_is_no_new_visitor():
    for number in range(5):
        BRAKE.admit({"address": f"2001:db8:0:1::{number}"}, at=AT)
    assert BRAKE.admit({"address": "2001:db8:0:1:ffff::1"}, at=AT) > 0
    assert BRAKE.admit({"address": "2001:db8:0:2::1"}, at=AT) == 0


def test_an_address_told_in_ipv6_is_the_same_visitor():
    for _ in range(5):
        BRAKE.admit({"address": "192.0.2.9"}, at=AT)
    assert BRAKE.admit({"address": "::ffff:192.0.2.9"}, at=AT) > 0
