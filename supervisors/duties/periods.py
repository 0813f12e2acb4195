"""Months and quarters, and who is behind what is expected in one. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Period(models.TextChoices):
    """Over what a quota is counted."""

    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")


@dataclass(frozen=True)
class Span:
    """The days of one period, both ends within."""

    first: date
    last: date
    key: str

    def length(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def span_of(period: str, on: date) -> Span:
    """Return the month or quarter in which a day lies."""
    months = 1 if period == Period.MONTH else 3
    first_month = (on.month - 1) // months * months + 1
    following = first_month + months
    after = date(on.year + (following > 12), (following - 1) % 12 + 1, 1)
    key = f"{on.year}-{on.month:02d}" if months == 1 else f"{on.year}-Q{(on.month + 2) // 3}"
    return Span(date(on.year, first_month, 1), after - timedelta(days=1), key)


@dataclass(frozen=True)
class Standing:
    """What one person did of a quota by a day: `due_by_now` is the share of the period that has gone, rounded down."""

    amount: int
    done: int
    due_by_now: int

    @property
    def is_behind(self) -> bool:
        """Less was done than the time gone by asks for."""
        return self.done < self.due_by_now

    @property
    def is_met(self) -> bool:
        """Nothing is missing any more."""
        return self.done >= self.amount

    @property
    def missing(self) -> int:
        """How many are still to do."""
        return max(self.amount - self.done, 0)

    @property
    def percent(self) -> int:
        """How full the bar is."""
        return 100 if not self.amount else min(100, self.done * 100 // self.amount)


def standing(amount: int, done: int, span: Span, on: date, *, serves_from: date | None = None) -> Standing:
    """Tell how a person stands on a day. Who began within the period owes the share from that day on, rounded down."""
    first = max(span.first, serves_from) if serves_from else span.first
    served = max((span.last - first).days + 1, 0)
    owed = amount * served // span.length()
    gone = min(max((on - first).days + 1, 0), served)
    return Standing(owed, done, owed * gone // served if served else 0)


def behind(begun: Mapping[int, date], counts: Mapping[int, int], amount: int, span: Span, on: date) -> dict[int, Standing]:
    """Return who (by id) is behind and how far, those with the least first. `begun`: since when each serves. Pure over counts."""
    found = {pk: standing(amount, counts.get(pk, 0), span, on, serves_from=since) for pk, since in begun.items()}
    late = [(one.done, pk) for pk, one in found.items() if one.is_behind]
    return {pk: found[pk] for _done, pk in sorted(late)}
