"""Records from the field: once for each key, by who goes along, with pictures, a position if given, and what follows."""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Case
from complaints.models import Complaint, Evidence
from core.models import Event
from supervisors import actions
from supervisors.models import FieldRecord, RecordPicture, Theme
from tests.cases.test_races import at_once
from tests.complaints.sending import photo
from tests.factories import MONDAY, office_leader, officer

from .inspecting import inspection, member, plan, posted, record, supervisor

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Field": "1"}


@pytest.fixture
def now(time_machine):
    time_machine.move_to(MONDAY, tick=False)
    return MONDAY


def address(row) -> str:
    return reverse("supervisors:field_record", args=[row.pk])


def picture(name: str = "现场.png", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or photo(4), content_type="image/png")


def test_the_plain_form_records(client, now):
    row = inspection()
    user = member(row)
    client.force_login(user)
    assert client.get(address(row)).status_code == 200
    assert client.post(address(row), posted(row, user, pictures=[picture()])).status_code == 302
    kept = FieldRecord.objects.get()
    assert (kept.category, kept.behaviours, kept.state, kept.recorded_by) == (6, ["6a"], "open", user)
    assert RecordPicture.objects.get().file.original


def test_that_there_is_no_problem_is_a_record(client, now):
    row = inspection()
    client.force_login(member(row))
    client.post(address(row), posted(row, member(row), points=[], words="", clean_here="on"))
    kept = FieldRecord.objects.get()
    assert (kept.state, kept.category, kept.severity) == ("clean", 0, "")


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"points": []}, "points"),
        ({"clean_here": "on"}, "points"),
        ({"words": " "}, "words"),
        ({"place": ""}, "place"),
        ({"agency": "99999999"}, "agency"),
        ({"agency": "x"}, "agency"),
        ({"points": ["x"]}, "points"),
        ({"behaviour": "9z"}, "behaviour"),
        ({"key": "no"}, "key"),
        ({"key": ""}, "key"),
        ({"owner": ""}, "owner"),
        ({"made_at": "2026-13-45T99:00:00Z"}, "made_at"),
        ({"made_at": "2026-09-14T10:00:00"}, "made_at"),
        ({"latitude": "91", "longitude": "0"}, "latitude"),
        ({"latitude": "NaN", "longitude": "0"}, "latitude"),
        ({"severity": "terrible"}, "severity"),
        ({"follows": "resolved"}, "follows"),
        ({"words": "长" * 2001}, "words"),
        ({"place": "a\0b"}, "place"),
    ],
)
@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_bad_input_is_told_and_nothing_kept(client, now, fields, named, headers):
    row = inspection()
    client.force_login(member(row))
    response = client.post(address(row), posted(row, member(row), **fields), headers=headers)
    if headers:
        assert response.status_code == 422
        assert response.json()["errors"]
    else:
        assert response.context["form"].errors[named]
    assert not FieldRecord.objects.exists()


