"""Every page once in English: it renders, axe finds nothing, and nothing sticks out sideways. Wide and light, narrow and dark."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from cases.models import Assignment, Case
from complaints import codes
from complaints.models import Message
from core import clock
from efficiency_portal import pages as information
from efficiency_portal.demo_office import loading

from . import citizen
from .conftest import PHONE, WIDE

pytestmark = pytest.mark.django_db(transaction=True)
CHINESE = re.compile(r"[一-鿿]")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS: dict[str, dict[str, Any]] = {
    "wide": {"size": WIDE},
    "narrow": {"size": PHONE, "theme": "dark"},
    "elder": {"size": PHONE, "view": "elder"},
}
Open = Callable[[], Page]


def public() -> list[str]:
    """Pages for everybody."""
    names = ["home", "accounts:login", "demo_outbox", *(f"complaints:{name}" for name in ("new", "track", "resume", "left"))]
    texts = [f"/information/{page.slug}/" for page in information.PAGES]
    return [*(reverse(name) for name in names), "/information/", *texts, "/no-such-page/"]


def of_case(status: str, *names: str) -> list[str]:
    """Pages of the demo's case that stands at this status."""
    case = Case.objects.filter(status=status).order_by("pk")[0]
    return [reverse(f"cases:{name}", args=[case.pk]) for name in names]


def office() -> list[str]:
    """Pages of an officer."""
    lists = [
        reverse(name)
        for name in (
            "cases:list",
            "cases:enter",
            "cases:searches",
            "cases:export",
            "core:inbox",
            "agencies:list",
            "supervisors:list",
            "accounts:profile",
        )
    ]
    acts = {"triage": ("accept", "decline"), "replied": ("follow_up",), "handling": (), "declined": (), "closed": ()}
    return [*lists, *(address for status, names in acts.items() for address in of_case(status, "detail", *names))]


def leader() -> list[str]:
    """Pages of an office leader."""
    return of_case("reported", "detail", "approve", "send_back")


def agency() -> list[str]:
    """Pages of the housing bureau's liaison officer."""
    assignment = Assignment.objects.get(agency__short_name="住建局")
    pages = [reverse(f"cases:{name}", args=[assignment.pk]) for name in ("assignment_detail", "report")]
    return [reverse("cases:assignment_list"), *pages]


def helper_unit() -> list[str]:
    """Pages of the investment promotion centre's clerk."""
    return [reverse("filings:list"), reverse("filings:new")]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    ("username", "addresses"),
    [(None, public), ("zhoumin", office), ("zhangjianping", leader), ("hejing", agency), ("wangli", helper_unit)],
    ids=str,
)
def test_pages_render_in_english_and_axe_finds_nothing(visitor, sign_in, username, addresses, look):
    loading.load(now=clock.now())
    choices = {"language": "en", **LOOKS[look]}
    page = sign_in(username, **choices) if username else visitor(**choices)
    faults = [fault for address in addresses() for fault in faults_of(page, address)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("look", LOOKS)
def test_pages_behind_the_code_render_and_axe_finds_nothing(visitor, look):
    loading.load(now=clock.now())
    complaint = Message.objects.earliest("pk").complaint
    page = visitor(language="en", **LOOKS[look])
    citizen.follow(page, complaint.number, codes.query_code(complaint))
    names = ("track_detail", "receipt", "supplement", "withdraw")
    faults = [fault for name in names for fault in faults_of(page, reverse(f"complaints:{name}", args=[complaint.number]))]
    assert not faults, "\n".join(faults)


def faults_of(page: Page, address: str) -> list[str]:
    """Open a page and name what is wrong with it."""
    response = page.goto(address)
    status = response.status if response else 0
    faults = [f"{address}: status {status}"] if status != (404 if "no-such" in address else 200) else []
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        faults.append(f"{address}: sticks out sideways")
    found = Axe().run(page, options=RULES).response["violations"]
    faults += [f"{address}: {rule['id']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]
    words = page.locator("dt, legend, th[scope=col], main button:not(.mail), main label, nav a").all_inner_texts()
    return faults + [f"{address}: still Chinese: “{text}”" for text in words if CHINESE.search(text)]
