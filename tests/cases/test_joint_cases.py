"""Cases of several complainants: each is asked, told, called, rated and kept secret as a person of his own."""

import re

import pytest
from django.utils import translation

from agencies.models import Post
from cases import actions, reading
from cases.models import Disclosed
from cases.ratings import is_settled, least, may_rate
from cases.tracking import progress
from cases.workflow import Status
from complaints import actions as complaint_actions
from complaints.categories import DISCIPLINE
from complaints.models import Disclosure, Satisfaction
from core.models import Event, InboxItem, Notice
from tests.factories import (
    MONDAY,
    NAME,
    OTHER,
    PHONE,
    SUMMARY,
    complaints_of,
    consent,
    filer,
    handler_of,
    joint_case,
    new_case,
    office_leader,
    officer,
    the_assignment,
    walk_on,
)

from .test_pages import page_of, text_of

pytestmark = pytest.mark.django_db
GOOD, FAIR, BAD = Satisfaction.SATISFIED, Satisfaction.FAIRLY_SATISFIED, Satisfaction.DISSATISFIED


@pytest.fixture
def _english():
    with translation.override("en"):
        yield


def assign(case, **disclose):
    dispatch = actions.Dispatch(case.respondent_agency, disclose.pop("summary", SUMMARY), **disclose)
    actions.accept(case, by=officer(), version=None, ruling=actions.Ruling(4), dispatch=dispatch, at=MONDAY)
    case.refresh_from_db()


def shown_to_agency(case):
    liaison = Post.objects.get(agency=case.agency, kind=Post.Kind.LIAISON_OFFICER).user
    return actions.reveal_disclosed(the_assignment(case), by=liaison, at=MONDAY)


# Consent


def test_only_the_name_that_was_ticked_is_disclosed_though_both_agreed():
    case = joint_case()
    first, second = complaints_of(case)
    for one in (first, second):
        consent(one, Disclosure.NAME, agency=case.respondent_agency)
    assign(case, disclose_each={second.pk: frozenset({"name"})})
    assert shown_to_agency(case) == {"name": [OTHER.name]}


def test_consents_that_differ_are_honoured_each():
    case = joint_case()
    first, second = complaints_of(case)
    consent(first, Disclosure.NAME)
    consent(second, Disclosure.PHONE, agency=case.respondent_agency)
    assign(case, disclose_each={first.pk: frozenset({"name"}), second.pk: frozenset({"phone"})})
    assert shown_to_agency(case) == {"name": [NAME], "phone": ["139 0000 5678"]}
    assert the_assignment(case).disclosed == ["name", "phone"]


def test_consent_of_one_discloses_nothing_of_the_other():
    case = joint_case()
    first, second = complaints_of(case)
    consent(first, Disclosure.NAME)
    with pytest.raises(actions.NotConsented):
        assign(case, disclose_each={second.pk: frozenset({"name"})})
    assert not Disclosed.objects.exists()


def test_a_complaint_of_another_case_cannot_be_ticked():
    case, elsewhere = joint_case(), joint_case()
    stranger = complaints_of(elsewhere)[0]
    consent(stranger, Disclosure.NAME, agency=case.respondent_agency)
    with pytest.raises(actions.NotConsented):
        assign(case, disclose_each={stranger.pk: frozenset({"name"})})


@pytest.mark.parametrize(("name", "allowed"), [(NAME, True), (OTHER.name, False)])
def test_the_summary_may_name_who_agreed_and_nobody_else(name, allowed):
    case = joint_case()
    first, _second = complaints_of(case)
    consent(first, Disclosure.NAME)
    given = {"summary": f"{name}反映窗口退件。", "disclose_each": {first.pk: frozenset({"name"})}}
    if allowed:
        assign(case, **given)
    else:
        with pytest.raises(actions.SummaryNamesComplainant):
            assign(case, **given)


def test_the_form_offers_each_consent_with_its_number_and_honours_the_tick(client):
    case, by = joint_case(), officer()
    first, second = complaints_of(case)
    for one in (first, second):
        consent(one, Disclosure.NAME, agency=case.respondent_agency)
    path = f"/staff/cases/{case.pk}/accept/"
    choices = page_of(client, path, user=by).context["form"].fields["disclose"].choices
    assert [label[: len(first.number)] for _value, label in choices] == [first.number, second.number]
    data = {"category": "4", "mode": "assign", "summary": SUMMARY, "version": str(case.version), "handler": str(by.pk)}
    page_of(client, path, data | {"agency": str(case.respondent_agency_id), "disclose": choices[1][0]}, user=by)
    assert list(Disclosed.objects.values_list("complaint", "fields")) == [(second.pk, ["name"])]


