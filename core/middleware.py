"""Around every page: what a reader chose with the display buttons (kept in cookies), and what no cache may keep."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers

_SENSORS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class PrivacyMiddleware:
    """Keeps what a signed-in person has seen out of every cache, and the device's sensors out of every page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers; at a shared desk the back button must not show what was read before signing out."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _SENSORS)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response


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
