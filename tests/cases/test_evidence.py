"""Evidence on the case page: previews for the office alone, and files that the scanner has locked."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import files, tasks
from core.files import scanning
from core.models import InboxItem
from tests.core.uploads import document, heic
from tests.factories import MONDAY, holder, new_case, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(tasks, "wake_scan", lambda _pk: None)
    return lambda name, content: files.store_upload(SimpleUploadedFile(name, content), at=MONDAY)


def get(client, path, user):
    client.force_login(user)
    return client.get(path)


def path_of(case, stored):
    return f"/staff/cases/{case.pk}/evidence/{stored.evidence.pk}/"


def test_the_first_page_of_a_document_is_shown_to_the_office_alone(client, store):
    case = new_case(files=(stored := store("通知.pdf", document()),))
    path = f"{path_of(case, stored)}preview/"
    assert path in get(client, f"/staff/cases/{case.pk}/", officer()).content.decode()
    response = client.get(path)
    headers = [response.headers[name] for name in ("Content-Type", "X-Content-Type-Options")]
    assert (headers, "private" in response.headers["Cache-Control"]) == (["image/jpeg", "nosniff"], True)
    assert get(client, path, holder(case.respondent_agency)).status_code == 404
    assert get(client, path.replace(f"/{case.pk}/", f"/{new_case().pk}/"), officer()).status_code == 404


def test_heic_comes_as_a_jpeg_that_a_browser_shows(client, store):
    case = new_case(files=(stored := store("手机.heic", heic()),))
    response = get(client, path_of(case, stored), officer())
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert ".jpg" in response.headers["Content-Disposition"]


def test_a_locked_file_opens_for_nobody_and_those_who_deal_with_it_are_told(client, store, settings):
    settings.CLAMD_ADDRESS = "tcp://127.0.0.1:9"
    by = officer()
    case = new_case(files=(stored := store("通知.pdf", document()),))
    assert get(client, path_of(case, stored), by).status_code == 404
    scanning.conclude(stored.pk, "Eicar", at=MONDAY)
    page = get(client, f"/staff/cases/{case.pk}/", by).content.decode()
    assert ("已锁定" in page, path_of(case, stored) in page) == (True, False)
    assert client.get(path_of(case, stored)).status_code == 404
    assert InboxItem.objects.filter(user=by, notice__template="cases/evidence_locked").count() == 1
