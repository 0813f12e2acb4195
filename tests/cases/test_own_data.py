"""“My data”: shown, taken along, corrected and deleted by whoever knows the code; masked again, told, and never in the log."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cases.workflow import Status
from complaints import actions, codes, filing, proofs, reading
from complaints.models import Complainant, Complaint, IdentityCheck, PhoneProof
from complaints.own_data import Contact
from complaints.purposes import Purpose
from core import deliveries, vault
from core.models import Delivery, DemoMessage, Event, Notice
from tests import factories
from tests.cases.test_races import at_once
from tests.factories import EMAIL, MONDAY, NAME, PHONE

pytestmark = pytest.mark.django_db
RIGHT, NEW_PHONE, ADDRESS = "甲乙丁", "13900005678", "清河县示例路 1 号"
WORDS = f"我是{NAME}（{RIGHT}），住{ADDRESS}，电话 {PHONE}，也可打 {NEW_PHONE}。窗口退回材料三次。"


def lodged(**more: Any) -> Complaint:
    verified = {"verification": Complainant.Verification.PHONE, "verified_at": MONDAY} | more.pop("verified", {})
    given = {"narrative": WORDS, "wish": WORDS, "place": f"{RIGHT}家门口", "title": f"{RIGHT}反映窗口退件"}
    return factories.complaint(filer=factories.filer(**verified), **given | more)


@pytest.fixture
def complaint() -> Complaint:
    return lodged()


@pytest.fixture
def client(client: Client, complaint: Complaint) -> Client:
    """A browser that knows number and code."""
    client.post(reverse("complaints:track"), {"number": complaint.number, "code": codes.query_code(complaint)})
    return client


def address(complaint: Complaint, name: str = "own_data") -> str:
    return reverse(f"complaints:{name}", args=[complaint.number])


def contact(**changes: Any) -> Contact:
    given: dict[str, Any] = {"email": EMAIL, "address": "", "notify_sms": True, "notify_email": True, "language": "zh-hans"}
    return Contact(**given | changes)


def person_of(complaint: Complaint) -> Complainant:
    return Complainant.objects.get(complaints=complaint)


def opened(complaint: Complaint, column: str) -> str:
    person = person_of(complaint)
    sealed = getattr(person, f"{column}_sealed")
    return vault.open_sealed(sealed, row=person.vault_row, column=column) if sealed else ""


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_shows_what_is_held_and_is_noted(client, complaint, language):
    client.cookies["django_language"] = language
    page = client.get(address(complaint)).content.decode()
    assert [word for word in (NAME, "139 0000 1234", EMAIL) if word not in page] == []
    assert Event.objects.get(type="complaint.data_shown").facts == {}


def test_the_page_shows_who_looked(client, complaint):
    by = factories.officer()
    actions.reveal_phone(complaint, by=by, purpose=Purpose.FACTS, at=MONDAY)
    page = client.get(address(complaint)).content.decode()
    assert "了解情况" in page
    assert by.full_name not in page


def test_the_page_costs_a_fixed_number_of_queries(client, complaint, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        client.get(address(complaint))


PAGES = ("own_data", "own_download", "own_contact", "own_name", "own_phone", "own_phone_code", "own_delete")


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_sent_to_the_door(complaint, name):
    assert Client().get(address(complaint, name)).headers["Location"].startswith("/complaints/track/?number=")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("why", ["anonymous", "denied", "erased"])
def test_where_nobody_is_named_nothing_is_shown(client, complaint, name, why):
    if why == "anonymous":
        Complaint.objects.filter(pk=complaint.pk).update(identity="anonymous", complainant=None)
    elif why == "denied":
        Complaint.objects.filter(pk=complaint.pk).update(identity="anonymous", denied_at=MONDAY)
    else:
        gone = {"narrative_sealed": None, "wish_sealed": None, "details_sealed": None}
        Complaint.objects.filter(pk=complaint.pk).update(erased_at=MONDAY, **gone)
    assert client.get(address(complaint, name)).headers["Location"] == address(complaint, "track_detail")
    with pytest.raises(actions.CorrectionRefused):
        actions.correct_name(complaint, RIGHT, at=MONDAY)


def test_the_file_holds_the_own_words_and_the_masked_id(client, complaint):
    response = client.get(address(complaint, "own_download"))
    data = json.loads(response.content)
    assert (data["complainant"]["name"], data["matter"]["narrative"], data["complainant"]["id_number_masked"]) == (
        NAME,
        WORDS,
        "",
    )
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in response.headers["Cache-Control"]


def test_contact_and_notices_are_changed(client, complaint):
    answers = {"email": "neu@example.com", "address": ADDRESS, "notify": ["email"], "language": "en"}
    assert client.post(address(complaint, "own_contact"), answers).headers["Location"] == address(complaint)
    complaint.refresh_from_db()
    assert (opened(complaint, "email"), opened(complaint, "address")) == ("neu@example.com", ADDRESS)
    assert (complaint.notify_sms, complaint.notify_email, person_of(complaint).language) == (False, True, "en")


def test_what_was_typed_stays_when_something_is_wrong(client, complaint):
    answers = {"email": "", "address": ADDRESS, "notify": ["email"], "language": "zh-hans"}
    page = client.post(address(complaint, "own_contact"), answers).content.decode()
    assert ADDRESS in page
    assert "请填写电子邮箱" in page
    assert opened(complaint, "email") == EMAIL


def test_each_change_is_an_event_without_data(complaint):
    actions.correct_contact(complaint, contact(address=ADDRESS), at=MONDAY)
    actions.correct_name(complaint, RIGHT, at=MONDAY)
    actions.change_phone(complaint, f"+86{NEW_PHONE}", at=MONDAY)
    actions.delete_optional(complaint, ["email"], at=MONDAY)
    events = Event.objects.filter(subject=complaint.subject, type__startswith="complaint.").exclude(type="complaint.lodged")
    assert [event.facts for event in events.order_by("id")] == [
        {"columns": [name]} for name in ("address", "name", "phone", "email")
    ]


def test_nothing_new_is_no_change(complaint):
    assert actions.correct_name(complaint, NAME, at=MONDAY) == []
    assert actions.correct_contact(complaint, contact(), at=MONDAY) == []
    assert not Notice.objects.filter(template="complaints/corrected").exists()


def test_new_values_are_masked_and_old_ones_stay_masked(complaint):
    factories_case = Case.objects.get(links__complaint=complaint)
    assert RIGHT in factories_case.title
    actions.write(complaint, f"我叫{RIGHT}，也叫{NAME}", token="t", at=MONDAY)
    actions.correct_contact(complaint, contact(address=ADDRESS), at=MONDAY)
    actions.correct_name(complaint, RIGHT, at=MONDAY)
    actions.change_phone(complaint, f"+86{NEW_PHONE}", at=MONDAY)
    complaint.refresh_from_db()
    factories_case.refresh_from_db()
    texts = [complaint.working_copy, complaint.wish_copy, complaint.place, complaint.title, factories_case.title]
    texts += complaint.messages.values_list("text_copy", flat=True)
    assert [value for value in (NAME, RIGHT, PHONE, NEW_PHONE, ADDRESS) if any(value in text for text in texts)] == []


def test_the_originals_and_their_fingerprint_stay(complaint):
    actions.correct_name(complaint, RIGHT, at=MONDAY)
    complaint = Complaint.objects.for_detail().get(pk=complaint.pk)
    words = reading.own_words(complaint)
    assert (words.narrative, words.place) == (WORDS, f"{RIGHT}家门口")
    content = filing.content_of(reading.as_filed(complaint), received_at=complaint.received_at)
    assert filing.fingerprint(content, public_id=complaint.public_id) == complaint.content_sha256


@pytest.mark.parametrize(
    ("level", "by_phone", "then"),
    [("phone", False, "phone"), ("call_back", True, "phone"), ("in_person", False, "format"), ("provider", False, "format")],
)
def test_a_new_name_falls_back_from_what_was_checked(level, by_phone, then):
    complaint = lodged(verified={"verification": level, "verified_at": MONDAY}, filed_by=factories.officer())
    if by_phone:
        IdentityCheck.objects.create(complainant=person_of(complaint), level="phone", confirmed=True, checked_at=MONDAY)
    actions.correct_name(complaint, RIGHT, at=MONDAY)
    assert person_of(complaint).verification == then


def test_officers_read_that_the_name_was_corrected(complaint, client):
    case, staff = Case.objects.get(links__complaint=complaint), Client()
    staff.force_login(factories.officer())
    client.post(address(complaint, "own_name"), {"name": RIGHT})
    page = staff.get(reverse("cases:detail", args=[case.pk])).content.decode()
    assert "投诉人更正了姓名" in page
    assert "更正过" in page
    assert [name for name in (RIGHT, NAME) if name in page] == []


def test_who_deals_with_the_case_is_told_of_name_and_number_alone():
    case = factories.case_at(Status.HANDLING, own=True)
    complaint = factories.the_complaint(case)
    actions.correct_contact(complaint, contact(address=ADDRESS), at=MONDAY)
    assert not Notice.objects.filter(template="cases/corrected").exists()
    actions.correct_name(complaint, RIGHT, at=MONDAY)
    assert Notice.objects.get(template="cases/corrected").recipient_id == str(case.handler_id)


def proves(client: Client, complaint: Complaint) -> str:
    """Ask for a code to the new number; returns the code."""
    client.post(address(complaint, "own_phone"), {"phone": NEW_PHONE})
    return proofs.code_of(PhoneProof.objects.get(pk=client.session["proof"]["id"]))


def test_a_new_number_counts_only_with_its_code(client, complaint):
    code = proves(client, complaint)
    client.post(address(complaint, "own_phone_code"), {"code": "000000" if code != "000000" else "111111"})
    assert opened(complaint, "phone") == f"+86{PHONE}"
    assert client.post(address(complaint, "own_phone_code"), {"code": code}).headers["Location"] == address(complaint)
    person = person_of(complaint)
    assert (opened(complaint, "phone"), person.phone_masked) == (f"+86{NEW_PHONE}", "139****5678")
    assert bytes(person.phone_index or b"") == proofs.index_of(f"+86{NEW_PHONE}")


def test_a_code_for_one_matter_changes_no_other(client, complaint):
    code, other = proves(client, complaint), lodged()
    client.post(reverse("complaints:track"), {"number": other.number, "code": codes.query_code(other)})
    assert client.post(address(other, "own_phone_code"), {"code": code}).headers["Location"] == address(other, "own_phone")


def test_the_old_number_gets_one_last_message(complaint):
    actions.change_phone(complaint, f"+86{NEW_PHONE}", at=MONDAY)
    for delivery in Delivery.objects.filter(notice__template__in=["complaints/number_left", "complaints/corrected"]):
        deliveries.deliver(delivery.pk, at=MONDAY)
    told = {message.to: message.body for message in DemoMessage.objects.all()}
    assert "最后一条短信" in told["139****1234"]
    assert "已在网站上更改" in told["139****5678"]


def test_the_old_number_is_kept_for_a_day_alone(complaint):
    actions.change_phone(complaint, f"+86{NEW_PHONE}", at=MONDAY)
    assert actions.forget_proofs(at=MONDAY + timedelta(days=1)) == 1


def test_the_matter_is_found_under_the_new_number(complaint):
    actions.change_phone(complaint, f"+86{NEW_PHONE}", at=MONDAY)
    found = [list(Complaint.objects.confirmed_by(proofs.index_of(f"+86{phone}"))) for phone in (PHONE, NEW_PHONE)]
    assert found == [[], [complaint]]


def test_what_is_not_needed_is_deleted_at_once(client, complaint):
    actions.correct_contact(complaint, contact(address=ADDRESS), at=MONDAY)
    client.post(address(complaint, "own_delete"), {"columns": ["email", "address"]})
    person = person_of(complaint)
    complaint.refresh_from_db()
    assert (person.email_sealed, person.address_sealed, complaint.notify_email) == (None, None, False)
    assert person.name_sealed is not None


def test_an_id_number_goes_with_its_index_and_consent(complaint):
    sealed = vault.seal("x", row=person_of(complaint).vault_row, column="id_number")
    given = {"id_number_sealed": sealed, "id_kind": "resident", "id_consent_at": MONDAY, "id_index": b"i", "id_masked": "1**"}
    Complainant.objects.filter(complaints=complaint).update(**given)
    actions.delete_optional(complaint, ["id_number"], at=MONDAY)
    person = person_of(complaint)
    assert (person.id_number_sealed, person.id_index, person.id_consent_at, person.id_masked) == (None, None, None, "")


def test_a_name_cannot_be_deleted(client, complaint):
    assert client.post(address(complaint, "own_delete"), {"columns": ["name"]}).status_code == 200
    assert actions.delete_optional(complaint, ["name"], at=MONDAY) == []


def test_the_page_says_until_when_it_is_kept(client, complaint):
    assert "办结后 5 年" in client.get(address(complaint, "own_delete")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_corrections_at_once_both_stand():
    complaint = lodged()
    at_once(
        lambda: actions.correct_name(complaint, RIGHT, at=MONDAY),
        lambda: actions.correct_contact(complaint, contact(address=ADDRESS), at=MONDAY),
    )
    assert (opened(complaint, "name"), opened(complaint, "address")) == (RIGHT, ADDRESS)
    complaint.refresh_from_db()
    assert [value for value in (NAME, RIGHT, ADDRESS) if value in complaint.working_copy] == []
