"""Doors that machines would flood: open at once to whoever brings a solved sum, slower and slower to the others."""

import logging
from dataclasses import dataclass
from datetime import datetime

from . import proof
from .slowdown import CACHE_AWAY, Brake

_HOUR = 3600
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Door:
    """One thing to be had at the door. `free` go through at once in an hour from one address, `solved` of those with a sum.

    `open_when_blind` says what happens while the cache is away and nothing can be counted.
    """

    name: str
    free: int = 2
    solved: int = 60
    open_when_blind: bool = False

    def admit(self, solution: str, *, address: str, at: datetime) -> int:
        """Return 0, or the seconds to wait. A solution that is wrong, late or used is none."""
        quick = _is_new(solution, at)
        name, free = (f"{self.name}-solved", self.solved) if quick else (self.name, self.free)
        brake = Brake(name, free=free, seconds=_HOUR, open_when_blind=self.open_when_blind)
        return brake.admit({"address": address}, at=at)


def _is_new(solution: str, at: datetime) -> bool:
    try:
        return bool(solution) and proof.spend(solution, at=at)
    except CACHE_AWAY:
        logger.warning("A solved sum cannot be marked as used: the cache is away")
        return False
