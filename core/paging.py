"""Pages by key, newest id first: no OFFSET and no count of everything."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    """The rows of one page; `earlier` is the `before` value of the next page, empty on the last one."""

    rows: list[M]
    earlier: str
    first: bool


def keyset_page(rows: QuerySet[M], before: str, *, size: int) -> Page[M]:
    """Return the rows with an id below `before` (all when it is empty or no number); `rows` must be ordered by `-id`."""
    if before.isascii() and before.isdigit():
        rows = rows.filter(pk__lt=min(int(before), 2**63 - 1))
    found = list(rows[: size + 1])
    more = len(found) > size
    return Page(rows=found[:size], earlier=str(found[size - 1].pk) if more else "", first=not before)
