"""Verifying a card: what a stranger learns, and how little."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from supervisors import actions, certificates
from supervisors.recruiting import public_views
from tests.factories import MONDAY, office_leader, supervisor

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def ask(client, code):
    return client.get(reverse("supervision:verify", args=[code]))


def test_a_valid_card_tells_kind_and_first_character_only(client):
    row = supervisor()
    text = ask(client, row.terms.get().code).content.decode()
    assert "此证有效" in text
    assert f"{row.user.full_name[0]}**" in text
    assert row.user.full_name not in text
    assert row.terms.get().certificate_number not in text


@pytest.mark.parametrize(
    ("since", "until", "word"),
    [(date(2026, 9, 15), date(2027, 9, 14), "尚未生效"), (date(2025, 9, 14), date(2026, 9, 13), "已过期")],
)
def test_a_card_outside_its_term_is_not_valid(client, since, until, word):
    assert word in ask(client, supervisor(since=since, until=until).terms.get().code).content.decode()


def test_a_suspended_or_collected_card_is_not_valid(client):
    row, leader = supervisor(), office_leader()
    actions.suspend(row, by=leader, reason="核查", at=MONDAY)
    assert "目前无效" in ask(client, row.terms.get().code).content.decode()
    actions.end_term(row, by=leader, exit="dismissed", reason="。", day=TODAY, is_collected=True, at=MONDAY)
    assert "已收回" in ask(client, row.terms.get().code).content.decode()


@pytest.mark.parametrize("code", ["AAAAAAAAAAAAAAAA", "short", "'; DROP TABLE", "%00", "甲" * 16])
def test_an_unknown_code_is_told_apart_from_nothing(client, code):
    response = ask(client, code)
    assert response.status_code == 404
    assert "没有这个证件" in response.content.decode()


def test_a_code_is_read_however_it_is_typed(client):
    code = supervisor().terms.get().code
    response = client.get(reverse("supervision:verify_ask"), {"code": f" {certificates.shown_code(code).lower()} "})
    assert response.context["card"].state == "valid"


def test_trying_codes_is_slowed_down(client):
    answers = [ask(client, certificates.new_code()).status_code for _try in range(40)]
    assert answers[-1] == 429
    assert public_views._VERIFYING.free <= 30


def test_codes_are_random_and_long():
    codes = {certificates.new_code() for _one in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {16}


def test_the_card_ends_with_the_term_that_was_ended_early(client):
    row, leader = supervisor(), office_leader()
    actions.end_term(row, by=leader, exit="resigned", reason="。", day=TODAY - timedelta(days=1), is_collected=False, at=MONDAY)
    assert "已提前结束" in ask(client, row.terms.get().code).content.decode()
