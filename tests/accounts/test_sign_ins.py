"""Sign-ins: noted, told when the device is new, ended one by one, ended when nobody clicks, forgotten after a year."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.models import SignIn, User
from accounts.roles import Role
from accounts.sign_ins.actions import forget_old
from accounts.sign_ins.devices import label
from core import clock
from core.models import Event, Notice
from tests.factories import UserFactory

from .conftest import PASSWORD
from .test_second_factor import give_password, now_code, set_up

pytestmark = pytest.mark.django_db
SECURITY, CODE = reverse("accounts:security"), reverse("accounts:code")


def signed_in(**headers: str) -> Client:
    client = Client(headers=headers)
    give_password(client)
    return client


def told_new() -> int:
    return Notice.objects.filter(template="accounts/new_device").count()


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile Safari/537.36 MicroMessenger/8.0",
            "WeChat · Android",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox · Linux"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_called_as_people_call_it(agent, expected):
    assert label(agent) == expected


def test_a_sign_in_is_an_event_and_a_row(person):
    signed_in(user_agent="Mozilla/5.0 (Windows NT 10.0) Firefox/130.0")
    row = SignIn.objects.get()
    assert (row.user, row.how, row.label, row.address) == (person, "password", "Firefox · Windows", "127.0.0.1")
    event = Event.objects.get(type="account.signed_in", subject=f"user:{person.pk}")
    assert event.facts == {"how": "password", "new_device": True}


def test_a_new_device_is_told_but_for_the_first(person):
    first = signed_in()
    assert told_new() == 0
    first.post(reverse("accounts:logout"))
    give_password(first)
    assert told_new() == 0
    signed_in()
    assert told_new() == 1


def test_the_mark_of_a_device_is_not_kept_in_the_tables(person):
    client = signed_in()
    mark = client.cookies["known_device"]
    assert (mark["httponly"], mark["samesite"]) == (True, "Lax")
    assert mark.value.encode() not in bytes(SignIn.objects.get().device)
    assert len(mark.value) > 40


def test_the_mark_of_one_person_says_nothing_for_another(client, person):
    signed_in()
    other = UserFactory.create(username="li")
    other.set_password(PASSWORD)
    other.save()
    client.post(reverse("accounts:login"), {"username": "li", "password": PASSWORD})
    client.post(reverse("accounts:logout"))
    give_password(client)
    assert told_new() == 1


def test_each_way_of_signing_in_is_named(client, person):
    secret, _codes = set_up(person)
    give_password(client)
    client.post(CODE, {"code": now_code(secret)})
    assert [row.how for row in SignIn.objects.all()] == ["code"]


def test_one_session_is_ended_and_the_others_go_on(person):
    here, there = signed_in(), signed_in()
    row = SignIn.objects.latest("pk")
    assert [one.is_open for one in here.get(SECURITY).context["sign_ins"]] == [True, True]
    assert here.post(reverse("accounts:end_session", args=[row.pk])).headers["Location"] == SECURITY
    assert [one.get("/inbox/").status_code for one in (here, there)] == [200, 302]
    assert [one.is_open for one in here.get(SECURITY).context["sign_ins"]] == [False, True]
    here.post(reverse("accounts:end_session", args=[row.pk]))
    assert Event.objects.filter(type="account.session_ended").count() == 1


def test_nobody_ends_the_session_of_another(client, person):
    theirs = signed_in()
    client.force_login(UserFactory.create())
    assert client.post(reverse("accounts:end_session", args=[SignIn.objects.get().pk])).status_code == 404
    assert theirs.get("/inbox/").status_code == 200


def test_a_new_password_keeps_this_session_in_the_list(person):
    here = signed_in()
    signed_in()
    fresh = {"old_password": PASSWORD, "new_password1": "other-horse-battery9", "new_password2": "other-horse-battery9"}
    here.post(reverse("accounts:password"), fresh)
    shown = here.get(SECURITY).context["sign_ins"]
    assert [(one.is_open, one.is_this) for one in shown] == [(False, False), (True, True)]


def test_signing_out_everywhere_shows_in_the_list(person):
    here = signed_in()
    here.post(reverse("accounts:sign_out_everywhere"))
    assert not SignIn.objects.filter(ended_at=None).exists()


def test_signing_out_ends_it_in_the_list_too(person):
    here, there = signed_in(), signed_in()
    there.post(reverse("accounts:logout"))
    assert [one.is_open for one in here.get(SECURITY).context["sign_ins"]] == [False, True]


@pytest.mark.parametrize(
    ("role", "minutes", "stays"),
    [
        (Role.FINANCE, 31, False),
        (Role.FINANCE, 29, True),
        (Role.OFFICER, 119, True),
        (Role.OFFICER, 121, False),
        (Role.SUPERVISOR, 600, True),
    ],
)
def test_who_does_not_click_is_signed_out_by_role(client, settings, person, role, minutes, stays):
    settings.SESSION_IDLE_MINUTES = [30, 120, 0]
    User.objects.update(roles=[role])
    give_password(client)
    with time_machine.travel(clock.now() + timedelta(minutes=minutes)):
        assert (client.get("/inbox/").status_code == 200) == stays
        assert ("自动退出" in client.get(reverse("accounts:login"), follow=True).content.decode()) != stays


def test_a_click_counts_and_writes_now_and_then_only(client, settings, person):
    settings.SESSION_IDLE_MINUTES = [30, 30, 30]
    give_password(client)
    start = clock.now()
    for minutes in (25, 50, 75):
        moment = start + timedelta(minutes=minutes)
        for later in (0, 1):  # the second click within two minutes writes nothing
            with time_machine.travel(moment + timedelta(minutes=later), tick=False):
                assert client.get("/inbox/").status_code == 200
            assert SignIn.objects.get().seen_at == moment


def test_an_idle_session_is_gone_and_not_only_hidden(client, settings, person):
    settings.SESSION_IDLE_MINUTES = [30, 30, 30]
    give_password(client)
    key = client.session.session_key
    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        assert client.post(reverse("accounts:sign_out_everywhere")).status_code == 302
    assert not Session.objects.filter(session_key=key).exists()
    assert not Event.objects.filter(type="account.signed_out_everywhere").exists()


def test_old_sign_ins_are_forgotten_not_younger_ones(person):
    signed_in()
    at = SignIn.objects.get().at
    assert forget_old(at + timedelta(days=399)) == 0
    assert forget_old(at + timedelta(days=401)) == 1


def test_the_list_asks_as_often_for_many_as_for_one(client, person, django_assert_max_num_queries):
    for _ in range(6):
        signed_in()
    client.force_login(person)
    with django_assert_max_num_queries(10):
        assert len(client.get(SECURITY).context["sign_ins"]) == 6
