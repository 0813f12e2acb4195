"""Amounts to the fen, and windows to the day."""

from datetime import date, timedelta
from random import Random

import pytest

from supervisors.rewards.amounts import Span, shares_of, span_of
from supervisors.rewards.windows import last_day, rung_of


@pytest.mark.parametrize("seed", range(10))
def test_shares_always_sum_up_and_differ_by_a_fen_at_most(seed):
    random = Random(seed)
    for _time in range(200):
        signers = random.randrange(1, 60)
        amount = random.randrange(signers, 10 ** random.randrange(3, 9))
        shares = shares_of(amount, signers)
        assert (len(shares), sum(shares)) == (signers, amount)
        assert max(shares) - min(shares) <= 1
        assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize(("amount", "signers"), [(0, 1), (2, 3), (5, 0), (-1, 1)])
def test_less_than_a_fen_each_is_refused(amount, signers):
    with pytest.raises(ValueError, match=r"\d"):
        shares_of(amount, signers)


@pytest.mark.parametrize(
    ("base", "amount"),
    [(0, 500_00), (1_000_000, 500_00), (2_000_000, 600_00), (2_000_017, 600_01), (2_000_016, 600_00), (10**9, 2000_00)],
)
def test_a_share_keeps_floor_and_cap_and_rounds_half_up(base, amount):
    assert span_of(500_00, 2000_00, share=300, base_fen=base) == Span(amount, amount)


def test_a_range_leaves_a_choice():
    span = span_of(300_00, 1000_00)
    assert not span.is_fixed
    assert [span.holds(fen) for fen in (299_99, 300_00, 1000_00, 1000_01)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("told", "months", "until"),
    [
        (date(2026, 9, 24), 2, date(2026, 11, 24)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 1, 15), 24, date(2028, 1, 15)),
    ],
)
def test_a_window_ends_on_the_same_day_of_the_month(told, months, until):
    assert last_day(told, months) == until


def test_reminders_come_in_two_rungs_and_none_after_the_last_day():
    until = date(2026, 11, 24)
    rungs = {left: rung_of(until, until - timedelta(days=left)) for left in (20, 15, 14, 4, 3, 0, -1)}
    assert rungs == {20: 0, 15: 0, 14: 14, 4: 14, 3: 3, 0: 3, -1: 0}
