"""What complainants decide beside the course of a case, as the office meets it: consent and claims for a reward."""

import pytest

from cases import actions
from cases.tracking import progress
from cases.workflow import Finding, Status
from complaints import actions as complaint_actions
from complaints.models import Complainant, Disclosure
from core.models import Notice
from tests.factories import (
    MONDAY,
    PHONE,
    SUMMARY,
    agency_of,
    case_at,
    consent,
    handler_of,
    new_case,
    office_leader,
    officer,
    the_complaint,
)

from .test_pages import page_of, text_of

pytestmark = pytest.mark.django_db
RIGHT_ID = "11010519491231002X"


def told(template):
    return {notice.recipient_id for notice in Notice.objects.filter(template=f"cases/{template}")}


def claims(case):
    Complainant.objects.update(verification="phone", verified_at=MONDAY)
    return complaint_actions.claim_reward(the_complaint(case), at=MONDAY)


CLAIMABLE = [
    (Status.REPORTED, Finding.UPHELD, False),
    (Status.REPLIED, Finding.UPHELD, True),
    (Status.CLOSED, Finding.PARTLY_UPHELD, True),
    (Status.CLOSED, Finding.NOT_UPHELD, False),
    (Status.DECLINED, "", False),
]


@pytest.mark.parametrize(("status", "finding", "possible"), CLAIMABLE)
def test_reward_can_be_claimed_when_the_finding_holds_and_the_reply_is_out(status, finding, possible):
    case = case_at(status)
    type(case).objects.filter(pk=case.pk).update(finding=finding)
    assert progress(the_complaint(case)).may_claim is possible


def test_handler_and_leaders_hear_of_a_claim_once():
    case, leader = case_at(Status.CLOSED), office_leader()
    claims(case)
    claims(case)
    assert told("reward_claimed") == {str(person) for person in (case.handler_id, case.replied_by_id, leader.pk)}


def test_case_page_shows_the_claim_its_proof_and_the_masked_number(client):
    case = case_at(Status.CLOSED)
    claims(case)
    complaint_actions.give_id_number(the_complaint(case), kind="resident", number=RIGHT_ID, at=MONDAY)
    page = text_of(client, f"/staff/cases/{case.pk}/", user=officer())
    assert [text for text in ("申领奖励", "已核实的投诉人", "110*************2X") if text not in page] == []
    assert not [text for text in (RIGHT_ID, PHONE) if text in page]


def test_case_page_shows_what_may_be_told(client):
    case = new_case()
    consent(the_complaint(case), Disclosure.PHONE)
    assert "同意告知" in text_of(client, f"/staff/cases/{case.pk}/", user=officer())


def test_officers_hear_of_a_changed_consent_while_nobody_handles_it():
    person, case = officer(), new_case()
    matter = the_complaint(case)
    complaint_actions.set_consent(matter, agency_of(matter), ["name"], seen=[], at=MONDAY)
    complaint_actions.set_consent(matter, agency_of(matter), [], seen=["name"], at=MONDAY)
    assert told("consent_changed") == {str(person.pk)}
    assert Notice.objects.filter(template="cases/consent_changed").count() == 2


def test_page_of_acceptance_opened_before_the_revocation_sends_nothing(client):
    case, by = new_case(), officer()
    matter = the_complaint(case)
    consent(matter, Disclosure.NAME)
    complaint_actions.set_consent(matter, agency_of(matter), [], seen=["name"], at=MONDAY)
    dispatch = actions.Dispatch(agency=agency_of(matter), summary=SUMMARY, disclose=("name",))
    with pytest.raises(actions.NotConsented):
        actions.accept(case, by=by, version=1, ruling=actions.Ruling(4), dispatch=dispatch, at=MONDAY)


def test_what_was_sent_is_told_with_its_day_and_taken_back_for_the_future(client):
    case = new_case()
    matter = the_complaint(case)
    consent(matter, Disclosure.NAME, Disclosure.PHONE)
    dispatch = actions.Dispatch(agency=agency_of(matter), summary=SUMMARY, disclose=("name", "phone"))
    actions.accept(case, by=officer(), version=1, ruling=actions.Ruling(4), dispatch=dispatch, at=MONDAY)
    (sent,) = progress(matter).sent
    assert (sent.agency, sent.fields, sent.at) == (matter.agency_id, ("name", "phone"), MONDAY)
    complaint_actions.set_consent(matter, agency_of(matter), ["phone"], seen=["name", "phone"], at=MONDAY)
    assignment = case.assignments.get()
    shown = actions.reveal_disclosed(assignment, by=_liaison(assignment), at=MONDAY)
    assert shown == {"name": [], "phone": [shown["phone"][0]]}


def _liaison(assignment):
    return assignment.agency.posts.get(kind="liaison_officer").user


@pytest.mark.parametrize("status", [Status.TRIAGE, Status.DISPATCHED, Status.HANDLING, Status.CLOSED])
def test_more_can_be_agreed_to_until_it_is_decided_who_gets_it(status):
    case = case_at(status, own=status == Status.HANDLING)
    assert progress(the_complaint(case)).may_disclose is (status == Status.TRIAGE)


def test_handler_is_told_once_the_case_has_one(client):
    case = case_at(Status.DISPATCHED)
    matter = the_complaint(case)
    consent(matter, Disclosure.NAME)
    complaint_actions.set_consent(matter, agency_of(matter), [], seen=["name"], at=MONDAY)
    assert told("consent_changed") == {str(handler_of(case).pk)}
    assert "收回了对" in page_of(client, f"/staff/cases/{case.pk}/", user=officer()).content.decode()


def test_title_of_the_case_loses_an_id_number_that_is_given_later():
    case = case_at(Status.CLOSED, narrative=f"{RIGHT_ID} 的身份证被窗口扣下，没有书面告知。")
    claims(case)
    complaint_actions.give_id_number(the_complaint(case), kind="resident", number=RIGHT_ID, at=MONDAY)
    case.refresh_from_db()
    assert case.title.startswith("＊＊＊ 的身份证")


def test_helper_unit_does_not_read_what_is_the_complainants_own_affair():
    case = case_at(Status.CLOSED)
    claims(case)
    entries = {entry.title: entry.private for entry in progress(the_complaint(case)).timeline}
    assert (entries["您申领了奖励"], entries["我们答复了您"]) == (True, False)
