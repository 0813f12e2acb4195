"""Finding the agency that somebody means."""

import pytest

from complaints.agency_search import MOST, matching

from .samples import agency

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _agencies(settings):
    settings.OFFICE = {**settings.OFFICE, "county": "示例县"}
    agency("示例县住房和城乡建设局", "住建局", name_en="Housing and Construction Bureau", aliases="建设局,建委")
    agency("示例县公安局", "公安局", name_en="Public Security Bureau")


@pytest.mark.parametrize("words", ["住建", "住建局", "住房", "zjj", "建委", "示例县住建局", "住建局窗口", "housing", " 住建 "])
def test_found_by_what_people_type(words):
    assert [one.short_name for one in matching(words)] == ["住建局"]


@pytest.mark.parametrize("words", ["", "   ", "税务", "xyz", "%", "🙂", "a" * 500])
def test_nothing_is_found_by_other_words(words):
    assert matching(words) == []


def test_closed_agencies_are_not_offered():
    closed = agency("示例县旧粮食局", "粮食局")
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    assert matching("粮食") == []


def test_only_the_nearest_are_offered():
    for number in range(20):
        agency(f"示例县第{number}税务所", f"第{number}税务所")
    assert len(matching("税务所")) == MOST
