"""What the triage desk asks of the database: little, and as much whatever is stored."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core import files, tasks
from tests.core.uploads import document
from tests.factories import MONDAY, OTHER, new_case, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(tasks, "wake_scan", lambda _pk: None)
    return files.store_upload(SimpleUploadedFile("通知.pdf", document()), at=MONDAY)


def test_a_full_desk_takes_25_queries_however_many_wait(stored, time_machine, django_assert_max_num_queries):
    time_machine.move_to(MONDAY + timedelta(hours=2))
    earlier = new_case()
    case = new_case(files=(stored,), agency=earlier.respondent_agency, earlier_number=earlier.number)
    client, counts, text = Client(), [], ""
    client.force_login(officer())
    for _round in range(2):
        new_case(filer=OTHER, agency=earlier.respondent_agency)
        client.get(f"/staff/cases/{case.pk}/triage/")
        with django_assert_max_num_queries(25) as asked:
            text = client.get(f"/staff/cases/{case.pk}/triage/").content.decode()
        counts.append(len(asked))
        new_case(agency=earlier.respondent_agency)
    assert ("通知.pdf" in text, earlier.number in text, "可能重复" in text) == (True, True, True)
    assert counts[0] == counts[1]
