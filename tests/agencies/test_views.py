"""The pages of the agencies: who sees which."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from agencies import actions
from agencies.models import Agency, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def agencies():
    return [
        actions.add_agency(name=f"测试县第{n}局", short_name=f"第{n}局", kind=Agency.Kind.COUNTY, sort=n) for n in range(1, 4)
    ]


def person(role, agency=None):
    user = get_user_model().objects.create(username=f"test-{role}", full_name="测试员", roles=[role])
    if agency:
        actions.fill_post(agency, Post.Kind.LIAISON_OFFICER, user, since=date(2026, 1, 5))
    return user


@pytest.mark.parametrize(
    ("role", "seen"), [("officer", 3), ("office_leader", 3), ("supervisor", 3), ("helper_clerk", 3), ("finance", 0)]
)
def test_list_shows_the_tree_to_those_who_need_it(client, agencies, role, seen):
    client.force_login(person(role))
    assert len(client.get(reverse("agencies:list")).context["rows"]) == seen


def test_people_of_an_agency_see_their_own_only(client, agencies):
    client.force_login(person("liaison_officer", agencies[1]))
    assert [row.agency for row in client.get(reverse("agencies:list")).context["rows"]] == [agencies[1]]
    assert client.get(reverse("agencies:detail", args=[agencies[0].pk])).status_code == 404


def test_list_needs_the_same_queries_for_many_agencies(client, agencies, django_assert_max_num_queries):
    client.force_login(person("officer"))
    with django_assert_max_num_queries(6):
        client.get(reverse("agencies:list"))


def test_detail_names_vacant_posts(client, agencies):
    client.force_login(person("officer"))
    page = client.get(reverse("agencies:detail", args=[agencies[0].pk]))
    assert page.context["page"].row.vacancies == 3
    assert "空缺" in page.content.decode()
