"""What reaches an agency: a summary without identity, what consent covers, and somebody who receives it."""

import pytest

from accounts.roles import Role
from agencies.models import Post
from cases import actions
from cases.assignments import disclosed_words
from cases.models import Assignment, Case, Report
from cases.redaction import masked_words, words_with
from cases.workflow import Status
from complaints.filing import Cosigner
from complaints.models import Consent, Disclosure
from core.models import Event
from tests.factories import (
    EMAIL,
    MONDAY,
    NAME,
    PHONE,
    SUMMARY,
    AgencyFactory,
    PostFactory,
    UserFactory,
    case_at,
    consent,
    filer,
    holder,
    new_case,
    office_leader,
    officer,
    staffed_agency,
    the_assignment,
    the_complaint,
)

pytestmark = pytest.mark.django_db


def assign(case, summary=SUMMARY, agency=None, disclose=()):
    dispatch = actions.Dispatch(agency or case.respondent_agency, summary, disclose)
    actions.accept(case, by=officer(), version=case.version, ruling=actions.Ruling(4), dispatch=dispatch, at=MONDAY)


LEAKS = [
    NAME,
    "甲 乙 丙",
    "甲·乙·丙",
    PHONE,
    "139-0000-1234",
    "１３９００００１２３４",
    "139 0000 1234",
    EMAIL,
    "JIA.YI@example.com",
]


@pytest.mark.parametrize("leak", LEAKS)
def test_summary_that_names_the_complainant_is_refused(leak):
    case = new_case()
    with pytest.raises(actions.SummaryNamesComplainant) as refused:
        assign(case, f"{leak} 反映窗口退件。")
    assert leak not in str(refused.value)
    assert not Assignment.objects.exists()


def test_summary_that_names_the_organisation_is_refused():
    case = new_case(filer=filer(organisation="测试食品有限公司"))
    with pytest.raises(actions.SummaryNamesComplainant):
        assign(case, "测试食品有限公司反映窗口退件。")


@pytest.mark.parametrize(("leak", "kind"), [("乙 丙丁", "代表的姓名"), ("139-0000-5678", "代表的电话")])
def test_summary_that_names_a_representative_is_refused(leak, kind):
    along = Cosigner("乙丙丁", "+8613900005678")
    case = new_case(signers=2, filer=filer(representatives=(along,)))
    consent(the_complaint(case), Disclosure.NAME, Disclosure.PHONE)
    with pytest.raises(actions.SummaryNamesComplainant, match=kind):
        assign(case, f"{leak} 反映窗口退件。", disclose=("name", "phone"))


def test_disclosed_words_hide_the_representatives():
    along = Cosigner("乙丙丁", "+8613900005678")
    matter = the_complaint(
        new_case(signers=2, narrative=f"{NAME}和乙丙丁（13900005678）去过窗口。", filer=filer(representatives=(along,)))
    )
    words = words_with(matter, ["words", "name", "phone"])
    assert NAME in words
    assert [leak for leak in ("乙丙丁", "13900005678") if leak in words + masked_words(matter)] == []


def test_refusal_says_which_kind_and_leaves_the_case_alone():
    case = new_case()
    with pytest.raises(actions.SummaryNamesComplainant, match="电话"):
        assign(case, f"请回电 {PHONE}。")
    case.refresh_from_db()
    assert (case.status, case.version) == ("triage", 1)


def test_consent_to_the_name_allows_the_name_but_not_the_number():
    case = new_case()
    consent(the_complaint(case), Disclosure.NAME)
    with pytest.raises(actions.SummaryNamesComplainant):
        assign(case, f"{NAME}（{PHONE}）反映窗口退件。", disclose=("name",))
    assign(case, f"{NAME}反映窗口退件。", disclose=("name",))
    assert the_assignment(case).disclosed == ["name"]


def test_nothing_is_disclosed_without_consent():
    with pytest.raises(actions.NotConsented):
        assign(new_case(), disclose=("words",))


def test_consent_holds_for_its_agency_only():
    case = new_case()
    consent(the_complaint(case), Disclosure.WORDS, agency=staffed_agency())
    with pytest.raises(actions.NotConsented):
        assign(case, disclose=("words",))


def test_revoked_consent_holds_no_more():
    case = new_case()
    given = consent(the_complaint(case), Disclosure.WORDS)
    given.revoked_at = MONDAY
    given.save()
    with pytest.raises(actions.NotConsented):
        assign(case, disclose=("words",))


def test_consent_covers_no_more_than_was_ticked():
    case = new_case()
    consent(the_complaint(case), Disclosure.WORDS)
    with pytest.raises(actions.NotConsented):
        assign(case, disclose=("words", "phone"))


def test_agency_without_anybody_to_receive_is_refused():
    case = new_case(agency=AgencyFactory.create())
    with pytest.raises(actions.NobodyStandsForAgency, match="联络员"):
        assign(case)


