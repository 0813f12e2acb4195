"""Following a matter: the door, the page, the evidence, the receipt, the rating."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from complaints import actions, codes, ports
from complaints.models import Complaint, Rating
from complaints.purposes import Purpose
from core import files
from core.deadlines import Rule, Unit, compute
from core.models import Event
from core.workdays import WorkCalendar

from .citizen import Citizen
from .samples import AT, NAME, NARRATIVE, agency, filing
from .test_lodging import in_two_threads, stored_picture

pytestmark = pytest.mark.django_db
TRACK = "/complaints/track/"


@pytest.fixture
def complaint() -> Complaint:
    return actions.lodge(filing(agency=agency(), files=(stored_picture("回执\u202e.png"),)), at=AT)


def knocks(citizen: Citizen, complaint: Complaint, code: str = ""):
    return citizen.client.post(TRACK, {"number": complaint.number, "code": code or codes.query_code(complaint)})


def inside(complaint: Complaint, language: str = "zh-hans") -> Citizen:
    citizen = Citizen(language)
    assert knocks(citizen, complaint).headers["Location"] == f"{TRACK}{complaint.number}/"
    return citizen


def rated(citizen: Citizen, complaint: Complaint, **answer: str):
    return citizen.client.post(f"{TRACK}{complaint.number}/rate/", answer)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_number_and_code_open_the_page(complaint, language):
    page = inside(complaint, language).sees(f"{TRACK}{complaint.number}/")
    assert [word for word in (complaint.number, "正在调查核实", NARRATIVE[:20], "回执.png") if word not in page] == []


def test_wrong_code_and_unknown_number_get_the_same_answer(complaint):
    citizen = Citizen()
    wrong = knocks(citizen, complaint, "2222-2222").content.decode()
    unknown = citizen.client.post(TRACK, {"number": "2026-9999", "code": "2222-2222"}).content.decode()
    assert "没有找到" in wrong
    assert hidden_differences(wrong, complaint.number) == hidden_differences(unknown, "2026-9999")


def hidden_differences(page: str, number: str) -> str:
    """The form with what was typed and the token taken out."""
    main = page.split("<main")[1].split("</main>")[0].replace(number, "")
    return " ".join(line for line in main.split("\n") if "csrfmiddlewaretoken" not in line)


@pytest.mark.parametrize(
    "typed", [{"number": "\x00", "code": "\x00"}, {"number": "🙂" * 30, "code": "1" * 30}, {"number": "9" * 30, "code": "x"}, {}]
)
def test_nonsense_is_not_found_and_does_not_crash(typed):
    assert Citizen().client.post(TRACK, typed).status_code == 200


def test_guessing_is_slowed_down_and_told(complaint):
    citizen = Citizen()
    for _ in range(5):
        assert knocks(citizen, complaint, "2222-2222").status_code == 200
    response = knocks(citizen, complaint)
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 61
    assert "1 分钟" in response.content.decode()
    assert complaint.number in response.content.decode()


def test_guessing_numbers_that_do_not_exist_is_slowed_down_too():
    citizen = Citizen()
    statuses = [citizen.client.post(TRACK, {"number": f"2026-{n:04d}", "code": "2222-2222"}).status_code for n in range(6)]
    assert statuses[-1] == 429


def test_the_door_gives_the_session_a_new_key(complaint):
    citizen = Citizen()
    citizen.answers("about", agency="none", agency_words="政务中心")
    before = citizen.client.session.session_key
    knocks(citizen, complaint)
    assert citizen.client.session.session_key != before


@pytest.mark.parametrize("path", ["track/{}/", "receipt/{}/", "track/{}/evidence/1/"])
def test_a_stranger_is_sent_to_the_door(complaint, path):
    response = Citizen().client.get(f"/complaints/{path.format(complaint.number)}")
    assert response.status_code == 404 or response.headers["Location"].startswith(TRACK)


def test_the_page_closes_after_an_idle_hour(complaint):
    with time_machine.travel(AT) as now:
        citizen = inside(complaint)
        now.shift(timedelta(minutes=61))
        assert citizen.client.get(f"{TRACK}{complaint.number}/").headers["Location"].startswith(f"{TRACK}?number=")


def test_done_closes_the_page(complaint):
    citizen = inside(complaint)
    citizen.client.post(reverse("complaints:done"))
    assert citizen.client.get(f"{TRACK}{complaint.number}/").status_code == 302


def test_qr_address_brings_the_number_along():
    assert 'value="2026-0417"' in Citizen().sees(f"{TRACK}?number=2026-0417")


def test_page_needs_few_queries(complaint, django_assert_max_num_queries):
    citizen = inside(complaint)
    citizen.sees(f"{TRACK}{complaint.number}/")
    with django_assert_max_num_queries(12):
        citizen.sees(f"{TRACK}{complaint.number}/")


def test_deadline_is_said_in_words_with_its_sum(complaint, upstairs):
    limit = compute(date(2026, 9, 18), Rule(3, Unit.WORKING_DAYS), WorkCalendar())
    upstairs.answer["deadline"] = ports.NextDeadline("受理", "本办公室", limit.started_on, limit.due_on, limit.as_facts())
    with time_machine.travel(AT):
        page = inside(complaint).sees(f"{TRACK}{complaint.number}/")
    assert [word for word in ("还有 3 个工作日", "9 月 20 日调休上班", "9 月 22 日到期") if word not in page] == []


def test_evidence_is_handed_out_as_a_clean_attachment(complaint):
    citizen = inside(complaint)
    item = complaint.evidence.get()
    response = citizen.client.get(f"{TRACK}{complaint.number}/evidence/{item.pk}/")
    assert response.content == files.clean_copy(item.file)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert (response.headers["X-Content-Type-Options"], response.headers["Content-Type"]) == ("nosniff", "image/png")


def test_evidence_of_another_matter_is_not_found(complaint):
    other = actions.lodge(filing(files=(stored_picture("b.png"),)), at=AT)
    response = inside(complaint).client.get(f"{TRACK}{complaint.number}/evidence/{other.evidence.get().pk}/")
    assert response.status_code == 404


def test_receipt_shows_both_codes_again(complaint):
    page = inside(complaint).sees(f"/complaints/receipt/{complaint.number}/")
    assert [text for text in (complaint.number, codes.query_code(complaint), complaint.content_sha256) if text not in page] == []


def test_looks_are_shown_with_role_and_purpose_but_no_name(complaint):
    officer = User.objects.create(username="officer", full_name="示例办案员", roles=[Role.OFFICER])
    assert actions.reveal_phone(complaint, by=officer, purpose=Purpose.FACTS, at=AT) == "+8613800002071"
    event = Event.objects.get(type="vault.revealed")
    assert (event.actor, event.facts) == (f"user:{officer.pk}", {"column": "phone", "purpose": "facts", "role": "officer"})
    page = inside(complaint).sees(f"{TRACK}{complaint.number}/")
    assert "了解情况" in page
    assert "示例办案员" not in page


def test_an_anonymous_matter_has_no_phone_to_reveal():
    officer = User.objects.create(username="officer", full_name="示例办案员", roles=[Role.OFFICER])
    with pytest.raises(actions.NothingToReveal):
        actions.reveal_phone(actions.lodge(filing(filer=None), at=AT), by=officer, purpose=Purpose.FACTS, at=AT)
    assert not Event.objects.filter(type="vault.revealed").exists()


def test_rating_is_kept_once(complaint, upstairs):
    upstairs.answer["may_rate"] = True
    citizen = inside(complaint)
    rated(citizen, complaint, satisfaction="fairly_satisfied")
    rated(citizen, complaint, satisfaction="dissatisfied", reason="后悔了，想改。")
    assert Rating.objects.get().satisfaction == "fairly_satisfied"
    assert upstairs.rated == [(complaint.pk, "fairly_satisfied")]
    assert Event.objects.get(type="complaint.rated").facts == {"satisfaction": "fairly_satisfied"}


def test_dissatisfied_person_is_asked_why(complaint, upstairs):
    upstairs.answer["may_rate"] = True
    page = rated(inside(complaint), complaint, satisfaction="dissatisfied").content.decode()
    assert "请写明为什么不满意" in page
    assert not Rating.objects.exists()


def test_reason_is_masked_and_its_original_sealed(complaint, upstairs):
    upstairs.answer["may_rate"] = True
    rated(inside(complaint), complaint, satisfaction="dissatisfied", reason=f"我是{NAME}，问题没有解决。")
    rating = Rating.objects.get()
    assert NAME not in rating.reason_copy
    assert rating.reason_sealed is not None


@pytest.mark.parametrize("answer", [{}, {"satisfaction": "delighted"}, {"satisfaction": "satisfied", "reason": "字" * 1001}])
def test_bad_rating_keeps_what_was_typed(complaint, upstairs, answer):
    upstairs.answer["may_rate"] = True
    page = rated(inside(complaint), complaint, **answer).content.decode()
    assert answer.get("reason", "") in page
    assert "alert-sum" in page


def test_rating_before_the_reply_is_refused(complaint):
    rated(inside(complaint), complaint, satisfaction="satisfied")
    assert not Rating.objects.exists()


def test_rating_by_a_stranger_is_refused(complaint, upstairs):
    upstairs.answer["may_rate"] = True
    rated(Citizen(), complaint, satisfaction="satisfied")
    assert not Rating.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_ratings_at_once_keep_one(complaint, upstairs):
    upstairs.answer["may_rate"] = True
    refused: list[Exception] = []

    def rate():
        try:
            actions.rate(complaint, "satisfied", "", at=AT)
        except actions.RatingRefused as error:
            refused.append(error)

    in_two_threads(rate)
    assert (Rating.objects.count(), len(refused), len(upstairs.rated)) == (1, 1, 1)
