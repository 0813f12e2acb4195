"""What every page tells browsers and caches."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
STAFF_PAGES = ["cases:list", "cases:assignment_list", "agencies:list", "supervisors:list", "core:inbox", "accounts:profile"]


@pytest.mark.parametrize("name", [*STAFF_PAGES, "home"])
def test_no_cache_keeps_what_a_signed_in_person_sees(client, name):
    client.force_login(UserFactory.create(roles=[Role.OFFICER]))
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert {"no-store", "private"} <= {word.strip() for word in response.headers["Cache-Control"].split(",")}


def test_administration_is_not_kept_by_caches(client):
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    assert "no-store" in client.get("/manage/").headers["Cache-Control"]


def test_public_pages_may_be_kept(client):
    assert "Cache-Control" not in client.get("/").headers


@pytest.mark.parametrize("address", ["/", "/complaints/track/", "/accounts/login/", "/nothing/"])
def test_no_page_may_use_the_devices_sensors(client, address):
    response = client.get(address)
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("name", ["home", "accounts:login", "complaints:new"])
def test_pages_run_and_lend_nothing(client, name):
    headers = client.get(reverse(name)).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert {policy[name] for name in ("object-src", "base-uri", "frame-ancestors", "style-src-attr")} == {"'none'"}
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
