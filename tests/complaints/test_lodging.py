"""Lodging: numbers, sealed originals, masked copies, evidence, consent, event and notice, all or nothing."""

import base64
import io
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from complaints import actions, reading
from complaints.filing import FilingRefused, content_of, fingerprint
from complaints.models import Complainant, Complaint, Consent, Evidence
from core import clock, files, vault
from core.models import Counter, Event, Notice, StoredFile

from .samples import AT, EMAIL, NAME, NARRATIVE, PHONE, agency, filer, filing

PERSONAL = (NAME, "13800002071", "138-0000 2071", EMAIL)


def person_of(complaint: Complaint) -> Complainant:
    assert complaint.complainant is not None
    return complaint.complainant


def stored_picture(name: str = "slip.png") -> StoredFile:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    return files.store_upload(SimpleUploadedFile(name, out.getvalue()), at=AT)


def in_two_threads(work):
    """Run the same work twice at once, each with a connection of its own."""

    def run():
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db
def test_lodge_numbers_by_the_year_received():
    first, second = (actions.lodge(filing(), at=AT) for _ in range(2))
    older = actions.lodge(filing(received_at=AT.replace(year=2024)), at=AT)
    assert [one.number for one in (first, second, older)] == ["2026-0001", "2026-0002", "2024-0001"]


@pytest.mark.django_db
def test_lodge_leaves_nothing_personal_in_plain_columns():
    complaint = actions.lodge(
        filing(place=f"{NAME}的店里", respondent=f"窗口 7 号，打过 {PHONE}", wish=f"请打 {PHONE[3:]}"), at=AT
    )
    complaint.refresh_from_db()
    plain = [
        str(getattr(complaint, field.attname))
        for field in complaint._meta.concrete_fields
        if not field.attname.endswith("_sealed")
    ]
    plain += [person_of(complaint).name_masked, person_of(complaint).phone_masked]
    assert [(value, text) for value in PERSONAL for text in plain if value in text] == []


@pytest.mark.django_db
def test_lodge_keeps_the_original_words_sealed():
    complaint = actions.lodge(filing(place=f"{NAME}的店里"), at=AT)
    assert NAME.encode() not in bytes(complaint.narrative_sealed or b"")
    assert reading.own_words(complaint).narrative == NARRATIVE
    assert reading.own_words(complaint).place == f"{NAME}的店里"


@pytest.mark.django_db
def test_lodge_leaves_nothing_personal_in_events_and_notices():
    actions.lodge(filing(), at=AT)
    facts = [str(row.facts) for row in [*Event.objects.all(), *Notice.objects.all()]]
    assert len(facts) == 2
    assert [value for value in PERSONAL for text in facts if value in text] == []


@pytest.mark.django_db
def test_lodge_keeps_a_hash_that_the_originals_give_again():
    in_shanghai = AT.astimezone(clock.SHANGHAI)
    complaint = actions.lodge(filing(files=(stored_picture(),), place=f"{NAME}的店里", received_at=in_shanghai), at=AT)
    complaint = Complaint.objects.for_detail().get(pk=complaint.pk)
    content = content_of(reading.as_filed(complaint), received_at=complaint.received_at)
    assert fingerprint(content, public_id=complaint.public_id) == complaint.content_sha256


@pytest.mark.django_db
def test_the_hash_gives_no_masked_number_away(settings):
    """Whoever has a copy of the database, but no keys, fills the masked number in and compares."""
    complaint = actions.lodge(filing(narrative="窗口三次退件，我的电话是 13800002071。"), at=AT)
    settings.VAULT_INDEX_KEY = base64.b64encode(bytes(32)).decode()
    guess = content_of(filing(narrative="窗口三次退件，我的电话是 13800002071。"), received_at=complaint.received_at)
    assert fingerprint(guess, public_id=complaint.public_id) != complaint.content_sha256


@pytest.mark.django_db
def test_lodge_takes_a_title_from_the_masked_narrative():
    complaint = actions.lodge(filing(narrative=f"您好。我是{NAME}，三次去窗口都被退回材料。第二句。"), at=AT)
    assert complaint.title == "我是＊＊＊，三次去窗口都被退回材料"


@pytest.mark.django_db
def test_lodge_seals_the_person_and_finds_the_phone_again():
    person = person_of(actions.lodge(filing(), at=AT))
    assert (person.name_masked, person.phone_masked) == ("示**", "138****2071")
    assert bytes(person.phone_index or b"") == vault.blind_index(PHONE, kind="phone")
    assert vault.open_sealed(person.email_sealed or b"", row=person.vault_row, column="email") == EMAIL


@pytest.mark.django_db
def test_lodge_does_not_mask_the_company():
    company = filer(organisation="示例县某某商行")
    complaint = actions.lodge(filing(filer=company, narrative="示例县某某商行的许可证拖了五个星期还没有办下来。"), at=AT)
    assert "示例县某某商行" in complaint.working_copy


@pytest.mark.django_db
def test_lodge_tells_the_complainant_without_naming_the_matter():
    complaint = actions.lodge(filing(), at=AT)
    notice = Notice.objects.get()
    assert notice.facts == {"number": complaint.number, "due_on": "2026-09-22"}
    assert list(notice.deliveries.values_list("channel", flat=True)) == ["sms"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "quiet"), [({"filer": None}, False), ({"notify_sms": False}, False), ({"notify_email": True}, True)]
)
def test_lodge_tells_nobody(changes, quiet):
    actions.lodge(filing(**changes), at=AT, quiet=quiet)
    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_lodge_without_filer_keeps_no_person():
    complaint = actions.lodge(filing(filer=None), at=AT)
    assert (complaint.identity, complaint.complainant) == ("anonymous", None)


@pytest.mark.django_db
def test_lodge_moves_evidence_and_consent():
    body = agency()
    complaint = actions.lodge(filing(agency=body, disclose=("words", "name"), files=(stored_picture(),)), at=AT)
    assert Evidence.objects.get().complaint == complaint
    assert Consent.objects.get().fields == ["name", "words"]


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"filer": None}, {"agency": None}, {"kind": "report"}])
def test_filing_refuses_consent_that_nobody_can_give(changes):
    body = {"agency": agency(), "disclose": ("name",)}
    with pytest.raises(FilingRefused):
        filing(**{**body, **changes})


@pytest.mark.django_db
def test_lodge_tells_the_room_above_in_the_same_transaction(upstairs, monkeypatch):
    def broken(complaint, at):
        raise RuntimeError

    complaint = actions.lodge(filing(), at=AT)
    assert upstairs.lodged == [complaint.pk]
    monkeypatch.setattr("complaints.ports.after_lodging._answer", broken)
    with pytest.raises(RuntimeError):
        actions.lodge(filing(), at=AT)
    assert (Complaint.objects.count(), Counter.objects.get().value) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_lodgings_at_once_get_two_numbers():
    in_two_threads(lambda: actions.lodge(filing(), at=AT))
    assert sorted(Complaint.objects.values_list("number", flat=True)) == ["2026-0001", "2026-0002"]


@pytest.mark.django_db
def test_lodge_needs_few_queries(django_assert_max_num_queries):
    whole = filing(agency=agency(), disclose=("words",), files=(stored_picture(), stored_picture("b.png")))
    with django_assert_max_num_queries(18):
        actions.lodge(whole, at=AT)
