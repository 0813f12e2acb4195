"""How long a session lasts, by what the person may do: from the sign-in at most, and without a click."""

from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from core import clock

from .models import User
from .roles import ADMINISTRATORS, OFFICE, Role

SEEN = "seen"  # in a session: when somebody last clicked, to a few minutes
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
        request.session.set_expiry(seconds_for(user))
        request.session[SEEN] = clock.now().isoformat()
