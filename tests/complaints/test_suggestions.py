"""What is suggested while the name of an agency is typed."""

import pytest
from django.core.cache import cache

from complaints.agency_search import MOST

from .samples import agency

pytestmark = pytest.mark.django_db
ADDRESS = "/complaints/agencies/"


@pytest.fixture(autouse=True)
def _agencies():
    agency(name_en="Sample County Housing Bureau")


def suggested(client, words: str) -> list[str]:
    response = client.get(ADDRESS, {"q": words})
    assert response.status_code == 200
    return [one["name"] for one in response.json()["agencies"]]


@pytest.mark.parametrize("words", ["住", "住建", "zj", "ZJJ", "住建局窗口", " 住\u200b建 "])
def test_agency_is_suggested_by_few_characters(client, words):
    assert suggested(client, words) == ["示例县住房和城乡建设局"]


@pytest.mark.parametrize("words", ["", " ", "\0", "\u202e", "%", "a" * 5000, "没有的"])
def test_nothing_is_suggested_by_other_words(client, words):
    assert suggested(client, words) == []


def test_names_are_in_the_readers_language(client):
    suggested(client, "住建")
    client.cookies["django_language"] = "en"
    assert suggested(client, "住建") == ["Sample County Housing Bureau"]


def test_no_more_than_twelve_are_suggested(client):
    for number in range(MOST + 3):
        agency(f"示例县第{number}税务所", f"第{number}税务所")
    assert len(suggested(client, "税务所")) == MOST


@pytest.mark.parametrize(("words", "queries"), [("住建", 1), ("住建局窗口", 2), ("没有的单位", 2)])
def test_two_queries_at_most_and_none_the_second_time(client, django_assert_num_queries, words, queries):
    with django_assert_num_queries(queries):
        suggested(client, words)
    with django_assert_num_queries(0):
        suggested(client, words)


def test_answer_holds_what_the_page_needs_and_nothing_else(client):
    response = client.get(ADDRESS, {"q": "住建"})
    assert set(response.json()["agencies"][0]) == {"pk", "name", "hint"}
    assert "max-age=300" in response.headers["Cache-Control"]
    assert "sessionid" not in response.cookies


def test_typed_words_name_no_key_in_the_cache(client):
    suggested(client, "住建")
    keys = cache._cache.get_client().keys("*")  # type: ignore[attr-defined]
    assert [key for key in keys if "住建".encode() in key] == []


def test_suggestions_come_without_the_cache_too(client, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    assert suggested(client, "住建") == ["示例县住房和城乡建设局"]
