"""Discipline matters go to the body in charge; what the office keeps all the same, it keeps for a reason."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.roles import Role
from cases import actions, permissions, tracking
from cases.models import Case
from cases.reading import next_step
from cases.workflow import Status, TransitionNotAllowed
from complaints import actions as complaint_actions
from complaints.categories import BEHAVIOURS, DISCIPLINE_BEHAVIOURS, is_discipline
from core.models import Event, Notice
from tests.factories import (
    MONDAY,
    SUMMARY,
    UserFactory,
    case_at,
    co_handler,
    handler_of,
    holder,
    new_case,
    officer,
    returned_case,
    the_assignment,
    the_complaint,
)

from .test_pages import accepting, page_of
from .test_races import at_once, stale

pytestmark = pytest.mark.django_db
REASON = "反映收受财物，涉嫌违反廉洁纪律。"


def refer(case, *, by=None, version=None, body="discipline"):
    return actions.refer(case, by=by or officer(), version=version, body=body, reason=REASON, at=MONDAY)


@pytest.mark.parametrize(
    ("category", "behaviours", "discipline"),
    [(5, [], True), (4, ["4a"], False), (7, [], False), (7, ["7a"], False), (7, ["7b"], True), (7, ["7a", "7e"], True)],
)
def test_what_is_a_discipline_matter(category, behaviours, discipline):
    assert is_discipline(category, behaviours) is discipline
    assert BEHAVIOURS.keys() >= DISCIPLINE_BEHAVIOURS


def test_referral_ends_the_case_and_its_limits():
    case = refer(new_case(category=5))
    assert (case.status, case.referred_to, case.closed_at) == (Status.REFERRED, "discipline", MONDAY)
    assert not case.deadlines.open().exists()
    assert Event.objects.of(case.subject).get(type="case.referred").facts == {"body": "discipline"}


@pytest.mark.parametrize("status", [Status.DISPATCHED, Status.RECEIVED])
def test_the_agency_is_told_that_nothing_is_waited_for_and_not_why(status):
    case = case_at(status)
    refer(case)
    notice = Notice.objects.get(template="cases/ended")
    assert notice.recipient_id == str(holder(case.agency).pk)
    assert "discipline" not in str(notice.facts)


def test_the_agency_reads_nowhere_that_it_was_referred(client):
    case = case_at(Status.RECEIVED)
    lead, user, version = the_assignment(case), holder(case.agency), case.version
    refer(case)
    given = {"version": version, "finding": "upheld", "facts_found": "属实。", "measures": "已补办。"}
    pages = [page_of(client, path, user=user) for path in ("/staff/assignments/", f"/staff/assignments/{lead.pk}/")]
    pages.append(page_of(client, f"/staff/assignments/{lead.pk}/receive/", {"version": version}, user=user))
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "页面已过时" in pages[-1].content.decode()
    assert not [page for page in pages if "移送" in page.content.decode()]
    for path in ("report", "give-back", "extend"):
        assert page_of(client, f"/staff/assignments/{lead.pk}/{path}/", given, user=user).status_code == 404


def test_a_helping_agency_is_told_too():
    case = case_at(Status.RECEIVED)
    row = co_handler(case)
    refer(case)
    told = set(Notice.objects.filter(template="cases/ended").values_list("recipient_id", flat=True))
    assert told == {str(holder(case.agency).pk), str(holder(row.agency).pk)}


def test_referral_settles_what_was_given_back():
    case = returned_case()
    by = officer()
    refer(case, by=by)
    row = case.assignments.get().returns.get()
    assert not case.assignments.current().exists()
    assert (row.decision, row.decided_by) == ("accepted", by)


def test_the_handler_refers_in_the_middle():
    case = case_at(Status.HANDLING, own=True)
    refer(case, by=handler_of(case))
    case.refresh_from_db()
    assert case.status == Status.REFERRED


@pytest.mark.parametrize("status", [Status.REPORTED, Status.REPLIED, Status.CLOSED])
def test_what_is_reported_or_over_is_not_referred(status):
    with pytest.raises(TransitionNotAllowed):
        refer(case_at(status))


def test_another_body_does_not_exist():
    with pytest.raises(actions.NowhereToRefer):
        refer(new_case(category=5), body="newspaper")


@pytest.mark.parametrize("role", Role)
def test_only_officers_and_the_handler_refer(role):
    case, user = case_at(Status.TRIAGE, category=5), UserFactory.create(roles=[role])
    assert permissions.can_refer(user, case) is (role == Role.OFFICER)
    if role != Role.OFFICER:
        with pytest.raises(PermissionDenied):
            refer(case, by=user)


def test_the_complainant_reads_where_it_went_and_never_why():
    case = new_case(category=5)
    refer(case)
    told = tracking.progress(the_complaint(case))
    assert "纪委监委" in told.lead
    assert REASON not in str(told)
    assert told.stages[-1].label == "已移送"
    assert Notice.objects.filter(template="cases/referred_to_complainant").count() == 1


def test_a_withdrawn_discipline_matter_can_still_be_referred():
    case = new_case(category=5)
    complaint_actions.withdraw(the_complaint(case), "", at=MONDAY)
    assert refer(case).status == Status.REFERRED


def test_a_discipline_matter_is_not_accepted_without_a_reason():
    case = new_case(category=5)
    with pytest.raises(actions.KeptWithoutReason):
        actions.accept(case, by=officer(), version=None, ruling=actions.Ruling(5), at=MONDAY)
    with pytest.raises(actions.KeptWithoutReason):  # nor by sorting it elsewhere
        actions.accept(case, by=officer(), version=None, ruling=actions.Ruling(4), at=MONDAY)
    with pytest.raises(actions.KeptWithoutReason):  # nor what turns out to be one
        actions.accept(new_case(), by=officer(), version=None, ruling=actions.Ruling(7, ("7e",)), at=MONDAY)


def test_the_reason_for_keeping_stays_on_the_case_and_out_of_the_log():
    case = new_case(category=5)
    ruling = actions.Ruling(5, kept_because="仅反映服务态度，不涉及财物。")
    actions.accept(case, by=officer(), version=None, ruling=ruling, at=MONDAY)
    case.refresh_from_db()
    event = Event.objects.of(case.subject).get(type="case.accepted")
    assert case.kept_because == "仅反映服务态度，不涉及财物。"
    assert event.facts["kept"] is True
    assert "服务态度" not in str(event.facts)


def test_an_ordinary_case_keeps_no_reason():
    case = new_case()
    actions.accept(case, by=officer(), version=None, ruling=actions.Ruling(4, kept_because="多余"), at=MONDAY)
    case.refresh_from_db()
    assert case.kept_because == ""


def test_the_panel_offers_referral_first_where_it_is_due():
    by = officer()
    first = next_step(new_case(category=5), by).acts[0]
    assert (first.url.endswith("/refer/"), first.primary) == (True, True)
    others = next_step(new_case(), by).acts
    assert [act.primary for act in others if act.url.endswith("/refer/")] == [False]
    assert others[0].url.endswith("/accept/")


def test_referring_on_a_page(client):
    case, by = new_case(category=5), officer()
    path = f"/staff/cases/{case.pk}/refer/"
    assert list(page_of(client, path, {"version": 1}, user=by).context["form"].errors) == ["body", "reason"]
    page_of(client, path, {"version": 1, "body": "police", "reason": REASON}, user=by)
    assert Case.objects.get().referred_to == "police"
    html = page_of(client, f"/staff/cases/{case.pk}/", user=by).content.decode()
    assert REASON in html


def test_the_page_of_acceptance_asks_why_and_keeps_what_was_typed(client):
    case, by = new_case(category=5), officer()
    path = f"/staff/cases/{case.pk}/accept/"
    assert "kept-shown" in page_of(client, path, user=by).content.decode()
    response = page_of(client, path, accepting(case, by, category="5", behaviours=["5c"]), user=by)
    assert list(response.context["form"].errors) == ["kept_because"]
    assert SUMMARY in response.content.decode()
    page_of(client, path, accepting(case, by, category="5", behaviours=["5c"], kept_because="先核实服务问题。"), user=by)
    assert Case.objects.get().kept_because == "先核实服务问题。"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_reads_in_both_languages(client, language):
    client.cookies["django_language"] = language
    case = new_case(category=5)
    assert page_of(client, f"/staff/cases/{case.pk}/refer/", user=officer()).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_referral_and_acceptance_at_once():
    case, first, second = new_case(), officer(), officer()
    results = at_once(
        lambda: refer(case, by=first, version=1),
        lambda: actions.accept(case, by=second, version=1, ruling=actions.Ruling(4), at=MONDAY),
    )
    case.refresh_from_db()
    assert len(stale(results)) == 1
    assert case.status in {Status.REFERRED, Status.HANDLING}
