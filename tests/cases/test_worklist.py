"""The agency's work list: views, the numbers of the day, search, pages by key, signing from the list, and other agencies."""

import pytest

from agencies.models import Post
from cases import actions
from cases.models import Assignment
from cases.workflow import Status
from cases.worklist import reading
from cases.worklist.looks import ALL, LOOKS
from core import clock
from core.models import Event
from tests.factories import (
    MONDAY,
    NAME,
    SUMMARY,
    PostFactory,
    UserFactory,
    case_at,
    co_handler,
    holder,
    officer,
    returned_case,
    staffed_agency,
    the_assignment,
)

from .test_handing import together
from .test_pages import page_of, text_of

pytestmark = pytest.mark.django_db
LIST = "/staff/assignments/"


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


def found(client, query, *, user):
    page = page_of(client, f"{LIST}?{query}", user=user).context["page"]
    return [row.assignment.case for row in page.found.rows]


def numbers(client, *, user):
    page = page_of(client, LIST, user=user).context["page"]
    return {one.look.code: one.count for one in page.numbers}


def test_each_view_holds_what_its_name_says(client):
    agency = staffed_agency()
    unsigned, signed = case_at(Status.DISPATCHED, agency=agency), case_at(Status.RECEIVED, agency=agency)
    reported, replied = case_at(Status.REPORTED, agency=agency), case_at(Status.REPLIED, agency=agency)
    returned, helped = returned_case(agency=agency), co_handler(case_at(Status.RECEIVED), agency=agency).case
    desk = holder(agency)
    holds = {one.code: set(found(client, f"view={one.code}", user=desk)) for one in LOOKS if one.code not in {"late", "soon"}}
    assert holds == {
        "sign": {unsigned},
        "todo": {unsigned, signed, helped},
        "waiting": {reported, returned},
        "helping": {helped},
        "done": {replied},
    }


def test_every_assignment_is_to_do_waiting_or_done(client):
    agency = staffed_agency()
    for status in (Status.DISPATCHED, Status.RECEIVED, Status.REPORTED, Status.REPLIED, Status.CLOSED):
        case_at(status, agency=agency)
    returned_case(agency=agency)
    rows, today = Assignment.objects.of(agency), clock.today()
    parts = [list(one.holds(rows, today)) for one in LOOKS if one.code in {"todo", "waiting", "done"}]
    assert sorted(one.pk for part in parts for one in part) == sorted(one.pk for one in rows)


def test_late_and_soon_go_by_the_limit(client, time_machine):
    agency = staffed_agency()
    case = case_at(Status.DISPATCHED, agency=agency)
    assert found(client, "view=soon", user=holder(agency)) == [case]
    time_machine.move_to(MONDAY.replace(month=12), tick=False)
    assert found(client, "view=soon", user=holder(agency)) == []
    assert found(client, "view=late", user=holder(agency)) == [case]


def test_the_clock_that_stands_still_is_neither_late_nor_soon(client, time_machine):
    agency = staffed_agency()
    case = case_at(Status.DISPATCHED, agency=agency)
    case.paused_on = MONDAY.date()
    case.save()
    time_machine.move_to(MONDAY.replace(month=12), tick=False)
    assert found(client, "view=late", user=holder(agency)) == []
    assert found(client, "view=todo", user=holder(agency)) == [case]


def test_the_numbers_lead_to_as_many_rows(client):
    agency = staffed_agency()
    for status in (Status.DISPATCHED, Status.RECEIVED, Status.RECEIVED, Status.REPORTED):
        case_at(status, agency=agency)
    desk = holder(agency)
    shown = numbers(client, user=desk)
    assert shown == {code: str(len(found(client, f"view={code}", user=desk))) for code in shown}


def test_search_finds_numbers_and_words_of_the_summary_only(client):
    agency = staffed_agency()
    case = case_at(Status.RECEIVED, agency=agency)
    desk = holder(agency)
    for words in (case.number, case.number[-3:], SUMMARY[2:8], "多次退件 限期"):
        assert found(client, f"q={words}", user=desk) == [case], words
    for words in (NAME, "等领导回来", "电话 139", case.title[:8] if case.title[:8] not in SUMMARY else NAME):
        assert found(client, f"q={words}", user=desk) == [], words


@pytest.mark.parametrize(
    "query", ["q=%25", "q=_", "q=%00", "view=none&q=x", "agency=x&view=late", "after=9.x&view=done", "q=" + "退" * 300]
)
def test_what_makes_no_sense_is_left_out(client, query):
    assert page_of(client, f"{LIST}?{query}", user=holder(staffed_agency())).status_code == 200