@pytest.mark.parametrize(
    "upload",
    [picture("a.exe", b"MZ"), picture("a.png", b"no picture"), SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF")],
    ids=["program", "damaged", "document"],
)
def test_what_is_no_picture_is_told_and_nothing_kept(client, now, upload):
    row = inspection()
    client.force_login(member(row))
    response = client.post(address(row), posted(row, member(row), pictures=[upload]), headers=SCRIPT)
    assert response.status_code == 422
    assert not FieldRecord.objects.exists()


def test_the_same_again_gets_the_same_answer(client, now):
    row = inspection()
    client.force_login(member(row))
    given = posted(row, member(row))
    answers = [client.post(address(row), given | {"pictures": [picture()]}, headers=SCRIPT).json() for _time in range(3)]
    assert answers == [{"kept": given["key"]}] * 3
    assert (FieldRecord.objects.count(), RecordPicture.objects.count()) == (1, 1)


def test_what_closes_the_loop_gets_the_same_answer_again_too(client, now):
    row = inspection()
    earlier = record(row)
    client.force_login(member(row))
    given = posted(row, member(row), points=[], words="", clean_here="on", earlier=earlier.pk)
    assert [client.post(address(row), given, headers=SCRIPT).status_code for _time in range(2)] == [200, 200]
    assert FieldRecord.objects.count() == 2


def test_another_record_under_a_known_key_is_told(client, now):
    row = inspection()
    client.force_login(member(row))
    given = posted(row, member(row))
    client.post(address(row), given)
    response = client.post(address(row), given | {"words": "另一件事。"})
    assert response.context["form"].non_field_errors()
    assert FieldRecord.objects.count() == 1


def test_a_key_of_somebody_else_opens_nothing():
    row = inspection()
    key = record(row).key
    with pytest.raises(actions.KeyTaken):
        record(row, key=key, by=row.members.order_by("pk")[1].user)


@pytest.mark.django_db(transaction=True)
def test_the_same_key_twice_at_once_is_kept_once():
    row, key = inspection(), uuid.uuid4()
    first, second = at_once(*[lambda: record(row, key=key, to_case=True)] * 2)
    assert first == second
    assert (FieldRecord.objects.count(), Complaint.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_closing_and_recording_at_once_lose_nothing():
    row = inspection(manner="covert")
    record(row)
    at_once(lambda: actions.close_inspection(row, by=row.ordered_by, at=MONDAY), lambda: record(row, to_case=True))
    assert FieldRecord.objects.count() == 2
    assert Complaint.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_record_becomes_a_case_once_however_many_click():
    kept, people = record(inspection()), [officer(), officer()]
    results = at_once(*[lambda by=by: actions.make_case(kept, by=by, at=MONDAY) for by in people])
    assert sum(isinstance(one, actions.NotForTheDesk) for one in results) == 1
    assert Complaint.objects.count() == 1


def test_what_somebody_else_entered_on_this_phone_is_not_taken(client, now):
    row = inspection()
    first, second = (one.user for one in row.members.order_by("pk"))
    client.force_login(second)
    assert client.post(address(row), posted(row, first), headers=SCRIPT).status_code == 422
    assert not FieldRecord.objects.exists()


@pytest.mark.parametrize("who", ["orderer", "officer", "other supervisor"])
def test_only_who_goes_along_records(client, now, who):
    row = inspection()
    user = {"orderer": row.ordered_by, "officer": officer(), "other supervisor": supervisor()}[who]
    client.force_login(user)
    assert client.post(address(row), posted(row, user)).status_code == 404
    with pytest.raises(actions.NotYourRecord):
        record(row, by=user)


def test_what_waited_on_a_phone_is_taken_after_the_closing_too(client, now):
    row = inspection()
    record(row)
    actions.close_inspection(row, by=row.ordered_by, at=MONDAY)
    client.force_login(member(row))
    assert client.get(address(row)).status_code == 404
    assert client.post(address(row), posted(row, member(row)), headers=SCRIPT).status_code == 200


def test_the_phones_time_is_kept_but_never_one_to_come(client, now):
    row = inspection()
    client.force_login(member(row))
    for made_at in ("2026-09-14T01:30:00.000Z", "2099-01-01T00:00:00.000Z"):
        client.post(address(row), posted(row, member(row), made_at=made_at), headers=SCRIPT)
    assert [one.seen_at for one in FieldRecord.objects.order_by("pk")] == [MONDAY - timedelta(minutes=30), MONDAY]


def test_a_position_is_kept_coarsely_and_never_needed(client, now):
    row = inspection()
    client.force_login(member(row))
    client.post(address(row), posted(row, member(row), latitude="28.123456", longitude="113.98765"), headers=SCRIPT)
    client.post(address(row), posted(row, member(row), latitude="28.1"), headers=SCRIPT)
    whole, half = FieldRecord.objects.order_by("pk")
    assert (whole.latitude, whole.longitude) == (Decimal("28.123"), Decimal("113.988"))
    assert (half.latitude, half.longitude) == (None, None)


@pytest.mark.parametrize(("manner", "channel"), [("open", "open_inspection"), ("covert", "covert_visit")])
def test_a_record_becomes_a_case_at_the_desk(manner, channel):
    row = inspection(manner=manner)
    kept = record(row)
    if manner == "covert":
        with pytest.raises(actions.NotForTheDesk):
            actions.make_case(kept, by=row.ordered_by, at=MONDAY)
    actions.close_inspection(row, by=row.ordered_by, at=MONDAY)
    actions.make_case(kept, by=officer(), at=MONDAY)
    case = Case.objects.get()
    assert (case.channel, case.status, case.category, case.kinds) == (channel, "triage", 6, ["report"])


def test_pictures_go_along_as_evidence(client, now):
    row = inspection()
    client.force_login(member(row))
    client.post(address(row), posted(row, member(row), follows="case", pictures=[picture()]), headers=SCRIPT)
    assert Evidence.objects.get().file == RecordPicture.objects.get().file


def test_a_covert_visit_tells_the_desk_only_when_it_is_done():
    row = inspection(manner="covert")
    record(row, to_case=True)
    assert not Complaint.objects.exists()
    actions.close_inspection(row, by=row.ordered_by, at=MONDAY)
    assert Complaint.objects.get().channel == "covert_visit"


def test_what_was_put_right_on_the_spot_is_no_case():
    with pytest.raises(actions.NotForTheDesk):
        actions.make_case(record(inspection(), state="corrected"), by=officer(), at=MONDAY)


@pytest.mark.parametrize(("later", "state"), [("clean", "resolved"), ("open", "persists")])
def test_looking_again_closes_the_loop(later, state):
    first = inspection()
    earlier = record(first)
    again = inspection(agencies=list(first.agencies.all()))
    words: dict[str, Any] = {"words": "", "category": 0, "behaviours": (), "severity": ""} if later == "clean" else {}
    record(again, state=later, earlier=earlier, to_case=later == "open", **words)
    earlier.refresh_from_db()
    assert earlier.state == state
    assert Case.objects.count() == (later == "open")


def test_an_earlier_record_of_a_covert_visit_under_way_is_not_offered():
    hidden = inspection(manner="covert")
    record(hidden)
    again = inspection(agencies=list(hidden.agencies.all()))
    from supervisors.inspecting.reading import earlier_records

    assert not earlier_records(again, member(again)).exists()
    actions.close_inspection(hidden, by=hidden.ordered_by, at=MONDAY)
    assert earlier_records(again, member(again)).count() == 1


def test_an_earlier_record_about_another_agency_is_refused():
    with pytest.raises(actions.NotOfThisInspection):
        record(inspection(), earlier=record(inspection()))


def test_an_agency_that_is_not_on_the_plan_is_refused():
    with pytest.raises(actions.NotOfThisInspection):
        record(inspection(), agency=plan().agencies[0])


def test_pictures_are_seen_by_who_sees_the_record(client, now):
    row = inspection(manner="covert")
    client.force_login(member(row))
    client.post(address(row), posted(row, member(row), pictures=[picture()]), headers=SCRIPT)
    kept = RecordPicture.objects.get()
    page = reverse("supervisors:record_picture", args=[kept.record_id, kept.file_id])
    assert client.get(page).headers["Content-Type"] == "image/png"
    for user in (officer(), office_leader(), supervisor()):
        client.force_login(user)
        assert client.get(page).status_code == 404


def test_the_log_holds_no_words():
    row = inspection()
    record(row)
    assert "窗口" not in str([event.facts for event in Event.objects.filter(subject=row.subject)])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_can_be_read(client, now, language):
    client.cookies["django_language"] = language
    row = inspection()
    record(row, to_case=True)
    client.force_login(row.ordered_by)
    names: list[tuple[str, list[Any]]] = [
        ("inspections", []),
        ("inspection_new", []),
        ("inspection", [row.pk]),
        ("inspection_call_off", [row.pk]),
    ]
    for name, args in [*names, ("checklists", []), ("checklist", [Theme.objects.all()[0].pk]), ("field", [])]:
        page = client.get(reverse(f"supervisors:{name}", args=args))
        assert page.status_code == 200, name
    client.force_login(member(row))
    for path in (reverse("supervisors:field"), address(row)):
        page = client.get(path)
        assert page.headers["X-Field-User"] == str(member(row).pk)
        assert "geolocation=(self)" in page.headers["Permissions-Policy"]


def test_the_phone_is_told_who_is_signed_in(client):
    user = supervisor()
    client.force_login(user)
    answer = client.get(reverse("supervisors:field_who")).json()
    assert answer["user"] == user.pk
    assert answer["token"]


def test_the_worker_sees_the_field_alone(client):
    client.force_login(supervisor())
    response = client.get(reverse("supervisors:field_worker"))
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in response.headers
    assert "no-store" in response.headers["Cache-Control"]


def test_an_inspection_costs_the_same_however_much_was_recorded(client, now, django_assert_num_queries):
    row = inspection()
    record(row, to_case=True)
    client.force_login(row.ordered_by)
    page = reverse("supervisors:inspection", args=[row.pk])
    client.get(page)
    for _more in range(3):
        record(row, to_case=True)
    with django_assert_num_queries(11):
        assert len(client.get(page).context["page"].lines) == 4
