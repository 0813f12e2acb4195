"""Who has which case open at the desk: a soft note in the cache for two minutes. It keeps nobody out; nothing depends on it."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.core.cache import cache

from accounts.models import User
from core.slowdown import CACHE_AWAY

SECONDS = 120
_MOST_ASKED = 20

Lease = dict[int, float]  # the ids of people, each with the moment until which the note holds


def take(case_id: int, user: User, *, at: datetime) -> list[int]:
    """Note that a person has a case open, and return who else has; nobody while the cache is away."""
    with suppress(*CACHE_AWAY):
        others = {pk: until for pk, until in _valid(cache.get(_key(case_id)), at).items() if pk != user.pk}
        cache.set(_key(case_id), others | {user.pk: at.timestamp() + SECONDS}, SECONDS)
        return sorted(others)
    return []


def give_back(case_id: int, user: User, *, at: datetime) -> None:
    """Forget that a person has a case open."""
    with suppress(*CACHE_AWAY):
        others = {pk: until for pk, until in _valid(cache.get(_key(case_id)), at).items() if pk != user.pk}
        cache.set(_key(case_id), others, SECONDS)


def first_free(case_ids: Sequence[int], user: User, *, at: datetime) -> int | None:
    """Return the first of these cases that nobody else has open; the very first when others have them all."""
    near = case_ids[:_MOST_ASKED]
    held: dict[str, Lease] = {}
    with suppress(*CACHE_AWAY):
        held = cache.get_many([_key(pk) for pk in near])
    free = (pk for pk in near if not _valid(held.get(_key(pk)), at).keys() - {user.pk})
    return next(free, near[0] if near else None)


def _valid(lease: Lease | None, at: datetime) -> Lease:
    return {pk: until for pk, until in (lease or {}).items() if until > at.timestamp()}


def _key(case_id: int) -> str:
    return f"triage:{case_id}"
