"""The page of an agency: its numbers, figures, chart and posts; who sees it; and agencies for which nobody signs."""

from datetime import date

import pytest

from accounts.roles import AGENCY, OFFICE, Role
from agencies.models import Post
from cases.models import Deadline
from cases.overview.charts import chart_of
from cases.overview.figures import Month, figures_of, months_until
from cases.workflow import Status, Step
from tests.factories import (
    MONDAY,
    AgencyFactory,
    PostFactory,
    UserFactory,
    case_at,
    holder,
    office_leader,
    officer,
    staffed_agency,
    the_assignment,
)

from .test_pages import page_of, text_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 20)


@pytest.fixture(autouse=True)
def sunday(time_machine):
    time_machine.move_to(MONDAY.replace(day=20), tick=False)


def figures(agency, **more):
    return figures_of(agency, today=TODAY, for_office=more.get("for_office", True))


def path_of(agency):
    return f"/staff/assignments/agency/{agency.pk}/"


def test_twelve_months_end_with_this_one():
    months = months_until(date(2026, 2, 28))
    assert (len(months), months[0], months[-1]) == (12, date(2025, 3, 1), date(2026, 2, 1))


def test_reports_in_time_and_late_are_counted_by_month():
    agency = staffed_agency()
    late, _in_time = case_at(Status.REPORTED, agency=agency), case_at(Status.REPLIED, agency=agency)
    Deadline.objects.filter(case=late, step=Step.FINISH).update(
        due_at=MONDAY.replace(day=1), started_on="2026-08-01", due_on="2026-08-31"
    )
    last = figures(agency).months[-1]
    assert (last.came, last.in_time, last.late) == (2, 1, 1)
    assert figures(agency).in_time == 50


def test_what_ended_without_a_report_is_no_report():
    agency = staffed_agency()
    case = case_at(Status.RECEIVED, agency=agency)
    Deadline.objects.filter(case=case, step=Step.FINISH).update(closed_at=MONDAY, next_reminder_at=None)
    assert figures(agency).reported == 0
    assert figures(agency).in_time is None


def test_sections_count_and_other_agencies_do_not():
    agency = staffed_agency()
    section = staffed_agency(parent=agency, depth=1)
    case_at(Status.REPORTED, agency=section)
    case_at(Status.REPORTED)
    assert (figures(agency).reported, figures(section).reported) == (1, 1)


def test_the_average_counts_days_from_assignment_to_report():
    agency = staffed_agency()
    assignment = the_assignment(case_at(Status.REPORTED, agency=agency))
    assert figures(agency).days == 0
    assignment.reports.update(reported_at=assignment.assigned_at.replace(day=24))
    assert figures(agency).days == 10


def test_few_ratings_are_not_shown_to_the_agency():
    agency = staffed_agency()
    case_at(Status.CLOSED, agency=agency)
    assert figures(agency).rated == 1
    assert (figures(agency, for_office=False).rated, figures(agency, for_office=False).too_few) == (0, True)
    for _case in range(2):
        case_at(Status.CLOSED, agency=agency)
    assert figures(agency, for_office=False).rated == 3


def test_the_chart_puts_what_was_late_on_top():
    months = [Month(date(2026, 1, 1), came=4, in_time=2, late=1), *(Month(date(2026, 2, 1), 0, 0, 0),) * 11]
    chart = chart_of(months)
    came, done, late = chart.columns[0].bars
    assert [one.kind for one in (came, done, late)] == ["came", "done", "late"]
    assert late.y + late.height == pytest.approx(done.y, abs=0.11)
    assert came.height == pytest.approx(2 * done.height, abs=0.11)
    assert chart.columns[1].bars == []


def test_numbers_lead_to_their_lists(client):
    agency = staffed_agency()
    case_at(Status.DISPATCHED, agency=agency)
    page = page_of(client, path_of(agency), user=holder(agency)).context["page"]
    assert {one.look.code: one.count for one in page.numbers}["sign"] == "1"
    for one in page.numbers:
        rows = page_of(client, f"/staff/assignments/{one.url}", user=holder(agency)).context["page"].found.rows
        assert len(rows) == int(one.count)


