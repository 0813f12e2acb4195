"""Appends what has happened to the tree and signs its new head; one process at a time, whoever else tries finds nothing to do."""

from datetime import datetime
from functools import partial

from django.db import connection, transaction

from core.models import Event, Leaf, Node, TreeHead

from . import merkle, signing, witness
from .leaves import hash_of
from .reading import head_words, nodes_at

AT_ONCE = 2000
# A transaction that began early and commits late brings an event with an older id; it is looked for among so many.
LATE = 20_000
_LOCK = 0x4C4F47  # "LOG"


def extend(*, at: datetime) -> int:
    """Append every event that is not in the tree, a batch a transaction, and sign the head; returns how many were appended."""
    total = 0
    while appended := _append(floor=_floor()):
        total += appended
    sign_head(at=at)
    return total


def append_forgotten() -> int:
    """Append events of any age that are not in the tree, should a very long transaction have brought one; returns how many."""
    total = 0
    while appended := _append(floor=0):
        total += appended
    return total


@transaction.atomic
def sign_head(*, at: datetime) -> TreeHead | None:
    """Sign the tree as it is; None when this size has its head already."""
    _lock()
    size = _size()
    if TreeHead.objects.filter(size=size).exists() or not size:
        return None
    root = merkle.fold((0, size), nodes_at(merkle.edge_of(size)))
    head = TreeHead(size=size, root=root, signed_at=at, key=signing.key_id())
    head.signature = signing.sign(signing.HEAD, head_words(head))
    head.save(force_insert=True)
    transaction.on_commit(partial(witness.keep, head), robust=True)
    return head


@transaction.atomic
def _append(*, floor: int) -> int:
    """Append one batch under the lock."""
    _lock()
    events = list(Event.objects.filter(leaf__isnull=True, pk__gt=floor).order_by("pk")[:AT_ONCE])
    if not events:
        return 0
    size = _size()
    hashes = [hash_of(event) for event in events]
    edge = {place[0]: hash_ for place, hash_ in nodes_at(merkle.edge_of(size)).items()}
    Leaf.objects.bulk_create(
        [
            Leaf(position=place, event=event, hash=hash_)
            for place, (event, hash_) in enumerate(zip(events, hashes, strict=True), size)
        ]
    )
    grown = merkle.grow(size, edge, hashes)
    Node.objects.bulk_create([Node(level=level, position=position, hash=hash_) for (level, position), hash_ in grown])
    return len(events)


def _size() -> int:
    newest = Leaf.objects.order_by("-position").values_list("position", flat=True).first()
    return 0 if newest is None else newest + 1


def _floor() -> int:
    """Return the event id above which events without a leaf are looked for."""
    newest = Leaf.objects.order_by("-position").values_list("event_id", flat=True).first()
    return max(0, (newest or 0) - LATE)


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
