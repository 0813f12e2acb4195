"""Officers enter calls, letters and visits: what is kept, what is asked, and that nothing is filed twice or lost."""

from datetime import date

import pytest
import time_machine

from accounts.roles import Role
from cases.models import Case, Deadline
from complaints.models import Complainant, Complaint, Draft, IdentityCheck
from complaints.reading import evidence_files
from core.models import Event, Notice
from tests.complaints.helping import NARRATIVE, scan, typed
from tests.factories import MONDAY, AgencyFactory, UserFactory, officer, staffed_agency

pytestmark = pytest.mark.django_db
ENTRY = "/staff/entry/"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def by(client):
    user = officer()
    client.force_login(user)
    return user


def the_complaint() -> Complaint:
    return Complaint.objects.select_related("complainant").get()


def the_person() -> Complainant:
    return Complainant.objects.get()


@pytest.mark.parametrize("role", Role)
def test_only_officers_enter(client, role):
    client.force_login(UserFactory.create(roles=[role]))
    expected = 200 if role == Role.OFFICER else 404
    assert client.get(ENTRY).status_code == expected
    client.post(ENTRY, typed(staffed_agency()))
    assert Complaint.objects.exists() is (role == Role.OFFICER)


def test_entry_is_lodged_for_the_caller(client, by):
    agency = staffed_agency()
    response = client.post(ENTRY, typed(agency, channel="visit", verification="in_person", organisation="示例企业"))
    complaint = the_complaint()
    assert response["Location"] == f"/staff/entry/{complaint.number}/"
    assert (complaint.channel, complaint.agency, complaint.filed_by, complaint.filed_by_unit) == ("visit", agency, by, None)
    assert (the_person().verification, the_person().kind) == ("in_person", "organisation")
    assert "13800002071" not in complaint.working_copy
    assert Event.objects.get(type="complaint.lodged").actor == f"user:{by.pk}"


def test_page_shows_number_and_code_for_a_quarter_of_an_hour(client, by):
    address = client.post(ENTRY, typed(staffed_agency()))["Location"]
    with time_machine.travel(MONDAY.replace(minute=14), tick=False):
        assert b"key" in client.get(address).content
    with time_machine.travel(MONDAY.replace(minute=15), tick=False):
        assert client.get(address)["Location"] == f"/staff/cases/{Case.objects.get().pk}/"


def test_codes_are_shown_to_nobody_else(client, by):
    address = client.post(ENTRY, typed(staffed_agency()))["Location"]
    client.force_login(officer())
    assert client.get(address).status_code == 302


def test_accept_limit_counts_from_the_day_of_receipt(client, by):
    client.post(ENTRY, typed(staffed_agency(), channel="letter", received_on="9-11", received_time="1600"))
    complaint = the_complaint()
    assert complaint.received_at.isoformat() == "2026-09-11T08:00:00+00:00"
    assert complaint.created_at == MONDAY
    assert Deadline.objects.get().due_on == date(2026, 9, 16)


