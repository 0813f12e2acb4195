"""A citizen at the browser: what each page asks and how it is answered."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

NAME, PHONE = "甲乙丙", "139 0000 1234"
NARRATIVE = f"我叫{NAME}，电话 {PHONE}。窗口收件时承诺 5 个工作日办结，此后三次去问，每次都以新的理由退回材料，没有给书面告知。"
EVENTS = {"happened_on_year": "2026", "happened_on_month": "9", "happened_on_day": "14", "place": "政务中心二楼"}
ARRIVES = 20_000  # milliseconds in which a file is sent, looked at and shown, on a busy machine
SECRETS = (NAME, "13900001234", PHONE)


def go_on(page: Page) -> None:
    """Press the page's one button."""
    page.locator("main form button.btn-primary").first.click()


def tell_the_matter(page: Page, agency: str, *, kind: str = "我自己的事没办好") -> None:
    """From the home page to the evidence: about whom, what kind of problem, what happened."""
    page.goto("/")
    page.get_by_role("link", name="开始填写").click()
    page.get_by_role("link", name="开始填写").click()  # no, it is new
    page.locator("input[type=text], input[type=search]").first.fill(agency)
    page.get_by_role("button", name="查找").click()
    page.locator("input[name=agency]").first.check()
    go_on(page)
    page.get_by_role("button", name=kind).click()
    page.get_by_role("radio", name="推来推去、一拖再拖").check()
    go_on(page)
    for name, words in EVENTS.items():
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=narrative]").fill(NARRATIVE)
    page.locator("[name=ongoing]").first.check()
    page.locator("[name=wish]").fill("请按承诺时限办理。")
    go_on(page)
    expect(page).to_have_url(re.compile("/evidence/$"))


def give_evidence(page: Page, picture: Path) -> None:
    """Hand in a picture, which is sent when it is chosen, and go on."""
    page.locator("input[type=file]").first.set_input_files(picture)
    expect(page.locator("[data-fresh]")).to_contain_text(picture.name, timeout=ARRIVES)
    go_on(page)


def give_a_name(page: Page, post_room: Page) -> None:
    """File by real name: name, phone, the code from the demo's post room; agree to disclose nothing."""
    page.locator("[value=real_name]").check()
    go_on(page)
    page.locator("[name=name]").fill(NAME)
    page.locator("[name=phone]").fill(PHONE)
    go_on(page)
    expect(page).to_have_url(re.compile("/phone/$"))  # who is quicker than the sum waits a moment for it
    page.locator("[name=code]").fill(code_from(post_room))
    go_on(page)
    expect(page).to_have_url(re.compile("/disclosure/$"))
    go_on(page)


def code_from(post_room: Page) -> str:
    """Read the newest six-digit code, as a newcomer does."""
    post_room.goto("/demo/outbox/")
    found = re.search(r"\b\d{6}\b", post_room.locator("main").inner_text())
    assert found, "no code in the post room"
    return found.group()


def submit(page: Page) -> tuple[str, str]:
    """Check the answers, submit, and copy number and query code from the receipt."""
    expect(page.locator("h1")).to_have_text("提交前请检查")
    page.locator("[name=truthful]").check()
    page.locator("[name=privacy]").check()
    page.get_by_role("button", name="提交投诉").click()
    expect(page.locator("h1")).to_contain_text("回执")
    number, code = page.locator(".sheet-keys .key").all_inner_texts()
    return number, code


def follow(page: Page, number: str, code: str) -> None:
    """Open the tracking page with number and query code."""
    page.goto("/complaints/track/")
    page.locator("[name=number]").fill(number)
    page.locator("[name=code]").fill(code)
    go_on(page)
    expect(page).to_have_url(re.compile(f"/track/{number}/$"))
