"""The whole way of a citizen, in both languages, posting every form without JavaScript."""

import pytest
import time_machine

from complaints import drafts
from complaints.models import Complaint, Evidence
from core.models import Delivery, Event, Notice

from .citizen import NARRATIVE, Citizen, picture
from .samples import AT, EMAIL, NAME, agency

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_that_friday")]
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


@pytest.fixture
def _on_that_friday():
    with time_machine.travel(AT, tick=True):
        yield


def code_of(citizen: Citizen) -> str:
    return drafts.open_code(citizen.draft())[0]


@LANGUAGES
def test_real_name_from_the_first_page_to_the_receipt(language):
    body = agency(name_en="Sample County Housing Bureau")
    citizen = Citizen(language)
    citizen.tells_the_matter(body.pk)
    citizen.gives_a_name()
    assert citizen.answers("phone", code=code_of(citizen)).headers["Location"].endswith("/disclosure/")
    assert citizen.answers("disclosure", disclose=["words"]).headers["Location"].endswith("/check/")
    check = citizen.sees("/complaints/new/check/")
    assert [word for word in (NAME, "138 0000 2071", "7 号窗口") if word not in check] == []
    complaint = citizen_files(citizen)
    assert (complaint.agency, complaint.category, complaint.behaviours) == (body, 4, ["4a", "4c"])
    assert complaint.consents.get().fields == ["words"]
    assert complaint.complainant is not None
    assert (complaint.complainant.verification, complaint.complainant.language) == ("phone", language)


def citizen_files(citizen: Citizen) -> Complaint:
    response = citizen.submits()
    complaint = Complaint.objects.get()
    assert response.headers["Location"] == f"/complaints/receipt/{complaint.number}/"
    receipt = citizen.sees(response.headers["Location"])
    assert [text for text in (complaint.number, complaint.content_sha256, "<svg") if text not in receipt] == []
    assert ("9 月 22 日（星期二）" if citizen.language == "zh-hans" else "Tuesday 22 September") in receipt
    return complaint


@LANGUAGES
def test_anonymous_from_the_first_page_to_the_receipt(language):
    citizen = Citizen(language)
    citizen.tells_the_matter()
    citizen.stays_anonymous()
    complaint = citizen_files(citizen)
    assert (complaint.identity, complaint.agency, complaint.agency_words) == ("anonymous", None, "政务中心二楼，办许可")
    assert not Notice.objects.exists()


def test_evidence_is_uploaded_removed_and_filed():
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.answers("evidence", uploads=[picture("甲.png"), picture("乙.png")], add="1")
    page = citizen.sees("/complaints/new/evidence/")
    assert "甲.png" in page
    assert "乙.png" in page
    citizen.answers("evidence", remove=str(citizen.walk().files[0].pk))
    citizen.stays_anonymous()
    citizen.submits()
    assert Evidence.objects.count() == 1


def test_refused_files_do_not_take_the_others_along():
    citizen = Citizen()
    citizen.tells_the_matter()
    page = citizen.answers("evidence", uploads=[picture("好.png"), picture("坏.exe")], add="1").content.decode()
    assert "“坏.exe”" in page
    assert [item.file.media_type for item in citizen.walk().files] == ["image/png"]


def test_no_more_than_ten_files_are_kept():
    citizen = Citizen()
    citizen.tells_the_matter()
    page = citizen.answers("evidence", uploads=[picture(f"{n}.png") for n in range(11)], add="1").content.decode()
    assert "alert-sum" in page
    assert len(citizen.walk().files) == 10


def test_nothing_personal_reaches_the_log_and_the_outbox():
    citizen = Citizen()
    citizen.tells_the_matter(agency().pk)
    citizen.gives_a_name(email=EMAIL)
    code = code_of(citizen)
    citizen.answers("phone", code=code)
    citizen.answers("disclosure")
    citizen.submits()
    facts = " ".join(str(row.facts) for row in [*Event.objects.all(), *Notice.objects.all()])
    assert [value for value in (NAME, "13800002071", EMAIL, code) if value in facts] == []
    assert Delivery.objects.count() == 2


def test_changing_an_answer_leads_back_to_the_check():
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.stays_anonymous()
    response = citizen.answers("problem", category="1", change="1")
    assert response.headers["Location"].endswith("/check/")
    assert "Failure to act" in Citizen.sees(english(citizen), "/complaints/new/check/")


def english(citizen: Citizen) -> Citizen:
    citizen.client.cookies["django_language"] = "en"
    return citizen


def test_changing_to_a_real_name_asks_what_is_missing():
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.stays_anonymous()
    assert citizen.answers("identity", identity="real_name", change="1").headers["Location"].endswith("/contact/")


def test_another_agency_asks_for_consent_again():
    first, second = agency(), agency("示例县林业局", "林业局")
    citizen = Citizen()
    citizen.tells_the_matter(first.pk)
    citizen.gives_a_name()
    citizen.answers("phone", code=code_of(citizen))
    citizen.answers("disclosure", disclose=["name"])
    response = citizen.answers("about", agency=str(second.pk), change="1")
    assert response.headers["Location"].endswith("/disclosure/")


def test_another_number_is_confirmed_again():
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.gives_a_name()
    citizen.answers("phone", code=code_of(citizen))
    assert citizen.answers("contact", **citizen.contact(phone="13800002072"), change="1").headers["Location"].endswith("/phone/")


@pytest.mark.parametrize("slug", ["problem", "evidence", "phone", "check"])
def test_later_pages_lead_to_the_first_question(slug):
    response = Citizen().client.get(f"/complaints/new/{slug}/")
    assert response.headers["Location"].endswith("/about/")


def test_unknown_question_is_not_found():
    assert Citizen().client.get("/complaints/new/nonsense/").status_code == 404


def test_an_answer_sent_after_the_draft_was_forgotten_is_kept():
    citizen = Citizen()
    response = citizen.client.post("/complaints/new/events/", Citizen.events())
    assert response.headers["Location"].endswith("/about/")
    assert citizen.walk().answers.first("events", "narrative") == NARRATIVE
