"""One journey without JavaScript, on a phone: everything a citizen needs works as plain forms, in the elder view too."""

import pytest
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
    page.get_by_role("button", name="提交投诉").dblclick()
    expect(page.locator("h1")).to_contain_text("回执")
    assert Complaint.objects.count() == 1
