"""What officers see of further kinds and of the number from which a matter follows on."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from cases import reading
from cases.ways.forms import AcceptForm
from tests.factories import PostFactory, UserFactory, complaint, new_case, officer

pytestmark = pytest.mark.django_db


def test_a_case_takes_over_the_further_kinds_and_the_acceptance_suggests_them():
    case = new_case(category=4, secondary=(2, 3))
    assert case.secondary == [2, 3]
    assert AcceptForm(case=case, by=officer()).initial["secondary"] == [2, 3]


def test_the_case_page_names_the_further_kinds(client):
    client.force_login(officer())
    page = client.get(reverse("cases:detail", args=[new_case(category=4, secondary=(2,)).pk])).content.decode()
    assert "行政乱作为" in page


@pytest.mark.parametrize("name", ["detail", "accept", "decline"])
def test_an_earlier_number_is_a_link_where_there_is_such_a_case(client, name):
    earlier = new_case()
    case = new_case(earlier_number=earlier.number)
    client.force_login(officer())
    page = client.get(reverse(f"cases:{name}", args=[case.pk])).content.decode()
    assert f'href="{reverse("cases:detail", args=[earlier.pk])}"' in page


@pytest.mark.parametrize("name", ["detail", "accept"])
def test_an_unknown_number_stands_as_it_was_written(client, name):
    case = new_case(earlier_number="2019-0007")
    client.force_login(officer())
    page = client.get(reverse(f"cases:{name}", args=[case.pk])).content.decode()
    assert "2019-0007" in page
    assert "没有查到" in page


def test_an_earlier_case_that_the_officer_may_not_see_is_not_told():
    earlier = new_case()
    case = new_case(earlier_number=earlier.number)
    recused = UserFactory.create(roles=[Role.OFFICER, Role.LIAISON_OFFICER])
    PostFactory.create(user=recused, agency=earlier.respondent_agency)
    assert [matter.earlier for matter in reading.matters_of(case, recused)] == [None]
    assert [matter.earlier for matter in reading.matters_of(case, officer())] == [earlier]


def test_a_matter_without_earlier_number_asks_for_none(django_assert_max_num_queries):
    matter = complaint()
    user = officer()
    case = matter.case_link.case
    with django_assert_max_num_queries(9):
        reading.matters_of(case, user)
