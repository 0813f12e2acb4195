"""Who must have a second factor, and that nobody who must gets anywhere without it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import User
from accounts.roles import ADMINISTRATORS, OFFICE, Role

PROVED = "second_factor"  # in a session: a code was typed in it
MUST = (*OFFICE, *ADMINISTRATORS, Role.FINANCE)
_OPEN = ("/accounts/", "/static/", "/health/", "/metrics/", "/preferences/", "/i18n/")


def must_have(user: User) -> bool:
    """Tell whether the person's roles ask for a second factor; the demo waives it."""
    return settings.SECOND_FACTOR_REQUIRED and (user.has_role(*MUST) or user.is_staff or user.is_superuser)


class SecondFactorMiddleware:
    """Leads who must have a second factor and has none to the page where it is set up; there is no other page until then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and not request.session.get(PROVED) and not request.path.startswith(_OPEN) and must_have(user):
            return redirect(reverse("accounts:factor"))
        return self.get_response(request)