SEES = {
    "officer": lambda agency: officer(),
    "office leader": lambda agency: office_leader(),
    "liaison officer": lambda agency: holder(agency),
    "principal": lambda agency: holder(agency, Post.Kind.PRINCIPAL),
    "of the agency above": lambda agency: holder(agency.parent),
}


@pytest.mark.parametrize("who", SEES)
def test_who_sees_the_page(client, who):
    agency = staffed_agency(parent=staffed_agency(), depth=1)
    assert page_of(client, path_of(agency), user=SEES[who](agency)).status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role not in OFFICE])
def test_to_others_it_does_not_exist(client, role):
    agency = staffed_agency(parent=staffed_agency(), depth=1)
    user = UserFactory.create(roles=[role])
    if role in AGENCY:
        PostFactory.create(agency=staffed_agency(parent=agency, depth=2), user=user)
    assert page_of(client, path_of(agency), user=user).status_code == 404
    assert page_of(client, path_of(agency.parent), user=user).status_code == 404


def test_the_page_tells_nothing_of_complainants(client):
    agency = staffed_agency()
    case = case_at(Status.RECEIVED, agency=agency)
    page = text_of(client, path_of(agency), user=holder(agency))
    assert case.number in page
    assert case.title not in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_renders_with_and_without_work(client, language):
    client.cookies["django_language"] = language
    empty, busy = staffed_agency(), staffed_agency()
    case_at(Status.CLOSED, agency=busy)
    case_at(Status.RECEIVED, agency=busy)
    assert '<svg class="chart"' not in text_of(client, path_of(empty), user=officer())
    page = text_of(client, path_of(busy), user=officer())
    assert '<svg class="chart"' in page
    assert "<details" in page


@pytest.mark.parametrize("rows", [1, 6])
def test_the_page_needs_as_many_queries_for_six_as_for_one(client, django_assert_max_num_queries, rows):
    agency = staffed_agency()
    for _row in range(rows):
        case_at(Status.DISPATCHED, agency=agency)
    client.force_login(holder(agency))
    with django_assert_max_num_queries(15):
        client.get(path_of(agency))


def test_an_agency_for_which_nobody_signs_says_so_and_what_to_do(client):
    agency = staffed_agency()
    case = case_at(Status.DISPATCHED, agency=agency)
    leader = holder(agency, Post.Kind.PRINCIPAL)
    own = f"/staff/assignments/{the_assignment(case).pk}/"
    words = "没有人可以签收"
    assert words not in text_of(client, path_of(agency), user=leader)
    Post.objects.filter(agency=agency, kind=Post.Kind.LIAISON_OFFICER).update(until=TODAY)
    for path in (path_of(agency), own):
        assert words in text_of(client, path, user=leader)
    assert words in text_of(client, path_of(agency), user=officer())


def test_a_section_without_posts_names_who_stands_in(client):
    agency = staffed_agency()
    section = AgencyFactory.create(parent=agency, depth=1)
    page = page_of(client, path_of(section), user=holder(agency)).context["page"]
    assert not page.nobody_signs
    assert page.posts[2].stands_in == [holder(agency)]


def test_who_left_without_handing_over_is_shown_and_the_post_can_be_handed_over(client):
    agency = staffed_agency()
    case, left = case_at(Status.RECEIVED, agency=agency), holder(agency)
    left.is_active = False
    left.save()
    page = text_of(client, path_of(agency), user=holder(agency, Post.Kind.PRINCIPAL))
    assert "已离岗" in page
    assert "没有人可以签收" in page
    link = f"/staff/handovers/posts/{Post.objects.get(agency=agency, user=left).pk}/"
    assert link in page
    assert case.number in text_of(client, link, user=officer())


def test_only_who_may_hand_over_is_offered_it(client):
    agency = staffed_agency()
    link = f"/staff/handovers/posts/{Post.objects.get(agency=agency, kind='liaison_officer').pk}/"
    assert link in text_of(client, path_of(agency), user=holder(agency, Post.Kind.PRINCIPAL))
    assert link in text_of(client, path_of(agency), user=officer())
    assert link not in text_of(client, path_of(agency), user=holder(agency))