@pytest.mark.usefixtures("_english")
def test_who_was_disclosed_is_not_told_the_contrary_and_who_was_not_is_told_so():
    case = joint_case()
    first, second = complaints_of(case)
    consent(first, Disclosure.NAME)
    assign(case, disclose_each={first.pk: frozenset({"name"})})
    assert "not been told" not in progress(first).lead
    assert "not been told" in progress(second).lead


# The phone


def test_the_complainant_beside_whom_the_button_stands_is_called(client):
    case, by = joint_case(), officer()
    _first, second = complaints_of(case)
    page = page_of(
        client, f"/staff/cases/{case.pk}/phone/", {"purpose": "facts", "complaint": second.pk}, user=by
    ).content.decode()
    assert "139 0000 5678" in page
    assert f"{PHONE[:3]} {PHONE[3:7]} {PHONE[7:]}" not in page
    assert [event.subject for event in Event.objects.filter(type="vault.revealed")] == [second.subject]


def test_every_complainant_with_a_number_has_a_button_of_his_own(client):
    case = joint_case(filer=filer(phone=""), notify_sms=False)
    page = text_of(client, f"/staff/cases/{case.pk}/", user=officer())
    assert page.count('name="complaint"') == 1


def test_a_complaint_of_another_case_is_not_called(client):
    case, elsewhere = joint_case(), joint_case()
    stranger = complaints_of(elsewhere)[0]
    response = page_of(client, f"/staff/cases/{case.pk}/phone/", {"purpose": "facts", "complaint": stranger.pk}, user=officer())
    assert not Event.objects.filter(type="vault.revealed").exists()
    assert response.context["phone"] == ""


# Texts that all of them read


def replied(case, reply):
    walk_on(case, Status.REPORTED)
    return actions.approve(case, by=office_leader(), version=None, reply=reply, at=MONDAY)


@pytest.mark.parametrize("named", [NAME, OTHER.name, PHONE])
def test_a_reply_to_several_names_none_of_them(named):
    with pytest.raises(actions.TextNamesComplainant, match="2 位") as refused:
        replied(joint_case(), f"{named}您好，情况属实。")
    assert refused.value.field == "reply"


def test_a_reply_to_one_may_name_him():
    case = new_case()
    assert replied(case, f"{NAME}您好，情况属实。").status == Status.REPLIED


def test_a_reason_for_declining_names_nobody_to_another():
    case = joint_case()
    with pytest.raises(actions.TextNamesComplainant):
        actions.decline(case, by=officer(), version=None, reason=f"{NAME}已信访。", advice="petitions", at=MONDAY)


def test_each_is_told_under_the_own_number():
    case = joint_case(Status.DISPATCHED)
    numbers = Notice.objects.filter(template="cases/accepted_to_complainant").values_list("facts__number", flat=True)
    assert sorted(numbers) == sorted(one.number for one in complaints_of(case))


LANGUAGES = [("en", "en", "en"), ("en", "zh-hans", ""), ("zh-hans", "zh-hans", "zh-hans")]


@pytest.mark.parametrize(("first", "second", "together"), LANGUAGES)
def test_the_reply_is_drafted_in_a_language_that_all_of_them_read(first, second, together):
    case = joint_case(filer=filer(language=first), second={"filer": filer(language=second)})
    assert reading.language_of(case) == together


# Ratings


def rate(complaint, satisfaction):
    complaint_actions.rate(complaint, satisfaction, "没有说明依据。" if satisfaction == BAD else "", at=MONDAY)


def test_the_first_satisfied_rating_waits_for_the_other():
    case = joint_case(Status.REPLIED)
    first, second = complaints_of(case)
    rate(first, GOOD)
    case.refresh_from_db()
    assert case.status == Status.REPLIED
    rate(second, FAIR)
    case.refresh_from_db()
    assert (case.status, case.satisfaction) == (Status.CLOSED, FAIR)


@pytest.mark.parametrize("order", [(BAD, GOOD), (GOOD, BAD)])
def test_one_who_is_dissatisfied_keeps_the_case_open(order):
    case = joint_case(Status.REPLIED)
    for complaint, satisfaction in zip(complaints_of(case), order, strict=True):
        rate(complaint, satisfaction)
    case.refresh_from_db()
    assert (case.status, case.satisfaction) == (Status.FOLLOWED_UP, BAD)


def test_who_has_withdrawn_is_not_waited_for():
    case = joint_case(Status.REPLIED)
    first, second = complaints_of(case)
    complaint_actions.withdraw(first, "", at=MONDAY)
    rate(second, GOOD)
    case.refresh_from_db()
    assert case.status == Status.CLOSED


