"""The own sign-ins, and which of them go on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session

from accounts.models import SignIn

_SHOWN = 15


@dataclass(frozen=True)
class Shown:
    """A sign-in as its person sees it."""

    row: SignIn
    is_open: bool
    is_this: bool


def of(user_id: int, *, session_key: str | None, at: datetime) -> Iterator[Shown]:
    """Yield a person's latest sign-ins, the newest first."""
    rows = list(SignIn.objects.filter(user=user_id).order_by("-pk")[:_SHOWN])
    keys = [row.session_key for row in rows if row.ended_at is None]
    alive = set(Session.objects.filter(session_key__in=keys, expire_date__gt=at).values_list("session_key", flat=True))
    for row in rows:
        yield Shown(row, row.ended_at is None and row.session_key in alive, row.session_key == session_key)
