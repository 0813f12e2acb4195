"""The work queue: order, colours, views, filters, search, paging; and a number of queries that does not grow."""

from datetime import datetime, timedelta
from urllib.parse import parse_qsl

import pytest
import time_machine
from django.db import connection

from cases import queue
from cases.actions import limits
from cases.desk import orders
from cases.models import Case
from cases.workflow import Status
from complaints.models import Channel
from core.clock import SHANGHAI
from tests.factories import MONDAY, case_at, filer, handler_of, holder, merged, new_case, office_leader, officer, staffed_agency

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 23, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def page(client):
    """Ask for the queue as an officer; returns what the page was made from."""
    client.force_login(officer())

    def ask(**asked):
        return client.get("/staff/", asked).context["page"]

    return ask


def numbers(page):
    return [row.case.number for row in page.rows]


def received(day, **fields):
    return new_case(MONDAY.replace(day=day), **fields)


def test_queue_goes_by_due_date(page):
    late, near, today = received(14), received(22), received(18)
    assert numbers(page()) == [late.number, today.number, near.number]


def test_each_colour_is_counted_and_narrows_the_list(page):
    cases = {"red": received(14), "today": received(20), "near": received(22), "ok": case_at(Status.HANDLING, own=True)}
    shown = page()
    assert {tally.state for tally in shown.tally if tally.count == "1"} == set(cases)
    for colour, case in cases.items():
        assert numbers(page(colour=colour)) == [case.number]


def test_chosen_colour_is_marked_and_can_be_taken_back(page):
    tally = next(one for one in page(colour="red", view="triage").tally if one.state == "red")
    assert (tally.current, tally.url) == (True, "?view=triage")


VIEWS = {
    "triage": Status.TRIAGE,
    "agencies": Status.RECEIVED,
    "replied": Status.REPLIED,
    "dissatisfied": Status.FOLLOWED_UP,
    "done": Status.CLOSED,
}


@pytest.mark.parametrize("view", VIEWS)
def test_view_holds_its_cases(page, view):
    cases = {status: case_at(status) for status in VIEWS.values()}
    assert numbers(page(view=view)) == [cases[VIEWS[view]].number]


def test_who_is_still_to_be_confirmed_has_a_view_and_a_mark(page):
    waiting = new_case()
    new_case(filer=filer(verification="phone", verified_at=NOW))
    new_case(filer=None, notify_sms=False, notify_email=False)
    case_at(Status.CLOSED)
    assert numbers(page(view="unconfirmed")) == [waiting.number]
    assert [row.is_unconfirmed for row in page().rows].count(True) == 1
    office = page().groups[1].links
    assert [link.count for link in office if "unconfirmed" in link.url] == ["1"]


def test_reports_and_tips_are_marked_and_found(page):
    report, _complaint, tip = new_case(kind="report"), new_case(), new_case(kind="tip")
    assert [row.kind for row in page().rows] == ["举报", "", "反映"]
    assert numbers(page(kind="report")) == [report.number]
    assert numbers(page(kind="tip")) == [tip.number]


def test_a_joint_case_is_found_by_each_kind_and_marked_by_the_first(page):
    joint = new_case(kind="report")
    merged(new_case(kind="tip"), joint)
    assert [numbers(page(kind=kind)) for kind in ("report", "tip", "complaint")] == [[joint.number], [joint.number], []]
    assert [row.kind for row in page().rows] == ["举报"]


def follow_thresholds(case, yellow_after, red_after):
    """Put the limit of a case under a policy of a class that is slower with its cards."""
    policy = case.deadlines.open().get().policy
    policy.pk, policy.case_class, policy.yellow_after, policy.red_after = None, "complex", yellow_after, red_after
    policy.save()
    case.deadlines.update(policy=policy)
    limits.keep_due(case)


@pytest.mark.parametrize(("yellow_after", "red_after", "shown"), [(1, 2, "red"), (3, 5, "yellow"), (5, 6, "late")])
def test_a_colour_follows_the_policy_of_the_limit_and_the_filter_agrees(page, yellow_after, red_after, shown):
    ordinary, other = received(14), received(14)  # due on Thursday the 17th: five working days late, one of them a Sunday
    follow_thresholds(other, yellow_after, red_after)
    assert {row.case.number: row.due.state for row in page().rows} == {ordinary.number: "red", other.number: shown}
    for state in ("red", "yellow", "late"):
        assert set(numbers(page(colour=state))) == {row.case.number for row in page().rows if row.due.state == state}
    assert {tally.state: tally.count for tally in page().tally if tally.count != "0"} == (
        {"red": "2"} if shown == "red" else {"red": "1", shown: "1"}
    )


