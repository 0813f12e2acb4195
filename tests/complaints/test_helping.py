"""Helper units file for enterprises with their consent, and follow their own filings only."""

import threading
import uuid
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from accounts import landing
from accounts.roles import Role
from agencies.models import Agency, Post
from cases.models import Case
from cases.workflow import Status
from complaints import actions, units
from complaints.drafts import DraftFiled
from complaints.entries import ConsentGiven
from complaints.filing import FilingRefused
from complaints.models import Channel, Complaint, Consent, FilingConsent
from core.models import Event, Notice, StoredFile
from tests.factories import MONDAY, AgencyFactory, UserFactory, case_at, filer, filing, officer, staffed_agency

from .helping import clerk, filed, scan, typed, unit

pytestmark = pytest.mark.django_db
FILINGS = "/staff/filings/"


@pytest.fixture(autouse=True)
def upstairs():
    """The real cases room stands above in these tests."""


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def number_after(client, user, about=None, **changes) -> str:
    client.force_login(user)
    response = client.post(f"{FILINGS}new/", filed(about or staffed_agency(), **changes))
    assert response.status_code == 302, response.context["form"].errors
    return str(response["Location"].split("/")[3])


def test_clerk_files_for_an_enterprise(client):
    through = unit()
    by = clerk(through)
    complaint = Complaint.objects.get(number=number_after(client, by))
    assert (complaint.channel, complaint.filed_by, complaint.filed_by_unit) == (Channel.HELPER_UNIT, by, through)
    assert complaint.complainant
    assert complaint.complainant.kind == "organisation"
    assert complaint.notify_sms
    assert Case.objects.get().status == Status.TRIAGE


def test_consent_is_recorded_without_a_plain_name(client):
    by = clerk()
    complaint = Complaint.objects.get(number=number_after(client, by))
    consent = FilingConsent.objects.get(complaint=complaint)
    assert (consent.means, consent.given_on, consent.recorded_by) == ("phone", date(2026, 9, 11), by)
    assert (consent.given_by_masked[0], "经理" in consent.given_by_masked) == ("示", False)
    assert "示例人甲" not in str(list(Event.objects.values_list("facts", flat=True)))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"given_by": ""}, "given_by"),
        ({"means": ""}, "means"),
        ({"means": "telepathy"}, "means"),
        ({"given_on": ""}, "given_on"),
        ({"given_on": "2026-09-15"}, "given_on"),
        ({"organisation": ""}, "organisation"),
        ({"name": ""}, "name"),
        ({"phone": ""}, "phone"),
        ({"phone": "010-62301234"}, "phone"),
        ({"email": "nobody"}, "email"),
    ],
)
def test_nothing_is_filed_without_consent_and_contact(client, changes, field):
    client.force_login(clerk())
    response = client.post(f"{FILINGS}new/", filed(staffed_agency(), **changes))
    assert field in response.context["form"].errors
    assert not Complaint.objects.exists()


@pytest.mark.parametrize("which", ["unit", "section", "parent"])
def test_unit_never_files_about_itself(client, which):
    parent = AgencyFactory.create(name="县商务局", short_name="商务局")
    through = unit(name="县招商中心", short_name="招商中心", parent=parent, depth=1)
    section = AgencyFactory.create(name="县招商中心一科", short_name="招商一科", parent=through, depth=2)
    client.force_login(clerk(through))
    response = client.post(f"{FILINGS}new/", filed({"unit": through, "section": section, "parent": parent}[which]))
    assert "agency" in response.context["form"].errors
    assert not Complaint.objects.exists()


def test_what_is_about_the_unit_is_hidden_from_it():
    through = unit()
    by = clerk(through)
    complaint = Complaint.objects.create(**fields_of(filed_by=by, filed_by_unit=through, agency=through))
    assert complaint not in Complaint.objects.visible_to(by)


def fields_of(**changes):
    """A complaint's columns, taken from one that was lodged."""
    model = Complaint.objects.get(pk=Case.objects.get(pk=case_at(Status.TRIAGE).pk).complaints.get().pk)
    values = {field.attname: getattr(model, field.attname) for field in model._meta.concrete_fields}
    for name in ("id", "public_id", "agency_id", "filed_by_id", "filed_by_unit_id"):
        del values[name]
    return values | {"number": "2026-9999", "channel": "helper_unit"} | changes


@pytest.mark.parametrize("role", Role)
def test_filings_are_found_by_the_office_and_the_unit_alone(client, role):
    through = unit()
    number_after(client, clerk(through))
    stranger = UserFactory.create(roles=[role])
    assert Complaint.objects.visible_to(stranger).exists() is (role in {Role.OFFICER, Role.OFFICE_LEADER})
    give_post(through, stranger)
    assert Complaint.objects.visible_to(stranger).exists() is (role in {Role.OFFICER, Role.OFFICE_LEADER, Role.HELPER_CLERK})


def give_post(agency: Agency, user) -> Post:
    return Post.objects.create(agency=agency, kind=Post.Kind.LIAISON_OFFICER, user=user, since=date(2026, 1, 1))


@pytest.mark.parametrize("tail", ["", "receipt/"])
def test_strangers_find_nothing(client, tail):
    number = number_after(client, clerk())
    for stranger in (clerk(), officer(), UserFactory.create(roles=[Role.LIAISON_OFFICER]), UserFactory.create(roles=[])):
        client.force_login(stranger)
        assert client.get(f"{FILINGS}{number}/{tail}").status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.HELPER_CLERK])