def test_a_call_does_not_drown_a_rating():
    case = joint_case(Status.REPLIED)
    rate(complaints_of(case)[0], FAIR)
    actions.follow_up(case, by=officer(), version=None, satisfaction=GOOD, note="另一位满意。", at=MONDAY)
    case.refresh_from_db()
    assert (case.status, case.satisfaction) == (Status.CLOSED, FAIR)


@pytest.mark.usefixtures("_english")
def test_who_is_satisfied_is_not_told_that_he_is_not():
    case = joint_case(Status.REPLIED)
    first, second = complaints_of(case)
    rate(first, BAD)
    assert progress(first).headline.startswith("You are not satisfied")
    assert progress(second).headline == "We are looking at it once more"
    assert progress(second).may_rate
    assert "You rated the outcome" not in [entry.title for entry in progress(second).timeline]


@pytest.mark.parametrize(("ratings", "whole"), [([], ""), ([GOOD], GOOD), ([GOOD, FAIR], FAIR), ([BAD, GOOD], BAD)])
def test_the_least_satisfied_counts(ratings, whole):
    assert least(ratings) == whole


@pytest.mark.parametrize(("rating", "waiting", "settled"), [(BAD, 3, True), (GOOD, 1, False), (GOOD, 0, True), (FAIR, 0, True)])
def test_waiting_ends_with_the_last_or_with_one_who_is_dissatisfied(rating, waiting, settled):
    assert is_settled(rating, waiting=waiting) is settled


@pytest.mark.parametrize("status", list(Status))
def test_rating_is_open_after_the_reply_and_to_several_also_after_the_first(status):
    assert may_rate(status, complainants=1) is (status == "replied")
    assert may_rate(status, complainants=2) is (status in {"replied", "followed_up"})


# Withdrawal


def test_one_who_withdraws_does_not_end_the_case_of_the_other():
    case = joint_case()
    first, second = complaints_of(case)
    complaint_actions.withdraw(first, "", at=MONDAY)
    case.refresh_from_db()
    assert (case.status, case.withdrawn_at) == (Status.TRIAGE, None)
    complaint_actions.withdraw(second, "", at=MONDAY)
    case.refresh_from_db()
    assert case.status == Status.WITHDRAWN


@pytest.mark.usefixtures("_english")
def test_who_withdrew_reads_so_and_the_other_reads_nothing_of_it():
    case = joint_case()
    first, second = complaints_of(case)
    complaint_actions.withdraw(first, "", at=MONDAY)
    assert progress(first).lead.startswith("You have withdrawn it")
    assert "withdraw" not in str(progress(second))


def test_a_discipline_matter_stays_one_in_a_joint_case():
    case = joint_case(second={"category": DISCIPLINE})
    for one in complaints_of(case):
        complaint_actions.withdraw(one, "", at=MONDAY)
    case.refresh_from_db()
    assert case.status == Status.TRIAGE


# Pages of the office


def test_the_case_shows_both_matters_each_with_its_dialogue(client):
    case = joint_case(Status.RECEIVED)
    first, second = complaints_of(case)
    for one in (first, second):
        complaint_actions.write(one, f"关于 {one.number} 的补充。", token="t", at=MONDAY)
    page = text_of(client, f"/staff/cases/{case.pk}/", user=handler_of(case))
    assert page.count("的补充。") == 2
    assert "2 件投诉" in page
    assert len([piece for piece in page.split('id="')[1:] if piece.startswith(("evidence", "messages", "log"))]) == 2


def test_a_message_to_one_is_not_told_to_the_other():
    case = joint_case(Status.RECEIVED)
    first, _second = complaints_of(case)
    actions.write_message(case, first, "请补充回执。", token="t", by=handler_of(case), at=MONDAY)
    assert [one.recipient_id for one in Notice.objects.filter(template="complaints/message")] == [str(first.public_id)]


def test_ids_are_there_once_on_the_page_of_a_joint_case(client):
    case = joint_case()
    ids = re.findall(r'\sid="([^"]+)"', text_of(client, f"/staff/cases/{case.pk}/", user=officer()))
    assert sorted(ids) == sorted(set(ids))


def test_the_queue_says_how_many_complain(client):
    case = joint_case()
    page = text_of(client, "/staff/", user=officer())
    assert page.count("2 件投诉") == 1
    assert f'/staff/cases/{case.pk}/"' in page


def test_a_rating_is_told_to_the_handler_once(client):
    case = joint_case(Status.REPLIED)
    for complaint in complaints_of(case):
        rate(complaint, BAD)
    assert InboxItem.objects.filter(notice__template="cases/rated", user=handler_of(case)).count() == 1
