"""A picture of 3 MB over a line that breaks: cut in the middle, the page loaded anew, the same file chosen again, there once."""

import random
import re
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import Page, Route, expect

from complaints import actions, codes
from complaints.models import DraftFile, Evidence, Upload, UploadChunk
from tests.complaints.samples import AT, filing

from . import citizen
from .conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
PIECE = re.compile(r"/uploads/[0-9a-f-]{36}/\d+/$")


@pytest.fixture
def picture(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "store"
    path = tmp_path / "现场照片.png"
    Image.frombytes("RGB", (1024, 1024), random.Random(1).randbytes(3 * 1024 * 1024)).save(path)
    return path


def at_the_evidence(page: Page) -> None:
    citizen.tell_the_matter(page, "住建")


def breaks_after(page: Page, pieces: int) -> list[str]:
    """Let so many pieces through, then cut the line; returns the addresses that got through, as they do."""
    passed: list[str] = []

    def handle(route: Route) -> None:
        if len(passed) >= pieces:
            page.context.set_offline(True)
            route.abort()
            return
        if PIECE.search(route.request.url):
            passed.append(route.request.url)
        route.continue_()

    page.route("**/complaints/uploads/**", handle)
    return passed


def test_a_picture_goes_on_after_a_broken_line_and_a_reload(county, visitor, picture):
    page = visitor(size=PHONE)
    at_the_evidence(page)
    breaks_after(page, 2)
    page.locator("input[type=file]").set_input_files(picture)
    row = page.locator("[data-rows] li")
    expect(row).to_contain_text("网络断开了", timeout=citizen.ARRIVES)
    assert Upload.objects.get().received == 2 * settings.UPLOAD_CHUNK_BYTES

    page.unroute("**/complaints/uploads/**")
    page.route("**/complaints/uploads/**", lambda route: route.abort())  # nothing arrives before the page is gone
    page.context.set_offline(False)
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("/complaints/new/evidence/")
    page.unroute("**/complaints/uploads/**")
    expect(page.locator("[data-fresh]")).to_contain_text("已收到 66%")

    passed = breaks_after(page, 99)
    page.locator("input[type=file]").set_input_files(picture)
    expect(page.locator("[data-fresh] .preview img")).to_be_visible(timeout=citizen.ARRIVES)
    expect(page.locator("[role=status][data-say]")).to_contain_text("已送达")
    assert [url.split("/")[-2] for url in passed] == [str(2 * settings.UPLOAD_CHUNK_BYTES), str(3 * settings.UPLOAD_CHUNK_BYTES)]
    assert (DraftFile.objects.get().file.size, UploadChunk.objects.count()) == (picture.stat().st_size, 0)


def test_a_line_that_comes_back_goes_on_by_itself_and_the_form_waits_for_it(county, visitor, picture):
    page = visitor()
    at_the_evidence(page)
    breaks_after(page, 1)
    page.locator("input[type=file]").set_input_files(picture)
    expect(page.locator("[data-rows] li")).to_contain_text("网络断开了", timeout=citizen.ARRIVES)
    page.unroute("**/complaints/uploads/**")
    citizen.go_on(page)
    expect(page.locator("[data-say]")).to_be_visible()
    page.context.set_offline(False)
    page.wait_for_url(re.compile("/identity/$"))
    assert DraftFile.objects.count() == 1


def test_what_cannot_be_taken_is_told_beside_the_file_and_the_others_arrive(county, visitor, picture, tmp_path):
    archive = tmp_path / "全部.zip"
    archive.write_bytes(b"PK\x03\x04")
    page = visitor()
    at_the_evidence(page)
    page.locator("input[type=file]").set_input_files([picture, archive])
    expect(page.locator("[data-rows] .error-text")).to_contain_text("压缩包", timeout=citizen.ARRIVES)
    expect(page.locator("[data-fresh]")).to_contain_text(picture.name, timeout=citizen.ARRIVES)
    page.locator("[data-rows] button").last.press("Enter")
    expect(page.locator("[data-rows] li")).to_have_count(0)
    expect(page.locator("input[type=file]")).to_be_focused()


def test_more_evidence_is_sent_on_request_and_leads_back_to_the_matter(county, visitor, picture):
    complaint = actions.lodge(filing(), at=AT)
    page = visitor(size=PHONE)
    citizen.follow(page, complaint.number, codes.query_code(complaint))
    page.get_by_role("link", name="补充证据").click()
    page.locator("input[type=file]").set_input_files(picture)
    expect(page.locator("[data-rows] li")).to_contain_text("待发送", timeout=citizen.ARRIVES)
    assert not Upload.objects.exists()
    citizen.go_on(page)
    page.wait_for_url(re.compile(f"/track/{complaint.number}/#evidence$"))
    expect(page.locator("main")).to_contain_text("证据已收到")
    assert Evidence.objects.get().file.size == picture.stat().st_size


def test_without_scripts_the_form_sends_the_picture_whole(county, visitor, picture):
    page = visitor(scripts=False)
    at_the_evidence(page)
    page.locator("input[type=file]").set_input_files(picture)
    page.get_by_role("button", name="添加").click()
    expect(page.locator("[data-fresh]")).to_contain_text(picture.name, timeout=citizen.ARRIVES)
    assert (DraftFile.objects.count(), Upload.objects.count()) == (1, 0)
