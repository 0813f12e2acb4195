"""A known person files, talks and is handled; then database, broker, cache, files and log are searched for what names them."""

import base64
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pikepdf
import pytest
import redis
from celery import current_app
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from cases import actions
from cases.models import Assignment, Case
from complaints import codes, drafts
from complaints.models import Complaint, Evidence, Message, ReviewRequest
from core import clock
from core.models import DemoMessage
from tests import factories
from tests.complaints.citizen import Citizen
from tests.complaints.samples import EMAIL, NAME

pytestmark = pytest.mark.django_db
PHONE = "13800002071"
ID_NUMBER = "11010519491231002X"
PLANTED = f"我叫{NAME}，身份证 {ID_NUMBER}，电话 {PHONE}，邮箱 {EMAIL}。窗口三次退回我的材料，没有书面告知，请你们查一查。"


def pdf_of_the_person() -> SimpleUploadedFile:
    """A PDF whose name, text and author name the person."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.Contents = pdf.make_stream(f"BT ({PHONE} {EMAIL}) Tj ET".encode())
    pdf.docinfo["/Author"] = NAME
    out = io.BytesIO()
    pdf.save(out, compress_streams=False)
    return SimpleUploadedFile(f"{NAME}的材料 {PHONE}.pdf", out.getvalue(), content_type="application/pdf")


def spellings(value: str) -> dict[str, bytes]:
    """How a value may stand somewhere: plain, JSON, URL, hex, and base64 at each of the three places in a group."""
    raw = value.encode()
    found = {"plain": raw, "utf-16": value.encode("utf-16-le"), "hex": raw.hex().encode(), "url": quote(value).encode()}
    found["json"] = json.dumps(value)[1:-1].encode()
    for skip in range(3):
        coded = base64.b64encode(b"\0" * skip + raw)
        found[f"base64+{skip}"] = coded[(4 if skip else 0) : -4]  # the edges depend on the neighbours
    return found


def database() -> bytes:
    """Everything in every table, as a dump would have it."""
    out = io.BytesIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.copy_expert(f'COPY "{table}" TO STDOUT', out)
    return out.getvalue()


def broker_and_cache() -> bytes:
    """Every key of this run in Redis with what it holds."""
    client: Any = redis.Redis.from_url(settings.REDIS_URL)  # its types name every answer of every command
    read = {b"string": client.get, b"list": lambda key: client.lrange(key, 0, -1), b"hash": client.hgetall}
    read |= {b"set": client.smembers, b"zset": lambda key: client.zrange(key, 0, -1)}
    keys = list(client.scan_iter(match=f"*{settings.SIGNS_OF_LIFE_PREFIX.removesuffix('alive:')}*"))
    return repr([(key, read[client.type(key)](key)) for key in keys]).encode()


def file_store() -> bytes:
    """Names and contents of every stored file."""
    return b"".join(str(path).encode() + path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def file_and_talk() -> Complaint:
    """The citizen files by real name and writes to the office."""
    agency = factories.staffed_agency()
    citizen = Citizen()
    citizen.tells_the_matter(agency.pk, narrative=PLANTED, wish=PLANTED, place=f"{NAME}家门口")
    citizen.answers("evidence", uploads=[pdf_of_the_person()], add="1")
    citizen.gives_a_name(email=EMAIL, notify=["sms", "email"])
    citizen.answers("phone", code=drafts.open_code(citizen.draft())[0])
    citizen.answers("disclosure")
    citizen.submits()
    complaint = Complaint.objects.get()
    page = citizen.sees(reverse("complaints:track_detail", args=[complaint.number]))
    assert PHONE in page  # the citizen reads the own words
    address = reverse("complaints:message", args=[complaint.number])
    token = page.split('name="token" value="')[1].split('"')[0]
    citizen.client.post(address, {"token": token, "text": PLANTED})
    return complaint


def handle(complaint: Complaint) -> None:
    """The office and the agency do their part."""
    case, officer, agency = Case.objects.get(links__complaint=complaint), factories.officer(), complaint.agency
    assert agency
    dispatch = actions.Dispatch(agency=agency, summary=factories.SUMMARY)
    actions.accept(case, by=officer, version=None, ruling=actions.Ruling(category=4), dispatch=dispatch, at=clock.now())
    assignment = Assignment.objects.get()
    liaison = factories.holder(assignment.agency)
    actions.receive(assignment, by=liaison, version=None, at=clock.now())
    words = {"finding": "upheld", "facts_found": "属实。", "measures": "已改正。"}
    actions.report(assignment, by=liaison, version=None, at=clock.now(), **words)
    actions.approve(case, by=factories.office_leader(), version=None, reply="您反映的情况属实。", at=clock.now())


def ask_and_claim(complaint: Complaint) -> None:
    """The citizen asks for a review and claims a reward with an ID number."""
    citizen = Citizen()
    citizen.client.post(reverse("complaints:track"), {"number": complaint.number, "code": codes.query_code(complaint)})
    sends = {"review": {"reason": PLANTED, "level": "1"}, "reward": {"understood": "on"}}
    for name, typed in sends.items():
        citizen.client.post(reverse(f"complaints:{name}", args=[complaint.number]), typed)
    given = {"kind": "resident", "number": ID_NUMBER, "consent": "on"}
    response = citizen.client.post(reverse("complaints:id_number", args=[complaint.number]), given)
    assert response.status_code == 302


@pytest.fixture
def _delivered(settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks):
    """Messages leave by the demo's post room; files go to a folder of the test's own."""
    settings.MEDIA_ROOT = str(tmp_path / "files")
    settings.EMAIL_BACKEND = "core.demo.DemoEmailBackend"
    monkeypatch.setitem(current_app.conf, "task_always_eager", True)


@pytest.mark.usefixtures("_delivered")
def test_nothing_outside_the_vault_names_the_complainant(caplog, django_capture_on_commit_callbacks):
    caplog.set_level("DEBUG")
    with django_capture_on_commit_callbacks(execute=True):
        complaint = file_and_talk()
        handle(complaint)
        ask_and_claim(complaint)
    places = {"database": database(), "broker and cache": broker_and_cache(), "files": file_store(), "log": caplog.text.encode()}
    found = [
        f"{value} in the {place} ({how})"
        for value in (NAME, PHONE, EMAIL, ID_NUMBER)
        for how, spelling in spellings(value).items()
        for place, content in places.items()
        if spelling in content
    ]
    assert found == []
    assert complaint.number.encode() in places["database"]  # the search does find what is there
    assert all(places.values())
    assert (Message.objects.count(), Evidence.objects.count(), ReviewRequest.objects.count()) == (1, 1, 1)
    assert DemoMessage.objects.filter(to="138****2071").exists()


def test_the_search_finds_every_spelling_it_looks_for():
    for value in (NAME, PHONE, EMAIL):
        for how, spelling in spellings(value).items():
            assert spelling, (value, how)
        for skip in range(3):
            assert spellings(value)[f"base64+{skip}"] in base64.b64encode(b"x" * (skip + 3) + value.encode() + b"yz")
