"""The public pages promise what the tables say, link to pages that exist, and suit the reader's choices."""

import re
from datetime import date

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.views.defaults import server_error

from complaints.categories import CATEGORIES
from core.models import DeadlinePolicy
from efficiency_portal import pages

pytestmark = pytest.mark.django_db
SLUGS = [page.slug for page in pages.PAGES]


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_home_is_chinese_for_a_newcomer(client: Client):
    text = text_of(client, "/")
    assert '<html lang="zh-Hans">' in text
    assert "我要投诉举报" in text


def test_home_is_english_for_who_chose_english(english: Client):
    text = text_of(english, "/")
    assert '<html lang="en">' in text
    assert "I want to complain" in text


def test_home_shows_the_seven_kinds_of_problem(english: Client):
    text = text_of(english, "/")
    with translation.override("en"):
        assert all(str(category.plain).replace("'", "&#x27;") in text for category in CATEGORIES)


def test_home_promises_the_limits_in_force_today(english: Client):
    DeadlinePolicy.objects.create(step="accept", length=2, unit="working_days", valid_from=date(2020, 1, 1), basis="test")
    DeadlinePolicy.objects.create(step="accept", length=9, unit="working_days", valid_from=date(2999, 1, 1), basis="not yet")
    assert "<b>2<small>working days at most" in text_of(english, "/")


def test_home_stands_without_any_policy(client: Client):
    DeadlinePolicy.objects.all().delete()
    assert 'class="promise"' in text_of(client, "/")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("slug", SLUGS)
def test_information_page_is_open_to_a_nobody(client: Client, slug: str, language: str):
    client.cookies["django_language"] = language
    assert str(reverse("information_page", args=[slug])) in text_of(client, reverse("information_page", args=[slug]))


def test_unknown_information_page_is_not_found(client: Client):
    assert client.get("/information/nothing/").status_code == 404


def test_every_link_of_the_public_pages_leads_somewhere(client: Client):
    paths = ["/", "/information/", *(reverse("information_page", args=[slug]) for slug in SLUGS)]
    links = {
        link
        for path in paths
        for link in re.findall(r'href="(/[^"#]*)"', text_of(client, path))
        if not link.startswith("/static/")
    }
    assert {link: status for link in links if (status := client.get(link, follow=True).status_code) != 200} == {}


@pytest.mark.parametrize(("number", "due_on"), [(0, date(2026, 9, 22)), (1, date(2026, 10, 10)), (2, date(2026, 10, 8))])
def test_worked_examples_end_on_the_published_day(number: int, due_on: date):
    limit, days = pages.examples()["examples"][number]
    assert limit.due_on == due_on
    assert days[-1].day == due_on


def test_worked_example_numbers_only_the_days_that_count():
    _limit, days = pages.examples()["examples"][0]
    assert [(day.kind, day.number) for day in days] == [("start", None), ("off", None), ("", 1), ("", 2), ("end", 3)]


def test_worked_example_in_days_stops_counting_where_the_limit_was_before_it_moved():
    _limit, days = pages.examples()["examples"][2]
    assert [day.number for day in days if day.number][-1] == 30
    assert [day.kind for day in days[-6:]] == ["off", "off", "off", "off", "off", "end"]


@pytest.mark.parametrize(
    ("cookie", "value", "mark"), [("view", "elder", 'class="elder"'), ("theme", "dark", 'data-bs-theme="dark"')]
)
def test_display_choice_shows_on_the_page(client: Client, cookie: str, value: str, mark: str):
    client.cookies[cookie] = value
    assert mark in text_of(client, "/")


@pytest.mark.parametrize("path", ["/", "/information/", "/accounts/login/", "/demo/outbox/"])
def test_display_settings_are_on_the_page(client: Client, path: str):
    text = text_of(client, path)
    assert f'action="{reverse("core:preferences")}"' in text
    assert f'name="next" value="{path}"' in text


def test_citizens_pages_load_no_bundle_and_no_htmx(client: Client):
    assert re.findall(r'<script[^>]*src="([^"]*)"', text_of(client, "/")) == ["/static/portal.js"]


def test_missing_page_offers_a_way_back(client: Client):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "找不到这个页面" in response.content.decode()
    assert f'href="{reverse("home")}"' in response.content.decode()


def test_refused_form_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post(reverse("core:preferences"), {"view": "elder"})
    assert response.status_code == 403
    assert "表单没有提交成功" in response.content.decode()


def test_broken_page_speaks_both_languages_without_any_context(rf: RequestFactory):
    text = server_error(rf.get("/")).content.decode()
    assert "系统出错了" in text
    assert "Something went wrong" in text
