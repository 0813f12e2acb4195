"""The pages of letters: the sheet of a case, one letter, the agency's and the complainant's."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.models import Letter
from cases.workflow import Status
from complaints import codes
from complaints.models import Complainant
from core.models import Event
from tests.factories import (
    MONDAY,
    NAME,
    PHONE,
    case_at,
    handler_of,
    holder,
    new_case,
    office_leader,
    officer,
    the_assignment,
    the_complaint,
)

from .test_letters import issue, letter_of, sealed_name

pytestmark = pytest.mark.django_db
LANGUAGES = ["zh-hans", "en"]
LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def case():
    return case_at(Status.DISPATCHED)


@pytest.fixture
def by(case, client):
    """The handler, signed in."""
    client.force_login(handler_of(case))
    return handler_of(case)


def address(name, letter):
    return reverse(f"cases:{name}", args=[letter.case_id, letter.pk])


def track(client, case):
    """The complainant opens the tracking page."""
    complaint = the_complaint(case)
    client.post(reverse("complaints:track"), {"number": complaint.number, "code": codes.query_code(complaint)})
    return complaint


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheet_and_pages_of_letters_can_be_read(client, case, by, language):
    client.cookies["django_language"] = language
    letter = letter_of(case, "acceptance")
    issue(letter_of(case, "dispatch"))
    actions.discard_letter(
        actions.draft_by_hand(case, by=by, kind="chaser", agency=case.agency, token="t", at=LATER),
        by=by,
        version=None,
        reason="不需要了",
        at=LATER,
    )
    pages = [client.get(reverse(f"cases:{name}", args=[case.pk])) for name in ("letters", "draft_letter")]
    pages += [client.get(address("letter", one)) for one in Letter.objects.filter(case=case)]
    pages += [client.get(address("discard_letter", letter)), client.get(address("deliver_letter", letter_of(case, "dispatch")))]
    texts = [page.content.decode() for page in pages]
    assert [page.status_code for page in pages] == [200] * 7
    assert not [text for text in texts if NAME in text or PHONE in text or "None" in text]


def test_words_are_kept_and_shown_in_the_draft(client, case, by):
    letter = letter_of(case, "dispatch")
    words = {"version": 1, "body": "请重点核查三次退件的经过。", "closing": "请按期反馈。"}
    assert client.post(address("letter", letter), words).status_code == 302
    page = client.get(address("letter", letter)).content.decode()
    assert page.count("请重点核查三次退件的经过。") == 2  # in the field and on the sheet
    stale = client.post(address("letter", letter), words | {"body": "另一个页面写的。"}).content.decode()
    assert "另一个页面写的。" in stale
    assert letter_of(case, "dispatch").words["body"] == words["body"]


def test_words_that_name_somebody_are_refused_beside_their_field_and_recorded(client, case, by):
    letter = letter_of(case, "dispatch")
    page = client.post(address("letter", letter), {"version": 1, "body": f"{NAME}反映。", "closing": ""})
    assert 'id="id_body_error"' in page.content.decode()
    checked = Event.objects.get(type="vault.words_checked")
    assert checked.facts == {"columns": ["name"]}


def test_what_may_be_an_ordinary_word_is_asked_for_once_on_each_page(client, case, by):
    Complainant.objects.update(name_sealed=sealed_name(case, "高兴"))
    letter = letter_of(case, "dispatch")
    words = {"version": 1, "body": "办事群众高兴而来，失望而归。", "closing": ""}
    asked = client.post(address("letter", letter), words).content.decode()
    assert 'name="stays"' in asked
    assert "高兴而来" in asked
    assert client.post(address("letter", letter), words | {"stays": "on"}).status_code == 302
    assert 'name="stays"' in client.post(address("issue_letter", letter), {"version": 2}).content.decode()
    assert client.post(address("issue_letter", letter), {"version": 2, "stays": "on"}).status_code == 302
    assert Event.objects.filter(type="vault.words_checked").count() == 2


def test_an_officer_issues_and_fetches(client, case, by):
    letter = letter_of(case, "acceptance")
    assert client.get(address("letter_file", letter)).status_code == 405
    assert client.post(address("issue_letter", letter), {"version": 1}).status_code == 302
    page = client.get(address("letter", letter)).content.decode()
    assert letter_of(case, "acceptance").number in page
    assert NAME not in page
    file = client.post(address("letter_file", letter))
    assert file.content.startswith(b"PK")
    assert "no-store" in file.headers["Cache-Control"]
    again = client.post(address("issue_letter", letter), {"version": 2})
    assert letter_of(case, "acceptance").number in again.content.decode()
    client.force_login(officer())
    assert client.post(address("letter_file", letter)).status_code == 404


def test_a_draft_goes_out_with_a_masked_name_only(client, case, by):
    letter = letter_of(case, "acceptance")
    file = client.get(address("letter_draft", letter))
    assert file.content.startswith(b"PK")
    assert NAME.encode() not in file.content
    client.post(address("issue_letter", letter), {"version": 1})
    assert client.get(address("letter_draft", letter)).status_code == 404


def test_the_button_is_not_there_until_the_letter_is_whole(client, case):
    leader = office_leader()
    client.force_login(leader)
    letter = actions.draft_by_hand(case, by=leader, kind="circular", agency=case.agency, token="t", at=LATER)
    page = client.get(address("letter", letter)).content.decode()
    assert address("issue_letter", letter) not in page
    assert 'href="#words"' in page
    assert client.post(address("issue_letter", letter), {"version": 1}).status_code == 200
    assert letter_of(case, "circular").is_draft


def test_a_letter_is_drafted_by_hand_once(client, case, by):
    page = client.get(reverse("cases:draft_letter", args=[case.pk]))
    given = {"token": page.context["form"]["token"].value(), "letter": f"chaser:{case.agency_id}"}
    for _twice in range(2):
        assert client.post(reverse("cases:draft_letter", args=[case.pk]), given).status_code == 302
    assert Letter.objects.filter(case=case, kind="chaser").count() == 1
    wrong = client.post(reverse("cases:draft_letter", args=[case.pk]), given | {"letter": "closing:"})
    assert wrong.status_code == 200


def test_a_case_in_triage_has_no_letter_to_write(client):
    case = new_case()
    client.force_login(officer())
    assert client.get(reverse("cases:letters", args=[case.pk])).status_code == 200
    assert 'type="radio"' not in client.get(reverse("cases:draft_letter", args=[case.pk])).content.decode()


def test_a_draft_is_discarded_with_a_reason(client, case, by):
    letter = letter_of(case, "acceptance")
    assert client.post(address("discard_letter", letter), {"version": 1, "reason": ""}).status_code == 200
    assert client.post(address("discard_letter", letter), {"version": 1, "reason": "当面已说明"}).status_code == 302
    assert letter_of(case, "acceptance").discard_reason == "当面已说明"
    assert client.get(address("discard_letter", letter)).status_code == 302


def test_delivery_is_noted_for_issued_letters_only(client, case, by):
    letter = letter_of(case, "acceptance")
    assert client.get(address("deliver_letter", letter)).status_code == 404
    issue(letter, by=by)
    wrong = client.post(address("deliver_letter", letter), {"means": "post", "on": "2026-09-01"})
    assert 'id="id_on_error"' in wrong.content.decode()
    assert client.post(address("deliver_letter", letter), {"means": "post", "on": "2026-09-15"}).status_code == 302
    assert letter_of(case, "acceptance").means == "post"


def test_a_letter_of_another_case_does_not_exist(client, case, by):
    other = letter_of(case_at(Status.DISPATCHED), "acceptance")
    for name in ("letter", "discard_letter", "deliver_letter", "letter_draft"):
        assert client.get(reverse(f"cases:{name}", args=[case.pk, other.pk])).status_code == 404


def test_an_agency_fetches_its_own_letters(client, case):
    issue(letter_of(case, "acceptance"))
    letter = issue(letter_of(case, "dispatch"))
    client.force_login(holder(case.agency))
    assignment = the_assignment(case)
    page = client.get(reverse("cases:assignment_detail", args=[assignment.pk])).content.decode()
    assert letter.number in page
    assert letter_of(case, "acceptance").number not in page
    mine, other = (
        reverse("cases:assignment_letter", args=[assignment.pk, one.pk]) for one in (letter, letter_of(case, "acceptance"))
    )
    assert client.get(mine).content.startswith(b"PK")
    assert client.get(other).status_code == 404
    client.force_login(holder(case_at(Status.DISPATCHED).agency))
    assert client.get(mine).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_complainant_reads_prints_and_saves_the_letter(client, case, language):
    client.cookies["django_language"] = language
    letter = issue(letter_of(case, "acceptance"))
    complaint = track(client, case)
    page = client.get(reverse("complaints:track_detail", args=[complaint.number])).content.decode()
    paper = reverse("complaints:paper", args=[complaint.number, letter.pk])
    assert paper in page
    shown = client.get(paper)
    assert NAME in shown.content.decode()
    assert letter.number in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert client.get(f"{paper}file/").content.startswith(b"PK")
    assert client.get(reverse("complaints:paper", args=[complaint.number, letter_of(case, "dispatch").pk])).status_code == 404


def test_a_stranger_is_asked_for_the_code(client, case):
    letter, complaint = issue(letter_of(case, "acceptance")), the_complaint(case)
    for name in ("paper", "paper_file"):
        response = client.get(reverse(f"complaints:{name}", args=[complaint.number, letter.pk]))
        assert response.headers["Location"].startswith(reverse("complaints:track"))
    assert letter_of(case, "acceptance").read_at is None


def test_pages_cost_few_queries_however_many_letters(client, case, by, django_assert_max_num_queries):
    for n in range(4):
        actions.draft_by_hand(case, by=by, kind="chaser", agency=case.agency, token=str(n), at=LATER)
    issue(letter_of(case, "acceptance"))
    with django_assert_max_num_queries(12):
        client.get(reverse("cases:letters", args=[case.pk]))
    with django_assert_max_num_queries(20):
        client.get(address("letter", letter_of(case, "dispatch")))
