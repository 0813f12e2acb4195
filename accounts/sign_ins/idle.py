"""Ends a session in which nobody has clicked for long."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.sessions import SEEN, idle_minutes
from core import clock

from . import actions
from .entry import SIGN_IN

WAS_IDLE = "was_idle"  # in the session that follows: why one has to sign in again
_NOTED_EVERY = timedelta(minutes=2)  # or every click would write


class IdleMiddleware:
    """Signs out whoever comes back too late, before anything is shown or done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Compare with the last click that was noted, and note this one now and then."""
        user = request.user
        if isinstance(user, User) and (seen := request.session.get(SEEN)):
            _look(request, user, datetime.fromisoformat(seen))
        return self.get_response(request)


def _look(request: HttpRequest, user: User, seen: datetime) -> None:
    at, minutes = clock.now(), idle_minutes(user)
    if minutes and at - seen > timedelta(minutes=minutes):
        logout(request)
        request.session[WAS_IDLE] = True
    elif at - seen > _NOTED_EVERY:
        request.session[SEEN] = at.isoformat()
        if SIGN_IN in request.session:
            actions.seen(request.session[SIGN_IN], at=at)
