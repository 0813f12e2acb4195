"""Reads the tree: hashes of its parts, proofs, heads, and all that a receipt needs to be checked by anybody."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from typing import Any

from django.db.models import Q

from core.models import Event, Leaf, Node, TreeHead

from . import merkle, signing
from .leaves import hash_of, spelling

FORMAT = "efficiency-portal receipt proof v1"


class NoSuchHead(LookupError):
    """The log has published no head of this size."""


def nodes_at(places: Iterable[merkle.Place]) -> dict[merkle.Place, bytes]:
    """Return the hashes of complete subtrees, in at most one query for leaves and one for what is above them."""
    wanted = set(places)
    found: dict[merkle.Place, bytes] = {}
    if leaves := [position for level, position in wanted if level == 0]:
        rows = Leaf.objects.filter(position__in=leaves).values_list("position", "hash")
        found |= {(0, position): bytes(hash_) for position, hash_ in rows}
    if above := [place for place in wanted if place[0]]:
        asked = Q()
        for level in {place[0] for place in above}:
            asked |= Q(level=level, position__in=[place[1] for place in above if place[0] == level])
        rows_above = Node.objects.filter(asked).values_list("level", "position", "hash")
        found |= {(level, position): bytes(hash_) for level, position, hash_ in rows_above}
    return found


def hashes_of(ranges: Sequence[merkle.Range]) -> list[str]:
    """Return the hash (hex) of each of these ranges of leaves."""
    nodes = nodes_at(place for leaves in ranges for place in merkle.cover(leaves))
    return [merkle.fold(leaves, nodes).hex() for leaves in ranges]


def head_words(head: TreeHead) -> dict[str, Any]:
    """Return what is signed of a head."""
    return {
        "size": head.size,
        "root": bytes(head.root).hex(),
        "signed_at": head.signed_at.astimezone(UTC).isoformat(timespec="seconds"),
        "key": head.key,
    }


def published(head: TreeHead) -> dict[str, Any]:
    """Return a head as it is published."""
    return head_words(head) | {"signature": head.signature}


def inclusion_of(position: int, head: TreeHead) -> dict[str, Any]:
    """Return the proof that a leaf is in the tree of a head."""
    path = hashes_of(merkle.inclusion(position, head.size))
    return {"position": position, "path": path, "head": published(head)}


def consistency_between(first: int, second: int) -> dict[str, Any]:
    """Return the proof that one published head's tree is the beginning of another's. Raises NoSuchHead."""
    heads = {head.size: head for head in TreeHead.objects.filter(size__in=[first, second])}
    if first > second or {first, second} - heads.keys():
        raise NoSuchHead
    path = hashes_of(merkle.consistency(first, second))
    return {"first": published(heads[first]), "second": published(heads[second]), "path": path}


def promise_of(event: Event) -> dict[str, Any]:
    """Return the signed promise that an event will be in the log; the same whenever it is asked for."""
    said = {
        "leaf": hash_of(event).hex(),
        "promised_at": event.at.astimezone(UTC).isoformat(timespec="seconds"),
        "key": signing.key_id(),
    }
    return said | {"signature": signing.sign(signing.PROMISE, said)}


def proof_of(event: Event, *, site: str) -> dict[str, Any]:
    """Return all by which anybody can check one event: its leaf, the promise, and once a head is out the proof that it is in."""
    head = head_over(event)
    return {
        "format": FORMAT,
        "site": site,
        "leaf": spelling(event),
        "promise": promise_of(event),
        "inclusion": inclusion_of(event.leaf.position, head) if head else None,
        "keys": keys(),
    }


def head_over(event: Event) -> TreeHead | None:
    """Return the newest head if its tree holds the event."""
    leaf = Leaf.objects.filter(event=event).first()
    head = newest_head()
    if leaf is None or head is None or leaf.position >= head.size:
        return None
    event.leaf = leaf
    return head


def newest_head() -> TreeHead | None:
    """Return the newest head."""
    return TreeHead.objects.order_by("-size").first()


def keys() -> Mapping[str, str]:
    """Return the public keys (hex) by their names."""
    return {name: key.hex() for name, key in signing.public_keys().items()}
