"""Finding one's matters again by a confirmed number: nothing is given away, few tries, each code once; a new query code."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints import actions, codes, drafts, proofs
from complaints.actions.confirming import SENDING
from complaints.models import Complainant, Complaint, PhoneProof
from core import deliveries
from core.models import Delivery, DemoMessage, Event, Notice
from tests import factories
from tests.cases.test_races import at_once
from tests.factories import MONDAY, PHONE

pytestmark = pytest.mark.django_db
FIND, CODE, MINE = "/complaints/mine/find/", "/complaints/mine/code/", "/complaints/mine/"
OTHER = "13900005678"
SQL_VALUE = re.compile(r"'[^']*'(?:::\w+)?|\b\d+\b|\bs\d+_x\d+\b")
VERIFIED = {"verification": Complainant.Verification.PHONE, "verified_at": MONDAY}


def confirmed(**filer: Any) -> Complaint:
    return factories.complaint(filer=factories.filer(**VERIFIED | filer))


def asks(client: Client, phone: str = PHONE) -> str:
    """Ask for a code; returns it, as only its message holds it."""
    assert client.post(FIND, {"phone": phone}).headers["Location"] == CODE
    return proofs.code_of(PhoneProof.objects.get(pk=client.session["proof"]["id"]))


def inside(client: Client, phone: str = PHONE) -> str:
    """Prove the number; returns the page with the list."""
    assert client.post(CODE, {"code": asks(client, phone)}).headers["Location"] == MINE
    return client.get(MINE).content.decode()


def sent() -> list[DemoMessage]:
    """Let the outbox do what it can."""
    for delivery in Delivery.objects.filter(state="pending"):
        deliveries.deliver(delivery.pk, at=MONDAY)
    return list(DemoMessage.objects.filter(body__contains="验证码"))


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_the_code_leads_to_the_matters_of_the_number(client):
    mine, others = confirmed(), confirmed(phone=f"+86{OTHER}")
    page = inside(client)
    assert mine.number in page
    assert others.number not in page
    assert "139****1234" in page


def test_a_known_and_an_unknown_number_get_the_same_answer(client):
    confirmed()
    pages = []
    for phone in (PHONE, OTHER):
        asks(client, phone)
        page = client.get(CODE).content.decode().replace(f"{phone[:3]}****{phone[-4:]}", "")
        pages.append(re.sub(r'value="\w{64}"', "", page))
    assert pages[0] == pages[1]


def test_the_page_does_the_same_work_for_every_number(client, django_capture_on_commit_callbacks):
    confirmed()
    asks(client, "13900009999")  # the session is there
    done = []
    for phone in (PHONE, OTHER):
        with CaptureQueriesContext(connection) as queries, django_capture_on_commit_callbacks() as wakes:
            client.post(FIND, {"phone": phone})
        done.append((len(wakes), [SQL_VALUE.sub("?", query["sql"]) for query in queries.captured_queries]))
    assert done[0] == done[1]
    assert not any("complaints_complain" in sql for sql in done[0][1])  # nobody is looked up while somebody waits


def test_a_message_goes_only_where_matters_stand(client):
    confirmed()
    asks(client, OTHER)
    assert sent() == []
    code = asks(client)
    assert [code in message.body for message in sent()] == [True]


def test_a_message_for_nobody_is_dropped_at_once(client):
    asks(client, OTHER)
    sent()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("dead", 1)


def test_neither_number_nor_code_stands_in_plain(client):
    confirmed()
    code = asks(client)
    rows = str([*PhoneProof.objects.values(), *Notice.objects.values(), client.session.items()])
    assert [word for word in (PHONE, code) if word in rows] == []


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１２", "\x00" * 6])
def test_a_wrong_code_opens_nothing(client, typed):
    confirmed()
    asks(client)
    assert client.post(CODE, {"code": typed}).status_code == 200
    assert client.get(MINE).headers["Location"] == FIND


def test_wrong_codes_are_counted_until_none_is_taken(client):
    confirmed()
    code = asks(client)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(drafts.CODE_TRIES):
        client.post(CODE, {"code": wrong})
    assert "次数太多" in client.post(CODE, {"code": code}).content.decode()


def test_a_code_works_once_and_ten_minutes(client):
    confirmed()
    code, proof = asks(client), str(PhoneProof.objects.get().pk)
    with pytest.raises(drafts.CodeRefused):
        actions.prove(proof, code, at=MONDAY + timedelta(minutes=10))
    assert actions.prove(proof, code, at=MONDAY) == f"+86{PHONE}"
    with pytest.raises(drafts.CodeRefused):
        actions.prove(proof, code, at=MONDAY)


def test_a_code_of_another_browser_is_not_taken(client):
    confirmed()
    code = asks(client)
    assert Client().post(CODE, {"code": code}).headers["Location"] == FIND


def test_asking_is_slowed_down_for_known_and_unknown_numbers(client):
    for phone in (PHONE, OTHER):
        for number in range(SENDING.free):
            client.post(FIND, {"phone": phone}, REMOTE_ADDR=f"192.0.2.{number}")
        assert "验证码" in client.post(FIND, {"phone": phone}, REMOTE_ADDR="198.51.100.1").content.decode()
    assert PhoneProof.objects.count() == 2 * SENDING.free


def test_one_address_cannot_ask_for_many_numbers(client):
    statuses = [client.post(FIND, {"phone": f"1390000{number:04d}"}).status_code for number in range(SENDING.free + 1)]
    assert statuses[-1] == 200
    assert set(statuses[:-1]) == {302}


@pytest.mark.parametrize("level", ["none", "format", "provider"])
def test_a_number_that_nobody_confirmed_finds_nothing(client, level):
    complaint = factories.complaint(filer=factories.filer(verification=level, verified_at=None if level == "none" else MONDAY))
    assert complaint.number not in inside(client)


def test_denied_and_erased_matters_are_not_listed(client):
    denied, erased, stays = confirmed(), confirmed(), confirmed()
    Complaint.objects.filter(pk=denied.pk).update(identity="anonymous", denied_at=MONDAY)
    gone = {"narrative_sealed": None, "wish_sealed": None, "details_sealed": None}
    Complaint.objects.filter(pk=erased.pk).update(erased_at=MONDAY, **gone)
    page = inside(client)
    assert [one.number in page for one in (denied, erased, stays)] == [False, False, True]


def test_the_list_costs_the_same_however_long(client, django_assert_max_num_queries):
    for _ in range(3):
        confirmed()
    inside(client)
    with django_assert_max_num_queries(5):
        client.get(MINE)


def test_a_long_list_is_leafed_through(client, monkeypatch):
    monkeypatch.setattr("complaints.mine.PAGE_SIZE", 1)
    older, newer = confirmed(), confirmed()
    first = inside(client)
    assert (newer.number in first, older.number in first) == (True, False)
    before = re.search(r"\?before=\d+", first)
    assert before
    assert older.number in client.get(MINE + before.group()).content.decode()


def test_a_matter_of_the_list_opens_as_with_number_and_code(client):
    mine, others = confirmed(), confirmed(phone=f"+86{OTHER}")
    inside(client)
    address = reverse("complaints:track_detail", args=[mine.number])
    assert client.get(address).status_code == 302
    assert client.post(reverse("complaints:mine_open", args=[mine.number])).headers["Location"] == address
    assert client.get(address).status_code == 200
    assert client.post(reverse("complaints:mine_open", args=[others.number])).status_code == 404


def test_the_list_closes_after_an_idle_hour_and_on_done(client):
    confirmed()
    inside(client)
    with time_machine.travel(MONDAY + timedelta(minutes=61), tick=False):
        assert client.get(MINE).headers["Location"] == FIND
    assert client.get(MINE).status_code == 200
    client.post(reverse("complaints:done"))
    assert client.get(MINE).headers["Location"] == FIND


def test_old_proofs_are_deleted():
    SENDING.forgive({})
    proof = actions.ask_code(f"+86{PHONE}", proofs.FINDING, language="en", source="192.0.2.1", at=MONDAY)
    assert actions.forget_proofs(at=MONDAY) == 0
    assert actions.forget_proofs(at=proof.expires_at) == 1


def renews(client: Client, complaint: Complaint, seen: int = 1) -> Any:
    return client.post(reverse("complaints:mine_fresh_code", args=[complaint.number]), {"seen": seen})


def test_a_new_code_stands_on_the_receipt_and_the_old_one_is_void(client):
    complaint = confirmed()
    old = codes.query_code(complaint)
    inside(client)
    receipt = client.get(renews(client, complaint).headers["Location"]).content.decode()
    complaint.refresh_from_db()
    assert codes.query_code(complaint) in receipt
    assert old not in receipt
    assert not codes.opens(complaint, old)
    assert Event.objects.filter(subject=complaint.subject, type="complaint.code_renewed").count() == 1


def test_a_second_click_makes_no_second_code(client):
    complaint = confirmed()
    inside(client)
    renews(client, complaint)
    renews(client, complaint)
    complaint.refresh_from_db()
    assert complaint.code_version == 2


def test_sessions_opened_with_the_old_code_end(client):
    complaint, elsewhere = confirmed(), Client()
    elsewhere.post(reverse("complaints:track"), {"number": complaint.number, "code": codes.query_code(complaint)})
    address = reverse("complaints:track_detail", args=[complaint.number])
    assert elsewhere.get(address).status_code == 200
    inside(client)
    renews(client, complaint)
    assert elsewhere.get(address).status_code == 302
    assert client.get(address).status_code == 200


def test_the_owner_is_told_of_a_new_code(client):
    complaint = confirmed()
    inside(client)
    renews(client, complaint)
    notice = Notice.objects.get(template="complaints/code_renewed")
    assert (notice.recipient_id, notice.facts) == (str(complaint.public_id), {"number": complaint.number})


def test_only_the_list_leads_to_a_new_code(client):
    complaint, others = confirmed(), confirmed(phone=f"+86{OTHER}")
    assert renews(client, complaint).headers["Location"] == FIND
    inside(client)
    assert renews(client, others).status_code == 404
    assert "换新" in client.get(reverse("complaints:mine_fresh_code", args=[complaint.number])).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_code():
    complaint = confirmed()
    at_once(*[lambda: actions.renew_code(complaint, seen=1, at=MONDAY)] * 2)
    complaint.refresh_from_db()
    assert complaint.code_version == 2
    assert Event.objects.filter(type="complaint.code_renewed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_code_sent_twice_at_once_proves_once():
    proof = actions.ask_code(f"+86{PHONE}", proofs.PROVING, language="zh-hans", source="192.0.2.1", at=MONDAY)
    code = proofs.code_of(proof)
    results = at_once(*[lambda: actions.prove(str(proof.pk), code, at=MONDAY)] * 2)
    assert sorted(str(type(result).__name__) for result in results) == ["CodeRefused", "str"]
