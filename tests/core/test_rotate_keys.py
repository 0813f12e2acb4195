"""Sealing anew with the newest key: everything, while others work, again after a kill, and never silently in part."""

import base64
import io
from pathlib import Path
from threading import Event

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction

from complaints.models import Complainant, Complaint
from complaints.reading import filer_of, own_words
from core import files, vault
from core.models import StoredFile
from core.vault import actions
from core.vault.columns import key_of_file
from tests.cases.test_pages import PNG
from tests.cases.test_races import at_once
from tests.factories import MONDAY, NAME, NARRATIVE, complaint

pytestmark = pytest.mark.django_db
OLD = f"old:{base64.b64encode(b'o' * 32).decode()}"
NEW = f"new:sm4:{base64.b64encode(b'n' * 16).decode()}"


@pytest.fixture
def two_keys(settings, tmp_path):
    """Two complaints with a picture, sealed with the old key, and a ring with a newer one in front."""
    settings.MEDIA_ROOT, settings.VAULT_KEYS = tmp_path, OLD
    matters = [complaint(files=(files.store_upload(SimpleUploadedFile("a.png", PNG, "image/png"), at=MONDAY),)) for _ in range(2)]
    settings.VAULT_KEYS = f"{NEW},{OLD}"
    return matters


def rotate(*words):
    out, err = io.StringIO(), io.StringIO()
    call_command("rotate_keys", "--language", "en", *words, stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


def keys_in_use():
    return {key for table in vault.declared() for _column, keys in table.keys_in_use() for key in keys}


def name_of(matter):
    filer = filer_of(matter)
    return filer.name if filer else ""


def on_disk(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_everything_is_sealed_anew_and_opens_without_the_old_key(settings, two_keys, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        told = rotate()
    settings.VAULT_KEYS = NEW
    assert keys_in_use() == {"new"}
    assert "may leave the ring: old" in told
    read = Complaint.objects.get(pk=two_keys[0].pk)
    assert (own_words(read).narrative, name_of(read)) == (NARRATIVE, NAME)
    stored = read.evidence.get().file
    assert files.name_of(stored) == "a.png"
    assert files.clean_copy(stored).startswith(b"\x89PNG")


def test_old_files_go_and_none_is_left_over(settings, two_keys, django_capture_on_commit_callbacks):
    before = set(on_disk(settings))
    with django_capture_on_commit_callbacks(execute=True):
        rotate()
    assert len(on_disk(settings)) == len(before)
    assert not before & set(on_disk(settings))


def test_who_was_about_to_read_a_file_finds_it_under_its_new_name(two_keys, django_capture_on_commit_callbacks):
    about_to_read = StoredFile.objects.earliest("pk")
    with django_capture_on_commit_callbacks(execute=True):
        rotate()
    assert files.clean_copy(about_to_read).startswith(b"\x89PNG")


def test_every_file_on_disk_is_sealed_anew(settings, two_keys, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        rotate()
    assert {vault.key_id_of(path.read_bytes()) for path in on_disk(settings)} == {"new"}


def test_a_dry_run_counts_and_changes_nothing(settings, two_keys):
    before = on_disk(settings)
    told = rotate("--dry-run")
    assert "complaints.Complainant.name  old: 2" in told
    assert "core.StoredFile.original  old: 2" in told
    assert "may leave" not in told
    assert (keys_in_use(), on_disk(settings)) == ({"old"}, before)


def test_a_second_run_has_nothing_to_do(two_keys):
    rotate()
    before = {bytes(person.name_sealed or b"") for person in Complainant.objects.all()}
    assert "Everything is sealed with the newest key, new." in rotate()
    assert {bytes(person.name_sealed or b"") for person in Complainant.objects.all()} == before


def test_a_run_cut_short_leaves_everything_readable_and_is_taken_up_again(monkeypatch, two_keys):
    monkeypatch.setattr(actions, "ROWS_AT_ONCE", 1)
    people = next(table for table in vault.declared() if table.model is Complainant)
    next(actions.reseal(people))  # then the process dies
    sealed = [vault.key_id_of(person.name_sealed) for person in Complainant.objects.all()]
    assert sorted(sealed) == ["new", "old"]
    assert {name_of(matter) for matter in Complaint.objects.all()} == {NAME}
    rotate()
    assert keys_in_use() == {"new"}


def test_ctrl_c_says_how_to_go_on(monkeypatch, two_keys):
    def stop(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "_reseal_some", stop)
    with pytest.raises(CommandError, match="run it again"):
        rotate()


def test_a_damaged_value_is_named_and_keeps_its_key_on_the_ring(two_keys):
    person = Complainant.objects.earliest("pk")
    sealed = bytes(person.name_sealed or b"")
    Complainant.objects.filter(pk=person.pk).update(name_sealed=sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(CommandError, match="keep all keys"):
        rotate()
    told = rotate("--dry-run")
    assert "may leave" not in told
    assert vault.key_id_of(Complainant.objects.exclude(pk=person.pk).get().name_sealed) == "new"


def test_a_value_of_a_key_that_is_gone_is_told(settings, two_keys):
    settings.VAULT_KEYS = NEW
    assert "not on the ring: old" in rotate("--dry-run")


@pytest.mark.parametrize("damaged", [b"", b"\xff", b"\x03"])
def test_a_damaged_head_does_not_stop_the_counting(two_keys, damaged):
    Complainant.objects.update(name_sealed=damaged)
    assert "complaints.Complainant.name" in rotate("--dry-run")


def test_a_file_that_is_gone_is_told_and_stops_nothing(two_keys):
    stored = StoredFile.objects.earliest("pk")
    default_storage.delete(stored.cleaned or "")
    told = rotate()
    assert "missing in the store: 1" in told
    assert key_of_file(StoredFile.objects.get(pk=stored.pk).original or "") == "new"


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_do_not_hinder_each_other(settings, two_keys):
    first, second = at_once(rotate, rotate)
    assert "Everything" in str(first)
    assert "Everything" in str(second)
    assert keys_in_use() == {"new"}
    assert len(on_disk(settings)) == 6  # original, cleaned copy and preview of two files


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_is_left_for_another_pass(two_keys):
    held, looked = Event(), Event()
    people = next(table for table in vault.declared() if table.model is Complainant)

    def hold():
        with transaction.atomic():
            Complainant.objects.select_for_update().earliest("pk")
            held.set()
            looked.wait(20)

    def pass_by():
        held.wait(20)
        batches = list(actions.reseal(people))
        looked.set()
        return batches

    _none, batches = at_once(hold, pass_by)
    assert [(batch.resealed, batch.locked) for batch in batches] == [(1, 1)]
    rotate()
    assert keys_in_use() == {"new"}
