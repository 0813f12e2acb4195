"""More time: asked for before the limit runs out, decided by another person, told to the complainant."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from agencies.models import Post
from cases import actions, tracking
from cases.extending import NoMoreTime, TooLong
from cases.models import Extension
from cases.timing.reading import timing_for_agency
from cases.workflow import Status, Step
from core.clock import SHANGHAI
from core.models import DeadlinePolicy, Event, Notice
from tests.factories import (
    MONDAY,
    NAME,
    SUMMARY,
    case_at,
    give_back,
    handler_of,
    holder,
    office_leader,
    officer,
    staffed_agency,
    the_assignment,
    the_complaint,
)

from .test_races import at_once

pytestmark = pytest.mark.django_db
REASON = "鉴定机构的报告下月才能出具。"
LATER = MONDAY + timedelta(days=3)


def with_agency():
    """A case with an agency; its finish limit counts from Monday 14 September, 30 days, to 14 October."""
    return case_at(Status.RECEIVED)


def limit_of(case):
    return case.deadlines.get(step=Step.FINISH)


def ask(case, *, length=15, at=LATER, reason=REASON, by=None):
    assignment = the_assignment(case)
    by = by or holder(assignment.agency)
    return actions.ask_extension(assignment, by=by, version=None, length=length, reason=reason, progress="已送检。", at=at)


def ask_own(case, *, reason=REASON, by=None):
    by = by or handler_of(case)
    return actions.ask_own_extension(case, by=by, version=None, length=10, reason=reason, progress="已约谈。", at=LATER)


def decide(row, *, approve=True, by=None, note="", at=LATER):
    return actions.decide_extension(row, by=by or office_leader(), approve=approve, note=note, at=at)


def test_given_time_moves_the_unrolled_limit_and_rolls_last():
    case = with_agency()
    assert limit_of(case).due_on == date(2026, 10, 14)
    row = decide(ask(case, length=10))  # 24 October is a Saturday
    assert (row.old_due_on, row.new_due_on) == (date(2026, 10, 14), date(2026, 10, 26))
    case.refresh_from_db()
    assert limit_of(case).due_on == case.due_on == date(2026, 10, 26)
    assert limit_of(case).explanation["unrolled_on"] == "2026-10-24"


def test_asking_changes_nothing_yet():
    case = with_agency()
    ask(case)
    assert limit_of(case).due_on == date(2026, 10, 14)
    assert [event.type for event in Event.objects.of(case.subject)][-1] == "case.extension_asked"


def test_refused_time_moves_nothing_and_may_be_asked_again():
    case = with_agency()
    decide(ask(case), approve=False, note="理由不充分。")
    assert limit_of(case).due_on == date(2026, 10, 14)
    assert ask(case).decision == ""


def test_both_days_are_kept_in_the_history():
    case = with_agency()
    decide(ask(case))
    event = Event.objects.of(case.subject).get(type="case.extended")
    assert (event.facts["old"], event.facts["due_on"]) == ("2026-10-14", "2026-10-29")
    assert REASON not in str(event.facts)


def test_the_next_reminder_follows_the_new_day():
    case = with_agency()
    decide(ask(case))  # to 29 October; five working days before is the 22nd
    assert limit_of(case).next_reminder_at == datetime(2026, 10, 22, 8, 30, tzinfo=SHANGHAI)


def test_nobody_decides_on_his_own_request():
    case = case_at(Status.HANDLING, own=True)
    both = handler_of(case)
    both.roles = [*both.roles, "office_leader"]
    both.save()
    with pytest.raises(PermissionDenied):
        decide(ask_own(case), by=both)


def test_an_officer_decides_nothing():
    with pytest.raises(PermissionDenied):
        decide(ask(with_agency()), by=officer())


def test_only_the_lead_agencys_liaison_officer_asks():
    case = with_agency()
    for stranger in (holder(staffed_agency()), holder(case.agency, Post.Kind.PRINCIPAL), officer()):
        with pytest.raises(PermissionDenied):
            ask(case, by=stranger)


def test_an_agency_that_no_longer_has_the_case_does_not_ask():
    case = with_agency()
    lead, by = the_assignment(case), holder(case.agency)
    give_back(case, at=LATER)
    with pytest.raises(PermissionDenied):
        ask(case, by=by)
    dispatch = actions.Dispatch(staffed_agency(), SUMMARY)
    actions.assign_again(case, by=officer(), version=None, dispatch=dispatch, at=LATER)
    with pytest.raises(actions.AssignmentOver):
        actions.ask_extension(lead, by=by, version=None, length=5, reason="鉴定。", progress="已送检。", at=LATER)


def test_after_expiry_it_is_too_late():
    case = with_agency()
    limit = limit_of(case)
    assert ask(case, at=limit.due_at - timedelta(seconds=1)).pk
    Extension.objects.all().delete()
    with pytest.raises(NoMoreTime, match="已经到期"):
        ask(case, at=limit.due_at)


def test_one_request_at_a_time():
    case = with_agency()
    ask(case)
    with pytest.raises(NoMoreTime, match="正在审批"):
        ask(case)


def test_no_more_often_than_the_policy_allows():
    case = with_agency()
    decide(ask(case))
    with pytest.raises(NoMoreTime, match="最多延长 1 次"):
        ask(case)


def test_no_longer_than_the_policy_allows():
    with pytest.raises(TooLong, match="1 至 30"):
        ask(with_agency(), length=31)


def test_a_policy_may_forbid_it():
    case = with_agency()
    DeadlinePolicy.objects.filter(step=Step.FINISH).update(extensions=0)
    with pytest.raises(NoMoreTime, match="不得延长"):
        ask(case)


def test_a_closed_limit_needs_no_more_time():
    case = with_agency()
    row = ask(case)
    words = {"facts_found": "属实。", "measures": "已办。"}
    actions.report(the_assignment(case), by=holder(case.agency), version=None, finding="upheld", at=LATER, **words)
    with pytest.raises(NoMoreTime, match="已经办完"):
        decide(row)
    with pytest.raises(NoMoreTime, match="没有可以延长"):
        ask(case)


def test_a_decision_may_come_after_expiry_when_it_was_asked_for_before():
    case = with_agency()
    row = ask(case, at=limit_of(case).due_at - timedelta(hours=1))
    decide(row, at=limit_of(case).due_at + timedelta(hours=12))
    assert limit_of(case).due_on == date(2026, 10, 29)


def test_a_decision_is_taken_once():
    row = ask(with_agency())
    decide(row)
    with pytest.raises(actions.ExtensionDecided):
        decide(row, approve=False, note="不同意。")


def test_the_handler_is_refused_a_reason_that_names_the_complainant():
    case = case_at(Status.HANDLING, own=True)
    with pytest.raises(actions.ReasonNamesSomebody):
        ask_own(case, reason=f"{NAME}还没有补材料。")
    assert not Extension.objects.exists()


def test_the_agency_cannot_try_out_names():
    case = with_agency()
    row = ask(case, reason=f"{NAME}还没有补材料。")
    with pytest.raises(actions.ReasonNamesSomebody):
        decide(row)
    assert limit_of(case).due_on == date(2026, 10, 14)


def test_leaders_are_asked_and_who_asked_is_told():
    leader = office_leader()
    case = with_agency()
    row = ask(case)
    assert Notice.objects.filter(template="cases/extension_asked").values_list("recipient_id", flat=True).get() == str(leader.pk)
    decide(row, by=leader)
    told = Notice.objects.get(template="cases/extension_approved", recipient_id=str(holder(case.agency).pk))
    assert told.facts["path"] == f"/staff/assignments/{the_assignment(case).pk}/"


def test_the_complainant_is_told_the_day_and_never_the_matter():
    decide(ask(with_agency()))
    notice = Notice.objects.get(template="cases/extended_to_complainant")
    assert notice.facts.keys() == {"number", "due_on"}
    assert notice.facts["due_on"] == "2026-10-29"


def test_the_tracking_page_gives_reason_and_new_day():
    case = with_agency()
    decide(ask(case))
    told = tracking.progress(the_complaint(case))
    entry = next(one for one in told.timeline if "延长" in one.title)
    assert (entry.text, "10 月 29 日" in entry.title) == (REASON, True)
    assert told.deadline
    assert told.deadline.due_on == date(2026, 10, 29)


def test_the_sum_says_it():
    case = with_agency()
    decide(ask(case))
    assert limit_of(case).explanation["extended_by"] == 15


def test_the_calendar_counts_an_extended_limit_with_its_extension():
    case = with_agency()
    decide(ask(case))
    assert actions.recount_open_limits(LATER, "system") == 0
    assert limit_of(case).due_on == date(2026, 10, 29)


@pytest.mark.django_db(transaction=True)
def test_two_leaders_decide_at_once():
    case, first, second = with_agency(), office_leader(), office_leader()
    row = ask(case)
    results = at_once(
        lambda: actions.decide_extension(row, by=first, approve=True, at=LATER),
        lambda: actions.decide_extension(row, by=second, approve=True, at=LATER),
    )
    assert sum(isinstance(result, actions.ExtensionDecided) for result in results) == 1
    assert limit_of(case).extended_by == 15


@pytest.mark.django_db(transaction=True)
def test_a_double_click_asks_once():
    case = with_agency()
    results = at_once(lambda: ask(case), lambda: ask(case))
    assert sum(isinstance(result, NoMoreTime) for result in results) == 1
    assert Extension.objects.count() == 1


def page(client, user, path, data=None):
    client.force_login(user)
    return client.post(path, data) if data is not None else client.get(path)


def test_the_agency_asks_on_its_page(client, monkeypatch):
    monkeypatch.setattr("core.clock.now", lambda: LATER)
    case = with_agency()
    pk = the_assignment(case).pk
    assert f"/staff/assignments/{pk}/extend/" in page(client, holder(case.agency), f"/staff/assignments/{pk}/").content.decode()
    data = {"version": case.version, "length": "15", "reason": REASON, "progress": "已送检。"}
    response = page(client, holder(case.agency), f"/staff/assignments/{pk}/extend/", data)
    assert (response.headers["Location"], Extension.objects.get().length) == (f"/staff/assignments/{pk}/", 15)


def test_what_was_typed_stays_when_it_is_refused(client, monkeypatch):
    monkeypatch.setattr("core.clock.now", lambda: LATER)
    case = with_agency()
    data = {"version": case.version, "length": "99", "reason": REASON, "progress": "已送检。"}
    html = page(client, holder(case.agency), f"/staff/assignments/{the_assignment(case).pk}/extend/", data).content.decode()
    assert REASON in html
    assert "1 至 30" in html


def test_a_leader_decides_on_a_page(client, monkeypatch):
    monkeypatch.setattr("core.clock.now", lambda: LATER)
    case, leader = with_agency(), office_leader()
    row = ask(case)
    html = page(client, leader, f"/staff/extensions/{row.pk}/").content.decode()
    assert REASON in html
    assert "10 月 29 日" in html
    refused = page(client, leader, f"/staff/extensions/{row.pk}/", {"decision": "refused", "note": ""})
    assert refused.status_code == 200
    page(client, leader, f"/staff/extensions/{row.pk}/", {"decision": "approved", "note": ""})
    assert limit_of(case).due_on == date(2026, 10, 29)
    assert page(client, leader, f"/staff/extensions/{row.pk}/").status_code == 302


def test_the_case_page_offers_the_decision_to_leaders_only(client, monkeypatch):
    monkeypatch.setattr("core.clock.now", lambda: LATER)
    case, leader = with_agency(), office_leader()
    path = f"/staff/extensions/{ask(case).pk}/"
    assert path in page(client, leader, f"/staff/cases/{case.pk}/").content.decode()
    assert path not in page(client, handler_of(case), f"/staff/cases/{case.pk}/").content.decode()
    assert page(client, handler_of(case), path).status_code == 404


def test_a_leader_with_a_post_in_the_agency_sees_no_request_of_it(client):
    case, leader = with_agency(), office_leader()
    row = ask(case)
    leader.roles = ["office_leader", "agency_leader"]
    leader.save()
    case.agency.posts.filter(kind=Post.Kind.LEADER_IN_CHARGE).update(user=leader)
    assert page(client, leader, f"/staff/extensions/{row.pk}/").status_code == 404


def test_an_agency_reads_no_request_of_the_agency_before_it():
    case = with_agency()
    ask(case)
    assignment = the_assignment(case)
    assignment.assigned_at = LATER + timedelta(hours=1)
    assignment.save()
    assert timing_for_agency(assignment, holder(case.agency)).asked == []


def test_the_database_refuses_who_asked_as_who_decides():
    row = ask(with_agency())
    with pytest.raises(Exception, match="extension_two_people"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_extension SET decision='refused', decision_note='x', decided_at=now(), decided_by_id=asked_by_id"
            " WHERE id=%s",
            [row.pk],
        )
