"""The page of the statistics: each number is exactly the cases behind its link, parts add up, few cases have no share."""

import re
from datetime import datetime, timedelta
from html import unescape
from itertools import product
from typing import Any
from urllib.parse import parse_qsl

import pytest
import time_machine
from django.http import QueryDict
from django.urls import reverse

from accounts.roles import OFFICE, Role
from cases import actions
from cases.filters import Choices
from cases.models import Case, Deadline
from cases.queue import Queue
from cases.statistics import tables
from cases.statistics.reading import shown
from cases.statistics.tables import Cell, Table
from cases.workflow import Finding, Status
from complaints.models import Channel, Satisfaction
from core.clock import SHANGHAI
from tests.cases.test_statistics_rules import period_of
from tests.factories import MONDAY, PostFactory, UserFactory, case_at, holder, merged, new_case, officer, staffed_agency, suspend
from tests.test_query_strings import NASTY

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 15, 9, 0, tzinfo=SHANGHAI)
LINK = re.compile(r'<a href="/staff/\?([^"]+)">([0-9,]+)</a>')
ADDRESS = "/staff/statistics/"


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def me(client):
    user = officer()
    client.force_login(user)
    return user


def count():
    actions.count_days(at=NOW)


def county():
    """Some of everything, over two months: every state, several categories and channels, late and in time, suspended, old."""
    august = MONDAY.replace(month=8, day=10)
    for number, status in enumerate([Status.TRIAGE, Status.DECLINED, Status.DISPATCHED, Status.RECEIVED, Status.REPLIED]):
        case_at(status, at=august + timedelta(days=number), category=number + 1)
    one, other = staffed_agency(), staffed_agency()
    cases = [case_at(Status.CLOSED, agency=one, channel=Channel.LETTER) for _number in range(6)]
    cases += [case_at(Status.CLOSED, agency=other, channel=Channel.HOTLINE) for _number in range(2)]
    changes: list[dict[str, Any]] = [
        {"finding": Finding.PARTLY_UPHELD, "satisfaction": Satisfaction.SATISFIED},
        {"finding": Finding.NOT_UPHELD, "satisfaction": Satisfaction.FAIRLY_SATISFIED},
        {"finding": "", "satisfaction": "", "category": 7},
    ]
    for case, change in zip(cases, changes, strict=False):
        Case.objects.filter(pk=case.pk).update(**change)
    Deadline.objects.filter(case__in=cases[2:4], step="finish").update(due_on=MONDAY.date(), due_at=MONDAY)
    case_at(Status.HANDLING, own=True, agency=None)
    merged(new_case(), new_case(category=0))
    paused = new_case(at=NOW)
    suspend(paused, at=NOW)
    for day in (12, 13, 14):
        new_case(at=NOW.replace(day=day))
    Case.objects.filter(pk=new_case().pk).update(due_on=None, due_at=None)
    count()


def behind(user, query, choices=None):
    """How many cases the queue shows for the query string of a link, and what it did not understand."""
    queue = Queue(user, dict(parse_qsl(query)), choices)
    return queue.cases.count(), queue.filters.misread


def links(text):
    """The query strings to which the numbers on a page lead, with the numbers."""
    return [(unescape(query), int(number.replace(",", ""))) for query, number in LINK.findall(text)]


def shown_links(client, **asked):
    return links(client.get(ADDRESS, asked).content.decode())


PERIODS = [{"period": "2026"}, {"period": "2026-09"}]
PERIODS.append({"first": "2026-08-12", "last": "2026-09-17"})


def test_every_number_is_exactly_the_cases_behind_it(client, me):
    county()
    choices = Choices.offered()
    for asked in PERIODS:
        found = shown_links(client, **asked)
        assert len(found) > 30
        assert [(query, number) for query, number in found if behind(me, query, choices) != (number, [])] == []


def test_the_link_shows_the_cases_with_their_filters_as_chips(client, me):
    county()
    query, number = next(one for one in shown_links(client, period="2026") if "settled=finish.missed" in one[0])
    page = client.get(f"/staff/?{query}").context["page"]
    assert len(page.rows) == number > 0
    assert {"settled", "settled_from", "settled_to"} == {chip.chip.names[0] for chip in page.chips}


def test_a_filter_that_no_list_offers_is_kept_by_the_form_of_the_queue(client, me):
    one = staffed_agency()
    text = client.get("/staff/", {"view": "all", "with_agency": one.pk, "ending": "completed"}).content.decode()
    assert f'<input type="hidden" name="with_agency" value="{one.pk}">' in text
    assert '<input type="hidden" name="ending" value="completed">' in text


def total(table: Table) -> list[Cell]:
    """The last line of a table."""
    assert table.total
    return table.total.cells


def numbers(table, place):
    return [int(row.cells[place].text.replace(",", "")) for row in table.rows]


def test_parts_add_up_to_the_whole(me):
    county()
    for period, code in product(["2026", "2026-Q3", "2026-09"], ["category", "channel", "about", "course"]):
        table = tables.TABLES[code](shown(me, period_of(period), NOW.date()))
        counted = [place for place, cell in enumerate(total(table)) if cell.text.replace(",", "").isdecimal()]
        assert {place: sum(numbers(table, place)) for place in counted} == {
            place: int(total(table)[place].text.replace(",", "")) for place in counted
        }
        assert len(counted) >= 5


def test_findings_ratings_and_colours_add_up(me):
    county()
    found = shown(me, period_of("2026"), NOW.date())
    for make in (tables.findings, tables.ratings, tables.open_cases):
        table = make(found)
        assert sum(numbers(table, 0)) == int(total(table)[0].text) > 0


