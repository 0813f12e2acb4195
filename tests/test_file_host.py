"""Users' files from a host of their own: only who may open one gets a ticket, which is good for this file and a minute."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core import clock, files, tickets
from core.file_host import host_of_its_own
from core.models import StoredFile
from tests.core.uploads import document, heic
from tests.factories import MONDAY, holder, new_case, officer

pytestmark = pytest.mark.django_db
HOST = "files.example"


@pytest.fixture(autouse=True)
def _own_host(settings, tmp_path):
    settings.MEDIA_ROOT, settings.FILES_URL = tmp_path, f"http://{HOST}"
    settings.ALLOWED_HOSTS = ["testserver", HOST]


def at_host(url: str, method: str = "get"):
    """Ask the other host, as a browser does that brings nothing along."""
    assert url.startswith(f"http://{HOST}/")
    return getattr(Client(), method)(url.removeprefix(f"http://{HOST}"), headers={"host": HOST})


def case_with(name: str, content: bytes):
    stored = files.store_upload(SimpleUploadedFile(name, content), at=MONDAY)
    case = new_case(files=(stored,))
    return case, stored, f"/staff/cases/{case.pk}/evidence/{stored.evidence.pk}/"


def test_the_portal_looks_who_asks_and_the_other_host_hands_out(client):
    case, _stored, path = case_with("手机.heic", heic())
    client.force_login(holder(case.respondent_agency))
    assert client.get(path).status_code == 404
    client.force_login(officer())
    sent_on = client.get(path)
    assert sent_on.status_code == 302
    given = at_host(sent_on.url)
    assert (given.status_code, given.headers["Content-Type"]) == (200, "image/jpeg")
    assert given.headers["Content-Disposition"].startswith("inline")
    assert given.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (given.headers["Cache-Control"], given.headers["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    assert given.cookies == {}


def test_a_preview_too_and_the_page_may_show_it(client, settings):
    settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(settings.FILES_URL)  # as the settings do at the start
    case, _stored, path = case_with("通知.pdf", document())
    client.force_login(officer())
    given = at_host(client.get(f"{path}preview/").url)
    assert (given.status_code, given.content[:3]) == (200, b"\xff\xd8\xff")
    assert given.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    policy = client.get(f"/staff/cases/{case.pk}/").headers["Content-Security-Policy"]
    assert next(part for part in policy.split(";") if "img-src" in part).endswith(settings.FILES_URL)
    settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].remove(settings.FILES_URL)


def test_a_ticket_says_nothing_and_is_over_after_a_minute(client):
    _case, stored, path = case_with("张三的病历.pdf", document())
    client.force_login(officer())
    url = client.get(path).url
    assert str(stored.pk) not in url
    sealed = url.rpartition("/")[2]
    assert tickets.read(sealed, at=clock.now()).file == str(stored.pk)
    with pytest.raises(tickets.NoTicket):
        tickets.read(sealed, at=clock.now() + timedelta(minutes=1))


@pytest.mark.parametrize(
    "change", [lambda s: s[:-2], lambda s: s[:20] + ("A" if s[20] != "A" else "B") + s[21:], lambda s: "x", str.lower]
)
def test_a_ticket_that_somebody_made_up_opens_nothing(change):
    _case, stored, _path = case_with("通知.pdf", document())
    url = tickets.address(tickets.Ticket(str(stored.pk), "save", ""), at=clock.now())
    assert at_host(url).status_code == 200
    assert at_host(f"http://{HOST}/{change(url.rpartition('/')[2])}").status_code == 404


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/staff/cases/", "/complaints/new/", "/manage/", "/static/portal.css"])
def test_the_other_host_has_no_pages(path):
    answer = at_host(f"http://{HOST}{path}")
    assert (answer.status_code, answer.content, answer.cookies) == (404, b"", {})
    assert at_host(f"http://{HOST}{path}", "post").status_code == 405


def test_the_portals_own_host_takes_no_tickets(client):
    _case, stored, _path = case_with("通知.pdf", document())
    url = tickets.address(tickets.Ticket(str(stored.pk), "save", ""), at=clock.now())
    client.force_login(officer())
    assert client.get(url.removeprefix(f"http://{HOST}")).status_code == 404


def test_what_waits_for_the_scanner_gets_no_ticket_and_opens_with_none(client):
    _case, stored, path = case_with("通知.pdf", document())
    url = tickets.address(tickets.Ticket(str(stored.pk), "save", ""), at=clock.now())
    StoredFile.objects.filter(pk=stored.pk).update(state=StoredFile.State.WAITING)
    client.force_login(officer())
    assert [client.get(path).status_code, at_host(url).status_code] == [404, 404]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://files.example", []),
        ("http://files.example", ["must be https"]),
        ("https://files.example/f/", ["without a path"]),
        ("https://portal.example", ["another host", "ALLOWED_HOSTS"]),
        ("https://elsewhere.example", ["ALLOWED_HOSTS"]),
        ("files.example", ["without a path", "https", "ALLOWED_HOSTS"]),
    ],
)
def test_a_host_that_is_none_is_refused_at_the_start(settings, url, told):
    settings.DEMO, settings.SITE_URL, settings.FILES_URL = False, "https://portal.example", url
    found = [str(one.msg) for one in host_of_its_own(None)]
    assert len(found) == len(told)
    assert all(part in words for part, words in zip(told, found, strict=True))
