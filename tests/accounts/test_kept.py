"""Nothing typed is lost when a session ends while somebody writes; and nobody else gets to see it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html

from accounts.models import User
from accounts.roles import Role
from accounts.sign_ins.kept import KEPT, LARGEST
from cases.workflow import Status
from core import clock
from core.models import Event
from tests.factories import UserFactory, case_at

from .conftest import PASSWORD
from .test_second_factor import give_password, now_code, set_up

pytestmark = pytest.mark.django_db
LOGIN, PAGE, CODE = reverse("accounts:login"), reverse("accounts:kept"), reverse("accounts:code")
WORDS = "当事人来电补充：窗口第三次退回材料。\n第二行 <b>不是标记</b>"


@pytest.fixture(autouse=True)
def _idle(settings):
    settings.SESSION_IDLE_MINUTES = [30, 30, 30]


@pytest.fixture
def person(person: User) -> User:
    User.objects.filter(pk=person.pk).update(roles=[Role.OFFICER])
    return person


@pytest.fixture
def note() -> str:
    return reverse("cases:note", args=[case_at(Status.TRIAGE).pk])


def later(minutes: int = 31):
    return time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False)


def notes() -> int:
    return Event.objects.filter(type="case.noted").count()


def fields_of(page) -> dict[str, str]:
    form = html.fromstring(page.content).xpath(f"//form[@action='{page.context['kept'].path}']")[0]
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def test_what_was_on_its_way_is_sent_after_the_next_sign_in(client, person, note):
    give_password(client)
    with later():
        answer = client.post(note, {"note-text": WORDS, "more": ["1", "2"]})
        assert answer.url == f"{LOGIN}?next={PAGE}"
        assert notes() == 0
        assert "已为您保留" in client.get(answer.url).content.decode()
        assert client.post(LOGIN, {"username": person.username, "password": PASSWORD, "next": PAGE}).url == PAGE
        page = client.get(PAGE)
        assert "&lt;b&gt;不是标记" in page.content.decode()
        fields = fields_of(page)
        assert fields["note-text"].replace("\r\n", "\n") == WORDS
        sent = client.post(page.context["kept"].path, fields)
        assert sent.status_code == 302
        assert notes() == 1
        assert client.get(PAGE).url == reverse("accounts:landing")  # once


def test_through_the_second_factor_too(client, person, note):
    give_password(client)
    secret, _codes = set_up(person)
    with later():
        client.post(note, {"note-text": WORDS})
        assert client.post(LOGIN, {"username": person.username, "password": PASSWORD, "next": PAGE}).url == CODE
        assert client.post(CODE, {"code": now_code(secret)}).url == PAGE
        assert fields_of(client.get(PAGE))["note-text"].startswith("当事人")


def test_another_person_at_the_same_computer_gets_nothing(client, person, note):
    other = UserFactory.create(roles=[Role.OFFICER])
    other.set_password(PASSWORD)
    other.save()
    give_password(client)
    with later():
        client.post(note, {"note-text": WORDS})
        assert WORDS[:5] not in str(client.session[KEPT])
        client.post(LOGIN, {"username": other.username, "password": PASSWORD, "next": PAGE})
        assert client.get(PAGE).url == reverse("accounts:landing")


def test_after_half_an_hour_it_is_gone(client, person, note):
    give_password(client)
    with later():
        client.post(note, {"note-text": WORDS})
    with later(62):
        client.post(LOGIN, {"username": person.username, "password": PASSWORD, "next": PAGE})
        assert client.get(PAGE).url == reverse("accounts:landing")


def test_files_are_not_kept_and_the_page_says_so(client, person, note):
    give_password(client)
    with later():
        sent = {"note-text": WORDS, "file": SimpleUploadedFile("a.txt", b"x")}
        client.post(note, sent, headers={"referer": "http://testserver/staff/?view=mine"})
        client.post(LOGIN, {"username": person.username, "password": PASSWORD, "next": PAGE})
        page = client.get(PAGE)
        assert (page.context["kept"].had_files, f'action="{note}"' in page.content.decode()) == (True, False)
        assert "当事人来电补充" in page.content.decode()
        assert page.context["kept"].page == "/staff/?view=mine"


@pytest.mark.parametrize(
    "referer",
    ["", "https://elsewhere.example/staff/", "javascript:alert(1)", "http://testserver", "http://testserver//x.example"],
)
def test_a_page_of_another_site_is_not_led_back_to(client, person, note, referer):
    give_password(client)
    with later():
        client.post(note, {"note-text": WORDS}, headers={"referer": referer})
        client.post(LOGIN, {"username": person.username, "password": PASSWORD, "next": PAGE})
        assert client.get(PAGE).context["kept"].page == note


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        (reverse("accounts:password"), {"old_password": PASSWORD}),
        ("/manage/accounts/user/1/password/", {"password1": "x y"}),
        ("", {}),
    ],
)
def test_passwords_and_empty_forms_are_not_kept(client, person, note, path, sent):
    give_password(client)
    with later():
        client.post(path or note, sent)
        assert KEPT not in client.session


def test_what_no_form_of_ours_is_as_long_as_is_not_kept(client, person, note):
    give_password(client)
    with later():
        client.post(note, {"note-text": "字" * LARGEST})
        assert KEPT not in client.session


def test_another_site_cannot_leave_a_form_here(person, note):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    with later():
        assert client.post(note, {"note-text": "转给我"}).status_code == 403
        assert KEPT not in client.session


def test_nobody_waits_for_a_form_that_was_never_there(client, person):
    give_password(client)
    assert client.get(PAGE).url == reverse("accounts:landing")
