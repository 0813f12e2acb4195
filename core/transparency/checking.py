"""Rechecks the whole log from the events up: whatever was changed, left out or slipped in behind the portal's back is named."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Max, Min

from core.models import Event, Leaf, Node, TreeHead

from . import merkle, signing
from .leaves import hash_of
from .reading import head_words

MUST_BE_IN_AFTER = timedelta(hours=1)
_AT_ONCE = 2000
_MOST_FAULTS = 100


@dataclass
class Checked:
    """What was looked at, and what is wrong, a sentence each."""

    events: int = 0
    heads: int = 0
    faults: list[str] = field(default_factory=list)

    def wrong(self, fault: str) -> None:
        """Note a fault; of very many only the first are kept."""
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(fault)


def check_log(*, at: datetime, seen: dict[int, str] | None = None, progress: Callable[[int], None] = lambda _n: None) -> Checked:
    """Check every event, leaf, subtree and head, and heads seen elsewhere (`seen`: root in hex by size). Constant memory."""
    found = Checked()
    heads = {head.size: head for head in TreeHead.objects.order_by("size")}
    found.heads = len(heads)
    for head in heads.values():
        if not signing.is_signed(signing.HEAD, head_words(head), head.signature):
            found.wrong(f"head {head.size}: the signature is not by a known key")
    roots = dict(_roots(found, sorted({*heads, *(seen or {})}), progress))
    for size, head in heads.items():
        if roots.get(size) != bytes(head.root).hex():
            found.wrong(f"head {size}: the tree of today has another root")
    for size, root in (seen or {}).items():
        if roots.get(size) != root:
            found.wrong(f"head {size}: it was seen with another root than the tree has today")
    _look_for_missing(found, at=at)
    return found


def _roots(found: Checked, sizes: list[int], progress: Callable[[int], None]) -> Iterator[tuple[int, str]]:
    """Grow the tree again from the events; yield its root at each of these sizes."""
    edge: dict[int, bytes] = {}
    stops, size = list(sizes), 0
    for leaf in Leaf.objects.select_related("event").order_by("position").iterator(chunk_size=_AT_ONCE):
        if leaf.position != size:
            found.wrong(f"leaf {size}: it is missing")
            return
        hash_ = hash_of(leaf.event)
        if hash_ != bytes(leaf.hash):
            found.wrong(f"event {leaf.event_id}: it is not what it was when it was recorded")
        grown = dict(merkle.grow(size, edge, [hash_]))
        _compare_nodes(found, grown)
        size += 1
        while stops and stops[0] == size:
            yield stops.pop(0), _root(size, edge).hex()
        if not size % _AT_ONCE:
            progress(_AT_ONCE)
    found.events = size
    progress(size % _AT_ONCE)


def _compare_nodes(found: Checked, grown: dict[merkle.Place, bytes]) -> None:
    """Compare what is kept of finished subtrees; few queries, for only every 256th leaf finishes one so large."""
    for (level, position), hash_ in grown.items():
        if level >= 8:
            kept = Node.objects.filter(level=level, position=position).values_list("hash", flat=True).first()
            if kept is None or bytes(kept) != hash_:
                found.wrong(f"subtree {level}/{position}: what is kept of it is not its hash")


def _root(size: int, edge: dict[int, bytes]) -> bytes:
    return merkle.fold((0, size), {place: edge[place[0]] for place in merkle.edge_of(size)})


def _look_for_missing(found: Checked, *, at: datetime) -> None:
    """Events that should long be in the tree and are not: slipped in behind it, or forgotten."""
    missing = Event.objects.filter(leaf__isnull=True, at__lt=at - MUST_BE_IN_AFTER)
    for pk in missing.order_by("pk").values_list("pk", flat=True)[:_MOST_FAULTS]:
        found.wrong(f"event {pk}: it is not in the log")


def span() -> tuple[int, int]:
    """Return the first and the last event id, to size a progress bar."""
    ends = Event.objects.aggregate(first=Min("pk"), last=Max("pk"))
    return ends["first"] or 0, ends["last"] or 0
