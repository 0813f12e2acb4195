"""Told to wait: the answer to somebody who tried too often."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_MINUTE = 60


def too_many_tries(request: HttpRequest, template: str, form: Form, seconds: int, **more: Any) -> HttpResponse:
    """Show the form again with how long to wait; what was typed stays. `more` is what else the page needs."""
    context: dict[str, Any] = {"form": form, "wait_minutes": -(-seconds // _MINUTE)} | more
    response = render(request, template, context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
