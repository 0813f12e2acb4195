"""The main job in a real browser, in Chinese: from a citizen's complaint to a closed case, one window per person."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from cases.models import Case
from core.models import Event

from . import citizen

pytestmark = pytest.mark.django_db(transaction=True)
SUMMARY = "有企业反映：办理变更时窗口承诺 5 个工作日办结，此后三次退回材料，没有书面告知。请核实并按时限办理。"
FACTS = "经核实，窗口三次退件未出具书面告知，情况属实。已当日办结，并对当班人员批评教育。"
REPLY = "您反映的情况属实。您的变更申请今天已经办结，退件未书面告知的人员已受到批评教育。"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "receipt.png"
    Image.new("RGB", (60, 40), "white").save(path)
    return path


def press(page: Page) -> None:
    page.locator("main form button.btn-primary").last.click()


def open_from_inbox(page: Page, words: str) -> None:
    """Go to the matter through the newest notice that holds these words."""
    page.goto("/inbox/")
    page.locator("main button", has_text=words).first.click()
    page.wait_for_url(lambda url: "/inbox/" not in url)


def accept_and_assign(page: Page, number: str) -> None:
    """The officer finds the case in the queue, sees the limit, accepts it and assigns it."""
    page.goto("/staff/")
    row = page.locator("tr", has_text=number.split("-")[1])
    expect(row).to_contain_text("个工作日")
    row.locator("td.title a").click()
    page.locator("aside .btn-primary").click()
    page.locator("[name=category][value='4']").check()
    page.locator("[name=mode][value=assign]").check()
    page.locator("[name=summary]").fill(SUMMARY)
    press(page)
    expect(page.locator("main")).to_contain_text("待签收")


def receive_and_report(page: Page) -> str:
    """The liaison officer signs for it and reports the outcome; returns all that was to be seen."""
    page.goto("/staff/assignments/")
    seen = page.locator("body").inner_text()
    page.locator("main td a, main .title a").first.click()
    seen += page.locator("body").inner_text()
    page.locator("aside button.btn-primary, main form button.btn-primary").first.click()
    seen += page.locator("body").inner_text()
    page.locator("aside a.btn-primary").click()
    page.locator("[name=finding][value=upheld]").check()
    page.locator("[name=facts_found]").fill(FACTS)
    page.locator("[name=measures]").fill("已建立退件书面告知制度。")
    seen += page.locator("body").inner_text()
    press(page)
    return seen + page.locator("body").inner_text()


def approve(page: Page, number: str) -> None:
    """The leader reads the report and approves the reply."""
    page.goto("/staff/")
    page.locator("tr", has_text=number.split("-")[1]).locator("td.title a").click()
    page.locator("aside .btn-primary").click()
    expect(page.locator("main")).to_contain_text(FACTS)
    page.locator("[name=reply]").fill(REPLY)
    press(page)


def test_complaint_goes_from_the_citizens_browser_to_a_closed_case(county, visitor, sign_in, picture):
    home, post_room = visitor(), visitor()
    citizen.tell_the_matter(home, "zjj")
    citizen.give_evidence(home, picture)
    citizen.give_a_name(home, post_room)
    number, code = citizen.submit(home)

    accept_and_assign(sign_in("zhoumin"), number)
    seen = receive_and_report(sign_in("hejing"))
    assert SUMMARY in seen
    assert not [secret for secret in citizen.SECRETS if secret in seen]
    approve(sign_in("zhangjianping"), number)

    citizen.follow(home, number, code)
    expect(home.locator("main")).to_contain_text(REPLY)
    home.get_by_role("radio", name="满意", exact=True).check()
    home.locator("main form", has=home.locator("[name=satisfaction]")).get_by_role("button").click()
    expect(home.locator("main")).to_contain_text("满意")

    case = Case.objects.get(number=number)
    assert case.status == "closed"
    steps = ["opened", "accepted", "assigned", "received", "reported", "approved", "replied", "followed_up", "closed"]
    events = Event.objects.of(case.subject).exclude(type="case.letter_drafted").values_list("type", flat=True)
    assert list(events) == [f"case.{step}" for step in steps]


def test_each_person_concerned_finds_a_notice(county, visitor, sign_in):
    home, post_room = visitor(), visitor()
    citizen.tell_the_matter(home, "zjj")
    citizen.go_on(home)
    citizen.give_a_name(home, post_room)
    number, _code = citizen.submit(home)
    officer = sign_in("zhoumin")
    open_from_inbox(officer, number)
    accept_and_assign(officer, number)
    liaison = sign_in("hejing")
    open_from_inbox(liaison, number)
    assert "/staff/assignments/" in liaison.url
    receive_and_report(liaison)
    leader = sign_in("zhangjianping")
    open_from_inbox(leader, number)
    assert "/staff/cases/" in leader.url
    post_room.goto("/demo/outbox/")
    expect(post_room.locator("main")).to_contain_text("z***@demo.invalid")
    expect(post_room.locator("main")).to_contain_text("139****1234")
