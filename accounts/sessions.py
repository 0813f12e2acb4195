"""How long a session lasts, by what the person may do; counted from the sign-in."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from .models import User
from .roles import ADMINISTRATORS, OFFICE, Role

_HOUR = 3600
# The most careful of the roles held decides: who pays or administers for two hours, the office for a working day.
HOURS = ((2, (*ADMINISTRATORS, Role.FINANCE)), (9, OFFICE))
OTHERS_HOURS = 12


def seconds_for(user: User) -> int:
    """Return how long a session of this person lasts."""
    return next((hours for hours, roles in HOURS if user.has_role(*roles)), OTHERS_HOURS) * _HOUR


@receiver(user_logged_in)
def limit_session(request: HttpRequest | None, user: Any, **_extra: Any) -> None:
    """Give a fresh session its length."""
    if request is not None and isinstance(user, User):
        request.session.set_expiry(seconds_for(user))
