"""The pages around a merger: found beside the matter, compared side by side, merged and undone by one click each."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.workflow import Status
from complaints import actions as complaint_actions
from complaints.models import Disclosure
from core import files
from tests.factories import (
    EMAIL,
    MONDAY,
    NAME,
    OTHER,
    PHONE,
    case_at,
    complaints_of,
    consent,
    joint_case,
    merged,
    new_case,
    office_leader,
    officer,
    staffed_agency,
)

from .test_pages import PNG, page_of, text_of

pytestmark = pytest.mark.django_db
FIRST = f"我是{NAME}。东街夜市的烧烤摊每天从傍晚六点摆到凌晨两点，油烟直往楼上灌，打过四次电话，从来没有人来看过。"
SECOND = "我是丁戊己。东街夜市的烧烤摊每天从傍晚六点摆到凌晨三点，油烟直往楼上灌，打过四次电话，从来没有人来看过。"


@pytest.fixture
def pair():
    """The newer case and the older one about the same."""
    agency = staffed_agency()
    older = new_case(agency=agency, narrative=FIRST)
    return new_case(agency=agency, narrative=SECOND, filer=OTHER), older


def path_of(source, target):
    return f"/staff/cases/{source.pk}/merge/{target.pk}/"


@pytest.mark.parametrize("page", ["", "accept/", "decline/"])
def test_what_may_be_the_same_stands_beside_the_matter(client, pair, page):
    newer, older = pair
    text = text_of(client, f"/staff/cases/{newer.pk}/{page}", user=officer())
    assert older.number in text
    assert "文字相近（" in text
    assert path_of(newer, older) in text


def test_from_the_older_case_too_the_newer_one_would_go_into_it(client, pair):
    newer, older = pair
    assert path_of(newer, older) in text_of(client, f"/staff/cases/{older.pk}/", user=officer())


def test_where_nothing_is_found_nothing_stands(client):
    assert "可能重复" not in text_of(client, f"/staff/cases/{new_case().pk}/", user=officer())


def test_leaders_are_not_shown_what_they_cannot_merge(client, pair):
    newer, older = pair
    assert "可能重复" not in text_of(client, f"/staff/cases/{newer.pk}/", user=office_leader())
    assert page_of(client, path_of(newer, older), user=office_leader()).status_code == 404


def test_both_texts_stand_side_by_side_with_what_differs_marked(client, pair):
    text = text_of(client, path_of(*pair), user=officer())
    marks = re.findall(r"<mark>.*?</span>(.*?)<span", text)
    assert marks == ["三", "两"]
    assert text.count("不同：") == 2


def test_the_comparison_names_nobody(client, pair):
    text = text_of(client, path_of(*pair), user=officer())
    assert [value for value in (NAME, OTHER.name, PHONE, EMAIL) if value in text] == []


def test_merging_takes_one_click_and_leads_to_the_joint_case(client, pair):
    newer, older = pair
    response = page_of(client, path_of(newer, older), {"version": newer.version}, user=officer())
    assert response["Location"] == f"/staff/cases/{older.pk}/"
    assert len(complaints_of(older)) == 2


def test_a_second_click_is_told_so(client, pair):
    newer, older = pair
    by = officer()
    page_of(client, path_of(newer, older), {"version": newer.version}, user=by)
    response = page_of(client, path_of(newer, older), {"version": newer.version}, user=by)
    assert response.status_code == 200
    assert "页面已过时" in response.content.decode()


def test_an_unbound_version_merges_nothing(client, pair):
    newer, older = pair
    assert page_of(client, path_of(newer, older), {}, user=officer()).status_code == 200
    assert len(complaints_of(older)) == 1


def test_a_case_with_its_reply_is_compared_but_not_merged(client):
    target = case_at(Status.REPLIED)
    source = new_case(filer=OTHER)
    text = text_of(client, path_of(source, target), user=officer())
    assert "<button" not in text.split('class="compare"')[0].split("<h1>")[1]
    assert target.number in text


def test_a_case_is_not_compared_with_itself(client):
    case = new_case()
    assert page_of(client, path_of(case, case), user=officer()).status_code == 404


def test_the_merged_case_leads_to_the_joint_one_and_stays_readable(client, pair):
    newer, older = pair
    merged(newer, older)
    text = text_of(client, f"/staff/cases/{newer.pk}/", user=officer())
    assert f'href="/staff/cases/{older.pk}/"' in text
    assert "东街夜市" in text
    assert "/messages/" not in text


def test_looking_at_the_merged_case_leaves_its_messages_new_in_the_joint_one(client, pair):
    newer, older = pair
    complaint = complaints_of(newer)[0]
    merged(newer, older)
    complaint_actions.write(complaint, "请问进展如何？", token="t", at=MONDAY)
    text_of(client, f"/staff/cases/{newer.pk}/", user=officer())
    assert complaint.messages.get().seen_at is None


def test_evidence_opens_from_the_merged_case_and_from_the_joint_one(client):
    stored = files.store(files.examine(SimpleUploadedFile("a.png", PNG)), at=MONDAY)
    source, target = new_case(files=(stored,), filer=OTHER), new_case()
    evidence = complaints_of(source)[0].evidence.get()
    merged(source, target)
    for case in (source, target):
        assert page_of(client, f"/staff/cases/{case.pk}/evidence/{evidence.pk}/", user=officer()).status_code == 200


def test_the_number_of_the_merged_matter_finds_the_joint_case(client, pair):
    newer, older = pair
    merged(newer, older)
    text = text_of(client, f"/staff/?q={newer.number}", user=officer())
    assert f"/staff/cases/{older.pk}/" in text


def test_the_queue_leaves_the_merged_case_out(client, pair):
    newer, older = pair
    merged(newer, older)
    text = text_of(client, "/staff/", user=officer())
    assert f"/staff/cases/{newer.pk}/" not in text
    assert f"/staff/cases/{older.pk}/" in text
    assert f"/staff/cases/{newer.pk}/" in text_of(client, "/staff/?view=done", user=officer())


def test_undoing_says_what_it_does_and_does_it(client, pair):
    newer, older = pair
    due = newer.due_on
    merged(newer, older)
    path, by = f"/staff/cases/{newer.pk}/unmerge/", officer()
    assert path in text_of(client, f"/staff/cases/{older.pk}/", user=by)
    assert f"{due.month} 月 {due.day} 日" in text_of(client, path, user=by)
    response = page_of(client, path, {"version": newer.version}, user=by)
    newer.refresh_from_db()
    assert (response["Location"], newer.status) == (f"/staff/cases/{newer.pk}/", Status.TRIAGE)


def test_undoing_is_not_offered_once_it_is_too_late(client):
    case = joint_case(Status.REPLIED)
    source = case.merged.get()
    assert "unmerge" not in text_of(client, f"/staff/cases/{case.pk}/", user=officer())
    assert "unmerge" not in text_of(client, f"/staff/cases/{source.pk}/", user=officer())
    response = page_of(client, f"/staff/cases/{source.pk}/unmerge/", {"version": source.version}, user=officer())
    assert case.number in response.content.decode()
    source.refresh_from_db()
    assert source.status == Status.MERGED


def test_what_is_not_merged_leads_back(client):
    case = new_case()
    assert page_of(client, f"/staff/cases/{case.pk}/unmerge/", user=officer())["Location"] == f"/staff/cases/{case.pk}/"


def test_the_page_of_a_joint_case_costs_little_more(client, django_assert_num_queries):
    case = joint_case(Status.RECEIVED)
    consent(complaints_of(case)[0], Disclosure.NAME)
    client.force_login(officer())
    client.get(f"/staff/cases/{case.pk}/")
    with django_assert_num_queries(24):
        client.get(f"/staff/cases/{case.pk}/")


def test_comparing_costs_few_queries(client, pair, django_assert_num_queries):
    client.force_login(officer())
    client.get(path_of(*pair))
    with django_assert_num_queries(20):
        client.get(path_of(*pair))