def test_same_page_twice_files_once(client, by):
    page = typed(staffed_agency())
    first, second = (client.post(ENTRY, {**page, "scans": [scan()]}) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert len(evidence_files(the_complaint())) == 1


def test_changed_page_after_saving_is_asked_about_first(client, by):
    page = typed(staffed_agency())
    client.post(ENTRY, page)
    response = client.post(ENTRY, {**page, "narrative": "另外一件事，请看一看。"})
    assert Complaint.objects.count() == 1
    form = response.context["form"]
    assert Complaint.objects.get().number in str(form.non_field_errors())
    client.post(ENTRY, {**page, "narrative": "另外一件事，请看一看。", "key": form["key"].value()})
    assert Complaint.objects.count() == 2


def test_another_persons_page_cannot_be_used(client, by):
    page = typed(staffed_agency())
    client.post(ENTRY, page)
    client.force_login(officer())
    assert client.post(ENTRY, page).status_code == 403


def test_scan_survives_a_mistake(client, by):
    page = typed(staffed_agency(), narrative="")
    response = client.post(ENTRY, {**page, "scans": [scan("信.png")]})
    assert [one.name for one in response.context["scans"]] == ["信.png"]
    client.post(ENTRY, {**page, "narrative": NARRATIVE})
    assert [file.name for file in evidence_files(the_complaint())] == ["信.png"]


def test_scan_can_be_taken_away_again(client, by):
    page = typed(staffed_agency(), narrative="")
    response = client.post(ENTRY, {**page, "scans": [scan()]})
    response = client.post(ENTRY, {**page, "remove": response.context["scans"][0].pk})
    assert response.context["scans"] == []
    assert not Complaint.objects.exists()


def test_bad_file_is_refused_and_the_rest_kept(client, by):
    fake = scan("信.pdf", "black")
    response = client.post(ENTRY, {**typed(staffed_agency()), "scans": [scan("真.png"), fake]})
    assert "信.pdf" in str(response.context["form"].errors["scans"])
    assert [one.name for one in response.context["scans"]] == ["真.png"]
    assert not Complaint.objects.exists()


def test_mistake_without_a_file_leaves_nothing(client, by):
    client.post(ENTRY, typed(staffed_agency(), narrative=""))
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"name": "\u202e"}, "name"),
        ({"anonymous": "on"}, "anonymous"),
        ({"anonymous": "on", "name": "", "phone": "", "disclose": ["name"]}, "disclose"),
        ({"received_on": "9-15", "received_time": ""}, None),
        ({"received_on": "2026-09-15"}, "received_on"),
        ({"received_on": "2020-01-01"}, "received_on"),
        ({"received_on": ""}, "received_on"),
        ({"received_time": "10:01"}, "received_time"),
        ({"received_time": "never"}, "received_time"),
        ({"channel": "web"}, "channel"),
        ({"channel": "helper_unit"}, "channel"),
        ({"verification": "phone"}, "verification"),
        ({"agency": ""}, "agency"),
        ({"narrative": "\x00\x01"}, "narrative"),
        ({"narrative": "长" * 5001}, "narrative"),
        ({"category": "8"}, "category"),
        ({"behaviours": ["9z"]}, "behaviours"),
        ({"key": "../../etc"}, "key"),
    ],
)
def test_mistakes_are_told_beside_the_field(client, by, changes, field):
    page = typed(staffed_agency()) | changes
    response = client.post(ENTRY, page)
    if field is None:  # 15 September without a year is last year's
        assert the_complaint().received_at.year == 2025
        return
    assert field in response.context["form"].errors
    assert not Complaint.objects.exists()


def test_anonymous_call_is_taken(client, by):
    client.post(ENTRY, typed(staffed_agency(), anonymous="on", name="", phone=""))
    assert the_complaint().identity == "anonymous"
    assert not Complainant.objects.exists()


def test_visitor_without_a_phone_is_taken_in_person(client, by):
    address = client.post(ENTRY, typed(staffed_agency(), phone="", verification="in_person"))["Location"]
    assert the_person().verification == "in_person"
    assert client.get(address).status_code == 200


def test_fixed_line_is_never_sent_a_text_message(client, by):
    client.post(ENTRY, typed(staffed_agency(), phone="010-62301234"))
    assert not the_complaint().notify_sms
    assert not Notice.objects.filter(recipient_kind="complainant").exists()


def test_behaviours_give_the_category(client, by):
    client.post(ENTRY, typed(staffed_agency(), behaviours=["4a", "4c"]))
    assert (the_complaint().category, the_complaint().behaviours) == (4, ["4a", "4c"])


def test_consent_is_kept_for_the_agency(client, by):
    agency = staffed_agency()
    client.post(ENTRY, typed(agency, disclose=["name", "words"]))
    assert [(one.agency, one.fields) for one in the_complaint().consents.all()] == [(agency, ["name", "words"])]


def test_part_of_a_name_that_only_one_agency_has_is_enough(client, by):
    agency = AgencyFactory.create(name="县住房和城乡建设局", short_name="住建局")
    client.post(ENTRY, typed("城乡建设"))
    assert the_complaint().agency == agency


