"""The visitor's address, as the proxy tells it."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from efficiency_portal.middleware import client_address


def seen(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.META["REMOTE_ADDR"])


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({}, "127.0.0.1"),
        ({"X-Forwarded-For": "203.0.113.7"}, "203.0.113.7"),
        ({"X-Forwarded-For": "10.9.9.9, 203.0.113.7"}, "203.0.113.7"),
        ({"X-Forwarded-For": ""}, "127.0.0.1"),
    ],
)
def test_only_the_entry_of_our_own_proxy_is_believed(rf: RequestFactory, headers: dict[str, str], address: str):
    assert client_address(seen)(rf.get("/", headers=headers)).content.decode() == address


def test_nobody_is_believed_in_demo_mode():
    assert "efficiency_portal.middleware.client_address" not in settings.MIDDLEWARE
