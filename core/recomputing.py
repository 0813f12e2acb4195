"""Open deadlines are counted again when calendar or policies change. Each room with some says how (docs/adr/0004-ports.md)."""

from collections.abc import Callable
from datetime import datetime

# Takes the moment and who caused it; returns how many deadlines moved.
Recompute = Callable[[datetime, str], int]
_rooms: list[Recompute] = []
_rooms_by_policy: list[Recompute] = []


def register(recompute: Recompute) -> None:
    """Let a room count its open deadlines again."""
    _rooms.append(recompute)


def recompute_all(*, at: datetime, actor: str) -> int:
    """Count every open deadline of every room again, in the running transaction; returns how many moved."""
    return sum(recompute(at, actor) for recompute in _rooms)


def register_policies(apply: Recompute) -> None:
    """Let a room put its open deadlines under the policies now in force."""
    _rooms_by_policy.append(apply)


def apply_policies(*, at: datetime, actor: str) -> int:
    """Put every open deadline of every room under the policies now in force; returns how many moved."""
    return sum(apply(at, actor) for apply in _rooms_by_policy)
