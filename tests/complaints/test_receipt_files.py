"""The receipt as a file: everything that the page says, on one page, for the same people, and naming nobody."""

from dataclasses import replace

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from complaints import actions, codes, receipt_files, receipts
from complaints.models import Complaint
from core.context_processors import portal
from tests.factories import officer

from .citizen import Citizen
from .helping import typed
from .samples import AT, EMAIL, NAME, agency, filing
from .test_following import inside
from .test_lodging import stored_picture

pytestmark = pytest.mark.django_db
OFFICE = {"name": "示例投诉中心", "hotline": "0700-812 3456", "hours": "8:30–17:30"}


@pytest.fixture
def complaint() -> Complaint:
    return actions.lodge(filing(agency=agency(), files=(stored_picture("回执 <b>&.png"),)), at=AT)


def drawn(complaint: Complaint, language: str = "zh-hans", **changes) -> pypdfium2.PdfDocument:
    with translation.override(language):
        receipt = replace(receipts.receipt_of(complaint), **changes)
        return pypdfium2.PdfDocument(receipt_files.pdf_of(receipt, OFFICE))


def text_of(document: pypdfium2.PdfDocument) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "接下来会怎样"), ("en", "What happens next")])
def test_the_file_says_what_the_page_says_on_one_page(complaint, language, words):
    document = drawn(complaint, language)
    text = text_of(document)
    stored = complaint.evidence.get().file
    wanted = (complaint.number, codes.query_code(complaint), words, stored.sha256, complaint.content_sha256, "回执 <b>&.png")
    assert [word for word in wanted if word not in text] == []
    assert len(document) == 1


def test_every_key_of_the_receipt_is_printed(complaint):
    keys = [*receipts.receipt_of(complaint).keys, {"label": "领奖码", "value": "5TGH-8KMN"}]
    assert "5TGH-8KMN" in text_of(drawn(complaint, keys=keys))


def test_a_long_list_of_files_goes_on_to_another_page(complaint):
    document = drawn(complaint, files=list(receipts.receipt_of(complaint).files) * 20)
    assert len(document) == 2


def test_the_file_names_nobody(complaint):
    document = drawn(complaint)
    told = text_of(document) + str(document.get_metadata_dict())
    assert [value for value in (NAME, EMAIL, "13800002071") if value in told] == []
    assert document.get_metadata_dict()["Author"] == OFFICE["name"]


def test_the_same_receipt_is_the_same_file(complaint):
    receipt = receipts.receipt_of(complaint)
    assert receipt_files.pdf_of(receipt, OFFICE) == receipt_files.pdf_of(receipt, OFFICE)


def test_who_sees_the_receipt_can_save_it(complaint):
    citizen = inside(complaint)
    assert reverse("complaints:receipt_file", args=[complaint.number]) in citizen.sees(f"/complaints/receipt/{complaint.number}/")
    response = citizen.client.get(reverse("complaints:receipt_file", args=[complaint.number]))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert "filename*=utf-8''%E6%8A%95%E8%AF%89" in response.headers["Content-Disposition"]
    assert "no-store" in response.headers["Cache-Control"]


def test_a_stranger_gets_no_file(complaint):
    response = Citizen().client.get(reverse("complaints:receipt_file", args=[complaint.number]))
    assert response.headers["Location"].startswith("/complaints/track/")


def test_the_office_of_the_page_is_the_office_of_the_file(rf):
    assert set(OFFICE) <= set(portal(rf.get("/"))["office"])


def test_staff_hand_the_file_over_while_the_code_may_be_shown():
    staff = Client()
    staff.force_login(officer())
    staff.post(reverse("cases:enter"), typed(agency()))
    number = Complaint.objects.get().number
    address = reverse("cases:entered_file", args=[number])
    assert staff.get(address).content.startswith(b"%PDF-")
    session = staff.session
    session.pop("entered")
    session.save()
    assert staff.get(address).status_code == 302
