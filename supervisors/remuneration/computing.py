"""What a full-time supervisor is due for a month, line by line, in whole fen. Pure.

A month that was approved before is computed again with every later run. What it comes to now, less what was approved for it, is a
correction in the new run: so a duty confirmed late, a term that ended early or a rule noted afterwards needs no case of its own.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from .months import last_of


class Kind(StrEnum):
    """What a line is for."""

    MONTHLY = "monthly"
    ALLOWANCE = "allowance"
    DUTY_DAYS = "duty_days"
    INSPECTIONS = "inspections"
    CARRIED = "carried"


class Proration(StrEnum):
    """What becomes of the monthly amounts when somebody served a part of the month."""

    DAYS = "days"  # the share of the month's days
    WORKING_DAYS = "working_days"  # the share of the month's working days
    WHOLE = "whole"  # all of it, for a single day too
    ONLY_WHOLE = "only_whole"  # nothing, unless every day was served


@dataclass(frozen=True)
class Rate:
    """What is paid by the rule of a month; every amount may be zero."""

    monthly_fen: int
    allowance_fen: int
    duty_day_fen: int
    inspection_fen: int
    proration: Proration


@dataclass(frozen=True)
class Work:
    """What one supervisor did in a month."""

    served: frozenset[date] = frozenset()
    duty_days: frozenset[date] = frozenset()
    inspections: int = 0


@dataclass(frozen=True)
class Line:
    """An amount with its sum: `count` times `rate_fen`, or `rate_fen` for `part` of `whole` days in the way of `proration`.

    For an earlier month `before_fen` was approved already, and the amount is the difference.
    """

    kind: Kind
    month: date
    amount_fen: int
    rate_fen: int = 0
    count: int = 0
    part: int = 0
    whole: int = 0
    before_fen: int | None = None
    proration: str = ""


@dataclass(frozen=True)
class Span:
    """Days from one to another, both included; without an end it goes on."""

    first: date
    last: date | None = None


def days_served(terms: Collection[Span], away: Collection[Span], month: date) -> frozenset[date]:
    """Return the days of a month that a term covers and no suspension does."""
    in_office = {day for span in terms for day in _days(span, month)}
    return frozenset(in_office - {day for span in away for day in _days(span, month)})


def lines_of(rate: Rate, work: Work, working_days: Collection[date], month: date) -> list[Line]:
    """Return what is due for a month, without lines in which there is nothing to count."""
    lines = [
        _monthly(Kind.MONTHLY, rate.monthly_fen, rate, work, working_days, month),
        _monthly(Kind.ALLOWANCE, rate.allowance_fen, rate, work, working_days, month),
        _counted(Kind.DUTY_DAYS, rate.duty_day_fen, len(work.duty_days), month),
        _counted(Kind.INSPECTIONS, rate.inspection_fen, work.inspections, month),
    ]
    return [line for line in lines if line.count or line.part]


def corrections(now: Collection[Line], approved: Mapping[Kind, int], month: date) -> list[Line]:
    """Return what an earlier month comes to now, less what was approved for it; nothing where they agree."""
    by_kind = {line.kind: line for line in now}
    found = []
    for kind in Kind:
        line, before = by_kind.get(kind) or Line(kind, month, 0), approved.get(kind, 0)
        if kind != Kind.CARRIED and line.amount_fen != before:
            found.append(replace(line, amount_fen=line.amount_fen - before, before_fen=before))
    return found


def _monthly(kind: Kind, amount: int, rate: Rate, work: Work, working_days: Collection[date], month: date) -> Line:
    whole, part = (last_of(month).day, len(work.served))
    if rate.proration == Proration.WORKING_DAYS:
        whole, part = len(working_days), len(work.served & frozenset(working_days))
    if rate.proration == Proration.WHOLE and part:
        due = amount
    elif rate.proration == Proration.ONLY_WHOLE:
        due = amount if part == whole else 0
    else:
        due = rounded(amount * part, whole) if whole else 0
    return Line(kind, month, due, amount, part=part if amount else 0, whole=whole, proration=rate.proration.value)


def _counted(kind: Kind, rate_fen: int, count: int, month: date) -> Line:
    return Line(kind, month, rate_fen * count, rate_fen, count=count)


def rounded(dividend: int, divisor: int) -> int:
    """Divide whole fen that are not below zero and round half a fen up."""
    return (2 * dividend + divisor) // (2 * divisor)


def _days(span: Span, month: date) -> Iterator[date]:
    day, last = max(span.first, month), min(span.last or date.max, last_of(month))
    while day <= last:
        yield day
        day += timedelta(days=1)
