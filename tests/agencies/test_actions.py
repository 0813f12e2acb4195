"""Agencies: found by a few characters, posts filled and handed over, vacancies climbing the tree."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError

from agencies import actions, people
from agencies.models import Agency, Post

pytestmark = pytest.mark.django_db
SINCE = date(2026, 1, 5)


@pytest.fixture
def bureau():
    return actions.add_agency(name="测试县住房和城乡建设局", short_name="住建局", kind=Agency.Kind.COUNTY, aliases="建设局")


@pytest.fixture
def station(bureau):
    return actions.add_agency(name="测试县质量监督站", short_name="质监站", kind=Agency.Kind.SECTION, parent=bureau)


def person(username):
    return get_user_model().objects.create(username=username, full_name=username, roles=["liaison_officer"])


@pytest.mark.parametrize("words", ["住建", "建设局", "zjj", "ZJ", " 住房和城乡 "])
def test_an_agency_is_found_by_name_alias_or_initials(bureau, words):
    assert list(Agency.objects.found_by(words)) == [bureau]


@pytest.mark.parametrize("words", ["", "   ", "教育", "%", "\u202e"])
def test_senseless_words_find_nothing(bureau, words):
    assert not Agency.objects.found_by(words).exists()


def test_fill_post_ends_the_predecessors_term(bureau):
    first = actions.fill_post(bureau, Post.Kind.PRINCIPAL, person("first"), since=SINCE)
    actions.fill_post(bureau, Post.Kind.PRINCIPAL, person("second"), since=date(2026, 6, 1))
    first.refresh_from_db()
    assert first.until == date(2026, 6, 1)
    assert [post.user.username for post in Post.objects.current()] == ["second"]


def test_database_refuses_two_principals(bureau):
    first, second = (
        Post(agency=bureau, kind=Post.Kind.PRINCIPAL, user=person(name), since=SINCE) for name in ("first", "second")
    )
    first.save()
    with pytest.raises(IntegrityError, match="post_one_leader"):
        second.save()


def test_holders_climb_the_tree_when_the_post_is_vacant(bureau, station):
    liaison = person("liaison")
    actions.fill_post(bureau, Post.Kind.LIAISON_OFFICER, liaison, since=SINCE)
    assert people.holders(station, Post.Kind.LIAISON_OFFICER) == [liaison]
    assert people.holders(station, Post.Kind.PRINCIPAL) == []


def test_holders_leave_out_closed_accounts(bureau):
    liaison = person("liaison")
    actions.fill_post(bureau, Post.Kind.LIAISON_OFFICER, liaison, since=SINCE)
    get_user_model().objects.update(is_active=False)
    assert people.holders(bureau, Post.Kind.LIAISON_OFFICER) == []
