"""The door in a browser: a sum is solved while one types, agencies are suggested, without scripts one waits and is told so."""

import re

import pytest
from playwright.sync_api import Page, expect

from . import citizen
from .conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "政务中心二楼，办许可"


def answer_the_first_question(page: Page) -> None:
    """Begin anew and say in own words whom it is about."""
    page.context.clear_cookies(name="sessionid")
    page.goto("/complaints/new/about/")
    page.locator("[name=agency][value=none]").check()
    page.locator("[name=agency_words]").fill(WORDS)
    citizen.go_on(page)


def test_with_scripts_the_sum_is_solved_and_drafts_begin_at_once(county, visitor):
    page = visitor()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    for _ in range(4):  # two more than begin without a sum
        answer_the_first_question(page)
        expect(page).to_have_url(re.compile("/kind/$"))
    assert faults == []


def test_without_scripts_the_third_draft_waits_and_keeps_what_was_typed(county, visitor):
    page = visitor(scripts=False, size=PHONE)
    for _ in range(2):
        answer_the_first_question(page)
        expect(page).to_have_url(re.compile("/kind/$"))
    answer_the_first_question(page)
    expect(page.locator("[role=alert]")).to_contain_text("请等 1 分钟")
    expect(page.locator("[name=agency_words]")).to_have_value(WORDS)
    expect(page.locator("[name=proof]")).to_have_value("")


def test_agency_is_chosen_by_keyboard_from_what_is_suggested(county, visitor):
    page = visitor(size=PHONE)
    page.goto("/complaints/new/about/")
    page.get_by_role("combobox").press_sequentially("zjj")
    expect(page.get_by_role("option").first).to_contain_text("住房和城乡建设局")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("combobox")).to_have_attribute("aria-activedescendant", "id_q_list_0")
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("radio", name="住房和城乡建设局")).to_be_checked()
    citizen.go_on(page)
    expect(page).to_have_url(re.compile("/kind/$"))
