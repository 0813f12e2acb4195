"""Bounded counts: right up to their end, one query, and never more rows than that."""

import pytest

from accounts.models import User
from core import counting
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_counts_are_right_and_one_query(django_assert_num_queries):
    UserFactory.create_batch(3)
    with django_assert_num_queries(1):
        counts = counting.bounded({"all": User.objects.all(), "%s": User.objects.filter(username="%")})
    assert counts == {"all": 3, "%s": 0}


def test_a_count_ends(monkeypatch):
    UserFactory.create_batch(3)
    monkeypatch.setattr(counting, "MOST", 2)
    (count,) = counting.bounded({"all": User.objects.all()}).values()
    assert (count, counting.shown(count), counting.shown(1)) == (2, "1+", "1")


def test_nothing_asked_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert counting.bounded({"none": User.objects.none()}) == {"none": 0}
