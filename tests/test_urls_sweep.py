"""Every address asked for by nobody in particular: what is not public by intent sends to the login page or does not exist."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# Public by intent, each with what it is for. Whoever adds a public page adds it here, by hand.
PUBLIC = {
    "home": "the front page",
    "information": "what the office accepts and by which rules",
    "information_page": "one page of it",
    "health": "whether the portal works, for monitoring",
    "metrics": "what waits and what lives; not found without the monitor's token",
    "accounts:login": "the way in",
    "accounts:code": "the second factor; leads to the way in without a right password before it",
    "accounts:sso": "to the county's own sign-in; not found where there is none",
    "accounts:sso_back": "back from it; leads to the way in without a sign-in that was begun here",
    "core:preferences": "elder view, dark, language",
    "complaints:new": "filing a complaint",
    "complaints:step": "one question of a filing",
    "complaints:challenge": "a sum for the browser to solve",
    "complaints:agencies": "agencies suggested while a name is typed",
    "complaints:left": "how to come back to a draft that was just left; leads to the resume page otherwise",
    "complaints:resume": "going on with a draft by its code",
    "complaints:track": "following a complaint by number and code",
    "complaints:track_detail": "where a complaint stands; leads to the page that asks for the code",
    "complaints:receipt": "the receipt; leads to the page that asks for the code",
    "complaints:receipt_file": "the receipt as a file; leads to the page that asks for the code",
    "complaints:proof": "the proof of filing; leads to the page that asks for the code",
    "core:transparency": "the transparency log: signed heads and keys",
    "core:verify": "the page on which a browser checks a proof",
    "core:heads": "the signed heads, for programs",
    "core:consistency": "the proof that the log only grew between two heads",
    "core:verifier": "the program that checks a proof",
    "complaints:mine_find": "finding one's matters by a mobile number",
    "complaints:mine_code": "the code sent to it; leads to the page that asks for the number",
    "complaints:mine": "the matters of a confirmed number; leads to the page that asks for one",
    "complaints:mine_open": "opening one of them; leads to the page that asks for the number",
    "complaints:mine_fresh_code": "a new query code for one of them; leads to the page that asks for the number",
    "complaints:own_data": "what is held about the complainant; leads to the page that asks for the code",
    "complaints:own_download": "the same as a file; leads to the page that asks for the code",
    "complaints:own_contact": "correcting how one is reached; leads to the page that asks for the code",
    "complaints:own_name": "correcting the name; leads to the page that asks for the code",
    "complaints:own_phone": "another number; leads to the page that asks for the code",
    "complaints:own_phone_code": "the code sent to it; leads to the page that asks for the query code",
    "complaints:own_delete": "deleting what is not needed; leads to the page that asks for the code",
    "complaints:rate": "rating the outcome; leads to the page that asks for the code",
    "complaints:message": "a message to the office; asks for the code of a stranger",
    "complaints:supplement": "more evidence; leads to the page that asks for the code",
    "complaints:draft_preview": "a small picture of a file of one's own draft; not found for anyone else",
    "complaints:upload_begin": "a file in pieces begins; refused without a draft or an opened complaint",
    "complaints:upload_standing": "how much of a file has arrived; not found for anyone else",
    "complaints:upload_chunk": "a piece of a file; not found for anyone else",
    "complaints:upload_finish": "a file has arrived; not found for anyone else",
    "complaints:upload_cancel": "a file is given up; says the same to anyone else",
    "complaints:withdraw": "withdrawing a complaint; leads to the page that asks for the code",
    "complaints:review": "asking for a review; leads to the page that asks for the code",
    "complaints:reward": "claiming a reward; leads to the page that asks for the code",
    "complaints:id_number": "the ID number of a claimant; leads to the page that asks for the code",
    "complaints:remove_id_number": "deleting it; leads to the page that asks for the code",
    "rewards:collect": "collecting a reward; leads to the page that asks for the code",
    "complaints:disclosure": "what an agency may learn; leads to the page that asks for the code",
    "complaints:paper": "a letter of the office; leads to the page that asks for the code",
    "complaints:paper_file": "the same as a file; leads to the page that asks for the code",
    "complaints:evidence": "a file of one's own; not found for anyone else",
    "complaints:evidence_preview": "a small picture of one's own file; not found for anyone else",
    "supervision:calls": "calls for supervisors, and who is under public notice",
    "supervision:nominate": "nominating oneself upon a call",
    "supervision:nominated": "what happens next",
    "supervision:verify_ask": "verifying a supervisor's card by its code",
    "supervision:verify": "whether a card is valid",
    "complaints:done": "forgetting on this device what was looked at",
}
if settings.DEMO:
    PUBLIC["demo_outbox"] = "messages that would have left the house; exists in the demo only"
SAMPLES = {"int": "2147483647", "uuid": "00000000-0000-4000-8000-000000000000"}
CONVERTER = re.compile(r"<(?:(\w+):)?\w+>")
GROUP = re.compile(r"\(\?P<\w+>(\w*)[^()]*\)")  # of the admin's few patterns that are regular expressions


def named_addresses(resolver: URLResolver, prefix: str = "", spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Full name and a sample address of every pattern, those of included modules too."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from named_addresses(pattern, route, (*spaces, *filter(None, [pattern.namespace])))
        elif isinstance(pattern, URLPattern):
            yield ":".join([*spaces, pattern.name or f"(unnamed {route})"]), "/" + sample_address(route)


def sample_address(route: str) -> str:
    """The route with a value that no row has in place of each converter."""
    route = GROUP.sub(lambda match: match[1] or "nothing", route).replace("^", "").replace("$", "")
    return CONVERTER.sub(lambda match: SAMPLES.get(match[1] or "str", "nothing"), route)


ADDRESSES = sorted(named_addresses(get_resolver()))


def refused(status: int, location: str) -> bool:
    """Sent to the login page, or told that there is no such page.

    The admin sends to an address of its own first, which the walk meets too and which must send on to the real one.
    """
    doors = (f"{resolve_url(settings.LOGIN_URL)}?", f"{reverse('admin:login')}?")
    return status == 404 or (status == 302 and location.startswith(doors))


def test_public_pages_exist():
    assert PUBLIC.keys() - {name for name, _address in ADDRESSES} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "address"), [one for one in ADDRESSES if one[0] not in PUBLIC])
def test_nobody_gets_in(client, method, name, address):
    response = getattr(client, method)(address)
    assert refused(response.status_code, response.headers.get("Location", "")), f"{name} answered {response.status_code}"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "address"), [one for one in ADDRESSES if one[0] in PUBLIC])
def test_public_page_answers_nobody(client, method, name, address):
    response = getattr(client, method)(address)
    expected = {200, 302, 400, 403, 404, 405} | ({503} if name == "health" else set())  # no worker runs beside the tests
    assert response.status_code in expected, f"{name} answered {response.status_code}"
    assert not refused(response.status_code, response.headers.get("Location", "")) or response.status_code == 404


@pytest.mark.parametrize(
    ("status", "location", "found"),
    [
        (200, "", False),
        (302, "/staff/", False),
        (302, "/accounts/login/?next=/staff/", True),
        (403, "", False),
        (404, "", True),
        (405, "", False),
        (500, "", False),
    ],
)
def test_an_open_door_is_found(status, location, found):
    assert refused(status, location) is found


@pytest.mark.parametrize(
    ("route", "address"),
    [
        ("staff/<int:pk>/", "staff/2147483647/"),
        ("a/<uuid:key>/<slug>/", "a/00000000-0000-4000-8000-000000000000/nothing/"),
        (r"manage/^(?P<app_label>auth|axes)/$", "manage/auth/"),
        (r"manage/(?P<url>.*)$", "manage/nothing"),
        ("health/", "health/"),
    ],
)
def test_sample_address_fills_every_gap(route, address):
    assert sample_address(route) == address
