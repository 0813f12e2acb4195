"""The door of a filing: filed before or not, the sum or the wait, and nothing typed is lost."""

import json
from base64 import b64encode
from hashlib import sha256
from itertools import count
from typing import Any

import pytest

from complaints import actions, codes
from complaints.models import Draft
from tests.complaints.samples import AT, filing

from .citizen import Citizen

pytestmark = pytest.mark.django_db
NEW, ABOUT = "/complaints/new/", "/complaints/new/about/"
ANSWER = {"agency": "none", "agency_words": "政务中心二楼，办许可"}


@pytest.fixture(autouse=True)
def _small_sums(settings):
    settings.PROOF_DIFFICULTY = 50


def solution_for(citizen: Citizen) -> str:
    """Solve a sum as the browser does."""
    facts = citizen.client.get("/complaints/challenge/").json()
    number = next(n for n in count() if sha256(f"{facts['salt']}{n}".encode()).hexdigest() == facts["challenge"])
    return b64encode(json.dumps({**facts, "number": number}).encode()).decode()


def begins_anew(citizen: Citizen, **fields: str):
    citizen.client.post(NEW)
    answer: dict[str, Any] = ANSWER | fields
    return citizen.answers("about", **answer)


def test_begin_page_asks_whether_it_was_filed_before():
    page = Citizen().sees(NEW)
    assert [
        word for word in ("以前提交过吗", 'name="number"', 'name="code"', ABOUT, "/information/elsewhere/") if word not in page
    ] == []


def test_number_and_code_on_the_begin_page_lead_to_the_matter():
    complaint = actions.lodge(filing(), at=AT)
    response = Citizen().client.post("/complaints/track/", {"number": complaint.number, "code": codes.query_code(complaint)})
    assert response.headers["Location"] == f"/complaints/track/{complaint.number}/"


def test_two_drafts_begin_without_a_sum_and_the_third_waits():
    citizen = Citizen()
    statuses = [begins_anew(citizen).status_code for _ in range(3)]
    assert statuses == [302, 302, 429]
    assert Draft.objects.count() == 2


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", ("请等 1 分钟", "0700-812 3456")), ("en", ("wait one minute", "0700-812 3456"))]
)
def test_who_must_wait_is_told_how_long_and_keeps_what_was_typed(language, words):
    citizen = Citizen(language)
    begins_anew(citizen)
    begins_anew(citizen)
    response = begins_anew(citizen, respondent="三号窗口的人")
    page = response.content.decode()
    assert [word for word in (*words, ANSWER["agency_words"], "三号窗口的人") if word not in page] == []
    assert 0 < int(response.headers["Retry-After"]) <= 61


def test_an_answer_to_a_lost_draft_that_must_wait_is_still_in_the_page():
    citizen = Citizen()
    begins_anew(citizen)
    begins_anew(citizen)
    citizen.client.post(NEW)
    response = citizen.client.post("/complaints/new/events/", citizen.events(place="东门外的桥头"))
    assert response.status_code == 429
    assert "东门外的桥头" in response.content.decode()


def test_a_solved_sum_begins_a_draft_beyond_the_free_ones_and_counts_once():
    citizen = Citizen()
    begins_anew(citizen)
    begins_anew(citizen)
    proof = solution_for(citizen)
    assert begins_anew(citizen, proof=proof).status_code == 302
    assert begins_anew(citizen, proof=proof).status_code == 429


def test_finding_and_mending_use_no_try():
    citizen = Citizen()
    for _ in range(4):
        assert citizen.answers("about", q="住建", find="1").status_code == 200
        assert citizen.answers("about").status_code == 200
    assert begins_anew(citizen).status_code == 302


def asks_for_a_code(*, last_digit: int) -> Citizen:
    """Write down a number at an address that several people share."""
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.client.defaults["REMOTE_ADDR"] = "192.0.2.77"
    citizen.answers("identity", identity="real_name")
    citizen.answers("contact", **citizen.contact(phone=f"1380000207{last_digit}"))
    return citizen


def test_codes_beyond_the_free_ones_wait_and_the_draft_stays():
    citizen = [asks_for_a_code(last_digit=digit) for digit in range(3)][-1]
    assert "请等 1 分钟" in citizen.sees("/complaints/new/phone/")
    assert citizen.draft().phone_codes_sent == 0
    assert citizen.answers("phone", again="1", proof=solution_for(citizen)).status_code == 302
    assert citizen.draft().phone_codes_sent == 1


def test_the_sum_is_on_the_pages_where_it_is_needed_only():
    citizen = Citizen()
    assert "data-proof" in citizen.sees(ABOUT)
    citizen.tells_the_matter()
    assert "data-proof" not in citizen.sees("/complaints/new/events/")
    citizen.gives_a_name()
    assert [slug for slug in ("contact", "phone") if "data-proof" not in citizen.sees(f"/complaints/new/{slug}/")] == []


def test_a_challenge_asks_no_database_and_is_kept_by_no_cache(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/complaints/challenge/")
    assert "no-store" in response.headers["Cache-Control"]
    assert "sessionid" not in response.cookies


def test_without_the_cache_filing_goes_on_and_guessing_and_messages_do_not(settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.gives_a_name()
    assert "现在暂时不能发送验证码" in citizen.sees("/complaints/new/phone/")
    assert citizen.client.post("/complaints/resume/", {"code": "2222-2222"}).status_code == 429
    assert citizen.client.post("/complaints/track/", {"number": "2026-0001", "code": "2222-2222"}).status_code == 429
    assert citizen.draft().phone_codes_sent == 0
