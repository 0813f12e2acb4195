"""When the calendar changes, open deadlines are counted again. Each room that has deadlines says how (docs/adr/0004-ports.md)."""

from collections.abc import Callable
from datetime import datetime

# Takes the moment and who caused it; returns how many deadlines moved.
Recompute = Callable[[datetime, str], int]
_rooms: list[Recompute] = []


def register(recompute: Recompute) -> None:
    """Let a room count its open deadlines again."""
    _rooms.append(recompute)


def recompute_all(*, at: datetime, actor: str) -> int:
    """Count every open deadline of every room again, in the running transaction; returns how many moved."""
    return sum(recompute(at, actor) for recompute in _rooms)
