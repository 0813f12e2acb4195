"""Signing in, where a person lands, and the lock after five wrong passwords."""

import argon2
import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from efficiency_portal.settings import PASSWORD_HASHERS as PORTALS_HASHERS

pytestmark = pytest.mark.django_db
LOGIN = reverse("accounts:login")


@pytest.fixture
def user():
    return get_user_model().objects.create_user(
        "test-officer", password="a long test password", full_name="测试员", roles=["finance"]
    )


def sign_in(client, password="a long test password", REMOTE_ADDR="127.0.0.1", **extra):
    return client.post(LOGIN, {"username": "test-officer", "password": password} | extra, REMOTE_ADDR=REMOTE_ADDR)


def test_sign_in_leads_to_the_landing_page_and_on_to_the_work(client, user):
    response = sign_in(client)
    assert response.url == reverse("accounts:landing")
    assert client.get(response.url).url == reverse("supervisors:payouts")


def test_sign_in_goes_back_to_where_the_person_was_stopped(client, user):
    assert sign_in(client, next="/inbox/").url == "/inbox/"


def test_sign_in_never_leads_to_another_site(client, user):
    assert sign_in(client, next="https://elsewhere.example/").url == reverse("accounts:landing")


@pytest.mark.parametrize("username", ["test-officer", "nobody"])
def test_a_wrong_sign_in_tells_no_difference(client, user, username):
    page = client.post(LOGIN, {"username": username, "password": "wrong"}).content.decode()
    assert "账号或密码不对" in page


@pytest.mark.parametrize("who", ["known", "unknown", "closed", "without a password"])
def test_a_wrong_sign_in_costs_one_hash_whoever_is_named(client, user, settings, monkeypatch, who):
    """What takes time is the hash: with one for each, the clock does not tell who has an account."""
    settings.PASSWORD_HASHERS = PORTALS_HASHERS
    hashes = [0]
    for name in ("hash_secret", "verify_secret"):
        counted(monkeypatch, name, hashes)
    if who == "without a password":
        user.set_unusable_password()
    else:
        user.set_password("a long test password")
    user.is_active = who != "closed"
    user.save()
    hashes[0] = 0
    client.post(LOGIN, {"username": "nobody" if who == "unknown" else "test-officer", "password": "wrong"})
    assert hashes[0] == 1


def counted(monkeypatch, name: str, hashes: list[int]) -> None:
    """Count how often Argon2 itself is called."""
    real = getattr(argon2.low_level, name)

    def call(*args, **kwargs):
        hashes[0] += 1
        return real(*args, **kwargs)

    for place in (argon2.low_level, argon2._password_hasher):
        monkeypatch.setattr(place, name, call, raising=False)


def test_five_wrong_passwords_lock_the_name_from_that_address(client, user, settings):
    settings.AXES_ENABLED = True
    for _attempt in range(5):
        sign_in(client, password="wrong")
    response = sign_in(client)
    assert response.status_code == 429
    assert "_auth_user_id" not in client.session


def test_signed_out_visitors_are_sent_to_sign_in(client):
    assert client.get(reverse("accounts:profile")).url == f"{LOGIN}?next={reverse('accounts:profile')}"


def test_many_addresses_do_not_get_more_tries_at_one_name(client, user):
    for number in range(30):
        client.post(LOGIN, {"username": "test-officer", "password": "wrong"}, REMOTE_ADDR=f"198.51.100.{number}")
    response = sign_in(client, REMOTE_ADDR="203.0.113.9")
    assert (response.status_code, "Retry-After" in response.headers) == (429, True)
    assert "_auth_user_id" not in client.session


def test_one_address_does_not_get_more_tries_by_changing_the_name(client, user):
    for number in range(100):
        client.post(LOGIN, {"username": f"name{number}", "password": "wrong"})
    assert sign_in(client).status_code == 429


def test_right_sign_ins_are_not_counted(client, user):
    for _ in range(35):
        assert sign_in(client).status_code == 302
        client.post(reverse("accounts:logout"))
