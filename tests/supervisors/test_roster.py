"""The roster: who sees it and what the database lets in."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError
from django.urls import reverse

from supervisors.models import Supervisor

pytestmark = pytest.mark.django_db


def person(role, name="one"):
    return get_user_model().objects.create(username=f"test-{role}-{name}", full_name="测试员", roles=[role])


def appoint(user, **fields):
    defaults = {"kind": "full_time", "background": "retired", "term_since": date(2026, 1, 1), "term_until": date(2027, 12, 31)}
    return Supervisor.objects.create(user=user, certificate_number=f"测督〔2026〕{user.pk} 号", **defaults | fields)


@pytest.mark.parametrize(
    ("role", "seen"), [("officer", 1), ("office_leader", 1), ("liaison_officer", 0), ("agency_leader", 0), ("finance", 0)]
)
def test_agencies_do_not_see_who_watches_them(client, role, seen):
    appoint(person("supervisor"))
    client.force_login(person(role))
    assert len(client.get(reverse("supervisors:list")).context["supervisors"]) == seen


def test_a_supervisor_sees_the_own_entry_only(client):
    own = appoint(person("supervisor"))
    appoint(person("supervisor", "two"))
    client.force_login(own.user)
    assert list(client.get(reverse("supervisors:list")).context["supervisors"]) == [own]


def test_database_wants_a_home_agency_for_volunteers():
    with pytest.raises(IntegrityError, match="supervisor_volunteer_from_agency"):
        appoint(person("supervisor"), kind="volunteer", background="agency")


def test_database_wants_a_term_that_ends_after_it_starts():
    with pytest.raises(IntegrityError, match="supervisor_term_ends_after_start"):
        appoint(person("supervisor"), term_until=date(2026, 1, 1))


def test_serving_covers_the_first_and_the_last_day():
    appoint(person("supervisor"))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2027, 12, 31), date(2028, 1, 1)]
    assert [Supervisor.objects.serving(day).exists() for day in days] == [False, True, True, False]
