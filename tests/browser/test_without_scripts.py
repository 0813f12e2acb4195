"""One journey without JavaScript, on a phone: everything a citizen needs works as plain forms, in the elder view too."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from complaints.models import Complaint

from . import citizen
from .conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_citizen_files_and_follows_without_scripts(county, visitor):
    page = visitor(scripts=False, size=PHONE, view="elder")
    citizen.tell_the_matter(page, "住建")
    citizen.go_on(page)
    citizen.give_a_name(page, visitor(scripts=False))
    number, code = citizen.submit(page)

    other_device = visitor(scripts=False, size=PHONE)
    citizen.follow(other_device, number, code)
    expect(other_device.locator("main")).to_contain_text(citizen.NARRATIVE)


def test_a_citizen_writes_adds_evidence_and_withdraws_without_scripts(county, visitor, tmp_path):
    page = visitor(scripts=False, size=PHONE)
    citizen.tell_the_matter(page, "住建")
    citizen.go_on(page)
    citizen.give_a_name(page, visitor(scripts=False))
    citizen.follow(page, *citizen.submit(page))
    page.locator("#messages textarea").fill("请问什么时候有结果？")
    page.locator("#messages button").click()
    expect(page.locator("#messages")).to_contain_text("请问什么时候有结果？")
    page.get_by_role("link", name="补充证据").click()
    picture = tmp_path / "背面.png"
    Image.new("RGB", (40, 30), "white").save(picture)
    page.locator("input[type=file]").set_input_files(picture)
    page.locator("main form button").click()
    expect(page.locator("main")).to_contain_text("背面.png")
    page.get_by_role("link", name="撤回投诉").click()
    page.locator("main form .btn-primary").click()
    expect(page.locator("h1")).to_contain_text("您已撤回投诉")


def test_a_draft_goes_on_under_its_resume_code_on_another_device(county, visitor):
    page = visitor(scripts=False)
    citizen.tell_the_matter(page, "住建")
    resume_code = page.locator("aside .key").inner_text()

    other_device = visitor(scripts=False)
    other_device.goto("/complaints/resume/")
    other_device.locator("main input[type=text]").first.fill(resume_code.lower())
    citizen.go_on(other_device)
    other_device.goto("/complaints/new/events/")
    expect(other_device.locator("[name=narrative]")).to_have_value(citizen.NARRATIVE)


def test_a_double_click_on_submit_files_once(county, visitor):
    page = visitor(scripts=False)
    citizen.tell_the_matter(page, "住建")
    citizen.go_on(page)
    citizen.give_a_name(page, visitor())
    page.locator("[name=truthful]").check()
    page.locator("[name=privacy]").check()
    page.get_by_role("button", name="提交投诉").dblclick()
    expect(page.locator("h1")).to_contain_text("回执")
    assert Complaint.objects.count() == 1
