"""Ends a session at its time, or when nobody has clicked in it for long; what somebody was just sending is kept."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import User
from accounts.sessions import SEEN, is_over
from core import clock

from . import actions, kept
from .entry import SIGN_IN

WAS_IDLE = "was_idle"  # in the session that follows: why one has to sign in again
_NOTED_EVERY = timedelta(minutes=2)  # or every click would write


class IdleMiddleware:
    """Signs out whoever comes back too late, before anything is shown or done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Compare with the clock, and note this click now and then."""
        user = request.user
        if isinstance(user, User):
            _look(request, user, clock.now())
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """After the CSRF token was looked at: keep what somebody was sending, and ask for the sign-in."""
        ended = getattr(request, "ended_for", None)
        if ended is None:
            kept.sent(request)
            return None
        if not kept.keep(request, ended, at=clock.now()):
            return None
        return redirect(f"{reverse('accounts:login')}?next={reverse('accounts:kept')}")


def _look(request: HttpRequest, user: User, at: datetime) -> None:
    if is_over(user, request.session, at=at):
        logout(request)
        request.session[WAS_IDLE] = True
        request.ended_for = user  # type: ignore[attr-defined] # for this very request
    elif at - datetime.fromisoformat(request.session.get(SEEN, at.isoformat())) > _NOTED_EVERY:
        request.session[SEEN] = at.isoformat()
        if SIGN_IN in request.session:
            actions.seen(request.session[SIGN_IN], at=at)
