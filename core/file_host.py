"""A host of its own for users' files, where the county has one: what might run in a file meets no session and no page there.

The portal looks whether somebody may open a file, and sends the browser on with a ticket for a minute. The other host knows
tickets and nothing else: no cookies, no sign-in, no other address. (ASVS 5.0, V3 and V5; docs/adr/0035-file-host.md)
"""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import DisallowedHost, ValidationError
from django.http import HttpRequest, HttpResponse

from . import clock, downloads, files, tickets
from .models import StoredFile

# The portal's pages show previews from there; a ticket cannot be guessed.
_HEADERS = {
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
}


class FileHostMiddleware:
    """Answers the other host before anything else does, and leaves the portal's own host alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand a file out for its ticket."""
        if not settings.FILES_URL or not _is_ours(request):
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        return _answer(request.path.removeprefix("/"))


def _is_ours(request: HttpRequest) -> bool:
    try:
        return request.get_host() == urlsplit(settings.FILES_URL).netloc
    except DisallowedHost:
        return False  # which the portal refuses by itself


def _answer(sealed: str) -> HttpResponse:
    try:
        ticket = tickets.read(sealed, at=clock.now())
        response = downloads.WAYS[ticket.way](StoredFile.objects.get(pk=ticket.file), ticket.name)
    except (tickets.NoTicket, StoredFile.DoesNotExist, ValidationError, files.NotViewable):
        response = HttpResponse(status=404)
    for name, value in _HEADERS.items():
        response.headers[name] = value
    return response


def host_of_its_own(app_configs: Sequence[AppConfig] | None, **_extra: Any) -> list[CheckMessage]:
    """Refuse a host for files that is none: the portal's own, one without https, one that the portal does not answer to."""
    if not settings.FILES_URL:
        return []
    wanted, portal = urlsplit(settings.FILES_URL), urlsplit(settings.SITE_URL)
    faults = {
        "must be an address like https://files.example, without a path": not wanted.netloc or wanted.path not in {"", "/"},
        "must be https": not settings.DEMO and wanted.scheme != "https",
        "must be another host than SITE_URL": wanted.hostname == portal.hostname,
        "names a host that is missing in ALLOWED_HOSTS": wanted.hostname not in settings.ALLOWED_HOSTS,
    }
    return [Error(f"FILES_URL {words}.", id="core.E006") for words, is_so in faults.items() if is_so]
