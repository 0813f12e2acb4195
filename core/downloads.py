"""How a file leaves the house: under a fixed type, never guessed at, never run, never kept by a cache on the way."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from .files import Opened

_HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


def attachment(opened: Opened) -> HttpResponse:
    """Hand out a cleaned copy to be saved."""
    return saved(opened.content, name=opened.name, media_type=opened.media_type)


def saved(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Hand out what the portal itself has written, to be saved."""
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=media_type, headers={**_HEADERS, "Content-Disposition": disposition})


def shown(opened: Opened) -> HttpResponse:
    """Hand out a cleaned copy: a picture to be looked at, anything else to be saved."""
    response = attachment(opened)
    if opened.media_type.startswith("image/"):
        response.headers["Content-Disposition"] = content_disposition_header(False, opened.name) or "inline"
    return response


def preview(jpeg: bytes) -> HttpResponse:
    """Show a preview."""
    return HttpResponse(jpeg, content_type="image/jpeg", headers={**_HEADERS, "Content-Disposition": "inline"})
