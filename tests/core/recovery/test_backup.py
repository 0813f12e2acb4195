"""A backup made while the portal holds matters, read, tried beside, and put back in earnest."""

import os
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection

from cases.models import Case
from cases.workflow import Status
from core import clock, files
from core.models import StoredFile
from core.recovery import scratch
from core.recovery.digests import different
from core.transparency import growing
from tests.cases.test_pages import PNG
from tests.factories import NAME, case_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A backup of a case with a file and a signed head."""
    case_at(Status.REPORTED)
    files.store_upload(SimpleUploadedFile("证据.png", PNG), at=clock.now())
    growing.append_forgotten()
    growing.sign_head(at=clock.now())
    target = tmp_path / "portal.backup"
    call_command("backup", str(target), no_progress=True)
    return target


def test_a_backup_can_be_read_by_its_owner_only_and_shows_nothing(kept):
    assert kept.stat().st_mode & 0o777 == 0o600
    content = kept.read_bytes()
    assert NAME.encode() not in content
    assert b"manifest" not in content
    assert not list(kept.parent.glob("*.part"))


def test_it_never_writes_over_another_one(kept):
    with pytest.raises(CommandError, match="exists"):
        call_command("backup", str(kept), no_progress=True)


def test_checking_reads_it_whole(kept, capsys):
    call_command("restore", str(kept), check=True, no_progress=True)
    assert "Intact" in capsys.readouterr().out
    content = kept.read_bytes()
    kept.write_bytes(content[:-100] + os.urandom(100))
    with pytest.raises(CommandError, match="altered or cut off"):
        call_command("restore", str(kept), check=True, no_progress=True)


def test_the_drill_compares_every_table_and_leaves_nothing_behind(kept, capsys):
    before = scratch.digests_of(connection)
    call_command("restore", str(kept), drill=True, no_progress=True)
    assert f"{len(before)} tables the same, 0 different" in capsys.readouterr().out
    assert scratch.digests_of(connection) == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE %s", ["%\\_drill"])
        assert cursor.fetchone()[0] == 0


def test_a_database_that_holds_something_is_not_touched(kept):
    before = scratch.digests_of(connection)
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(kept), no_progress=True)
    assert scratch.digests_of(connection) == before


def test_what_was_lost_since_comes_back_with_its_files(kept, capsys):
    stored = StoredFile.objects.get()
    before, names = scratch.digests_of(connection), (str(stored.original), str(stored.cleaned))
    for name in names:
        default_storage.delete(name)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE cases_letter CASCADE")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'cases'")
    call_command("restore", str(kept), overwrite=True, no_progress=True)
    assert different(before, scratch.digests_of(connection)) == []
    assert files.clean_copy(StoredFile.objects.get())
    assert all(default_storage.exists(name) for name in names)
    assert "0 faults" in capsys.readouterr().out
    with pytest.raises(Exception, match="append"), connection.cursor() as cursor:  # the guards are back too
        cursor.execute("DELETE FROM core_event")


def test_a_damaged_backup_is_found_before_anything_is_dropped(kept):
    kept.write_bytes(kept.read_bytes()[:-40])
    before = scratch.digests_of(connection)
    with pytest.raises(CommandError, match="altered or cut off"):
        call_command("restore", str(kept), overwrite=True, no_progress=True)
    assert scratch.digests_of(connection) == before


def test_a_file_that_is_gone_is_named(tmp_path, capsys):
    stored = files.store_upload(SimpleUploadedFile("证据.png", PNG), at=clock.now())
    default_storage.delete(str(stored.original))
    call_command("backup", str(tmp_path / "one"), no_progress=True)
    told = capsys.readouterr()
    assert str(stored.original) in told.err
    assert "1 missing" in told.out


def test_a_digest_tells_one_changed_row():
    case = case_at(Status.TRIAGE)
    before = scratch.digests_of(connection)
    Case.objects.filter(pk=case.pk).update(version=case.version + 1)
    assert different(before, scratch.digests_of(connection)) == ["cases_case"]


def test_without_a_key_nothing_is_written(tmp_path, settings):
    settings.BACKUP_KEY = ""
    with pytest.raises(CommandError, match="make_keys"):
        call_command("backup", str(tmp_path / "one"), no_progress=True)
    assert list(tmp_path.iterdir()) == []


def test_missing_programs_are_told(tmp_path, settings, monkeypatch):
    settings.POSTGRES_TOOLS = str(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="POSTGRES_TOOLS"):
        call_command("backup", str(tmp_path / "one"), no_progress=True)
