"""Confirming who filed: a call or a visit is noted once; who denies is nobody here from then on, and stays masked."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from cases import actions, redaction, tracking, unmasking
from cases.models import Case
from cases.workflow import Status
from complaints import actions as complaint_actions
from complaints import addresses, passes
from complaints.identifying import to_confirm
from complaints.models import Complaint, Disclosure, Identity, IdentityCheck
from complaints.purposes import Purpose
from complaints.reading import looks, masked_filer
from complaints.tracking import page_of as tracking_page
from complaints.units import unit_of
from core import clock
from core.models import Event, Notice
from tests.cases.test_pages import page_of, text_of
from tests.cases.test_races import at_once
from tests.complaints.helping import clerk
from tests.factories import (
    MONDAY,
    NAME,
    PHONE,
    ask_unmasking,
    case_at,
    consent,
    filer,
    handler_of,
    new_case,
    office_leader,
    officer,
    the_complaint,
)

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


def note(case, *, by=None, level="in_person", confirmed=True, seen=0, at=LATER):
    by = by or case.handler or officer()
    actions.note_identity(case, complaint=the_complaint(case), level=level, confirmed=confirmed, seen=seen, by=by, at=at)
    return Complaint.objects.for_detail().get(case_link__case=case)


def denied(case, **fields):
    return note(case, confirmed=False, **fields)


def test_a_visit_is_confirmed_and_recorded():
    by = officer()
    complaint = note(new_case(), by=by)
    assert complaint.complainant
    assert (complaint.complainant.verification, complaint.complainant.verified_at) == ("in_person", LATER)
    check = IdentityCheck.objects.get()
    assert (check.level, check.confirmed, check.checked_by, check.checked_at) == ("in_person", True, by, LATER)
    assert Event.objects.get(type="complaint.identity_confirmed").facts == {"way": "in_person"}


def test_a_call_counts_only_after_the_number_was_shown_for_it():
    case, by = new_case(), officer()
    actions.reveal_phone(case, by=by, purpose="facts", at=MONDAY)
    with pytest.raises(actions.NotCalled):
        note(case, by=by, level="call_back")
    actions.reveal_phone(case, by=by, purpose="identity", at=MONDAY)
    with pytest.raises(actions.NotCalled):
        note(case, by=officer(), level="call_back")
    assert note(case, by=by, level="call_back").complainant.verification == "call_back"


def test_a_weaker_check_takes_nothing_away():
    case, by = new_case(), officer()
    note(case, by=by)
    actions.reveal_phone(case, by=by, purpose="identity", at=MONDAY)
    assert note(case, by=by, level="call_back", seen=1).complainant.verification == "in_person"
    assert IdentityCheck.objects.count() == 2


def test_who_denies_turns_it_anonymous_for_good():
    complaint = denied(new_case())
    assert (complaint.identity, complaint.denied_at) == (Identity.ANONYMOUS, LATER)
    assert [complaint.notify_sms, complaint.notify_email] == [False, False]
    assert masked_filer(complaint) is None
    assert to_confirm(complaint) is None
    assert Event.objects.filter(type="complaint.identity_denied").exists()
    with pytest.raises(actions.CheckedMeanwhile):
        note(Case.objects.get(), seen=1)


def test_who_denies_is_neither_called_nor_named():
    case, by = new_case(), officer()
    denied(case, by=by)
    with pytest.raises(actions.NobodyToCall):
        actions.reveal_phone(case, by=by, purpose="facts", at=LATER)
    with pytest.raises(actions.NothingToUnmask):
        ask_unmasking(case, by=by)
    with pytest.raises(complaint_actions.NothingToReveal):
        complaint_actions.reveal(the_complaint(case), "name", by=by, purpose=Purpose.LETTER, at=LATER)


def test_open_requests_to_see_the_name_end():
    case = new_case()
    waiting, granted = ask_unmasking(case), ask_unmasking(case, by=officer())
    actions.decide_unmasking(granted, decision="approved", note="", by=office_leader(), at=LATER)
    denied(case)
    waiting.refresh_from_db()
    assert not unmasking.is_waiting(waiting)
    with pytest.raises(actions.UnmaskingOver):
        actions.show_unmasked(granted, by=granted.requested_by, at=LATER)


def test_consent_ends_with_the_denial():
    case = new_case()
    given = consent(the_complaint(case), Disclosure.NAME)
    denied(case)
    given.refresh_from_db()
    assert given.revoked_at == LATER


def test_no_message_leaves_for_who_denied():
    case = new_case()
    waiting = Notice.objects.get(recipient_kind="complainant")
    denied(case)
    with pytest.raises(LookupError):
        addresses.address_of_complainant(waiting.recipient_id)
    actions.accept(case, by=officer(), version=None, ruling=actions.Ruling(4), at=LATER)
    assert Notice.objects.filter(recipient_kind="complainant").count() == 1


def test_the_name_of_who_denied_stays_hidden():
    case = new_case()
    complaint = denied(case)
    assert redaction.identity_in(f"{NAME} 反映退件。", case, ()) != []
    assert NAME not in redaction.masked_words(complaint)
    message = complaint_actions.write(complaint, f"我不是{NAME}。", token="a", at=LATER)
    assert NAME not in message.text_copy


def test_tracking_shows_nothing_of_who_denied():
    case, by = new_case(), officer()
    actions.reveal_phone(case, by=by, purpose="identity", at=MONDAY)
    complaint = denied(case, by=by, level="call_back")
    assert looks(complaint) != []  # the log keeps them
    assert tracking_page(complaint)["looks"] == []
    assert "转为匿名件" in [entry.title for entry in tracking.progress(complaint).timeline]


def test_tracking_page_of_who_denied_names_nobody(client, settings):
    complaint = denied(new_case())
    session = client.session
    passes.open_complaint(session, complaint, at=clock.now())
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    page = client.get(f"/complaints/track/{complaint.number}/").content.decode()
    assert "按匿名继续办理" in page
    assert [word for word in ("谁看过", "139****1234", "甲**") if word in page] == []


def test_who_deals_with_the_case_is_told_but_not_who_noted_it():
    case, by, other = new_case(), officer(), officer()
    denied(case, by=by)
    told = Notice.objects.filter(template="cases/identity_denied")
    assert {notice.recipient_id for notice in told} == {str(other.pk)}
    assert NAME not in str([notice.facts for notice in told])


def test_a_helper_unit_follows_no_longer_what_its_contact_denies():
    by = clerk()
    case = new_case(channel="helper_unit", filed_by=by, filed_by_unit=unit_of(by))
    complaint = denied(case)
    assert (complaint.filed_by_unit, complaint.filed_by) == (None, by)
    assert not Complaint.objects.visible_to(by).exists()
    assert Notice.objects.get(template="cases/filing_moved").facts["what"] == "denied"


def test_a_denied_number_has_filed_nothing(client):
    denied(new_case())
    page = text_of(client, f"/staff/cases/{new_case().pk}/", user=officer())
    assert "这个号码" not in page


def test_only_who_may_call_notes_it(client):
    case = case_at(Status.HANDLING, own=True)
    path = f"/staff/cases/{case.pk}/identity/{the_complaint(case).pk}/"
    assert page_of(client, path, user=officer()).status_code == 404
    assert page_of(client, path, user=handler_of(case)).status_code == 200
    with pytest.raises(PermissionDenied):
        note(case, by=officer())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_from_the_call_to_the_note_by_forms_alone(client, language):
    client.cookies["django_language"] = language
    case, by = new_case(), officer()
    path = f"/staff/cases/{case.pk}/identity/{the_complaint(case).pk}/"
    assert path in text_of(client, f"/staff/cases/{case.pk}/", user=by)
    page_of(client, f"/staff/cases/{case.pk}/phone/", {"purpose": "identity"}, user=by)
    form = page_of(client, path, user=by).context["form"]
    assert form["level"].value() == "call_back"
    said = {"seen": form["seen"].value(), "level": "call_back", "outcome": "denied"}
    assert page_of(client, path, said, user=by)["Location"] == f"/staff/cases/{case.pk}/"
    page = text_of(client, f"/staff/cases/{case.pk}/", user=by)
    assert ("署名人否认提交" if language == "zh-hans" else "The person named denies having filed") in page
    assert "甲**" not in page
    assert page_of(client, path, user=by)["Location"] == f"/staff/cases/{case.pk}/"


@pytest.mark.parametrize(
    "wrong", [{"level": ""}, {"outcome": ""}, {"level": "phone"}, {"outcome": "perhaps"}, {"seen": "x"}, {"seen": ""}]
)
def test_what_makes_no_sense_notes_nothing(client, wrong):
    case = new_case()
    path = f"/staff/cases/{case.pk}/identity/{the_complaint(case).pk}/"
    sent = {"seen": "0", "level": "in_person", "outcome": "denied"} | wrong
    assert page_of(client, path, sent, user=officer()).status_code == 200
    assert not IdentityCheck.objects.exists()


def test_where_no_number_is_only_a_visit_can_be_noted(client):
    case = new_case(filer=filer(phone=""))
    form = page_of(client, f"/staff/cases/{case.pk}/identity/{the_complaint(case).pk}/", user=officer()).context["form"]
    assert [code for code, _words in form.fields["level"].choices] == ["in_person"]


@pytest.mark.parametrize("name", ["another", "anonymous"])
def test_nobody_to_confirm_is_not_found(client, name):
    case = new_case(filer=None, notify_sms=False, notify_email=False)
    other = new_case() if name == "another" else case
    path = f"/staff/cases/{case.pk}/identity/{the_complaint(other).pk}/"
    assert page_of(client, path, user=officer()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_one_wins_and_the_other_is_told():
    case, first, second = new_case(), officer(), officer()
    results = at_once(lambda: denied(case, by=first), lambda: note(case, by=second))
    assert [type(one) for one in results if isinstance(one, Exception)] == [actions.CheckedMeanwhile]
    check = IdentityCheck.objects.get()
    assert (the_complaint(case).denied_at is None) is check.confirmed


def test_what_is_on_file_stands_on_the_case_page(client):
    case = new_case(filer=filer(address="示例路 1 号"))
    page = text_of(client, f"/staff/cases/{case.pk}/", user=officer())
    assert "已留地址" in page
    assert [word for word in ("示例路", NAME, PHONE) if word in page] == []
