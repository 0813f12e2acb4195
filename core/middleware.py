"""Around every page: what a reader chose with the display buttons (kept in cookies), and what no cache may keep."""

from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from .calendars import PolicyMissing
from .steps import STEPS

log = structlog.get_logger(__name__)
_SENSORS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), bluetooth=(), serial=(), hid=()"


class PrivacyMiddleware:
    """Keeps what a signed-in person has seen out of every cache, and the device's sensors out of every page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers; at a shared desk the back button must not show what was read before signing out."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _SENSORS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response


class MissingPolicyMiddleware:
    """Says on a page of its own that a time limit was never entered: no fault of the reader's, and nothing was done by halves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer instead of an error page, and leave a line in the log for who keeps the portal."""
        if not isinstance(exception, PolicyMissing):
            return None
        log.error("a deadline policy is missing", step=exception.step, on=exception.on.isoformat())
        step = STEPS.get(exception.step, exception.step)
        return render(request, "core/policy_missing.html", {"step": step, "on": exception.on}, status=503)


class PreferencesMiddleware:
    """Sets the language from the cookie (the office's language otherwise, whatever the browser asks for)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the language for this request and tell caches that pages differ by cookie."""
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response
