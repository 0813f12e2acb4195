"""Who files, in a real browser: a report at one press, several without a mobile phone, and the officer who calls back."""

import re

import pytest
from playwright.sync_api import Page, expect

from complaints.models import Complaint

from . import citizen
from .conftest import PHONE
from .test_english_pages import LOOKS, faults_of

pytestmark = pytest.mark.django_db(transaction=True)


def file_together_without_a_mobile(page: Page) -> tuple[str, str]:
    """Three neighbours file; the one who writes has a telephone at home."""
    citizen.tell_the_matter(page, "住建")
    citizen.go_on(page)
    page.locator("[value=real_name]").check()
    citizen.go_on(page)
    page.locator("[name=name]").fill(citizen.NAME)
    page.locator("[value=call_back]").check()
    page.locator("[name=landline]").fill("010-1234 5678")
    page.locator("#joint summary").click()
    page.locator("[name=signers]").fill("3")
    page.locator("[name=rep_name_1]").fill("乙丙丁")
    citizen.go_on(page)
    expect(page).to_have_url(re.compile("/disclosure/$"))
    citizen.go_on(page)
    return citizen.submit(page)


def test_several_file_without_a_mobile_phone_and_an_officer_confirms(county, visitor, sign_in):
    home = visitor(scripts=False, size=PHONE, view="elder")
    number, _code = file_together_without_a_mobile(home)
    expect(home.locator("main")).to_contain_text("我们会拨打 010****5678")
    officer = sign_in("zhoumin")
    officer.goto("/staff/?view=unconfirmed")
    officer.locator("tr", has_text=number.split("-")[1]).locator("td.title a").click()
    officer.locator(".call button").first.click()
    expect(officer.locator("#phone")).to_contain_text("010 1234 5678")
    officer.get_by_role("link", name="登记核实结果").click()
    officer.locator("[value=confirmed]").check()
    officer.locator("main form .btn-primary").click()
    expect(officer.locator("main")).to_contain_text("已回电核实")
    home.goto(f"/complaints/track/{number}/")
    expect(home.locator("main")).to_contain_text("已核实是您本人提交")


def test_a_report_is_not_asked_what_may_be_disclosed(county, visitor):
    page = visitor()
    citizen.tell_the_matter(page, "zjj", kind="我知道有人违规违纪")
    citizen.go_on(page)
    page.locator("[value=anonymous]").check()
    citizen.go_on(page)
    page.locator("[name=truthful]").check()
    page.locator("[name=privacy]").check()
    page.get_by_role("button", name="提交举报").click()
    expect(page.locator("h1")).to_contain_text("举报收件回执")
    assert Complaint.objects.get().kind == "report"


@pytest.mark.parametrize("look", LOOKS)
def test_questions_about_the_filer_render_in_english_and_axe_finds_nothing(county, visitor, look):
    page = visitor(language="en", **LOOKS[look])
    page.goto("/complaints/new/about/")
    page.locator("[value=none]").check()
    page.locator("[name=agency_words]").fill("2nd floor, to register")
    citizen.go_on(page)
    expect(page).to_have_url(re.compile("/kind/$"))  # the page holds the answer until its sum is solved
    faults = faults_of(page, "/complaints/new/kind/")
    page.locator("button.choice-go").first.click()
    expect(page).to_have_url(re.compile("/problem/$"))
    page.goto("/complaints/new/identity/")
    page.locator("[value=real_name]").check()
    citizen.go_on(page)
    expect(page).not_to_have_url(re.compile("/identity/$"))  # on to the question that was left out
    faults += faults_of(page, "/complaints/new/contact/")
    for way in ("call_back", "in_person"):
        page.locator(f"[value={way}]").check()
    page.locator("#joint summary").click()
    citizen.go_on(page)
    assert not faults, "\n".join(faults)
    expect(page.locator(".alert-sum")).to_contain_text("Enter your name")
