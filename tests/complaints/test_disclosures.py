"""What an agency may learn: given until it is sent, taken back at any time, field by field or wholly."""

from datetime import timedelta

import pytest

from complaints import actions, ports
from complaints.models import Consent, Kind
from core.models import Event
from tests.factories import agency_of

from .citizen import HIDDEN
from .samples import AT, NAME, agency, filing
from .test_following import inside

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture
def agreed(upstairs):
    """A complaint whose filer agreed to name and phone, not sent yet."""
    upstairs.answer["may_disclose"] = True
    return actions.lodge(filing(agency=agency(), disclose=("name", "phone")), at=AT)


@pytest.fixture
def sent(agreed, upstairs):
    """The same, after the agency was told the name."""
    upstairs.answer |= {"may_disclose": False, "sent": [ports.Sent(agreed.agency_id, "示例局", ("name",), AT)]}
    return agreed


def path(complaint):
    return f"/complaints/track/{complaint.number}/disclosure/"


def decides(complaint, *fields, citizen=None, **more):
    """Tick these boxes on the page as it stands and send it."""
    citizen, prefix = citizen or inside(complaint), f"a{complaint.agency_id}"
    page = citizen.sees(path(complaint))
    seen = page.split(f'name="{prefix}-seen" value="')[1].split('"')[0] if f'name="{prefix}-seen" value="' in page else ""
    typed = {"for": str(complaint.agency_id), f"{prefix}-seen": seen, f"{prefix}-disclose": list(fields)}
    return citizen.client.post(path(complaint), typed | more)


def holds(complaint):
    return [consent.fields for consent in Consent.objects.filter(complaint=complaint, revoked_at=None)]


def test_one_field_is_taken_back(agreed, upstairs):
    decides(agreed, "phone")
    assert holds(agreed) == [["phone"]]
    assert Consent.objects.get(fields=["name", "phone"]).revoked_at is not None
    assert upstairs.consents == [["phone"]]


def test_everything_is_taken_back_with_one_button(agreed, upstairs):
    decides(agreed, "name", "phone", nothing="1")
    assert (holds(agreed), upstairs.consents) == ([], [[]])


def test_more_is_agreed_to_before_it_is_sent(agreed):
    decides(agreed, "name", "phone", "words")
    assert holds(agreed) == [["name", "phone", "words"]]


def test_the_form_says_what_the_agency_cannot_do_without_it(agreed):
    page = inside(agreed, "en").sees(path(agreed))
    assert "cannot look up your own file" in page


def test_what_was_sent_is_named_with_its_day_and_can_be_taken_back_for_the_future(sent):
    page = inside(sent, "en").sees(path(sent))
    assert [text for text in ("Sent on Friday 18 September, 10:24: My name.", "cannot be called back") if text not in page] == []
    decides(sent)
    assert holds(sent) == []


def test_after_sending_nothing_more_is_agreed_to(sent):
    assert 'value="words"' not in inside(sent).sees(path(sent))
    decides(sent, "name", "phone", "words")
    with pytest.raises(actions.ConsentRefused):
        actions.set_consent(sent, sent.agency, ["name", "phone", "words"], seen=["name", "phone"], at=LATER)
    assert holds(sent) == [["name", "phone"]]


def test_a_decision_without_a_change_changes_nothing(agreed, upstairs):
    decides(agreed, "name", "phone")
    assert (Consent.objects.count(), upstairs.consents) == (1, [])


def test_an_older_window_gives_back_nothing_that_was_taken(agreed):
    actions.set_consent(agreed, agreed.agency, [], seen=["name", "phone"], at=LATER)
    with pytest.raises(actions.ConsentChanged):
        actions.set_consent(agreed, agreed.agency, ["name"], seen=["name", "phone"], at=LATER)
    assert holds(agreed) == []


def test_older_window_is_told_to_look_again(agreed):
    citizen, prefix = inside(agreed), f"a{agreed.agency_id}"
    typed = {"for": str(agreed.agency_id), f"{prefix}-seen": "", f"{prefix}-disclose": ["words"]}
    response = citizen.client.post(path(agreed), typed, follow=True)
    assert "别的窗口" in response.content.decode()
    assert holds(agreed) == [["name", "phone"]]


@pytest.mark.parametrize("fields", [["salary"], ["name\x00"]])
def test_made_up_fields_are_refused(agreed, fields):
    assert decides(agreed, *fields).status_code == 200
    assert holds(agreed) == [["name", "phone"]]


def test_events_name_the_agency_and_the_fields_and_nobody(agreed):
    decides(agreed, "phone", "words")
    events = [(event.type, event.facts) for event in Event.objects.filter(type__startswith="complaint.disclosure").order_by("id")]
    where = {"agency": agreed.agency_id}
    assert events == [
        ("complaint.disclosure_given", where | {"fields": ["words"]}),
        ("complaint.disclosure_revoked", where | {"fields": ["name"]}),
    ]


def test_withdrawn_matter_agrees_to_nothing(agreed):
    actions.withdraw(agreed, "", at=LATER)
    assert holds(agreed) == []
    with pytest.raises(actions.ConsentRefused):
        actions.set_consent(agreed, agreed.agency, ["name"], seen=[], at=LATER)


@pytest.mark.parametrize("filed", [{"filer": None}, {"kind": Kind.REPORT}, {"kind": Kind.TIP}])
def test_reports_and_anonymous_matters_tell_nothing_ever(upstairs, filed):
    upstairs.answer["may_disclose"] = True
    matter = actions.lodge(filing(agency=agency(), **filed), at=AT)
    citizen = inside(matter)
    assert path(matter) not in citizen.sees(f"/complaints/track/{matter.number}/")
    assert "不会把您的身份告诉任何单位" in citizen.sees(path(matter))
    with pytest.raises(actions.ConsentRefused):
        actions.set_consent(matter, agency_of(matter), ["name"], seen=[], at=LATER)


def test_another_agency_cannot_be_agreed_to(agreed):
    other = agency("另一个局", "另局")
    with pytest.raises(actions.ConsentRefused):
        actions.set_consent(agreed, other, ["name"], seen=[], at=LATER)


def test_page_shows_the_name_nowhere(agreed):
    assert NAME not in inside(agreed).sees(path(agreed))
    assert HIDDEN.findall(inside(agreed).sees(path(agreed)))
