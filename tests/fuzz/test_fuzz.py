"""Generated input for every public address, for the pages of a followed matter, and for what staff pages ask in the background.

`make test` runs a slice that is the same every time; `make fuzz` looks for new input, `FUZZ_EXAMPLES` for each address.
"""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.roles import Role
from cases.workflow import Status
from complaints import codes
from tests.complaints.citizen import Citizen
from tests.factories import PostFactory, UserFactory, case_at, handler_of, new_case, the_complaint
from tests.test_urls_sweep import ADDRESSES, PUBLIC

from .sending import VALUES, answers_for, fields, fuzzing, sent

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("default::tests.fuzz.sending.SlowAnswerWarning")]
FIELDS = fields()
OPEN = sorted(address for name, address in ADDRESSES if name in PUBLIC and name != "health")
OF_A_MATTER = sorted(
    address for name, address in ADDRESSES if name in PUBLIC and address.startswith("/complaints/track/nothing/")
)
STEPS = ["about", "kind", "problem", "events", "evidence", "identity", "contact", "phone", "check"]
LISTS = ["cases:list", "cases:assignment_list", "agencies:list", "supervisors:list", "core:inbox"]
METHODS = st.sampled_from(["get", "post"])


def test_the_fields_are_found():
    assert {"narrative", "phone", "number", "code", "q"} <= set(FIELDS)


@pytest.mark.parametrize("address", OPEN)
@fuzzing
@given(given_=answers_for(FIELDS), method=METHODS, htmx=st.booleans())
def test_public_addresses_answer_anything(client, address, given_, method, htmx):
    sent(client, method, address, given_, htmx=htmx)


@pytest.mark.parametrize("slug", STEPS)
@fuzzing
@given(given_=answers_for(FIELDS), method=METHODS)
def test_questions_of_a_filing_answer_anything(slug, given_, method):
    citizen = Citizen()
    citizen.client.post("/complaints/new/", {})
    sent(citizen.client, method, f"/complaints/new/{slug}/", given_)


@pytest.fixture
def followed() -> tuple[Client, str]:
    """A complainant who has opened the own matter, and its number."""
    complaint = the_complaint(new_case())
    client = Client()
    client.post(reverse("complaints:track"), {"number": complaint.number, "code": codes.query_code(complaint)})
    assert client.get(reverse("complaints:track_detail", args=[complaint.number])).status_code == 200
    return client, complaint.number


@pytest.mark.parametrize("address", OF_A_MATTER)
@fuzzing
@given(given_=answers_for(FIELDS), method=METHODS)
def test_pages_of_a_matter_answer_anything(followed, address, given_, method):
    client, number = followed
    sent(client, method, address.replace("nothing", number, 1), given_)


@pytest.mark.parametrize("name", LISTS)
@fuzzing
@given(given_=answers_for(FIELDS), htmx=st.booleans())
def test_lists_of_staff_answer_anything(client, name, given_, htmx):
    user, _made = UserFactory._meta.model.objects.get_or_create(
        username="everybody", defaults={"full_name": "甲", "roles": [Role.OFFICER, Role.LIAISON_OFFICER]}
    )
    if _made:
        PostFactory.create(user=user)
        new_case()
    client.force_login(user)
    sent(client, "get", reverse(name), given_, htmx=htmx)


@fuzzing
@given(body=st.one_of(st.binary(max_size=2000), VALUES.map(lambda text: text.encode(errors="replace"))), kind=VALUES)
def test_programs_may_send_anything(client, body, kind):
    headers = {"Upload-Offset": "x", "HX-Request": "true"}
    for name in ("complaints:upload_begin", "complaints:challenge", "complaints:agencies"):
        for media_type in (
            "application/json",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
            "text/plain",
        ):
            response = client.post(reverse(name), body, content_type=media_type, headers=headers)
            assert response.status_code < 500, (name, media_type)
    assert client.get("/", headers={"Cookie": "django_language=x", "User-Agent": "x"}).status_code == 200


@fuzzing
@given(number=VALUES)
def test_addresses_take_any_number(client, number):
    for place in ("complaints/track", "complaints/receipt", "complaints/mine", "complaints/new", "information", "supervisors"):
        sent(client, "get", f"/{place}/{quote(number)}/", {})


def test_the_pages_of_an_officer_take_anything_for_a_decision():
    case = case_at(Status.RECEIVED)
    client = Client()
    client.force_login(handler_of(case))
    for address in sorted({a for _n, a in ADDRESSES if a.startswith("/staff/cases/2147483647/")})[:40]:
        path = address.replace("2147483647", str(case.pk), 1)
        sent(client, "get", path, {"q": "<fuzz7 onload=alert(1)>", "before": "\0"})
