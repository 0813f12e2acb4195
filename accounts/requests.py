"""Requests as views see them behind `LoginRequiredMiddleware`."""

from django.http import HttpRequest

from .models import User


class SignedInRequest(HttpRequest):
    """A request of somebody who is signed in; a type for views, never instantiated."""

    user: User
