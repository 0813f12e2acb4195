"""Records from inspections on a phone that loses its network: kept, sent once, and nobody else's."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from core import clock
from supervisors import actions
from supervisors.models import FieldRecord, Inspection, RecordPicture, Theme

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 360, "height": 740}
SMALLEST = 48  # a thumb's width
TAKES = 20_000


@pytest.fixture
def visit(county) -> Inspection:
    """An open inspection today, on which both supervisors of the demo are."""
    return plan(county)


def plan(county, **fields) -> Inspection:
    from agencies.models import Agency

    today = clock.today()
    given: dict[str, Any] = {
        "manner": "open",
        "theme": Theme.objects.get(name="窗口作风"),
        "first_on": today,
        "last_on": today + timedelta(days=1),
    }
    given |= {"agencies": [Agency.objects.get(short_name="住建局")], "members": [county["sunlan"], county["chenguang"]]}
    return actions.plan_inspection(actions.Plan(**given | fields), by=county["zhangjianping"], at=clock.now())


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "现场.jpg"
    Image.new("RGB", (640, 480), (120, 140, 160)).save(path)
    return path


def at_the_form(page: Page, visit: Inspection) -> Page:
    """Open the form and wait until it is at hand without a network."""
    page.goto("/staff/supervisors/field/")
    page.goto(f"/staff/supervisors/field/{visit.pk}/")
    ready(page)
    expect(page.locator("[data-field][data-at-hand=yes]")).to_be_attached()
    return page


def ready(page: Page) -> None:
    expect(page.locator("form[data-ready]")).to_be_attached()


def fill(page: Page, words: str = "窗口无人，六人在等。") -> None:
    page.locator("[name=place]").fill("二楼 3 号窗口")
    page.get_by_text("空岗脱岗").click()
    page.locator("[name=words]").fill(words)


def save(page: Page) -> None:
    page.locator(".thumb-bar button").click()


def arrived(page: Page, number: int = 1) -> None:
    expect(page.locator("[data-rows] li[data-state=sent]")).to_have_count(number, timeout=TAKES)


def test_with_a_network_a_record_arrives_at_once(visit, sign_in, photo):
    page = at_the_form(sign_in("sunlan", size=NARROW), visit)
    fill(page)
    page.locator("[type=file]").set_input_files(photo)
    expect(page.locator(".shot")).to_have_count(1)
    save(page)
    arrived(page)
    kept = FieldRecord.objects.get()
    assert (kept.words, kept.recorded_by.username) == ("窗口无人，六人在等。", "sunlan")
    assert RecordPicture.objects.get().file.size == photo.stat().st_size


def test_through_a_dead_spot_a_reload_and_a_closed_tab(visit, sign_in, photo):
    page = at_the_form(sign_in("sunlan", size=NARROW), visit)
    context = page.context
    context.set_offline(True)
    page.reload()
    ready(page)
    expect(page.locator("[data-offline]")).to_be_visible()
    fill(page)
    page.locator("[type=file]").set_input_files(photo)
    expect(page.locator(".shot")).to_have_count(1)
    save(page)
    expect(page.locator("[data-rows] li[data-state=waiting]")).to_have_count(1)
    page.close()
    page = context.new_page()
    page.goto(f"/staff/supervisors/field/{visit.pk}/")
    expect(page.locator("[data-rows] li[data-state=waiting]")).to_have_count(1)
    assert not FieldRecord.objects.exists()
    context.set_offline(False)
    arrived(page)
    assert (FieldRecord.objects.count(), RecordPicture.objects.count()) == (1, 1)


def test_what_is_half_typed_survives_a_reload_without_a_network(visit, sign_in, photo):
    page = at_the_form(sign_in("sunlan", size=NARROW), visit)
    page.context.set_offline(True)
    fill(page, "只写了一半")
    page.locator("[type=file]").set_input_files(photo)
    expect(page.locator(".shot")).to_have_count(1)
    page.wait_for_timeout(600)
    page.reload()
    ready(page)
    expect(page.locator("[name=words]")).to_have_value("只写了一半")
    expect(page.locator(".shot")).to_have_count(1)
    expect(page.get_by_label("空岗脱岗")).to_be_checked()


def test_an_answer_that_is_lost_makes_no_second_record(visit, sign_in):
    page = at_the_form(sign_in("sunlan", size=NARROW), visit)
    lost: list[int] = []

    def lose(route):
        """The server has it; the phone never hears so."""
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(0)
        lost[0] = route.fetch().status
        route.abort()

    page.route(f"**/field/{visit.pk}/", lose)
    fill(page)
    save(page)
    expect(page.locator("[data-rows] li[data-state=waiting]")).to_have_count(1)
    while lost != [200]:
        page.wait_for_timeout(100)
    page.reload()
    arrived(page)
    assert lost == [200]
    assert FieldRecord.objects.count() == 1


def test_two_windows_send_one_record(visit, sign_in):
    page = at_the_form(sign_in("sunlan", size=NARROW), visit)
    page.context.set_offline(True)
    fill(page)
    save(page)
    expect(page.locator("[data-rows] li[data-state=waiting]")).to_have_count(1)
    other = page.context.new_page()
    other.goto("/staff/supervisors/field/")
    page.context.set_offline(False)
    arrived(page)
    assert FieldRecord.objects.count() == 1


def test_somebody_else_on_the_same_phone_sees_and_sends_nothing_of_it(visit, sign_in):
    page = at_the_form(sign_in("sunlan", size=NARROW), visit)
    page.context.set_offline(True)
    fill(page, "孙兰所见")
    save(page)
    expect(page.locator("[data-rows] li[data-state=waiting]")).to_have_count(1)
    page.context.clear_cookies()
    page.context.set_offline(False)
    enter(page, "chenguang")
    page.goto("/staff/supervisors/field/")
    expect(page.locator("[data-field][data-at-hand=yes]")).to_be_attached()
    expect(page.locator("[data-rows] li")).to_have_count(0)
    page.wait_for_timeout(1000)
    assert not FieldRecord.objects.exists()
    mine = page.evaluate("async () => (await caches.keys()).filter((name) => name.startsWith('field-pages-'))")
    assert mine == [f"field-pages-{visit.members.get(user__username='chenguang').user_id}"]
    page.context.clear_cookies()
    enter(page, "sunlan")
    page.goto("/staff/supervisors/field/")
    arrived(page)
    assert FieldRecord.objects.get().recorded_by.username == "sunlan"


def enter(page: Page, username: str) -> None:
    from efficiency_portal.demo_office import people

    page.goto("/accounts/login/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(people.PASSWORD)
    page.locator("main button[type=submit], main form button").first.click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def test_signing_out_with_something_waiting_warns(visit, sign_in):
    page = at_the_form(sign_in("sunlan", size=NARROW), visit)
    page.route(f"**/field/{visit.pk}/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    fill(page)
    save(page)
    expect(page.locator("[data-rows] li[data-state=waiting]")).to_have_count(1)
    said: list[str] = []

    def stay(dialog):
        said.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", stay)
    leave(page)
    expect(page).to_have_url(re.compile("/field/"))
    assert "1 条" in said[0]
    page.once("dialog", lambda dialog: dialog.accept())
    leave(page)
    page.wait_for_url(lambda url: "/field/" not in url)
    assert page.evaluate("async () => (await caches.keys()).filter((name) => name.startsWith('field-pages-'))") == []


def leave(page: Page) -> None:
    if not page.locator("details.menu[open]").count():
        page.locator("details.menu summary").click()
    page.get_by_role("button", name="退出登录").click()


def test_what_the_server_refuses_is_told_and_can_be_mended(visit, sign_in, tmp_path):
    broken = tmp_path / "坏.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 no picture")
    page = at_the_form(sign_in("sunlan", size=NARROW), visit)
    fill(page)
    page.locator("[type=file]").set_input_files(broken)
    save(page)
    row = page.locator("[data-rows] li[data-state=refused]")
    expect(row).to_contain_text("坏.jpg", timeout=TAKES)
    row.get_by_role("button", name="修改").click()
    ready(page)
    expect(page.locator("[name=words]")).to_have_value("窗口无人，六人在等。")
    page.locator(".shot-drop").click()
    save(page)
    arrived(page)
    assert FieldRecord.objects.count() == 1


def test_what_is_missing_is_said_without_a_network(visit, sign_in):
    page = at_the_form(sign_in("sunlan", size=NARROW), visit)
    page.context.set_offline(True)
    page.locator("[name=place]").fill("大厅")
    save(page)
    expect(page.locator("[data-lack]")).to_be_visible()
    expect(page.locator("[data-rows] li")).to_have_count(0)


def test_other_pages_are_never_kept(visit, sign_in):
    page = at_the_form(sign_in("sunlan", size=NARROW), visit)
    page.goto("/staff/agencies/")
    page.goto("/inbox/")
    kept = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (n) => (await (await caches.open(n)).keys())"
        ".map((r) => new URL(r.url).pathname)))).flat()"
    )
    assert all(path.startswith(("/static/", "/staff/supervisors/field/")) for path in kept)
    assert not any("who" in path or "worker" in path for path in kept)
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/staff/agencies/")


def test_a_position_is_noted_only_when_asked_for(visit, sign_in):
    page = sign_in("sunlan", size=NARROW)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 28.123456, "longitude": 113.987654})
    at_the_form(page, visit)
    assert page.locator("[name=latitude]").input_value() == ""
    page.locator("[data-locate]").click()
    expect(page.locator("[data-place-words]")).to_contain_text("100")
    fill(page)
    save(page)
    arrived(page)
    kept = FieldRecord.objects.get()
    assert (str(kept.latitude), str(kept.longitude)) == ("28.123", "113.988")


def test_thumbs_find_everything_at_360_pixels(visit, sign_in):
    page = at_the_form(sign_in("sunlan", size=NARROW), visit)
    small = page.evaluate(
        """(least) => ["a", "button", "select", "textarea", "input:not([type=hidden])"]
        .flatMap((one) => [...document.querySelectorAll(`main ${one}`)])
        .filter((one) => one.checkVisibility()).map((one) => (one.closest("label.pick, label.shot-add") || one))
        .map((one) => [one.textContent.trim().slice(0, 20) || one.name, one.getBoundingClientRect()])
        .filter(([, box]) => box.height < least || box.width < least).map(([name, box]) => [name, box.width, box.height])""",
        SMALLEST,
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.usefixtures("_post_room")
def test_touch_alone_is_enough(visit, browser, live_server):
    context = browser.new_context(base_url=live_server.url, viewport=NARROW, has_touch=True, is_mobile=True, locale="zh-CN")
    context.set_default_timeout(15_000)
    page = context.new_page()
    enter(page, "sunlan")
    page.goto(f"/staff/supervisors/field/{visit.pk}/")
    ready(page)
    page.locator("[name=place]").tap()
    page.keyboard.type("大厅")
    page.get_by_text("没有发现问题").tap()
    page.locator(".thumb-bar button").tap()
    arrived(page)
    assert FieldRecord.objects.get().state == "clean"
    context.close()


def test_without_scripts_the_plain_form_works(visit, sign_in, photo):
    page = sign_in("sunlan", size=NARROW, scripts=False)
    page.goto(f"/staff/supervisors/field/{visit.pk}/")
    fill(page)
    page.locator("[type=file]").set_input_files(photo)
    save(page)
    expect(page.locator("main")).to_contain_text("已记录")
    assert (FieldRecord.objects.count(), RecordPicture.objects.count()) == (1, 1)
