"""What is suggested while somebody types the name of an agency; asked for often, so it is kept for a minute."""

import hashlib
from contextlib import suppress
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language

from core.slowdown import CACHE_AWAY

from . import labels
from .agency_search import LONGEST, matching
from .wording import cleaned, one_line

_KEPT_SECONDS = 60


def agencies(typed: str) -> list[dict[str, Any]]:
    """Return at most 12 agencies that are meant by what was typed, as the page shows them, in the reader's language."""
    words = one_line(cleaned(typed[: 2 * LONGEST]))[:LONGEST]
    if not words:
        return []
    # What somebody types is nobody's business, not even as the name of a key.
    key = f"agencies:{get_language()}:{hashlib.sha256(words.encode()).hexdigest()}"
    with suppress(*CACHE_AWAY):
        if (kept := cache.get(key)) is not None:
            return list(kept)
    found = [{"pk": one.pk, "name": labels.agency_name(one), "hint": labels.agency_hint(one)} for one in matching(words)]
    with suppress(*CACHE_AWAY):
        cache.set(key, found, _KEPT_SECONDS)
    return found
