"""Slows guessing down: some free tries, then growing waits, counted in the cache by whoever asks and by what is asked for.

A try is counted before its answer is known, so that tries sent at once do not slip through together. All web processes share the
cache, so it does not matter which of them is asked.
"""

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from redis.exceptions import RedisError

from . import vault

_REMEMBERED_SECONDS = 6 * 3600
_FIRST_WAIT_SECONDS = 60
_LONGEST_WAIT_SECONDS = 3600
_BLIND_WAIT_SECONDS = 60
CACHE_AWAY = (RedisError, OSError)  # what the cache raises when it cannot be reached
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Brake:
    """One thing that is slowed down; `free` tries go through at once, and after `seconds` the count begins anew.

    `open_when_blind`: while the cache is away nothing can be counted; then either all go through, or all wait a minute.
    """

    name: str
    free: int = 5
    seconds: int = _REMEMBERED_SECONDS
    open_when_blind: bool = False

    def admit(self, marks: Mapping[str, str], *, at: datetime) -> int:
        """Count a try under each mark (`address`, `number`) and return 0, or the seconds to wait before the next one."""
        try:
            return self._admit(marks, at)
        except CACHE_AWAY:
            logger.warning("The brake %s cannot count: the cache is away", self.name)
            return 0 if self.open_when_blind else _BLIND_WAIT_SECONDS

    def _admit(self, marks: Mapping[str, str], at: datetime) -> int:
        keys = [self._key(kind, value) for kind, value in marks.items()]
        waiting = max(_seconds_left(key, at) for key in keys)
        if waiting:
            return waiting
        return next((wait for key in keys if (wait := self._count(key, at))), 0)  # once refused, nothing more is counted

    def forgive(self, marks: Mapping[str, str]) -> None:
        """Take back a try that turned out right."""
        with suppress(*CACHE_AWAY):
            self._forgive(marks)

    def _forgive(self, marks: Mapping[str, str]) -> None:
        for kind, value in marks.items():
            key = self._key(kind, value)
            if cache.get(key):
                cache.decr(key)
            cache.delete(f"{key}:until")

    def _count(self, key: str, at: datetime) -> int:
        """Count one try. The last free one closes the gate behind it; of several at once only one gets through."""
        cache.add(key, 0, self.seconds)
        tries = cache.incr(key)
        if tries < self.free:
            return 0
        wait = min(_FIRST_WAIT_SECONDS * 2 ** min(tries - self.free, 10), _LONGEST_WAIT_SECONDS)
        closed = cache.add(f"{key}:until", at.timestamp() + wait, wait)
        return 0 if closed else wait

    def _key(self, kind: str, value: str) -> str:
        value = _network(value) if kind == "address" else value
        return f"slow:{self.name}:{vault.blind_index(value, kind=kind).hex()}"


def _network(address: str) -> str:
    """Return what one visitor can have addresses of: a whole /64 with IPv6, where a new one costs nothing."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network(f"{found}/64", strict=False))
    return address


def _seconds_left(key: str, at: datetime) -> int:
    until = cache.get(f"{key}:until")
    if until is None:
        return 0
    if until <= at.timestamp():
        cache.delete(f"{key}:until")
        return 0
    return int(until - at.timestamp()) + 1
