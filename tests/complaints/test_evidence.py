"""Evidence after upload: previews and fingerprints for who filed it, quarantine, and files that the scanner locks."""

import threading
from contextlib import suppress

import pytest
from django.db import connection
from django.utils import translation

from complaints import actions, codes
from complaints.drafts import DraftChanged
from complaints.models import Complaint, Draft
from core import clock, files, tasks
from core.files import scanning
from core.models import Event, Notice, StoredFile

from .citizen import Citizen, picture
from .samples import AT, agency, filing

pytestmark = pytest.mark.django_db


@pytest.fixture
def scanner(settings, tmp_path, monkeypatch):
    """A scanner that has not spoken yet."""
    settings.MEDIA_ROOT, settings.CLAMD_ADDRESS = tmp_path, "tcp://127.0.0.1:9"
    monkeypatch.setattr(tasks, "wake_scan", lambda _pk: None)


def filed(citizen: Citizen) -> Complaint:
    citizen.tells_the_matter()
    citizen.answers("evidence", uploads=[picture("回执.png")], add="1")
    citizen.stays_anonymous()
    citizen.submits()
    return Complaint.objects.get()


def path_of(complaint: Complaint, more: str = "") -> str:
    return f"/complaints/track/{complaint.number}/evidence/{complaint.evidence.get().pk}/{more}"


def test_who_filed_sees_a_preview(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    citizen = Citizen()
    complaint = filed(citizen)
    assert path_of(complaint, "preview/") in citizen.sees(f"/complaints/track/{complaint.number}/")
    response = citizen.client.get(path_of(complaint, "preview/"))
    assert (response.headers["Content-Type"], response.headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "private" in response.headers["Cache-Control"]
    assert response.content.startswith(b"\xff\xd8\xff")


def test_a_stranger_sees_no_preview(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    complaint = filed(Citizen())
    assert Citizen().client.get(path_of(complaint, "preview/")).status_code == 404


def test_the_receipt_shows_the_fingerprint_beside_each_file(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    citizen = Citizen()
    complaint = filed(citizen)
    page = citizen.sees(f"/complaints/receipt/{complaint.number}/")
    assert page.index("回执.png") < page.index(complaint.evidence.get().file.sha256)


@pytest.mark.usefixtures("scanner")
def test_a_file_in_quarantine_is_named_and_does_not_open():
    citizen = Citizen()
    complaint = filed(citizen)
    page = citizen.sees(f"/complaints/track/{complaint.number}/")
    assert ("回执.png" in page, "正在查毒" in page, path_of(complaint) in page) == (True, True, False)
    assert [citizen.client.get(path_of(complaint, more)).status_code for more in ("", "preview/")] == [404, 404]


@pytest.mark.usefixtures("scanner")
def test_a_locked_file_is_told_to_who_filed_and_to_the_office(upstairs):
    complaint = actions.lodge(filing(agency=agency(), files=(waiting_file(),)), at=AT)
    scanning.conclude(complaint.evidence.get().file.pk, "Eicar", at=AT)
    notice = Notice.objects.get(template="complaints/evidence_locked")
    assert (notice.facts, upstairs.locked) == ({"number": complaint.number}, [complaint.evidence.get().pk])
    assert Event.objects.filter(type="complaint.evidence_locked", subject=complaint.subject).count() == 1
    citizen = Citizen()
    citizen.client.post("/complaints/track/", {"number": complaint.number, "code": codes.query_code(complaint)})
    page = citizen.sees(f"/complaints/track/{complaint.number}/")
    assert ("已锁定" in page, path_of(complaint) in page) == (True, False)


def waiting_file() -> StoredFile:
    return files.store_upload(picture("回执.png"), at=AT)


@pytest.mark.usefixtures("scanner")
def test_a_locked_file_cannot_be_filed_and_the_page_says_so():
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.answers("evidence", uploads=[picture("回执.png")], add="1")
    citizen.stays_anonymous()
    hidden = citizen.hidden("check")
    scanning.conclude(citizen.walk().files[0].file.pk, "Eicar", at=clock.now())
    assert citizen.answers("check", hidden=hidden, truthful="on", privacy="on").headers["Location"].endswith("/evidence/")
    assert "有病毒" in citizen.sees("/complaints/new/evidence/")
    citizen.answers("evidence", remove=str(citizen.walk().files[0].pk))
    citizen.submits()
    assert not Complaint.objects.get().evidence.exists()


@pytest.mark.usefixtures("scanner")
def test_an_infected_file_of_nobody_troubles_nobody():
    scanning.conclude(waiting_file().pk, "Eicar", at=AT)
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("scanner")
def test_a_verdict_while_filing_is_never_lost(upstairs):
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.answers("evidence", uploads=[picture("回执.png")], add="1")
    citizen.stays_anonymous()
    stored, walk = citizen.walk().files[0].file, citizen.walk()
    draft = walk.draft
    assert draft is not None

    def conclude() -> None:
        with translation.override("zh-hans"):
            scanning.conclude(stored.pk, "Eicar", at=clock.now())
        connection.close()

    other = threading.Thread(target=conclude)
    other.start()
    with suppress(DraftChanged):  # the verdict may come first
        actions.submit(draft, walk.filing(), version=draft.version, at=clock.now())
    other.join()
    is_filed = Draft.objects.get(pk=draft.pk).complaint_id is not None
    assert StoredFile.objects.get(pk=stored.pk).state == "infected"
    assert len(upstairs.locked) == int(is_filed)
