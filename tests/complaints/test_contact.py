"""How the filer is reached: with a code or without, on paper, as a company, and several together."""

import pytest

from complaints.actions import lodge
from complaints.filing import Cosigner
from complaints.identifying import to_confirm
from complaints.models import Complainant, Complaint, IdentityCheck, Representative
from complaints.receipts import receipt_of
from core import vault
from core.models import Delivery

from .citizen import Citizen
from .samples import AT, NAME, agency, filer, filing

pytestmark = pytest.mark.django_db
CODE = "91430000MA4LQX1T06"  # invented; its last character is the right check


@pytest.fixture
def citizen() -> Citizen:
    one = Citizen()
    one.tells_the_matter()
    one.answers("identity", identity="real_name")
    return one


def told(citizen: Citizen, **contact: object) -> str:
    return citizen.answers("contact", **citizen.contact(**contact)).content.decode()


def lodged(citizen: Citizen, **contact: object) -> Complaint:
    assert citizen.waits_to_be_asked(**contact).endswith("/check/")
    citizen.submits()
    return Complaint.objects.for_detail().get()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_without_a_mobile_phone_no_code_is_asked_for(language):
    citizen = Citizen(language)
    citizen.tells_the_matter(agency().pk)
    assert citizen.waits_to_be_asked().endswith("/disclosure/")
    citizen.answers("disclosure")
    assert ("我们会回拨核实" if language == "zh-hans" else "We call you back") in citizen.sees("/complaints/new/check/")
    citizen.submits()
    person = Complainant.objects.get()
    assert (person.verification, person.verified_at, person.phone_masked) == ("none", None, "010****5678")
    assert not IdentityCheck.objects.exists()
    assert not Delivery.objects.exists()


def test_who_comes_in_person_leaves_no_number(citizen):
    complaint = lodged(citizen, confirm="in_person", landline="010-1234 5678", phone="13800002071")
    assert complaint.complainant
    assert complaint.complainant.phone_sealed is None
    page = citizen.sees(f"/complaints/receipt/{complaint.number}/")
    assert "请您来一趟" in page
    assert complaint.number in page.partition("请您来一趟")[2]


def test_receipt_and_tracking_say_that_we_call(citizen):
    complaint = lodged(citizen)
    for page in ("receipt", "track"):
        assert "我们会拨打 010****5678" in citizen.sees(f"/complaints/{page}/{complaint.number}/")


def test_who_is_confirmed_has_nothing_more_to_do():
    assert to_confirm(lodge(filing(), at=AT)) is None
    assert to_confirm(lodge(filing(filer=None, notify_sms=False), at=AT)) is None


def test_no_text_message_goes_to_a_number_that_no_code_confirmed(citizen):
    complaint = lodged(citizen, landline="138 0000 2071", notify=["sms"])
    assert not complaint.notify_sms


def test_an_email_is_still_told(citizen):
    complaint = lodged(citizen, notify=["sms", "email"], email="a@example.invalid")
    assert (complaint.notify_sms, complaint.notify_email) == (False, True)


def test_going_back_to_the_code_asks_for_it(citizen):
    citizen.waits_to_be_asked()
    assert citizen.answers("contact", **citizen.contact(), change="1").headers["Location"].endswith("/phone/")


def test_the_code_page_does_not_open_where_no_code_is_sent(citizen):
    citizen.waits_to_be_asked()
    assert citizen.client.get("/complaints/new/phone/").headers["Location"].endswith("/check/")


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ({"confirm": ""}, "请选择核实的方式"),
        ({"confirm": "pigeon"}, "请选择核实的方式"),
        ({"phone": ""}, "请填写手机号"),
        ({"phone": "010-1234 5678"}, "11 位"),
        ({"confirm": "call_back", "landline": ""}, "座机请带区号"),
        ({"confirm": "call_back", "landline": "12"}, "座机请带区号"),
        ({"notify": []}, "至少选一种通知方式"),
        ({"kind": "organisation", "organisation": "示例企业", "uscc": CODE[:-1] + "7"}, "请核对 18 位"),
        ({"signers": "many"}, "请用数字填写人数"),
        ({"signers": "0"}, "请用数字填写人数"),
        ({"signers": "10000"}, "9,999"),
        ({"rep_phone_1": "13800002072"}, "请填写这位代表的全名"),
        ({"rep_name_2": "甲"}, "请填写这位代表的全名"),
        ({"rep_name_1": "示例人乙", "rep_phone_1": "12"}, "这不是电话号码"),
        ({"rep_name_1": "示例人乙", "signers": "1"}, "已有 2 人"),
    ],
)
def test_what_is_wrong_is_said_beside_it(citizen, contact, said):
    page = told(citizen, **contact)
    assert said in page
    assert "alert-sum" in page


def test_a_credit_code_is_taken_as_it_is_copied(citizen):
    typed = "９１４３ 0000 ma4lqx1t06"
    complaint = lodged(citizen, kind="organisation", organisation="示例企业", uscc=typed, address="示例路 1 号")
    person = complaint.complainant
    assert person
    assert person.uscc_sealed
    assert person.address_sealed
    assert vault.open_sealed(person.uscc_sealed, row=person.vault_row, column="uscc") == CODE


def test_a_code_in_a_box_that_does_not_apply_is_forgotten(citizen):
    complaint = lodged(citizen, kind="person", organisation="示例企业", uscc="nonsense")
    assert complaint.complainant
    assert complaint.complainant.uscc_sealed is None


def test_several_file_together(citizen):
    several = {"signers": "１２", "rep_name_1": "示例人乙", "rep_phone_1": "13800002072", "rep_name_3": "示例人丙"}
    citizen.waits_to_be_asked(**several)
    check = citizen.sees("/complaints/new/check/")
    assert [word for word in ("12 人", "示例人乙 138 0000 2072", "示例人丙") if word not in check] == []
    citizen.submits()
    assert Complaint.objects.get().signers == 12
    rows = list(Representative.objects.order_by("position"))
    assert [(row.name_masked, row.phone_masked) for row in rows] == [("示**", "138****2072"), ("示**", "")]


def test_without_a_count_those_named_are_counted(citizen):
    assert lodged(citizen, rep_name_1="示例人乙").signers == 2


def test_representatives_are_masked_in_the_working_copy(citizen):
    citizen.answers("events", **citizen.events(narrative="我和示例人乙（电话 13800002072）一起去了窗口，材料被退回三次。"))
    complaint = lodged(citizen, rep_name_1="示例人乙", rep_phone_1="13800002072")
    assert [word for word in ("示例人乙", "13800002072") if word in complaint.working_copy] == []


def test_receipt_tells_who_files_together_masked():
    complaint = lodge(filing(signers=3, filer=filer(representatives=(Cosigner("示例人乙"),))), at=AT)
    fact = next(fact for fact in receipt_of(complaint).facts if fact["term"] == "联名")
    assert (fact["value"], fact["note"]) == ("3 人", "其他代表：示**")
    assert NAME not in str(receipt_of(complaint).facts)
