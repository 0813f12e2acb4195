"""Until when personal data is kept: full years, by the policy of the day on which the matter ended."""

from datetime import date

import pytest

from complaints.retention import Policy, in_force, is_over, kept_until, latest_end

POLICIES = [Policy(date(2005, 1, 1), 5), Policy(date(2026, 1, 1), 3)]


@pytest.mark.parametrize(
    ("ended_on", "until"),
    [
        (date(2025, 12, 31), date(2030, 12, 31)),
        (date(2026, 1, 1), date(2029, 1, 1)),
        (date(2024, 2, 29), date(2029, 2, 28)),
        (date(2004, 12, 31), None),
    ],
)
def test_kept_until_by_the_policy_of_that_day(ended_on, until):
    assert kept_until(POLICIES, ended_on) == until


@pytest.mark.parametrize(("today", "over"), [(date(2029, 1, 1), False), (date(2029, 1, 2), True)])
def test_over_with_the_day_after(today, over):
    assert is_over(POLICIES, date(2026, 1, 1), today) is over


def test_without_a_policy_nothing_is_ever_over():
    assert not is_over([], date(1999, 1, 1), date(2026, 1, 1))
    assert latest_end([], date(2026, 1, 1)) is None


def test_the_order_of_policies_does_not_matter():
    assert in_force(POLICIES[::-1], date(2026, 5, 1)) == POLICIES[1]


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2031, 3, 1), date(2031, 12, 31)])
def test_nothing_that_is_over_ended_after_the_latest_end(today):
    before = latest_end(POLICIES, today)
    assert before
    assert not is_over(POLICIES, before, today)