def test_shares_of_the_large_and_dashes_for_the_few(me):
    county()
    table = tables.league(shown(me, period_of("2026-09"), NOW.date()))
    rows = [tuple(row.cells[place].text for place in (3, 4, 5)) for row in table.rows]
    assert rows[0] == ("4", "2", "66.7%")
    assert ("2", "0", "–") in rows[1:]


def test_a_period_is_compared_with_the_same_days_of_the_one_before(me):
    county()
    found = shown(me, period_of("2026-09"), NOW.date())
    row = tables.outcome(found).rows[0]
    assert (found.figures_before.whole["received"], row.cells[1].text) == (5, "5")
    assert row.cells[2].text == f"+{found.figures.whole['received'] - 5}"


def test_an_empty_period_says_so_and_shows_what_is_open(client, me):
    county()
    text = client.get(ADDRESS, {"period": "2019"}).content.decode()
    assert "本期没有收到、也没有办理的件" in text
    assert [number for _query, number in shown_links(client, period="2019")][-1] == Case.objects.open().count()


def test_before_the_first_count_the_page_says_so(client, me):
    new_case()
    assert "尚未开始统计" in client.get(ADDRESS).content.decode()


def test_this_year_is_shown_unless_asked_otherwise(client, me):
    count()
    page = client.get(ADDRESS).context["page"]
    assert (page.name, page.days) == ("2026 年", "2026 年 1 月 1 日至 2026 年 10 月 15 日")
    assert page.before == "2025 年同期"


WRONG = [
    {"period": "2031"},
    {"period": "2026-13"},
    {"period": "1999"},
    {"first": "2026-09-02", "last": "2026-09-01"},
    {"first": "2026-09-02"},
    {"first": "someday", "last": "2026-09-01"},
    {"first": "2026-11-01", "last": "2026-11-02"},
    {"first": "2001-01-01", "last": "2026-09-01"},
    {"period": "²"},
    {"period": "٢٠٢٦"},
]


@pytest.mark.parametrize("asked", WRONG)
def test_what_makes_no_sense_is_told_and_this_year_shown(client, me, asked):
    count()
    answer = client.get(ADDRESS, asked)
    assert (answer.context["page"].name, answer.context["asked"].is_valid()) == ("2026 年", False)
    assert "notice-warn" in answer.content.decode()


def test_whatever_stands_in_the_address_the_pages_answer(client, me):
    count()
    for name, nasty in product(("period", "first", "last"), [*NASTY, "9999-12-31", "0001-01-01", "9998-12", "2000"]):
        assert client.get(ADDRESS, {"last": "2026-09-01", name: nasty}).status_code == 200, (name, nasty)
        assert client.get("/staff/", {f"settled_{name}": nasty, "about_agency": nasty, "settled": nasty}).status_code == 200
    for nasty in NASTY:
        assert client.get(f"{ADDRESS}report/", {"month": nasty}).status_code == 200, nasty


def test_both_languages_show_the_page(client, me):
    county()
    for language in ("zh-hans", "en"):
        client.cookies["django_language"] = language
        text = client.get(ADDRESS, {"period": "2026-Q3"}).content.decode()
        assert ("Received:" in text) is (language == "en")
        assert ("收到投诉、举报和线索" in text) is (language == "zh-hans")


def test_who_is_recused_counts_only_what_he_sees(client):
    mine, other = staffed_agency(), staffed_agency()
    for agency in (mine, mine, other):
        case_at(Status.CLOSED, agency=agency)
    count()
    user = UserFactory.create(roles=[Role.OFFICER, Role.LIAISON_OFFICER])
    PostFactory.create(agency=mine, user=user)
    client.force_login(user)
    found = shown_links(client, period="2026-09")
    assert found[0][1] == 1
    assert [one for one in found if behind(user, one[0]) != (one[1], [])] == []
    assert client.get(ADDRESS).context["page"].is_live


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", ["statistics", "statistics_report"])
def test_only_the_office_sees_the_statistics(client, role, name):
    client.force_login(UserFactory.create(roles=[role]))
    answer = client.get(reverse(f"cases:{name}"))
    assert answer.status_code == (200 if role in OFFICE else 404)
    assert client.post(reverse(f"cases:{name}")).status_code == 405


def test_people_of_agencies_have_no_link_to_it(client):
    client.force_login(holder(staffed_agency()))
    assert ADDRESS not in client.get("/staff/assignments/").content.decode()
    client.force_login(officer())
    assert f'href="{ADDRESS}"' in client.get("/staff/").content.decode()


def test_queries_do_not_grow_with_the_cases(client, me, django_assert_num_queries):
    new_case()
    for number in (1, 9):
        for place in range(number):
            case_at(Status.CLOSED, channel=list(Channel)[place], at=MONDAY + timedelta(days=place % 4))
        count()
        client.get(ADDRESS)
        with django_assert_num_queries(9):
            client.get(ADDRESS, {"period": "2026"})


def test_no_case_is_read_for_a_year(me, django_assert_max_num_queries):
    """All but what is open now comes from the counts of days."""
    county()
    with django_assert_max_num_queries(6) as asked:
        shown(me, period_of("2026"), NOW.date())
    read = [one["sql"] for one in asked if 'FROM "cases_case"' in one["sql"]]
    assert len(read) == 1
    assert '"cases_case"."status" IN' in read[0]


def test_the_query_string_of_a_link_means_the_same_to_the_queue(me):
    county()
    queue = Queue(me, QueryDict("view=all&settled_from=2026-09-01&settled_to=2026-09-30").dict())
    kept = Queue(me, QueryDict("view=all&settled=accept.kept&settled_from=2026-09-01&settled_to=2026-09-30").dict())
    assert queue.cases.count() > kept.cases.count() > 0
