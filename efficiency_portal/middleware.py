"""What the proxy in front of the portal tells about the visitor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


def client_address(get_response: GetResponse) -> GetResponse:
    """Take the visitor's address from the proxy: failed attempts are counted by it, and by the proxy's own all would be one.

    Only the last entry is believed, the one that our own proxy wrote (see deploy/nginx.conf). Installed outside demo mode only.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        told = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        if told:
            request.META["REMOTE_ADDR"] = told
        return get_response(request)

    return middleware


def visitor(request: HttpRequest) -> str:
    """Return the visitor's address as `client_address` left it; headers that a visitor can write are not asked."""
    return str(request.META["REMOTE_ADDR"])
