"""What every way of signing in ends with: the browser is recognised or given a mark, and the sign-in is noted."""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.models import SignIn, User
from core import clock

from . import actions, devices

SIGN_IN = "sign_in"  # in a session: the row of its sign-in
_A_LONG_TIME = 400 * 24 * 3600  # seconds; browsers keep no cookie longer
_LONGEST = 100


def noted(request: HttpRequest, user: User, how: SignIn.How, response: HttpResponse) -> HttpResponse:
    """Note who has just signed in; the response takes the mark of the device along."""
    device = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")[:_LONGEST] or secrets.token_urlsafe()
    if request.session.session_key is None:
        request.session.create()
    label, address = devices.label(request.headers.get("User-Agent", "")), request.META.get("REMOTE_ADDR", "")
    key = str(request.session.session_key)
    row = actions.note(user, how=how, device=device, label=label, address=address, session_key=key, at=clock.now())
    request.session[SIGN_IN] = row.pk
    secure = bool(settings.SESSION_COOKIE_SECURE)
    response.set_cookie(settings.DEVICE_COOKIE_NAME, device, max_age=_A_LONG_TIME, secure=secure, httponly=True, samesite="Lax")
    return response
