"""Sessions in the database with the cache before it. While the cache is away they are slower, and nothing worse."""

from contextlib import suppress
from typing import Any

from django.contrib.sessions.backends import cached_db, db

from .slowdown import CACHE_AWAY


class SessionStore(cached_db.SessionStore):
    """Django's store, which lets most requests fail when the cache does not answer.

    Ending a session still fails then: what the cache kept would open it again when it is back.
    """

    def load(self) -> dict[str, Any]:
        """Return what the session holds."""
        try:
            return super().load()
        except CACHE_AWAY:
            return db.SessionStore.load(self)

    def exists(self, session_key: str) -> bool:
        """Tell whether there is a session by this key."""
        try:
            return super().exists(session_key)
        except CACHE_AWAY:
            return db.SessionStore.exists(self, session_key)

    def cycle_key(self) -> None:
        """Give the session a new key; the old one, which opens nothing new, may live on in the cache until it expires."""
        with suppress(*CACHE_AWAY):
            super().cycle_key()
