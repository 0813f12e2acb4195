"""Erasing when the retention time is over: everything that names somebody goes, the case stays, and whoever waits waits."""

import io
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from cases.models import Case, Review
from cases.workflow import Status
from complaints import actions, codes, keeping
from complaints.models import (
    Complainant,
    Complaint,
    EarlierRating,
    FilingConsent,
    Message,
    Rating,
    Representative,
    RetentionPolicy,
    ReviewRequest,
)
from core import clock, vault
from core.models import Event, StoredFile
from tests import factories
from tests.cases.test_races import at_once
from tests.complaints.test_lodging import stored_picture
from tests.factories import EMAIL, MONDAY, NAME, PHONE

pytestmark = pytest.mark.django_db
ENDED = MONDAY + timedelta(days=1)
LATER = datetime(2031, 9, 17, 3, 50, tzinfo=clock.SHANGHAI)  # five years and a day after


@pytest.fixture(autouse=True)
def _policy():
    RetentionPolicy.objects.get_or_create(valid_from=date(2005, 1, 1), defaults={"years": 5, "basis": "规定"})


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "files")


def closed(**more: Any) -> Complaint:
    """A matter with all that can be sealed in it; its case is closed."""
    verified = {"verification": "phone", "verified_at": MONDAY, "organisation": "示例企业", "address": "清河县示例路 1 号"}
    case = factories.case_at(Status.CLOSED, filer=factories.filer(**verified), files=(stored_picture(),), **more)
    complaint = factories.the_complaint(case)
    actions.write(complaint, f"我是{NAME}", token="t", at=MONDAY)
    row, sealed = complaint.vault_row, {"row": complaint.vault_row, "column": "reason"}
    rating = {"satisfaction": "satisfied", "reason_sealed": vault.seal(NAME, **sealed), "created_at": MONDAY}
    Rating.objects.create(complaint=complaint, **rating)
    EarlierRating.objects.create(complaint=complaint, put_aside_at=MONDAY, **rating)
    asked = ReviewRequest(complaint=complaint, level=1, reason_copy="＊＊＊", asked_at=MONDAY)
    asked.reason_sealed = vault.seal(NAME, row=asked.vault_row, column="reason")
    asked.save()
    one = Representative(complaint=complaint, position=1, name_masked="乙**", phone_masked="139****0000")
    one.name_sealed = vault.seal("乙丙丁", row=one.vault_row, column="name")
    one.save(force_insert=True)
    given = {"given_by_sealed": vault.seal(NAME, row=row, column="given_by"), "given_by_masked": "甲**", "means": "phone"}
    by = factories.officer()
    FilingConsent.objects.create(complaint=complaint, given_on=MONDAY.date(), recorded_at=MONDAY, recorded_by=by, **given)
    return complaint


def erase(at: datetime = LATER, **more: Any) -> actions.Erasure:
    total = actions.Erasure()
    for done in actions.erase_expired(at=at, **more):
        total.add(done)
    return total


def sealed_values() -> dict[str, int]:
    """How many values each sealed column of the room holds."""
    counted: Counter[str] = Counter()
    for table in vault.declared():
        for column, keys in table.keys_in_use():
            counted[f"{table.model.__name__}.{column}"] += keys.total()
    return {name: number for name, number in counted.items() if number and not name.startswith(("Draft", "Delivery"))}


def stored() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_full_erase_leaves_no_sealed_value_and_no_file(django_capture_on_commit_callbacks):
    closed()
    before = sealed_values()
    blobs = [bytes(value) for value in Complainant.objects.values_list("name_sealed", flat=True) if value]
    assert (len(before) >= 14, len(stored()) >= 2) == (True, True)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase() == actions.Erasure(erased=1)
    assert (sealed_values(), stored()) == ({}, [])
    dump = io.BytesIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.copy_expert(f'COPY "{table}" TO STDOUT', dump)
    names = [NAME.encode(), PHONE.encode(), EMAIL.encode(), b"139****1234", *[blob.hex().encode() for blob in blobs]]
    assert [name for name in names if name in dump.getvalue()] == []


def test_masked_values_and_indexes_go_too():
    complaint = closed()
    erase()
    person = Complainant.objects.get(complaints=complaint)
    assert (person.name_masked, person.phone_masked, person.phone_index, person.id_index) == ("**", "", None, None)
    assert person.erased_at == LATER


def test_the_file_keeps_size_fingerprint_and_type():
    closed()
    before = StoredFile.objects.values("size", "sha256", "media_type").get()
    erase()
    assert StoredFile.objects.values("size", "sha256", "media_type", "state").get() == {**before, "state": "erased"}


def test_copies_case_and_events_stay():
    complaint = closed()
    copies = (complaint.working_copy, Message.objects.get().text_copy, Case.objects.get().title)
    events = Event.objects.count()
    erase()
    complaint.refresh_from_db()
    assert (complaint.working_copy, Message.objects.get().text_copy, Case.objects.get().title) == copies
    assert (Event.objects.count(), Event.objects.latest("id").type) == (events + 1, "complaint.erased")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_still_works(language):
    complaint = closed()
    erase()
    citizen, staff = Client(), Client()
    staff.force_login(factories.office_leader())
    code = {"number": complaint.number, "code": codes.query_code(complaint)}
    citizen.post(reverse("complaints:track"), code)
    number, case = [complaint.number], [Case.objects.get().pk]
    for browser, name, args in (
        (citizen, "complaints:track_detail", number),
        (citizen, "complaints:receipt", number),
        (citizen, "complaints:receipt_file", number),
        (staff, "cases:detail", case),
        (staff, "cases:list", []),
    ):
        browser.cookies["django_language"] = language
        assert browser.get(reverse(name, args=args)).status_code == 200, name
    assert citizen.get(reverse("complaints:own_data", args=number)).status_code == 302


