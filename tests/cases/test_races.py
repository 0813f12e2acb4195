"""Two people at once: one acts, the other is told what changed, and nothing is overwritten."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from cases import actions
from cases.models import Case, Report
from cases.redaction import still_disclosed
from cases.workflow import Status
from complaints import actions as complaint_actions
from complaints.models import Consent, Disclosure, Withdrawal
from core.models import Event
from tests.factories import (
    MONDAY,
    SUMMARY,
    agency_of,
    case_at,
    consent,
    handler_of,
    holder,
    new_case,
    office_leader,
    officer,
    the_assignment,
    the_complaint,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Start the acts at the same moment; returns what came of each: its result or its exception."""
    gate = Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            return act()
        except Exception as error:  # noqa: BLE001 the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


def stale(results):
    return [result for result in results if isinstance(result, actions.StalePage)]


def test_two_officers_accept_at_once():
    case, first, second = new_case(), officer(), officer()
    acts = [
        lambda by=by, category=category: actions.accept(case, by=by, version=1, ruling=actions.Ruling(category), at=MONDAY)
        for by, category in ((first, 1), (second, 2))
    ]
    results = at_once(*acts)
    winner = next(result for result in results if isinstance(result, Case))
    assert len(stale(results)) == 1
    case.refresh_from_db()
    assert (case.handler, case.category) == (winner.handler, winner.category)
    assert Event.objects.of(case.subject).filter(type="case.accepted").count() == 1


def test_approval_and_sending_back_at_once():
    case, first, second = case_at(Status.REPORTED), office_leader(), office_leader()
    results = at_once(
        lambda: actions.approve(case, by=first, version=case.version, reply="已经办好。", at=MONDAY),
        lambda: actions.send_back(case, by=second, version=case.version, reason="请补充。", at=MONDAY),
    )
    assert len(stale(results)) == 1
    case.refresh_from_db()
    assert (case.status, Report.objects.get().decision) in {(Status.REPLIED, "approved"), (Status.RECEIVED, "sent_back")}


def test_double_click_on_receipt_receives_once():
    case = case_at(Status.DISPATCHED)
    assignment = the_assignment(case)
    by = holder(case.agency)
    results = at_once(*[lambda: actions.receive(assignment, by=by, version=case.version, at=MONDAY)] * 2)
    assert len(stale(results)) == 1
    assert case.deadlines.filter(step="finish").count() == 1


def test_late_officer_is_told_what_happened():
    case = new_case()
    actions.accept(case, by=officer(), version=1, ruling=actions.Ruling(4), at=MONDAY)
    with pytest.raises(actions.StalePage, match="本办公室自办"):
        actions.decline(case, by=officer(), version=1, reason="不属于受理范围。", advice="other", advice_text="法院", at=MONDAY)


def test_withdrawal_and_acceptance_at_once():
    case, by = new_case(), officer()
    matter = the_complaint(case)
    results = at_once(
        lambda: complaint_actions.withdraw(matter, "", at=MONDAY),
        lambda: actions.accept(case, by=by, version=1, ruling=actions.Ruling(4), at=MONDAY),
    )
    case.refresh_from_db()
    ends = {(Status.WITHDRAWN, 1), (Status.HANDLING, 0)}  # who comes second is told, or noted
    assert (case.status, len(stale(results))) in ends
    assert case.withdrawn_at == MONDAY
    assert [result for result in results if isinstance(result, Exception) and not isinstance(result, actions.StalePage)] == []


def test_withdrawal_and_closing_at_once():
    case = case_at(Status.FOLLOWED_UP)
    matter, by = the_complaint(case), handler_of(case)
    results = at_once(
        lambda: complaint_actions.withdraw(matter, "", at=MONDAY),
        lambda: actions.close(case, by=by, version=case.version, reason="已说明。", at=MONDAY),
    )
    case.refresh_from_db()
    withdrawn = Withdrawal.objects.filter(complaint=matter).exists()
    assert (case.status == Status.CLOSED) is not withdrawn
    assert len([result for result in results if isinstance(result, Exception)]) == 1


def test_consent_taken_back_while_it_is_used():
    case, by = new_case(), officer()
    matter = the_complaint(case)
    consent(matter, Disclosure.NAME)
    dispatch = actions.Dispatch(agency=agency_of(matter), summary=SUMMARY, disclose=("name",))
    results = at_once(
        lambda: actions.accept(case, by=by, version=1, ruling=actions.Ruling(4), dispatch=dispatch, at=MONDAY),
        lambda: complaint_actions.set_consent(matter, agency_of(matter), [], seen=["name"], at=MONDAY),
    )
    assert not Consent.objects.filter(revoked_at=None).exists()
    happened = [event.type for event in Event.objects.order_by("id")]
    if isinstance(results[0], actions.NotConsented):  # it was taken back first, so nothing is sent
        assert "case.assigned" not in happened
    else:
        assert happened.index("case.assigned") < happened.index("complaint.disclosure_revoked")
        assert still_disclosed(the_assignment(case), matter) == []


def test_withdrawal_while_consent_is_used():
    case, by = new_case(), officer()
    matter = the_complaint(case)
    consent(matter, Disclosure.NAME)
    dispatch = actions.Dispatch(agency=agency_of(matter), summary=SUMMARY, disclose=("name",))
    results = at_once(
        lambda: actions.accept(case, by=by, version=1, ruling=actions.Ruling(4), dispatch=dispatch, at=MONDAY),
        lambda: complaint_actions.withdraw(matter, "", at=MONDAY),
    )
    assert [result for result in results if isinstance(result, Exception) and not isinstance(result, actions.StalePage)] == []
    assert not Consent.objects.filter(revoked_at=None).exists()
