"""Told to wait: the answer to somebody who tried too often, or sent too much."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from core.slowdown import Brake

_MINUTE = 60
# Against floods from one address. A file that was taken does not count, so that many people behind one address get along.
UPLOADING = Brake("upload", free=60)


def too_many_tries(request: HttpRequest, template: str, form: Form, seconds: int, **more: Any) -> HttpResponse:
    """Show the form again with how long to wait; what was typed stays. `more` is what else the page needs."""
    context: dict[str, Any] = {"form": form, "wait_minutes": minutes_of(seconds)} | more
    response = render(request, template, context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def minutes_of(seconds: int) -> int:
    """Return whole minutes, rounded up."""
    return -(-seconds // _MINUTE)


def too_many_uploads(seconds: int) -> str:
    """Say how long to wait before the next file."""
    minutes = minutes_of(seconds)
    words = ngettext(
        "Many files have come from your connection in a short time. Send this one in %(n)d minute; nothing else is lost",
        "Many files have come from your connection in a short time. Send this one in %(n)d minutes; nothing else is lost",
        minutes,
    )
    return words % {"n": minutes}