def test_the_pages_say_that_it_was_deleted():
    complaint, staff = closed(), Client()
    erase()
    staff.force_login(factories.office_leader())
    page = staff.get(reverse("cases:detail", args=[Case.objects.get().pk])).content.decode()
    assert [word for word in ("姓名已删除", "到期删除") if word not in page] == []
    assert complaint.number in page


def test_a_second_run_finds_nothing():
    closed()
    erase()
    assert erase() == actions.Erasure()
    assert Event.objects.filter(type="complaint.erased").count() == 1


@pytest.mark.parametrize(("days", "erased"), [(0, 1), (-1, 0)])
def test_the_last_day_still_counts(days, erased):
    complaint = closed()
    until = keeping.keeping_of(complaint, MONDAY.date()).until
    assert until
    assert erase(clock.midnight(until) + timedelta(days=1 + days)).erased == erased


def test_the_policy_in_force_at_closing_decides():
    closed()
    RetentionPolicy.objects.create(valid_from=date(2027, 1, 1), years=1, basis="新规定")
    assert erase(MONDAY + timedelta(days=3 * 365)).erased == 0
    assert erase().erased == 1


def test_an_open_case_waits():
    factories.case_at(Status.REPLIED)
    assert erase() == actions.Erasure()


def test_a_case_under_review_waits():
    complaint = closed()
    review = Review.objects.create(case=Case.objects.get(), request=complaint.review_requests.get())
    assert erase() == actions.Erasure()
    by = factories.office_leader()
    done = {"outcome": "kept", "answer": "维持。", "answered_at": MONDAY, "answered_by": by}
    Review.objects.filter(pk=review.pk).update(**done)
    assert erase().erased == 1


def test_a_held_matter_waits_until_the_hold_is_lifted():
    complaint, leader = closed(), factories.office_leader()
    actions.place_hold(complaint, "法院调取。", by=leader, at=MONDAY)
    assert erase() == actions.Erasure(held=1)
    actions.lift_hold(complaint, by=leader, at=LATER)
    assert erase() == actions.Erasure(erased=1)


def shared() -> tuple[Complaint, Complaint]:
    """Two matters of one person; the second ends later."""
    older, younger = closed(), closed(at=MONDAY + timedelta(days=100))
    Complaint.objects.filter(pk=younger.pk).update(complainant=older.complainant_id)
    return older, younger


def test_a_matter_that_shares_its_person_with_a_younger_one_waits():
    shared()
    assert erase() == actions.Erasure(waiting=1)
    assert erase(LATER + timedelta(days=120)).erased == 2
    assert not Complainant.objects.filter(erased_at=None, complaints__isnull=False).exists()


def test_a_held_matter_keeps_the_other_of_the_same_person():
    older, younger = shared()
    actions.place_hold(younger, "法院调取。", by=factories.office_leader(), at=MONDAY)
    assert erase(LATER + timedelta(days=120)) == actions.Erasure(held=1, waiting=1)


def test_an_anonymous_matter_is_erased_too():
    factories.case_at(Status.CLOSED, filer=None)
    assert erase().erased == 1


def test_a_dry_run_counts_and_changes_nothing():
    complaint = closed()
    out = io.StringIO()
    erase(dry_run=True)
    call_command("erase_expired", "--dry-run", "--no-progress", "--language", "en", stdout=out)
    complaint.refresh_from_db()
    assert complaint.erased_at is None
    assert "0 matters would be erased" in out.getvalue()  # by today's clock nothing is due


def test_the_command_erases(monkeypatch):
    closed()
    monkeypatch.setattr(clock, "now", lambda: LATER)
    out = io.StringIO()
    call_command("erase_expired", "--dry-run", "--language", "en", stdout=out)
    call_command("erase_expired", "--language", "en", stdout=out)
    assert "1 matter would be erased." in out.getvalue()
    assert "1 matter erased." in out.getvalue()


def test_a_run_goes_on_where_another_was_stopped(monkeypatch):
    for _ in range(3):
        closed()
    monkeypatch.setattr("complaints.actions.erasing.AT_ONCE", 2)
    next(actions.erase_expired(at=LATER))
    assert Complaint.objects.filter(erased_at__isnull=False).count() == 1
    assert erase().erased == 2


def test_no_file_goes_before_its_row(django_capture_on_commit_callbacks):
    closed()
    with django_capture_on_commit_callbacks() as later:
        erase()
    assert stored()  # as a process that dies here leaves it: sealed, and named by no row
    assert StoredFile.objects.get().original is None
    assert later


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_erase_once():
    closed()
    results = at_once(erase, erase)
    assert sum(result.erased for result in results) == 1
    assert Event.objects.filter(type="complaint.erased").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_hold_and_the_erasing_at_once():
    complaint, leader = closed(), factories.office_leader()
    at_once(erase, lambda: actions.place_hold(complaint, "法院调取。", by=leader, at=LATER))
    complaint.refresh_from_db()
    held_first = Event.objects.filter(type="complaint.hold_placed").get().pk
    erased = Event.objects.filter(type="complaint.erased").first()
    assert erased is None or erased.pk < held_first
    assert (complaint.erased_at is None) is (erased is None)
