"""Whose data a text for an agency may hold: nobody's, but what each complainant's own consent lets this agency know."""

import pytest

from cases import redaction
from cases.models import CaseComplaint, Disclosed
from cases.workflow import Status
from complaints.filing import Cosigner
from complaints.models import Complaint, Disclosure, FilingConsent
from core import vault
from tests.factories import (
    MONDAY,
    NAME,
    PHONE,
    case_at,
    complaint,
    consent,
    filer,
    new_case,
    officer,
    staffed_agency,
    the_assignment,
    the_complaint,
)

pytestmark = pytest.mark.django_db
OTHER, OTHER_PHONE = "丁戊己", "13700005678"


def joint_case():
    return new_case(filer=filer(representatives=(Cosigner(OTHER, f"+86{OTHER_PHONE}"),)))


def case_of_two(**fields):
    """A case that two people complain about together, each for himself."""
    agency = staffed_agency()
    case = new_case(agency=agency, **fields)
    second = complaint(agency=agency, filer=filer(name=OTHER, phone=f"+86{OTHER_PHONE}", email=""))
    CaseComplaint.objects.filter(complaint=second).update(case=case)
    return case, Complaint.objects.get(case_link__case=case, pk__lt=second.pk), second


@pytest.mark.parametrize("text", [OTHER, "丁·戊·己", OTHER_PHONE, "137-0000 5678", "Ding Wuji"])
def test_who_signed_along_is_never_named(text):
    assert redaction.identity_in(f"{text}来过。", joint_case(), Disclosure.values)


def test_words_given_by_consent_do_not_name_who_signed_along():
    case = joint_case()
    Complaint.objects.update(working_copy=f"{OTHER}一起去的，电话 {OTHER_PHONE}。")
    matter = the_complaint(case)
    assert redaction.masked_words(matter) == "＊＊＊一起去的，电话 ＊＊＊。"


def test_who_agreed_to_a_filing_is_never_named():
    case = new_case()
    matter, by = the_complaint(case), officer()
    sealed = vault.seal(f"{OTHER}经理", row=matter.vault_row, column="given_by")
    fields = {"given_by_masked": "丁**", "means": "phone", "given_on": MONDAY.date(), "recorded_at": MONDAY, "recorded_by": by}
    FilingConsent.objects.create(complaint=matter, given_by_sealed=sealed, **fields)
    assert redaction.identity_in(f"{OTHER}来电。", case, Disclosure.values) == ["同意代为投诉者的姓名"]


def test_consent_of_one_frees_nothing_of_another():
    case, first, second = case_of_two()
    consent(first, Disclosure.NAME)
    allowed = redaction.consents_of(case, case.respondent_agency, Disclosure.values)
    assert allowed == {first.pk: {"name"}, second.pk: set()}
    assert redaction.identity_in(f"{NAME}来过。", case, allowed) == []
    assert redaction.identity_in(f"{OTHER}来过。", case, allowed) == ["投诉人的姓名"]


def test_consent_to_one_agency_frees_nothing_for_another():
    case, first, _second = case_of_two()
    consent(first, Disclosure.NAME)
    assert not any(redaction.consents_of(case, staffed_agency(), Disclosure.values).values())


def test_what_went_out_counts_only_while_its_consent_holds():
    case = case_at(Status.DISPATCHED)
    assignment, given = the_assignment(case), consent(the_complaint(case), Disclosure.NAME, Disclosure.PHONE)
    assignment.disclosed = ["name"]
    Disclosed.objects.create(assignment=assignment, complaint=the_complaint(case), fields=["name"])
    assert redaction.disclosed_to(assignment) == {the_complaint(case).pk: {"name"}}
    given.revoked_at = MONDAY
    given.save()
    assert redaction.disclosed_to(assignment) == {the_complaint(case).pk: set()}


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"address": "某省某县人民路十八号3幢"}, "人民路18号3栋"),
        ({"uscc": "91430100MA4L16JQ9B"}, "9143 0100 MA4L 16JQ9B"),
        ({"organisation": "某县恒达建材有限公司"}, "恆達建材"),
        ({"name": "張三豐"}, "Zhang Sanfeng"),
        ({"name": "张三丰"}, "張三豐"),
    ],
)
def test_every_column_is_found_in_other_spellings(changes, text):
    assert redaction.identity_in(f"请到{text}核实。", new_case(filer=filer(**changes)), ())


def test_what_was_opened_for_comparison_is_not_in_its_own_picture():
    secrets = redaction.secrets_of(new_case(), ())
    assert secrets
    assert PHONE not in repr(secrets)
    assert NAME not in repr(secrets)
