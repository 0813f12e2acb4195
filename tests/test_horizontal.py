"""Nothing of one agency is reached from another, by any address, id or count; nor one citizen's matter by another."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from cases.models import Assignment
from cases.workflow import Status
from complaints import codes
from core.models import Event
from tests.factories import (
    NAME,
    PHONE,
    SUMMARY,
    PostFactory,
    UserFactory,
    case_at,
    holder,
    staffed_agency,
    the_complaint,
)
from tests.supervisors import inspecting
from tests.test_urls_sweep import ADDRESSES, PUBLIC

pytestmark = pytest.mark.django_db
SAMPLE = "2147483647"
INSIDE = sorted(
    {
        address
        for name, address in ADDRESSES
        if name not in PUBLIC and not address.startswith(("/manage/", "/accounts/log", "/accounts/security/sign-out"))
    }
)
# But for the way out, and the words of Django's own scripts, which anybody may read.
MANAGED = sorted(
    {path for _name, path in ADDRESSES if path.startswith("/manage/") and path.split("/")[2] not in {"logout", "jsi18n"}}
)
OF_A_MATTER = sorted(address for name, address in ADDRESSES if name in PUBLIC and "/track/nothing/" in address)
AGENCY_PEOPLE = (Role.LIAISON_OFFICER, Role.AGENCY_LEADER, Role.HELPER_CLERK)
SECRET_SUMMARY = "只有乙单位能读的摘要，甲单位不得看到。"
CHANGING = re.compile(rb'value="[A-Za-z0-9_-]{20,}"|"[A-Za-z0-9_-]{40,}"|\d+:\d\d(:\d\d)?')


class OtherAgency:
    """An agency with a matter, its assignment and its people."""

    def __init__(self) -> None:
        self.agency = staffed_agency(name="乙示例局", short_name="乙局")
        self.case = case_at(Status.RECEIVED, agency=self.agency)
        self.assignment = Assignment.objects.get(case=self.case)
        Assignment.objects.filter(pk=self.assignment.pk).update(summary=SECRET_SUMMARY)
        self.ids = {self.case.pk, self.assignment.pk, the_complaint(self.case).pk, self.agency.pk}
        self.secrets = [NAME, PHONE, SUMMARY, SECRET_SUMMARY, the_complaint(self.case).number, str(self.case.number)]

    def seen_in(self, content: bytes) -> list[str]:
        text = content.decode(errors="replace")
        return [secret for secret in self.secrets if secret and secret in text]


def somebody(role: Role):
    """Somebody of this role who has nothing to do with that agency."""
    if role == Role.SUPERVISOR:
        return inspecting.supervisor()
    user = UserFactory.create(roles=[role])
    if role in AGENCY_PEOPLE:
        PostFactory.create(agency=staffed_agency(), user=user)
    return user


def body_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("role", "method"),
    [
        *((role, "get") for role in AGENCY_PEOPLE),
        (Role.SUPERVISOR, "get"),
        (Role.LIAISON_OFFICER, "post"),
        (Role.SUPERVISOR, "post"),
    ],
)
def test_nothing_of_another_agency_is_reached_by_any_address(role, method):
    other, client = OtherAgency(), Client()
    client.force_login(somebody(role))
    before = Event.objects.filter(type__startswith="case.").count()
    assert before
    told = {}
    for address in INSIDE:
        for pk in sorted(other.ids) if SAMPLE in address else [0]:
            response = getattr(client, method)(address.replace(SAMPLE, str(pk)))
            if found := other.seen_in(body_of(response)):
                told[address.replace(SAMPLE, str(pk))] = found
    assert told == {}
    assert client.get(reverse("core:inbox")).status_code == 200  # still signed in: the walk was not one of a stranger
    assert Event.objects.filter(type__startswith="case.").count() == before
    other.assignment.refresh_from_db()
    assert other.assignment.ended_at is None


@pytest.mark.parametrize("role", [*AGENCY_PEOPLE, Role.SUPERVISOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_administration_shows_nothing_of_a_matter(role, method):
    """Whoever keeps accounts and tables gets to see them there, and nobody's complaint; everybody else sees no page of it."""
    other, client, person = OtherAgency(), Client(), somebody(role)
    keeps = role in {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}
    person.is_staff, person.is_superuser = keeps, role == Role.SYSTEM_ADMIN
    person.save()
    client.force_login(person)
    shown = set()
    for address in MANAGED:
        for pk in sorted(other.ids) if SAMPLE in address else [0]:
            response = getattr(client, method)(address.replace(SAMPLE, str(pk)))
            shown |= {address} if response.status_code == 200 else set()
            assert other.seen_in(body_of(response)) == [], address
    if method == "get":
        assert bool(shown) == keeps, shown
    assert "_auth_user_id" in client.session  # the walk was not one of a stranger


def test_the_agency_itself_would_be_found():
    other, client = OtherAgency(), Client()
    client.force_login(holder(other.agency))
    page = client.get(reverse("cases:assignment_detail", args=[other.assignment.pk]))
    assert SECRET_SUMMARY in other.seen_in(page.content)


@pytest.mark.parametrize("role", [Role.LIAISON_OFFICER, Role.AGENCY_LEADER, Role.HELPER_CLERK, Role.SUPERVISOR])
def test_no_page_changes_by_what_another_agency_gets(role):
    client = Client()
    client.force_login(somebody(role))
    pages = [address for address in INSIDE if SAMPLE not in address and "nothing" not in address and "logout" not in address]

    def seen() -> dict[str, bytes]:
        return {address: CHANGING.sub(b"", body_of(client.get(address))) for address in pages}

    staffed_agency()  # so that lists of agencies, which everybody may read, are the same both times
    other = staffed_agency(name="乙示例局", short_name="乙局")
    before = seen()
    case_at(Status.REPORTED, agency=other)
    case_at(Status.RECEIVED, agency=other)
    after = seen()
    assert [address for address in pages if before[address] != after[address]] == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_one_citizen_never_reaches_the_matter_of_another(method):
    mine, theirs = the_complaint(case_at(Status.TRIAGE)), the_complaint(case_at(Status.REPLIED))
    client = Client()
    client.post(reverse("complaints:track"), {"number": mine.number, "code": codes.query_code(mine)})
    assert mine.number in client.get(reverse("complaints:track_detail", args=[mine.number])).content.decode()
    for address in OF_A_MATTER:
        response = getattr(client, method)(address.replace("nothing", theirs.number, 1))
        assert response.status_code in {200, 302, 404, 405}, address
        assert NAME not in body_of(response).decode(errors="replace"), address