def test_mine_are_those_i_handle(client):
    case, _other = case_at(Status.HANDLING, own=True), case_at(Status.HANDLING, own=True, by=officer())
    client.force_login(handler_of(case))
    shown = client.get("/staff/", {"view": "mine"}).context["page"]
    assert numbers(shown) == [case.number]
    assert {link.title: link.count for link in shown.groups[0].links}["我承办的"] == "1"


def test_leader_has_a_view_of_what_waits_for_approval(client):
    case = case_at(Status.REPORTED)
    client.force_login(office_leader())
    assert numbers(client.get("/staff/", {"view": "approval"}).context["page"]) == [case.number]


def test_filters_narrow_together(page):
    agency = staffed_agency()
    wanted = new_case(agency=agency, channel=Channel.HOTLINE, category=2)
    new_case(agency=agency)
    new_case(channel=Channel.HOTLINE, category=2)
    assert numbers(page(agency=agency.pk, channel="hotline", category=2, status="triage")) == [wanted.number]


@pytest.mark.parametrize(
    "asked", [{"agency": "x"}, {"status": "no"}, {"category": "\x00"}, {"view": "?"}, {"colour": "?"}, {"after": "x.y"}]
)
def test_nonsense_narrows_nothing(page, asked):
    case = new_case()
    assert numbers(page(**asked)) == [case.number]


def test_search_finds_number_and_words_also_among_the_done(page):
    done, other = case_at(Status.CLOSED, narrative="学区划分没有公示，报名当天才知道。"), new_case()
    for words in (done.number, "学区划分", "划分 报名", "没有公示,报名"):
        assert numbers(page(q=words)) == [done.number]
    assert other.number not in numbers(page(q="学区划分"))


def test_search_for_an_agency_leads_to_its_cases(page):
    case = new_case()
    assert case.respondent_agency
    (link,) = page(q=case.respondent_agency.short_name).agencies
    assert numbers(page(**follow(link.url))) == [case.number]


def follow(url):
    return dict(parse_qsl(url.removeprefix("?")))


@pytest.mark.parametrize("view", ["open", "all"])
def test_pages_lead_forth_and_back_without_gap_or_repeat(page, monkeypatch, view):
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    for day in (14, 14, 15, 16, 16):
        received(day)
    Case.objects.filter(pk=received(17).pk).update(due_on=None, due_at=None)  # has no limit and comes last
    first = page(view=view)
    second = page(**follow(first.next_url))
    third = page(**follow(second.next_url))
    order = ("received_at", "id") if view == "open" else ("-received_at", "-id")
    assert numbers(first) + numbers(second) + numbers(third) == [case.number for case in Case.objects.order_by(*order)]
    assert (first.previous_url, third.next_url) == ("", "")
    assert numbers(page(**follow(third.previous_url))) == numbers(second)
    assert numbers(page(**follow(second.previous_url))) == numbers(first)


def test_a_walk_back_over_the_beginning_shows_the_first_page(page, monkeypatch):
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    cases = [received(day) for day in (14, 15, 16)]
    second = page(**follow(page().next_url))
    Case.objects.filter(pk=cases[0].pk).update(status=Status.WITHDRAWN, closed_at=NOW, withdrawn_at=NOW)
    assert numbers(page(**follow(second.previous_url))) == [cases[1].number, cases[2].number]


def test_done_cases_are_listed_closed_last_first(page):
    late = case_at(Status.CLOSED, at=MONDAY.replace(day=15))
    early = case_at(Status.CLOSED)
    assert numbers(page(view="done")) == [late.number, early.number]


def test_empty_queue_says_what_to_do_next(client):
    client.force_login(officer())
    assert "案件到了这一步会自动出现在这里" in client.get("/staff/").content.decode()


@pytest.mark.parametrize("rows", [1, 12])
def test_queries_do_not_grow_with_the_rows(client, django_assert_max_num_queries, rows):
    for _row in range(rows):
        case_at(Status.DISPATCHED, at=NOW - timedelta(days=1))
    client.force_login(officer())
    client.get("/staff/")
    with django_assert_max_num_queries(10):
        assert len(client.get("/staff/").context["page"].rows) == rows


def test_open_cases_are_one_walk_of_their_index():
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"
        )  # a test has too few rows to need an index
    walk = orders.Walk(orders.DUE, orders.place("1790000000000000.7"))
    plan = walk.through(Case.objects.open().for_list())[:41].explain()
    assert "case_queue_whole" in plan
    assert "Sort" not in plan


def test_people_of_an_agency_have_no_queue(client):
    client.force_login(holder(staffed_agency()))
    assert client.get("/staff/").status_code == 404
