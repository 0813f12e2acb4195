"""Every page once in English: it renders, axe finds nothing, and nothing sticks out sideways. Wide and light, narrow and dark."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from cases.models import Assignment, Case, Review
from complaints import codes, own_data
from complaints.models import Complainant, Complaint, Message
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
    names = [
        "home",
        "accounts:login",
        "demo_outbox",
        *(f"complaints:{name}" for name in ("new", "track", "resume", "left", "mine_find")),
    ]
    texts = [f"/information/{page.slug}/" for page in information.PAGES]
    names += ["core:transparency", "core:verify"]
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
    waiting = Complaint.objects.select_related("case_link").get(complainant__verification="none", channel="web")
    lists.append(reverse("cases:note_identity", args=[waiting.case_link.case_id, waiting.pk]))
    lists.append(reverse("cases:detail", args=[waiting.case_link.case_id]))
    acts = {"triage": ("accept", "decline"), "replied": ("follow_up",), "handling": (), "archived": (), "closed": ()}
    return [*lists, *(address for status, names in acts.items() for address in of_case(status, "detail", *names))]


def leader() -> list[str]:
    """Pages of an office leader."""
    review = Review.objects.get()
    pages = [f"{reverse('cases:list')}?view=reviews", reverse("cases:answer_review", args=[review.pk])]
    case = Case.objects.filter(status="closed").order_by("pk")[0]
    holding = reverse("cases:hold", args=[case.pk, case.links.get().complaint_id])
    return [
        *of_case("reported", "detail", "approve", "send_back"),
        holding,
        reverse("cases:detail", args=[review.case_id]),
        *pages,
    ]


def agency() -> list[str]:
    """Pages of the housing bureau's liaison officer."""
    assignment = Assignment.objects.get(agency__short_name="住建局", is_lead=True)
    pages = [reverse(f"cases:{name}", args=[assignment.pk]) for name in ("assignment_detail", "report")]
    return [reverse("cases:assignment_list"), *pages]


def helper_unit() -> list[str]:
    """Pages of the investment promotion centre's clerk."""
    return [reverse("filings:list"), reverse("filings:new")]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    ("username", "addresses"),
    [(None, public), ("zhoumin", office), ("hanxuemei", leader), ("hejing", agency), ("wangli", helper_unit)],
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
    own = ("own_data", "own_contact", "own_name", "own_phone", "own_delete")
    names = ("track_detail", "receipt", "supplement", "withdraw", *own)
    faults = [fault for name in names for fault in faults_of(page, reverse(f"complaints:{name}", args=[complaint.number]))]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("look", LOOKS)
def test_pages_after_the_reply_render_and_axe_finds_nothing(visitor, look):
    loading.load(now=clock.now())
    page, faults = visitor(language="en", **LOOKS[look]), []
    matters = {matter.what.split()[0]: matter for matter in loading.followable()}
    for first_word, names in PAGES_AFTER_THE_REPLY.items():
        matter = matters[first_word]
        citizen.follow(page, matter.number, matter.query_code)
        faults += [fault for name in names for fault in faults_of(page, reverse(f"complaints:{name}", args=[matter.number]))]
    assert not faults, "\n".join(faults)


# By the first word of what can be tried: the reply is new, a review waits, nobody gave a name, the case was opened again.
PAGES_AFTER_THE_REPLY = {
    "rate": ("track_detail", "review", "reward"),
    "a": ("track_detail",),
    "anonymous:": ("reward", "receipt"),
    "opened": ("track_detail",),
}


@pytest.mark.parametrize("look", LOOKS)
def test_pages_behind_the_phone_render_and_axe_finds_nothing(visitor, look):
    loading.load(now=clock.now())
    number = Complaint.objects.exclude(complainant=None).earliest("pk").number
    page, post_room = visitor(language="en", **LOOKS[look]), visitor()
    Complainant.objects.filter(complaints__number=number).update(verification="phone", verified_at=clock.now())
    phone = own_data.opened(Complainant.objects.get(complaints__number=number), "phone")
    page.goto(reverse("complaints:mine_find"))
    page.locator("[name=phone]").fill(phone)
    citizen.go_on(page)
    expect(page).to_have_url(re.compile(reverse("complaints:mine_code")))
    faults = faults_of(page, reverse("complaints:mine_code"))
    page.locator("[name=code]").fill(citizen.code_from(post_room))
    citizen.go_on(page)
    expect(page).to_have_url(re.compile(f"{reverse('complaints:mine')}$"))
    faults += faults_of(page, reverse("complaints:mine")) + faults_of(page, reverse("complaints:mine_fresh_code", args=[number]))
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
