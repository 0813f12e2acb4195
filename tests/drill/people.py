"""Who is at work meanwhile: citizens who file and an officer who accepts. What was acknowledged is taken down."""

import threading
import time
import uuid
from collections.abc import Callable
from itertools import count
from typing import Any, TypeVar

import requests
from django.db import Error, connection
from lxml import html
from requests.adapters import HTTPAdapter

from efficiency_portal.demo_office.people import PASSWORD
from tests.complaints.citizen import AGREED, Citizen, picture

from .noted import Noted

TRIES, PAUSE = 60, 0.5
_addresses = count(2)
Found = TypeVar("Found")


class GaveUp(Exception):
    """A page did not come, however often it was asked for; nothing was acknowledged."""


class Browser:
    """A browser at an address of its own that loads a page again when it does not come."""

    def __init__(self, site: str) -> None:
        self.site, number = site, next(_addresses)
        self.session = requests.Session()
        self.session.mount("http://", _From(f"127.7.{number // 250}.{number % 250 + 1}"))
        self.session.headers["Accept-Language"] = "zh-CN"

    def get(self, address: str) -> requests.Response:
        """Load a page, patiently."""
        return self._patiently(lambda: self.session.get(self.site + address, timeout=20))

    def send(self, address: str, given: dict[str, Any], files: list[Any] | None = None) -> requests.Response:
        """Send the form of a page with some answers; loads the page anew for each try, as a person would."""
        return self._patiently(lambda: self._send(address, given, files))

    def _send(self, address: str, given: dict[str, Any], files: list[Any] | None) -> requests.Response:
        page = self.session.get(self.site + address, timeout=20)
        page.raise_for_status()
        if "csrfmiddlewaretoken" not in page.text or not page.url.startswith(self.site + address.split("?")[0]):
            return page  # it has moved on meanwhile
        forms = [form for form in html.fromstring(page.content).forms if "csrfmiddlewaretoken" in form.fields]
        data = dict(forms[-1].form_values()) | given
        return self.session.post(self.site + address, data, files=files, timeout=20, headers={"Referer": page.url})

    def _patiently(self, act: Callable[[], requests.Response]) -> requests.Response:
        for _try in range(TRIES):
            try:
                answer = act()
                if answer.status_code < 500:
                    return answer
            except requests.RequestException:
                pass
            time.sleep(PAUSE)
        raise GaveUp


class _From(HTTPAdapter):
    """Connects from one address of the loopback net: the door lets only so many drafts in from each."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, source_address=(self.address, 0), **kwargs)


def file_complaints(site: str, noted: Noted, stop: threading.Event) -> None:
    """File one matter after the other, each with a file."""
    while not stop.is_set():
        marker = f"演练{uuid.uuid4().hex[:12]}"
        noted.tried.add(marker)
        try:
            _file(Browser(site), marker, noted)
        except GaveUp:
            noted.gave_up += 1


def _file(browser: Browser, marker: str, noted: Noted) -> None:
    def step(slug: str, given: dict[str, Any], **more: Any) -> requests.Response:
        return browser.send(f"/complaints/new/{slug}/", given, **more)

    browser.send("/complaints/new/", {})
    step("about", {"agency": "none", "agency_words": "政务中心二楼", "respondent": "7 号窗口"})
    step("kind", {"kind": "complaint"})
    step("problem", {"category": "4", "behaviours": ["4a"]})
    step("events", Citizen.events(narrative=f"窗口三次退回材料，没有书面告知，编号 {marker}。"))
    sent = picture()
    added = step("evidence", {"add": "1"}, files=[("uploads", (sent.name, sent.read(), "image/png"))])
    has_file = "回执.png" in added.text and "存储空间已满" not in added.text
    noted.refused_files += "存储空间已满" in added.text
    step("evidence", {})
    step("identity", {"identity": "anonymous"})
    done = step("check", AGREED)
    if "/complaints/receipt/" in done.url:
        noted.filed[marker] = done.url.rstrip("/").split("/")[-1]
        if has_file:
            noted.with_file.add(marker)


def accept_cases(site: str, noted: Noted, stop: threading.Event) -> None:
    """Sign in, and accept what waits, one by one."""
    browser = Browser(site)
    while not stop.is_set():
        try:
            pk = steadily(_waiting)
            if pk is None:
                time.sleep(PAUSE)
                continue
            address = f"/staff/cases/{pk}/accept/"
            if "/accounts/login/" in browser.get(address).url:
                browser.send("/accounts/login/", {"username": "zhoumin", "password": PASSWORD})
            done = browser.send(address, {"category": "4", "mode": "handle"})
            if done.ok and f"/staff/cases/{pk}/" in done.url and "accept" not in done.url:
                noted.accepted.append(pk)
        except GaveUp:
            noted.gave_up += 1


def _waiting() -> int | None:
    from cases.models import Case

    rows = Case.objects.filter(status="triage", links__complaint__working_copy__contains="演练").order_by("pk")
    return rows.values_list("pk", flat=True).first()


def steadily(act: Callable[[], Found]) -> Found:
    """Ask the database until it is there again."""
    for _try in range(TRIES * 2):
        try:
            return act()
        except Error:
            connection.close()
            time.sleep(PAUSE)
    raise GaveUp