def test_pages_are_the_clerks(client, role):
    client.force_login(UserFactory.create(roles=[role]))
    assert [client.get(FILINGS + tail).status_code for tail in ("", "new/")] == [404, 404]


def test_clerk_without_a_post_is_told_so_and_cannot_file(client):
    client.force_login(UserFactory.create(roles=[Role.HELPER_CLERK]))
    assert client.get(FILINGS).status_code == 200
    assert client.get(f"{FILINGS}new/").status_code == 404


def test_successor_follows_and_who_left_does_not(client):
    through = unit()
    before = clerk(through)
    number = number_after(client, before)
    before.posts.update(until=date(2026, 9, 14))
    after = clerk(through)
    assert [Complaint.objects.visible_to(one).filter(number=number).exists() for one in (before, after)] == [False, True]
    assert units.clerks_of(Complaint.objects.get(number=number)) == [after]


def test_list_and_page_say_where_it_stands(client):
    by = clerk()
    number = number_after(client, by)
    client.cookies["django_language"] = "en"
    for address in (FILINGS, f"{FILINGS}{number}/"):
        page = client.get(address).content.decode()
        assert "We are deciding whether we can take it up" in page
        assert "13800002071" not in page


def test_clerk_reads_the_reply_and_is_told(client):
    by = clerk()
    through = units.unit_of(by)
    case = case_at(Status.REPLIED, channel="helper_unit", filed_by=by, filed_by_unit=through)
    client.force_login(by)
    assert case.reply in client.get(f"{FILINGS}{case.number}/").content.decode()
    told = Notice.objects.filter(template="cases/filing_moved", recipient_id=str(by.pk)).order_by("pk")
    assert [notice.facts["what"] for notice in told] == ["accepted", "replied"]


def test_clerk_is_told_of_a_decline(client):
    by = clerk()
    case = case_at(Status.DECLINED, channel="helper_unit", filed_by=by, filed_by_unit=units.unit_of(by))
    assert Notice.objects.get(template="cases/filing_moved").facts["what"] == "declined"
    client.force_login(by)
    assert case.decline_reason in client.get(f"{FILINGS}{case.number}/").content.decode()


def test_receipt_is_shown_for_a_quarter_of_an_hour(client):
    number = number_after(client, clerk())
    assert client.get(f"{FILINGS}{number}/receipt/").status_code == 200
    with time_machine.travel(MONDAY.replace(minute=15), tick=False):
        assert client.get(f"{FILINGS}{number}/receipt/")["Location"] == f"{FILINGS}{number}/"


def test_clerk_does_not_reach_the_offices_pages(client):
    number_after(client, clerk())
    case = Case.objects.get()
    assert [client.get(path).status_code for path in ("/staff/", f"/staff/cases/{case.pk}/", "/staff/entry/")] == [404, 404, 404]


def test_clerk_starts_from_the_filings():
    assert landing.landing_path(clerk()) == FILINGS


def test_consent_to_disclose_goes_to_the_agency(client):
    agency = staffed_agency()
    number_after(client, clerk(), agency, disclose=["phone"])
    assert [(one.agency, one.fields) for one in Consent.objects.all()] == [(agency, ["phone"])]


def test_list_asks_as_many_questions_for_many(client, django_assert_num_queries):
    by, agency = clerk(), staffed_agency()
    number_after(client, by, agency)
    client.get(FILINGS)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(FILINGS)
    for _ in range(4):
        number_after(client, by, agency)
    client.get(FILINGS)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(FILINGS)


LIST_QUERIES = 5


def test_page_asks_few_questions(client, django_assert_max_num_queries):
    number = number_after(client, clerk())
    with django_assert_max_num_queries(14):
        client.get(f"{FILINGS}{number}/")


def test_actions_ask_again_who_may():
    key, nobody = uuid.uuid4(), UserFactory.create(roles=[Role.LIAISON_OFFICER])
    draft = actions.open_entry(key, by=nobody, at=MONDAY)
    with pytest.raises(PermissionDenied):
        actions.enter(draft, filing(), by=nobody, at=MONDAY)
    with pytest.raises(PermissionDenied):
        actions.file_for(draft, filing(), consent_given(), by=nobody, at=MONDAY)


def test_unit_files_for_somebody_only():
    by = clerk()
    draft = actions.open_entry(uuid.uuid4(), by=by, at=MONDAY)
    with pytest.raises(FilingRefused):
        actions.file_for(draft, filing(filer=None), consent_given(), by=by, at=MONDAY)


def consent_given():
    return ConsentGiven("示例人甲", "written", date(2026, 9, 11))


def test_database_refuses_a_unit_without_a_clerk():
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.create(**fields_of(filed_by=None, filed_by_unit=unit()))


def in_two_threads(work) -> list[object]:
    found: list[object] = []

    def run() -> None:
        try:
            found.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_file_once():
    by, agency, key = officer(), staffed_agency(), uuid.uuid4()
    start = threading.Barrier(2)

    def click() -> int:
        start.wait()
        draft = actions.open_entry(key, by=by, at=MONDAY)
        actions.add_scan(draft, scan(), at=MONDAY)
        return actions.enter(draft, filing(agency=agency, filer=filer()), by=by, at=MONDAY).pk

    def clicked() -> int:
        try:
            return click()
        except DraftFiled:
            return Complaint.objects.get().pk

    found = in_two_threads(clicked)
    assert found == [Complaint.objects.get().pk] * 2
    assert StoredFile.objects.count() == 1


def test_entry_form_of_the_office_is_not_the_clerks(client):
    client.force_login(clerk())
    client.post("/staff/entry/", typed(staffed_agency()))
    assert not Complaint.objects.exists()