def test_holder_who_cannot_open_assignments_does_not_count():
    agency = AgencyFactory.create()
    PostFactory.create(agency=agency, user=UserFactory.create(roles=[Role.HELPER_CLERK]))
    with pytest.raises(actions.NobodyStandsForAgency):
        assign(new_case(agency=agency))


def test_vacant_section_is_received_by_its_parent():
    parent = staffed_agency()
    section = AgencyFactory.create(parent=parent, depth=1)
    case = new_case(agency=section)
    assign(case)
    case.refresh_from_db()
    actions.receive(the_assignment(case), by=holder(parent), version=case.version, at=MONDAY)
    assert the_assignment(case).received_by == holder(parent)


def disclosed_to(case, *fields, by=None):
    consent(the_complaint(case), *fields)
    assign(case, disclose=tuple(fields))
    return actions.reveal_disclosed(the_assignment(case), by=by or holder(case.respondent_agency), at=MONDAY)


def test_disclosed_name_and_number_are_shown_and_logged():
    case = new_case()
    assert disclosed_to(case, Disclosure.NAME, Disclosure.PHONE) == {"name": [NAME], "phone": ["139 0000 1234"]}
    looks = Event.objects.of(the_complaint(case).subject).filter(type="vault.revealed")
    assert [(look.facts["column"], look.facts["purpose"]) for look in looks] == [("name", "consent"), ("phone", "consent")]


def test_own_words_come_with_all_masked_that_is_not_disclosed():
    words = disclosed_to(new_case(), Disclosure.NAME, Disclosure.WORDS)["words"][0]
    assert NAME in words
    assert PHONE not in words
    looks = Event.objects.filter(type="vault.revealed").order_by("pk")
    assert [look.facts["column"] for look in looks] == ["name", "narrative"]


def test_nothing_to_show_without_consent():
    case = new_case()
    assign(case)
    with pytest.raises(actions.NothingDisclosed):
        actions.reveal_disclosed(the_assignment(case), by=holder(case.respondent_agency), at=MONDAY)


def test_handler_sees_the_number_for_one_call():
    case, by = new_case(), officer()
    assert actions.reveal_phone(case, by=by, purpose="facts", at=MONDAY) == "139 0000 1234"
    look = Event.objects.of(the_complaint(case).subject).get(type="vault.revealed")
    assert (look.actor, look.facts) == (f"user:{by.pk}", {"column": "phone", "purpose": "facts", "role": "officer"})


def test_anonymous_complainant_cannot_be_called():
    with pytest.raises(actions.NobodyToCall):
        actions.reveal_phone(new_case(filer=None), by=officer(), purpose="facts", at=MONDAY)


def test_second_liaison_officer_is_told_as_well():
    agency = staffed_agency()
    second = PostFactory.create(agency=agency, kind=Post.Kind.LIAISON_OFFICER).user
    case = new_case(agency=agency)
    assign(case)
    assert second.inbox.filter(notice__template="cases/assigned").exists()


def test_what_was_disclosed_is_closed_again_once_the_agency_has_reported():
    case = new_case()
    disclosed_to(case, Disclosure.PHONE)
    Case.objects.filter(pk=case.pk).update(status=Status.CLOSED, closed_at=MONDAY)
    with pytest.raises(actions.NothingDisclosed, match="不再显示"):
        actions.reveal_disclosed(the_assignment(case), by=holder(case.respondent_agency), at=MONDAY)


@pytest.mark.parametrize("name", ["清河县宏达建材有限公司", "宏达建材有限公司", "宏达 建材"])
def test_summary_that_names_the_company_is_refused(name):
    case = new_case(filer=filer(organisation="清河县宏达建材有限公司"))
    with pytest.raises(actions.SummaryNamesComplainant):
        assign(case, f"{name}反映窗口退件。")


def test_words_given_by_consent_do_not_name_the_company():
    company = filer(organisation="清河县宏达建材有限公司")
    case = new_case(filer=company, narrative="清河县宏达建材有限公司（宏达建材）的许可三次被退。")
    consent(the_complaint(case), Disclosure.WORDS)
    assign(case, disclose=("words",))
    assert "宏达" not in disclosed_words(the_assignment(case))[0]


def test_reason_for_sending_back_must_not_name_the_complainant():
    case = case_at(Status.REPORTED)
    with pytest.raises(actions.ReasonNamesComplainant):
        actions.send_back(case, by=office_leader(), version=case.version, reason=f"请联系{NAME}核实。", at=MONDAY)
    assert not Report.objects.exclude(decision="").exists()


def test_revoked_consent_discloses_nothing_more():
    case = new_case()
    disclosed_to(case, Disclosure.PHONE, Disclosure.WORDS)
    Consent.objects.update(revoked_at=MONDAY)
    with pytest.raises(actions.NothingDisclosed):
        actions.reveal_disclosed(the_assignment(case), by=holder(case.respondent_agency), at=MONDAY)
    assert disclosed_words(the_assignment(case)) == []
