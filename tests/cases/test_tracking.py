"""What the complainant reads about the case: in words, with the day and who must act, and without an officer's name."""

from datetime import date

import pytest
from django.utils import translation

from cases import actions
from cases.tracking import progress
from cases.workflow import Status
from complaints import actions as complaint_actions
from complaints.models import Disclosure
from tests.factories import MONDAY, case_at, consent, new_case, officer, staffed_agency, the_complaint

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def told(case):
    return progress(the_complaint(case))


def states(page):
    return [stage.state for stage in page.stages]


LEADS = [
    (Status.TRIAGE, False, "By the end of Thursday 17 September we tell you"),
    (Status.DISPATCHED, False, "{agency} must sign for it by the end of Tuesday 15 September. It has not been told who you are."),
    (Status.RECEIVED, False, "{agency} must report the outcome to us by the end of Wednesday 14 October"),
    (Status.HANDLING, True, "We look into it ourselves and finish by the end of Wednesday 14 October"),
    (Status.REPORTED, False, "reply to you by the end of Sunday 20 September"),
    (Status.REPLIED, False, "If we hear nothing, we call by Monday 28 September"),
    (Status.FOLLOWED_UP, False, "An officer looks at your rating"),
    (Status.CLOSED, False, "Nothing more is to be done"),
    (Status.DECLINED, False, "where you can go"),
]


@pytest.mark.parametrize(("status", "own", "words"), LEADS)
def test_lead_names_who_must_do_what_by_when(status, own, words):
    case = case_at(status, own=own)
    assert words.format(agency=case.agency) in told(case).lead


@pytest.mark.parametrize("status", [Status.TRIAGE, Status.RECEIVED, Status.REPLIED, Status.CLOSED, Status.DECLINED])
def test_chinese_page_is_chinese(status):
    with translation.override("zh-hans"):
        page = told(case_at(status))
    text = "".join([page.headline, page.lead, *(entry.title for entry in page.timeline), *(stage.label for stage in page.stages)])
    assert not [word for word in ("the", "case", "we ", "by ") if word in text.lower()]


def test_rail_moves_with_the_case():
    assert states(told(case_at(Status.TRIAGE))) == ["done", "now", "next", "next", "next"]
    assert states(told(case_at(Status.RECEIVED))) == ["done", "done", "now", "next", "next"]
    assert states(told(case_at(Status.CLOSED))) == ["done"] * 5


def test_declined_case_tells_reason_and_place():
    page = told(case_at(Status.DECLINED))
    assert [stage.label for stage in page.stages] == ["Received", "Not taken up"]
    with translation.override("zh-hans"):
        assert told(case_at(Status.DECLINED)).decline_reason == "不属于机关效能问题。\n\n您可以找：信访部门"
    assert page.decline_reason == "不属于机关效能问题。\n\nWhere you can go: Petition office (letters and visits)"


def test_deadline_names_its_holder():
    case = case_at(Status.RECEIVED)
    deadline = told(case).deadline
    assert deadline
    assert (deadline.holder, deadline.due_on, deadline.started_on) == (str(case.agency), date(2026, 10, 14), date(2026, 9, 14))
    assert deadline.explanation["length"] == 30


def test_office_is_named_where_it_must_act():
    deadline = told(new_case()).deadline
    assert deadline
    assert deadline.holder == "this office"


def test_reply_can_be_rated_until_followed_up():
    page = told(case_at(Status.REPLIED))
    assert page.reply.startswith("经核查")
    assert page.may_rate
    assert not told(case_at(Status.FOLLOWED_UP)).may_rate


def test_no_name_of_staff_is_told():
    case = case_at(Status.CLOSED)
    page = told(case)
    assert case.handler
    assert case.handler.full_name not in str(page)


def test_history_is_in_plain_words_newest_first():
    titles = [entry.title for entry in told(case_at(Status.RECEIVED)).timeline]
    assert titles[0].endswith("signed for it")
    assert titles[-1] == "We received your complaint"


def test_rating_stands_in_the_history():
    case = case_at(Status.REPLIED)
    complaint_actions.rate(the_complaint(case), "satisfied", "", at=MONDAY)
    assert [entry.title for entry in told(case).timeline[:2]] == ["Case closed", "You rated the outcome"]


def test_disclosed_name_is_not_called_hidden():
    case = new_case()
    matter = the_complaint(case)
    consent(matter, Disclosure.NAME)
    dispatch = actions.Dispatch(agency=case.respondent_agency or staffed_agency(), summary="请核查。", disclose=("name",))
    actions.accept(case, by=officer(), version=1, ruling=actions.Ruling(4), dispatch=dispatch, at=MONDAY)
    assert "not been told" not in told(case).lead


def test_progress_costs_few_queries(django_assert_max_num_queries):
    matter = the_complaint(case_at(Status.CLOSED))
    with django_assert_max_num_queries(4):
        progress(matter)


def test_nobody_without_a_name_is_promised_a_call():
    assert "we call by" in told(case_at(Status.REPLIED)).lead
    assert "we cannot call you" in told(case_at(Status.REPLIED, filer=None)).lead