def test_unclear_agency_is_asked_about_and_then_taken(client, by):
    one, other = (AgencyFactory.create(name=f"县城{kind}局", short_name=f"城{kind}局") for kind in ("建", "管"))
    page = typed("县城", received_on="2026-09-14")
    response = client.post(ENTRY, page)
    assert "agency_choice" in response.context["form"].errors
    client.post(ENTRY, {**page, "agency_asked": "县城", "agency_choice": other.pk})
    assert the_complaint().agency == other != one


def test_choice_made_for_other_words_does_not_count(client, by):
    other = [AgencyFactory.create(name=f"县城{kind}局", short_name=f"城{kind}局") for kind in ("建", "管")][1]
    client.post(ENTRY, typed("县城", agency_asked="别处", agency_choice=other.pk))
    assert not Complaint.objects.exists()


def test_unknown_place_needs_one_more_saving(client, by):
    page = typed("河边的小屋")
    form = client.post(ENTRY, page).context["form"]
    assert form["agency_choice"].value() == "none"
    client.post(ENTRY, {**page, **{name: form[name].value() for name in ("agency_asked", "agency_choice")}})
    assert (the_complaint().agency, the_complaint().agency_words) == (None, "河边的小屋")


def test_same_number_before_is_shown(client, by):
    agency = staffed_agency()
    client.post(ENTRY, typed(agency))
    earlier = Case.objects.get()
    page = client.get(client.post(ENTRY, typed(agency, narrative="又来了，还是没有答复。"))["Location"])
    assert page.context["page"].earlier == [earlier]


def test_enter_another_keeps_the_channel(client, by):
    address = client.post(ENTRY, typed(staffed_agency(), channel="letter"))["Location"]
    assert "/staff/entry/?channel=letter" in client.get(address).content.decode()
    assert client.get(f"{ENTRY}?channel=letter").context["form"]["channel"].value() == "letter"
    assert client.get(f"{ENTRY}?channel=%00nonsense").context["form"]["channel"].value() == "hotline"


def test_queue_offers_entry_to_officers(client, by):
    assert ENTRY in client.get("/staff/").content.decode()


def test_pages_ask_few_questions(client, by, django_assert_max_num_queries):
    address = [client.post(ENTRY, typed(staffed_agency()))["Location"] for _ in range(3)][-1]
    with django_assert_max_num_queries(8):
        client.get(ENTRY)
    with django_assert_max_num_queries(20):
        client.get(address)


def test_kind_address_code_and_signers_are_kept(client, by):
    more = {"kind": "report", "address": "示例路 1 号", "uscc": "91430000MA4LQX1T06", "organisation": "示例企业", "signers": "7"}
    client.post(ENTRY, typed(staffed_agency(), **more))
    assert (the_complaint().kind, the_complaint().signers) == ("report", 7)
    assert the_person().address_sealed
    assert the_person().uscc_sealed


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "report", "disclose": ["name"]}, "disclose"),
        ({"kind": "gossip"}, "kind"),
        ({"uscc": "91430000MA4LQX1T07", "organisation": "示例企业"}, "uscc"),
        ({"uscc": "91430000MA4LQX1T06"}, "organisation"),
        ({"signers": "many"}, "signers"),
    ],
)
def test_what_is_rarely_said_is_checked_too(client, by, changes, field):
    page = client.post(ENTRY, typed(staffed_agency(), **changes))
    assert field in page.context["form"].errors
    assert not Complaint.objects.exists()


def test_what_is_rarely_said_is_folded_away_until_something_stands_there(client, by):
    assert '<details class="entry-more mt-2">' in client.get(ENTRY).content.decode()
    page = client.post(ENTRY, typed(staffed_agency(), signers="many")).content.decode()
    assert '<details class="entry-more mt-2" open>' in page


def test_a_call_back_noted_at_entry_is_a_check_by_the_officer(client, by):
    client.post(ENTRY, typed(staffed_agency(), verification="call_back"))
    check = IdentityCheck.objects.get()
    assert (check.level, check.confirmed, check.checked_by) == ("call_back", True, by)
