"""How a file leaves the house: under a fixed type, never guessed at, never run, never kept by a cache on the way."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header

from . import clock, files, tickets
from .files import Opened
from .models import StoredFile

_HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


def attachment(opened: Opened) -> HttpResponse:
    """Hand out a cleaned copy to be saved."""
    return saved(opened.content, name=opened.name, media_type=opened.media_type)


def saved(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Hand out what the portal itself has written, to be saved."""
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=media_type, headers={**_HEADERS, "Content-Disposition": disposition})


def to_be_saved(stored: StoredFile, name: str = "") -> HttpResponse:
    """Hand out somebody's file to be saved, from a host of its own where there is one. Raises NotViewable."""
    return _sent_on(stored, "save", name) or _save(stored, name)


def to_be_looked_at(stored: StoredFile, name: str = "") -> HttpResponse:
    """Hand out somebody's file: a picture to be looked at, anything else to be saved. Raises NotViewable."""
    return _sent_on(stored, "look", name) or _look(stored, name)


def small(stored: StoredFile) -> HttpResponse:
    """Show a small picture of somebody's file. Raises NotViewable, and Http404 when there is none."""
    if not stored.preview:
        raise Http404
    return _sent_on(stored, "small", "") or _small(stored)


def _sent_on(stored: StoredFile, way: str, name: str) -> HttpResponse | None:
    if not settings.FILES_URL:
        return None
    if not stored.is_viewable:
        raise files.NotViewable(str(stored.pk))
    ticket = tickets.Ticket(str(stored.pk), way, name)
    return HttpResponseRedirect(tickets.address(ticket, at=clock.now()))


def _save(stored: StoredFile, name: str) -> HttpResponse:
    return attachment(files.opened(stored, name=name))


def _look(stored: StoredFile, name: str) -> HttpResponse:
    opened = files.opened(stored, name=name)
    response = attachment(opened)
    if opened.media_type.startswith("image/"):
        response.headers["Content-Disposition"] = content_disposition_header(False, opened.name) or "inline"
    return response


def _small(stored: StoredFile, _name: str = "") -> HttpResponse:
    jpeg = files.preview(stored) or b""
    return HttpResponse(jpeg, content_type="image/jpeg", headers={**_HEADERS, "Content-Disposition": "inline"})


WAYS: dict[str, Callable[[StoredFile, str], HttpResponse]] = {"save": _save, "look": _look, "small": _small}
