"""What a month is worth: shares of days, counts, and corrections as differences."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisors.remuneration.computing import Kind, Proration, Rate, Span, Work, corrections, days_served, lines_of, rounded
from supervisors.remuneration.months import last_of, months_back, months_between, next_month, previous_month

JUNE = date(2026, 6, 1)
EVERY_DAY = frozenset(JUNE + timedelta(days=place) for place in range(30))
WORKING = frozenset(day for day in EVERY_DAY if day.weekday() < 5)
HALF = frozenset(day for day in EVERY_DAY if day.day <= 15)


def rate(monthly=300_00, proration=Proration.DAYS, **fields):
    given = {"allowance_fen": 0, "duty_day_fen": 0, "inspection_fen": 0} | fields
    return Rate(monthly_fen=monthly, proration=proration, **given)


def amounts(found):
    return {line.kind: line.amount_fen for line in found}


@pytest.mark.parametrize(
    ("proration", "served", "due"),
    [
        (Proration.DAYS, HALF, 150_00),
        (Proration.DAYS, EVERY_DAY, 300_00),
        (Proration.WORKING_DAYS, HALF, 150_00),
        (Proration.WORKING_DAYS, EVERY_DAY, 300_00),
        (Proration.WHOLE, frozenset({JUNE}), 300_00),
        (Proration.ONLY_WHOLE, HALF, 0),
        (Proration.ONLY_WHOLE, EVERY_DAY, 300_00),
    ],
)
def test_a_part_of_a_month_is_paid_as_the_rule_says(proration, served, due):
    assert amounts(lines_of(rate(proration=proration), Work(served), WORKING, JUNE)) == {Kind.MONTHLY: due}


@pytest.mark.parametrize("proration", Proration)
def test_who_did_not_serve_has_no_line(proration):
    assert lines_of(rate(proration=proration, allowance_fen=50_00, duty_day_fen=80_00), Work(), WORKING, JUNE) == []


def test_duty_days_and_inspections_are_counted():
    work = Work(EVERY_DAY, duty_days=HALF, inspections=2)
    found = lines_of(rate(0, duty_day_fen=80_00, inspection_fen=100_00, allowance_fen=0), work, WORKING, JUNE)
    assert amounts(found) == {Kind.DUTY_DAYS: 15 * 80_00, Kind.INSPECTIONS: 200_00}


def test_a_rate_of_nothing_still_shows_what_was_done():
    [line] = lines_of(rate(0), Work(EVERY_DAY, duty_days=HALF), WORKING, JUNE)
    assert (line.kind, line.count, line.amount_fen) == (Kind.DUTY_DAYS, 15, 0)


def test_half_a_fen_is_rounded_up():
    assert [rounded(1, 2), rounded(1, 3), rounded(2, 3), rounded(7, 2)] == [1, 0, 1, 4]


@pytest.mark.parametrize(
    ("terms", "away", "days"),
    [
        ([Span(date(2026, 1, 1), date(2026, 12, 31))], [], 30),
        ([Span(date(2026, 6, 16), date(2027, 6, 15))], [], 15),
        ([Span(date(2025, 6, 11), date(2026, 6, 10))], [], 10),
        ([Span(date(2025, 1, 1), date(2026, 6, 10)), Span(date(2026, 6, 21), date(2027, 1, 1))], [], 20),
        ([Span(date(2026, 1, 1), date(2026, 12, 31))], [Span(date(2026, 6, 21))], 20),
        ([Span(date(2026, 1, 1), date(2026, 12, 31))], [Span(date(2026, 5, 1), date(2026, 6, 5))], 25),
        ([Span(date(2026, 7, 1), date(2027, 6, 30))], [], 0),
        ([], [], 0),
    ],
)
def test_days_served_are_those_of_terms_without_suspensions(terms, away, days):
    assert len(days_served(terms, away, JUNE)) == days


def test_overlapping_spans_count_a_day_once():
    spans = [Span(date(2026, 6, 1), date(2026, 6, 20)), Span(date(2026, 6, 10), date(2026, 6, 30))]
    assert days_served(spans, [], JUNE) == EVERY_DAY


def test_what_agrees_with_what_was_approved_is_not_corrected():
    due = lines_of(rate(duty_day_fen=80_00), Work(EVERY_DAY, HALF), WORKING, JUNE)
    assert corrections(due, amounts(due), JUNE) == []


def test_a_correction_is_the_difference_and_says_what_was_before():
    due = lines_of(rate(0, duty_day_fen=80_00), Work(EVERY_DAY, HALF), WORKING, JUNE)
    [line] = corrections(due, {Kind.DUTY_DAYS: 14 * 80_00}, JUNE)
    assert (line.amount_fen, line.before_fen, line.count, line.month) == (80_00, 14 * 80_00, 15, JUNE)


def test_what_is_not_due_any_more_is_taken_back():
    [line] = corrections([], {Kind.MONTHLY: 300_00}, JUNE)
    assert (line.amount_fen, line.before_fen) == (-300_00, 300_00)


@given(st.integers(0, 10_000_00), st.sets(st.sampled_from(sorted(EVERY_DAY))), st.sampled_from(Proration))
def test_nobody_gets_more_than_the_month_or_less_than_nothing(monthly, served, proration):
    found = lines_of(rate(monthly, proration), Work(frozenset(served)), WORKING, JUNE)
    assert all(0 <= line.amount_fen <= monthly for line in found)


@given(st.integers(0, 10_000_00), st.sets(st.sampled_from(sorted(EVERY_DAY))))
def test_two_parts_of_a_month_make_the_whole_to_the_fen(monthly, served):
    parts = [lines_of(rate(monthly), Work(days), WORKING, JUNE) for days in (frozenset(served), EVERY_DAY - served)]
    total = sum(line.amount_fen for found in parts for line in found)
    assert abs(total - monthly) <= 1


@given(st.dictionaries(st.sampled_from([Kind.MONTHLY, Kind.DUTY_DAYS, Kind.INSPECTIONS]), st.integers(-1000, 10**6)))
def test_corrections_bring_a_month_to_what_it_comes_to_now(approved):
    due = lines_of(rate(duty_day_fen=7, inspection_fen=11), Work(HALF, HALF, 3), WORKING, JUNE)
    total = sum(approved.values()) + sum(line.amount_fen for line in corrections(due, approved, JUNE))
    assert total == sum(amounts(due).values())


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(0, 30))
def test_months_go_forth_and_back(day, count):
    month = day.replace(day=1)
    assert previous_month(next_month(month)) == month
    assert last_of(month) + timedelta(days=1) == next_month(month)
    assert len(list(months_between(months_back(month, count), month))) == count + 1
