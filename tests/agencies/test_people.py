"""Who stands for an agency: one by one and for several at once, a vacancy climbs the tree."""

import pytest

from agencies.models import Post
from agencies.people import Holders, holders
from tests.factories import AgencyFactory, PostFactory, staffed_agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """A bureau with a section, which has a desk, which has a window; only some posts are filled."""
    bureau = staffed_agency()
    section = AgencyFactory.create(parent=bureau, depth=1)
    desk = AgencyFactory.create(parent=section, depth=2)
    window = AgencyFactory.create(parent=desk, depth=3)
    PostFactory.create(agency=section)
    PostFactory.create(agency=section)
    PostFactory.create(agency=desk, kind=Post.Kind.PRINCIPAL, until="2020-12-31")
    left = PostFactory.create(agency=window).user
    left.is_active = False
    left.save()
    return [bureau, section, desk, window, AgencyFactory.create()]


@pytest.mark.parametrize("kind", Post.Kind)
def test_many_are_found_as_one_is(tree, kind):
    known = Holders(tree)
    assert [known.of(agency, kind) for agency in tree] == [holders(agency, kind) for agency in tree]


def test_a_vacancy_climbs_past_who_has_left_and_whose_term_is_over(tree):
    bureau, section, desk, window, lonely = tree
    known = Holders([desk, window, lonely])
    in_section = [post.user for post in Post.objects.filter(agency=section).order_by("pk")]
    assert known.of(window, Post.Kind.LIAISON_OFFICER) == in_section
    assert known.of(desk, Post.Kind.PRINCIPAL) == [bureau.posts.get(kind=Post.Kind.PRINCIPAL).user]
    assert known.of(lonely, Post.Kind.PRINCIPAL) == []


def test_many_cost_what_the_tree_is_deep(tree, django_assert_num_queries):
    with django_assert_num_queries(3):  # two levels above these two, and the posts
        Holders([tree[3], tree[2]])
    with django_assert_num_queries(0):
        Holders([])
