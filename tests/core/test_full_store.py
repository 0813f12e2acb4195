"""A full store: uploads are refused in words, filings go on, nothing is half kept."""

import errno
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.models import DraftFile
from core import clock, files
from core.files import room
from core.models import StoredFile
from tests.cases.test_pages import PNG
from tests.complaints.citizen import Citizen, picture

pytestmark = pytest.mark.django_db
NEVER_ENOUGH = 10**9


def store() -> Any:
    """The store itself, behind Django's lazy object."""
    return storages["default"]


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("证据.png", PNG)


def test_below_the_reserve_an_upload_is_refused_with_advice(settings):
    settings.FILE_STORE_RESERVE_MB = NEVER_ENOUGH
    with pytest.raises(files.FileRefused, match="证据.png"):
        files.store_upload(upload(), at=clock.now())
    with pytest.raises(files.FileRefused):
        files.announced("证据.png", 10)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("nth", [1, 2])
def test_a_disk_that_fills_while_a_file_is_written_keeps_no_half(number, nth):
    real, calls, kept = default_storage.save, [], []

    def save(name, content):
        calls.append(name)
        if len(calls) == nth:
            raise OSError(number, "full")
        kept.append(real(name, content))
        return kept[-1]

    with patch.object(store(), "save", save), pytest.raises(files.FileRefused):
        files.store_upload(upload(), at=clock.now())
    assert not any(default_storage.exists(name) for name in kept)
    assert not StoredFile.objects.exists()


def test_another_error_of_the_store_is_no_refusal():
    broken = patch.object(store(), "save", side_effect=OSError(errno.EIO, "broken"))
    with broken, pytest.raises(OSError, match="broken"):
        files.store_upload(upload(), at=clock.now())


def test_a_citizen_reads_why_and_goes_on_without_the_file(settings):
    settings.FILE_STORE_RESERVE_MB = NEVER_ENOUGH
    citizen = Citizen()
    citizen.client.post("/complaints/new/", {})
    citizen.tells_the_matter()
    page = citizen.answers("evidence", uploads=[picture()], add="1")
    assert "存储空间已满" in page.content.decode()
    assert not DraftFile.objects.exists()
    citizen.stays_anonymous()


def test_a_store_elsewhere_looks_after_itself():
    with patch.object(store(), "path", side_effect=NotImplementedError):
        assert room.is_left()
