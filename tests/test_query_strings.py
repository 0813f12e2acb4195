"""Whatever stands in an address after the question mark: the page answers, and no fault of ours is shown."""

from itertools import product

import pytest
from django.urls import reverse

from accounts.roles import Role
from tests.factories import PostFactory, UserFactory, new_case
from tests.test_urls_sweep import ADDRESSES, PUBLIC

pytestmark = pytest.mark.django_db
NASTY = [
    "\0",
    "9" * 40,
    "-1",
    "²",
    "٣",
    "\u202e",
    "2026-10-12." + "9" * 40,
    "9999-12-31.1",
    "0001-01-01.1",
    "%",
    "'\"<script>",
    "𝟗",
]
NAMES = ["after", "before", "q", "view", "colour", "status", "category", "agency", "channel"]
LISTS = [
    "cases:list",
    "cases:assignment_list",
    "agencies:list",
    "supervisors:list",
    "supervisors:inspections",
    "supervisors:inspection_new",
    "core:inbox",
]


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_staff_answer(client, name):
    new_case()
    user = UserFactory.create(roles=[Role.OFFICER, Role.LIAISON_OFFICER])
    PostFactory.create(user=user)
    client.force_login(user)
    for parameter, nasty in product(NAMES, NASTY):
        assert client.get(reverse(name), {parameter: nasty}).status_code == 200, (parameter, nasty)


@pytest.mark.parametrize("address", [address for name, address in ADDRESSES if name in PUBLIC and name != "health"])
def test_public_pages_answer(client, address):
    for parameter, nasty in product(("number", "before", "next", "change", "q"), NASTY):
        assert client.get(address, {parameter: nasty}).status_code in {200, 302, 404, 405, 429}, (parameter, nasty)


def test_administration_answers(client):
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    for parameter, nasty in product(("q", "p", "o", "is_active__exact"), NASTY):
        assert client.get("/manage/accounts/user/", {parameter: nasty}).status_code in {200, 302}, (parameter, nasty)
