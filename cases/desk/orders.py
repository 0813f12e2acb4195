"""In which orders cases are listed, and pages of them by key, forth and back: no OFFSET, and no two cases share a place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.querysets import NEVER, CaseQuerySet

_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_PLACE = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})")


@dataclass(frozen=True)
class Order:
    """By which moment cases are sorted; the id decides between equals. Each order is the walk of an index."""

    moment: Any
    descending: bool
    words: str | Promise


DUE = Order(Coalesce("due_at", Value(NEVER)), descending=False, words=_("In order of due date"))
RECEIVED = Order(F("received_at"), descending=True, words=_("Newest first"))
CLOSED = Order(F("closed_at"), descending=True, words=_("Closed last first"))


@dataclass(frozen=True)
class Place:
    """Where a case stands in an order; written as `1791820800000000.341` (microseconds and id)."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // _MICROSECOND}.{self.pk}"


def place(text: str) -> Place | None:
    """Read a place; None when it is none."""
    found = _PLACE.fullmatch(text)
    try:
        return Place(_EPOCH + int(found[1]) * _MICROSECOND, int(found[2])) if found else None
    except OverflowError:
        return None


@dataclass(frozen=True)
class Page:
    """The cases of one page; `after` leads to the next one, `before` to the one before; empty where there is none."""

    rows: list[Case]
    after: str = ""
    before: str = ""


@dataclass(frozen=True)
class Walk:
    """The way through an order from a place on; `backwards` towards the beginning."""

    order: Order
    place: Place | None = None
    backwards: bool = False

    @classmethod
    def asked(cls, order: Order, *, after: str, before: str) -> "Walk":
        """Start where the address says, or at the beginning."""
        start, end = place(after), place(before)
        return cls(order, start or end, backwards=start is None and end is not None)

    def through(self, rows: CaseQuerySet) -> CaseQuerySet:
        """Sort the cases in the direction of the walk and leave out what it has passed."""
        down = self.order.descending is not self.backwards
        rows = rows.annotate(place_at=self.order.moment)
        if self.place is not None:
            way = "lt" if down else "gt"
            beyond = Q(**{f"place_at__{way}": self.place.at}) | Q(**{f"pk__{way}": self.place.pk})
            rows = rows.filter(beyond, **{f"place_at__{way}e": self.place.at})
        return rows.order_by(*(("-place_at", "-pk") if down else ("place_at", "pk")))

    def page(self, found: Sequence[Case], *, size: int) -> Page:
        """Make a page of what was found on the walk: `size` cases and one more, if there is one."""
        rows, more = list(found[:size]), len(found) > size
        if self.backwards:
            rows.reverse()
        if not rows:
            return Page([])
        return Page(
            rows,
            after=_place_of(rows[-1]) if more or self.backwards else "",
            before=_place_of(rows[0]) if (more if self.backwards else self.place is not None) else "",
        )


def _place_of(case: Case) -> str:
    return str(Place(case.place_at, case.pk))  # type: ignore[attr-defined] # annotated by the walk


def page(rows: CaseQuerySet, walk: Walk, *, size: int) -> Page:
    """Return a page; the first one where a walk back would find less than a page, or a walk on nothing at all."""
    found = list(walk.through(rows)[: size + 1])
    if walk.place is not None and (not found or (walk.backwards and len(found) <= size)):
        walk = Walk(walk.order)
        found = list(walk.through(rows)[: size + 1])
    return walk.page(found, size=size)
