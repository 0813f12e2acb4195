"""How long a session lasts, by what the person may do: from the sign-in at most, and without a click."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import HttpRequest

from core import clock

from .models import User
from .roles import ADMINISTRATORS, OFFICE, Role

SEEN = "seen"  # in a session: when somebody last clicked, to a few minutes
ENDS = "ends"  # in a session: when it ends at the latest
_GRACE = 3600  # seconds for which an ended session is still known, so that what somebody was writing is kept for that person
_HOUR = 3600
# The most careful of the roles held decides: who pays or administers, the office, others; the settings say how long.
_CAREFUL = ((*ADMINISTRATORS, Role.FINANCE), OFFICE)


def seconds_for(user: User) -> int:
    """Return how long a session of this person lasts."""
    return settings.SESSION_HOURS[_group(user)] * _HOUR


def idle_minutes(user: User) -> int:
    """Return after how many minutes without a click it ends; 0: never before its time."""
    return settings.SESSION_IDLE_MINUTES[_group(user)]


def _group(user: User) -> int:
    return next((place for place, roles in enumerate(_CAREFUL) if user.has_role(*roles)), len(_CAREFUL))


@receiver(user_logged_in)
def limit_session(request: HttpRequest | None, user: Any, **_extra: Any) -> None:
    """Give a fresh session its length."""
    if request is not None and isinstance(user, User):
        at, seconds = clock.now(), seconds_for(user)
        request.session.set_expiry(seconds + _GRACE)
        request.session[SEEN], request.session[ENDS] = at.isoformat(), (at + timedelta(seconds=seconds)).isoformat()


def is_over(user: User, session: SessionBase, *, at: datetime) -> bool:
    """Tell whether a session has reached its end, or nobody has clicked in it for too long."""
    if ENDS in session and at >= datetime.fromisoformat(session[ENDS]):
        return True
    minutes = idle_minutes(user) if SEEN in session else 0
    return minutes > 0 and at - datetime.fromisoformat(session[SEEN]) > timedelta(minutes=minutes)
