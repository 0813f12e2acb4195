"""Saved searches: kept, shared, counted, renamed, thrown away by their owner alone."""

import pytest

from cases import actions
from cases.models import SavedSearch
from complaints.models import Channel
from tests.factories import MONDAY, new_case, officer

pytestmark = pytest.mark.django_db
QUERY = "view=all&channel=letter"


@pytest.fixture
def owner(client):
    user = officer()
    client.force_login(user)
    return user


def saved(by, **fields):
    return actions.save_search(**{"query": QUERY, "name": "来信", "shared": False, "by": by, "at": MONDAY} | fields)


def side(client, **asked):
    groups = client.get("/staff/", asked).context["page"].groups
    return next((group.links for group in groups if group.url == "/staff/searches/"), [])


def test_filters_are_kept_as_they_stand_in_the_address(client, owner):
    new_case(channel=Channel.LETTER)
    response = client.post("/staff/searches/", {"query": f"{QUERY}&after=1.2&nonsense=1&due_from=", "name": " 来信 "})
    assert response.headers["Location"] == f"/staff/?{QUERY}"
    (link,) = side(client, view="all", channel="letter")
    assert (link.title, link.count, link.current) == ("来信", "1", True)


def test_shared_ones_show_to_the_office_and_own_ones_to_their_owner(client, owner):
    saved(officer(), name="共享的", shared=True)
    saved(officer(), name="别人的")
    saved(owner)
    assert [link.title for link in side(client)] == ["共享的", "来信"]


def test_a_name_is_kept_once_and_what_was_typed_stays(client, owner):
    saved(owner)
    response = client.post("/staff/searches/", {"query": QUERY, "name": "来信", "shared": "on"})
    assert "您已有同名的筛选。" in response.content.decode()
    assert SavedSearch.objects.count() == 1


@pytest.mark.parametrize("name", ["", " ", "\u200b", "长" * 41])
def test_a_search_needs_a_name(client, owner, name):
    assert client.post("/staff/searches/", {"query": QUERY, "name": name}).status_code == 200
    assert not SavedSearch.objects.exists()


def test_too_many_filters_are_refused_in_words(owner):
    with pytest.raises(actions.SearchTooLong):
        saved(owner, query="q=" + "x" * 500)


def test_owner_renames_shares_and_deletes(client, owner):
    search = saved(owner)
    client.post(f"/staff/searches/{search.pk}/", {"name": "信件", "shared": "on"})
    search.refresh_from_db()
    assert (search.name, search.shared) == ("信件", True)
    assert client.get(f"/staff/searches/{search.pk}/delete/").status_code == 200
    client.post(f"/staff/searches/{search.pk}/delete/")
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("path", ["", "delete/"])
def test_nobody_else_changes_a_shared_search(client, owner, path):
    search = saved(officer(), shared=True)
    assert client.post(f"/staff/searches/{search.pk}/{path}", {"name": "x"}).status_code == 404
    assert SavedSearch.objects.get().name == "来信"


def test_a_search_for_words_is_not_counted(client, owner):
    saved(owner, query="q=退回")
    assert side(client)[0].count is None


def test_queries_do_not_grow_with_the_searches(client, owner, django_assert_max_num_queries):
    for number in range(12):
        saved(owner, name=f"第 {number} 个", query=f"{QUERY}&handler=none&status=triage")
    client.get("/staff/")
    with django_assert_max_num_queries(10):
        assert len(side(client)) == 12
