"""Matters filed twice are shown with the reasons: by the text, by the person, by the number named; never what is hidden."""

import pytest
from django.db import connection

from accounts.roles import Role
from cases.merging.duplicates import MOST, by_text, duplicates_of
from cases.merging.rules import JOINABLE, direction, may_join
from cases.workflow import Status
from complaints.models import Complaint, Identity
from tests.factories import (
    MONDAY,
    OTHER,
    PostFactory,
    UserFactory,
    case_at,
    complaints_of,
    merged,
    new_case,
    officer,
    staffed_agency,
)

pytestmark = pytest.mark.django_db

LETTER = "东街夜市的烧烤摊每天从傍晚六点摆到凌晨两点，油烟直往楼上灌，音响吵得孩子没法睡觉。打过四次电话，从来没有人来看过。"
NEAR = LETTER.replace("两点", "三点") + "消防通道也堵住了。"
STRANGE = "不动产登记材料收件时说齐了，半个月后又说缺一张表，重新排号，前后跑了四趟，没有一次性告知。"


def anonymous(text, **fields):
    return new_case(narrative=text, filer=None, **{"agency": None, "notify_sms": False, "notify_email": False} | fields)


def found(case, user=None):
    rows = list(Complaint.objects.select_related("complainant").filter(case_link__case=case))
    return duplicates_of(case, rows, user or officer())


def reasons(case, user=None):
    return {one.case: one.reasons for one in found(case, user)}


def test_the_same_text_is_found_whoever_filed_it():
    first = anonymous(LETTER)
    assert reasons(anonymous(f"  {LETTER}！")) == {first: ["文字相同"]}


def test_nearly_the_same_text_is_found_with_its_share():
    first = anonymous(LETTER)
    [one] = found(anonymous(NEAR))
    assert (one.case, one.reasons) == (first, [f"文字相近（{one.percent}%）"])
    assert 55 <= one.percent < 100


def test_another_text_is_not_found():
    anonymous(LETTER)
    assert found(anonymous(STRANGE)) == []


def test_what_masking_changed_makes_no_difference():
    agency = staffed_agency()
    first = new_case(agency=agency, narrative=f"我是甲乙丙。{LETTER}")
    second = new_case(agency=agency, narrative=f"我是丁戊己。{LETTER}", filer=OTHER)
    assert reasons(second) == {first: ["文字相同"]}


def test_the_same_person_about_the_same_agency_is_found():
    agency = staffed_agency()
    first = new_case(agency=agency, narrative=STRANGE)
    elsewhere = new_case(narrative="县里的公交车站牌倒了三个月没有人扶起来，等车的人都站在马路上，请你们派人来看看。")
    assert reasons(new_case(agency=agency, narrative=LETTER)) == {first: ["同一人、同一单位"]}
    assert found(elsewhere) == []


def test_whoever_denied_having_filed_is_not_the_same_person():
    agency = staffed_agency()
    first = new_case(agency=agency, narrative=STRANGE)
    Complaint.objects.filter(case_link__case=first).update(identity=Identity.ANONYMOUS, denied_at=MONDAY)
    assert found(new_case(agency=agency, narrative=LETTER)) == []


def test_the_number_that_the_complainant_names_is_found():
    first = anonymous(STRANGE)
    assert reasons(anonymous(LETTER, earlier_number=first.number)) == {first: [f"投诉人提到编号 {first.number}"]}


def test_a_number_that_does_not_exist_finds_nothing():
    assert found(anonymous(LETTER, earlier_number="2026-9999")) == []


def test_the_number_of_a_merged_matter_leads_to_the_joint_case():
    joint, gone = anonymous(LETTER), anonymous(NEAR)
    merged(gone, joint)
    assert list(reasons(anonymous(STRANGE, earlier_number=gone.number))) == [joint]


def test_several_reasons_stand_together():
    agency = staffed_agency()
    first = new_case(agency=agency)
    assert reasons(new_case(agency=agency)) == {first: ["文字相同", "同一人、同一单位"]}


def test_newest_first_and_no_more_than_ten():
    cases = [anonymous(LETTER) for _ in range(MOST + 2)]
    assert [one.case for one in found(anonymous(LETTER))] == cases[:1:-1]


def test_alike_texts_are_not_crowded_out_by_somebody_who_files_often():
    agency = staffed_agency()
    first = anonymous(LETTER)
    for number in range(MOST):
        new_case(agency=agency, narrative=f"第{number}件事：{STRANGE[number * 3 :]}")
    assert first in reasons(new_case(agency=agency, narrative=LETTER))


def test_what_somebody_is_recused_from_is_not_shown_to_him():
    agency = staffed_agency()
    both = UserFactory.create(roles=[Role.OFFICER, Role.AGENCY_LEADER])
    PostFactory.create(agency=agency, user=both)
    hidden, case = new_case(agency=agency, narrative=LETTER), anonymous(LETTER)
    assert found(case, both) == []
    assert list(reasons(case)) == [hidden]


def test_a_case_with_its_reply_is_compared_with_nothing_more():
    anonymous(case_at(Status.REPLIED).title)
    replied = case_at(Status.REPLIED)
    case_at(Status.DISPATCHED)
    assert found(replied) == []


def test_finding_takes_three_queries_whatever_is_there(django_assert_num_queries):
    agency, user = staffed_agency(), officer()
    for _ in range(3):
        new_case(agency=agency)
    case = new_case(agency=agency, earlier_number="2026-0001")
    rows = list(Complaint.objects.select_related("complainant").filter(case_link__case=case))
    with django_assert_num_queries(3):
        assert len(duplicates_of(case, rows, user)) == 3


def test_alike_texts_are_looked_up_by_the_index():
    case = anonymous(LETTER)
    [complaint] = complaints_of(case)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = by_text(complaint.text_print.bands).explain()
    assert "text_print_bands" in plan
    assert "Backward" not in plan


@pytest.mark.parametrize(
    ("one", "other", "way"),
    [
        ((Status.TRIAGE, 2), (Status.TRIAGE, 1), (2, 1)),
        ((Status.TRIAGE, 1), (Status.TRIAGE, 2), (2, 1)),
        ((Status.TRIAGE, 1), (Status.RECEIVED, 2), (1, 2)),
        ((Status.RECEIVED, 1), (Status.TRIAGE, 2), (2, 1)),
        ((Status.RECEIVED, 1), (Status.HANDLING, 2), None),
        ((Status.TRIAGE, 1), (Status.REPLIED, 2), None),
    ],
)
def test_the_newer_goes_into_the_older_where_both_could(one, other, way):
    assert direction(one, other) == way


@pytest.mark.parametrize("target", list(Status))
def test_only_a_case_without_reply_takes_another_in(target):
    before_reply = {"triage", "accepted", "dispatched", "received", "returned", "handling", "reported", "approved"}
    assert may_join(Status.TRIAGE, target) is (target in before_reply)
    assert set(JOINABLE) == before_reply


@pytest.mark.parametrize("source", [status for status in Status if status != Status.TRIAGE])
def test_only_what_waits_for_acceptance_is_merged(source):
    assert not may_join(source, Status.TRIAGE)