def test_due_first_and_page_by_page(client, monkeypatch):
    monkeypatch.setattr(reading, "PAGE_SIZE", 2)
    agency = staffed_agency()
    cases = [case_at(Status.DISPATCHED, agency=agency, at=MONDAY.replace(day=day)) for day in (11, 9, 10)]
    desk, seen = holder(agency), []
    page = page_of(client, f"{LIST}?view=todo", user=desk).context["page"].found
    seen += page.rows
    seen += page_of(client, LIST + page.next_url, user=desk).context["page"].found.rows
    assert [row.assignment.case for row in seen] == sorted(cases, key=lambda case: case.due_at or MONDAY)


def test_the_newest_come_first_page_by_page(client, monkeypatch):
    monkeypatch.setattr(reading, "PAGE_SIZE", 2)
    agency = staffed_agency()
    for _case in range(5):
        case_at(Status.REPLIED, agency=agency)
    desk, seen, address = holder(agency), [], f"{LIST}?view=done"
    while address:
        page = page_of(client, address, user=desk).context["page"].found
        seen += [row.assignment.pk for row in page.rows]
        address = LIST + page.next_url if page.next_url else ""
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 5


def test_signing_from_the_list_goes_back_to_it(client):
    agency = staffed_agency()
    assignment = the_assignment(case_at(Status.DISPATCHED, agency=agency))
    desk = holder(agency)
    page = text_of(client, LIST, user=desk)
    assert f"{LIST}{assignment.pk}/receive/" in page
    response = page_of(client, f"{LIST}{assignment.pk}/receive/", {"version": assignment.case.version, "back": "list"}, user=desk)
    assert response["Location"] == LIST
    again = page_of(client, f"{LIST}{assignment.pk}/receive/", {"version": assignment.case.version, "back": "list"}, user=desk)
    assert again.status_code == 200  # told that it is out of date
    assert f"{LIST}{assignment.pk}/receive/" not in text_of(client, LIST, user=desk)


@pytest.mark.django_db(transaction=True)
def test_signing_twice_at_once_signs_once():
    agency = staffed_agency()
    assignment = the_assignment(case_at(Status.DISPATCHED, agency=agency))
    people = [holder(agency), PostFactory.create(agency=agency).user]

    def sign(by):
        return actions.receive(assignment, by=by, version=assignment.case.version, at=MONDAY)

    results = together(sign, people)
    assert sorted(type(one).__name__ for one in results) == ["Assignment", "StalePage"]
    assert Event.objects.filter(type="case.received").count() == 1


@pytest.mark.parametrize("user", [lambda agency: holder(agency, Post.Kind.PRINCIPAL), lambda agency: officer()])
def test_who_does_not_sign_has_no_button(client, user):
    agency = staffed_agency()
    case = case_at(Status.DISPATCHED, agency=agency)
    page = text_of(client, LIST, user=user(agency))
    assert case.number in page
    assert "/receive/" not in page


def test_nothing_of_another_agency_is_found_counted_or_offered(client):
    mine, other = staffed_agency(), staffed_agency(name="别的局", short_name="别局")
    case = case_at(Status.DISPATCHED, agency=other)
    desk = holder(mine)
    codes = [one.code for one in (*LOOKS, ALL)]
    for query in ("", f"q={case.number}", f"agency={other.pk}", *(f"view={code}&agency={other.pk}" for code in codes)):
        page = page_of(client, f"{LIST}?{query}", user=desk)
        assert f"{LIST}{the_assignment(case).pk}/" not in page.content.decode()
        assert other.name not in page.content.decode()
        assert {one.count for one in page.context["page"].numbers} == {"0"}


def test_the_list_of_a_parent_holds_its_sections_and_narrows_to_one(client):
    agency = staffed_agency()
    section = staffed_agency(parent=agency, depth=1)
    above, below = case_at(Status.DISPATCHED, agency=agency), case_at(Status.DISPATCHED, agency=section)
    desk = holder(agency)
    assert set(found(client, "view=todo", user=desk)) == {above, below}
    assert found(client, f"view=todo&agency={section.pk}", user=desk) == [below]
    assert found(client, "view=todo", user=holder(section)) == [below]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("query", ["", "view=late", "view=todo", "q=无", "view=done"])
def test_the_list_renders(client, language, query):
    client.cookies["django_language"] = language
    agency = staffed_agency()
    case_at(Status.RECEIVED, agency=agency)
    assert page_of(client, f"{LIST}?{query}", user=holder(agency)).status_code == 200


@pytest.mark.parametrize("query", ["", "view=todo"])
def test_two_agencies_and_many_rows_need_few_queries(client, django_assert_max_num_queries, query):
    first, second = staffed_agency(), staffed_agency()
    desk = holder(first)
    PostFactory.create(agency=second, user=desk)
    for agency in (first, second):
        for _row in range(4):
            case_at(Status.DISPATCHED, agency=agency)
    client.force_login(desk)
    with django_assert_max_num_queries(12):
        client.get(f"{LIST}?{query}")


@pytest.mark.parametrize("role", ["supervisor", "finance", "helper_clerk", "system_admin"])
def test_others_have_no_list(client, role):
    assert page_of(client, LIST, user=UserFactory.create(roles=[role])).status_code == 404
