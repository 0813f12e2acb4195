"""Main and further kinds of problem, none of the seven, and the number from which a matter follows on."""

import pytest
from django.utils import translation

from complaints import actions, codes, labels, tracking
from complaints.categories import CATEGORIES
from complaints.models import Complaint
from complaints.receipts import receipt_of

from .citizen import Citizen
from .samples import AT, filing

pytestmark = pytest.mark.django_db


def at_the_check(**changes) -> Citizen:
    """A citizen who has answered everything; `problem` and `events` as given."""
    citizen = Citizen()
    citizen.tells_the_matter(**changes.get("events", {}))
    if problem := changes.get("problem"):
        assert citizen.answers("problem", change="1", **problem).status_code == 302
    citizen.stays_anonymous()
    return citizen


def files(citizen: Citizen) -> Complaint:
    citizen.submits()
    return Complaint.objects.get()


def test_further_kinds_are_filed_and_the_main_one_is_not_among_them():
    complaint = files(at_the_check(problem={"category": "4", "secondary": ["2", "4", "3"]}))
    assert (complaint.category, complaint.secondary) == (4, [2, 3])


def test_further_kinds_stand_on_the_check_page_the_receipt_and_the_tracking_page():
    citizen = at_the_check(problem={"category": "4", "secondary": ["2"]})
    assert "不该办的乱办" in citizen.sees("/complaints/new/check/")
    complaint = files(citizen)
    with translation.override("zh-hans"):
        assert {"term": "问题类别", "value": "办事效率低下、行政乱作为"} in receipt_of(complaint).facts
        facts = [fact for section in tracking.page_of(complaint)["filed"] for fact in section.facts]
    assert ("同时涉及", "不该办的乱办") in [(fact.term, fact.value) for fact in facts]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_shows_two_or_three_examples(language):
    citizen = Citizen(language)
    citizen.answers("about", agency="none", agency_words="政务中心二楼，办许可")
    page = citizen.sees("/complaints/new/problem/").replace("&#x27;", "'")
    with translation.override(language):
        assert [one.code for one in CATEGORIES if labels.everyday(one) not in page or len(one.everyday) not in {2, 3}] == []


def test_none_of_these_shows_where_to_go_and_lets_go_on():
    citizen = at_the_check(problem={"category": "none"})
    page = citizen.sees("/complaints/new/problem/")
    assert [number for number in ("12333", "12345", "12315", "12388", "110") if number not in page] == []
    assert 'value="none"' in page
    assert files(citizen).category == 0


@pytest.mark.parametrize("secondary", ["8", "0", "x", "\0"])
def test_an_unknown_further_kind_is_refused(secondary):
    citizen = Citizen()
    citizen.answers("about", agency="none", agency_words="政务中心二楼，办许可")
    assert citizen.answers("problem", category="4", secondary=[secondary]).status_code == 200


def test_words_that_point_elsewhere_are_told_and_stop_nobody():
    citizen = at_the_check(events={"narrative": "公司拖欠我三个月工资，劳动监察一直不理，去了五次都没有人管。"})
    assert "12333" in citizen.sees("/complaints/new/check/")
    assert files(citizen).number


def test_an_ordinary_matter_points_nowhere():
    page = at_the_check().sees("/complaints/new/check/")
    assert "有的地方可能更快" not in page


@pytest.mark.parametrize(
    ("typed", "number"), [("2026-0417", "2026-0417"), (" ２０２６ 0417", "2026-0417"), ("2026—012345", "2026-012345")]
)
def test_earlier_number_is_kept_as_it_is_stored(typed, number):
    assert files(at_the_check(events={"earlier_number": typed})).earlier_number == number


@pytest.mark.parametrize("typed", ["0417", "13800002071", "19987654321", "2026-1", "abc", "2026-" + "9" * 20, "1999999999999"])
def test_what_has_not_the_form_of_a_number_is_refused(typed):
    citizen = Citizen()
    citizen.answers("about", agency="none", agency_words="政务中心二楼，办许可")
    citizen.answers("problem", category="4")
    assert "请按回执上的样子写编号" in citizen.answers("events", **citizen.events(earlier_number=typed)).content.decode()


def test_a_number_that_exists_is_answered_like_one_that_does_not():
    known = actions.lodge(filing(), at=AT).number
    answers = []
    for number in (known, "2026-9999"):
        citizen = at_the_check(events={"earlier_number": number})
        answers.append(main(citizen.sees("/complaints/new/check/"), number, codes.resume_code(citizen.draft())))
    assert answers[0] == answers[1]


def main(page: str, *own: str) -> str:
    """The page without what is the draft's own."""
    text = page.split("<main")[1].split("</main>")[0]
    for word in own:
        text = text.replace(word, "")
    return " ".join(line for line in text.split("\n") if "csrfmiddlewaretoken" not in line)
