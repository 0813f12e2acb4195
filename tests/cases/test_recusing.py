"""Recusal: the case is gone at once, in every list and by every address, and nothing more of it is told to the person."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.models import User
from accounts.roles import Role
from agencies.models import Post
from cases import actions, notifications, outbox, permissions
from cases.actions.reminding import recipients
from cases.models import Assignment, Case, Disposition, Extension, InvestigationRecord, Rectification, Recusal, Review, Unmasking
from cases.querysets import recused_from
from cases.queue import Queue
from cases.unmasking import is_granted
from cases.workflow import Status
from complaints import actions as complaint_actions
from core.models import Delivery, Event, Notice
from tests.factories import (
    MONDAY,
    NARRATIVE,
    PostFactory,
    UserFactory,
    agency_of,
    ask_unmasking,
    case_at,
    disposition,
    handler_of,
    holder,
    investigation,
    merged,
    new_case,
    office_leader,
    officer,
    rectification,
    the_assignment,
    the_complaint,
)

from .test_races import at_once

pytestmark = pytest.mark.django_db


def declare(case, by, at=MONDAY, **fields):
    return actions.declare_recusal(case, by=by, at=at, **{"ground": "kin"} | fields)


def order(case, user, *, by=None):
    return actions.order_recusal(case, by=by or office_leader(), user=user, ground="interest", at=MONDAY)


def told(user):
    """The templates of what was sent to somebody, but for what tells him of the recusal itself."""
    rows = Notice.objects.filter(recipient_kind="user", recipient_id=str(user.pk))
    return set(rows.values_list("template", flat=True)) - {"cases/recused_you"}


def test_everything_of_the_case_is_hidden_at_once():
    case, leader = case_at(Status.RECEIVED), office_leader()
    row = actions.ask_extension(
        the_assignment(case), by=holder(case.agency), version=None, length=5, reason="鉴定。", progress="已送检。", at=MONDAY
    )
    ask_unmasking(case)
    investigation(case)
    declare(case, leader)
    assert row in Extension.objects.visible_to(office_leader())
    for model in (Case, Extension, Unmasking, Assignment, InvestigationRecord, Recusal):
        assert not model.objects.visible_to(leader).exists(), model


def test_reviews_dispositions_and_rectification_are_hidden_too():
    case, leader = case_at(Status.REPLIED), office_leader()
    complaint_actions.ask_review(the_complaint(case), 1, "漏了一点。", at=MONDAY + timedelta(hours=9))
    disposition(case), rectification(case)
    declare(case, leader)
    for model in (Review, Disposition, Rectification):
        assert model.objects.visible_to(office_leader()).exists(), model
        assert not model.objects.visible_to(leader).exists(), model


def test_queue_search_and_export_do_not_show_it():
    case, by = case_at(Status.RECEIVED), officer()
    declare(case, by)
    for asked in ({}, {"view": "all"}, {"q": "退回材料"}, {"q": case.number}):
        assert Queue(by, asked).page().rows == []
        assert not Queue(by, asked).walked(size=10).rows
    assert Queue(officer(), {"q": "退回材料"}).page().rows


def test_every_address_of_it_is_gone(client):
    case, by = case_at(Status.HANDLING, own=True), officer()
    record = investigation(case)
    declare(case, by)
    client.force_login(by)
    for path in ("", "inquiry/", "records/", "recuse/", "notes/", "report/", "suspend/"):
        assert client.get(f"/staff/cases/{case.pk}/{path}").status_code in {404, 405}, path
    assert client.get(f"/staff/records/{record.pk}/").status_code == 404
    assert client.post(f"/staff/cases/{case.pk}/notes/", {"note-text": "x"}).status_code == 404


def test_the_handler_loses_the_case_and_officers_and_leaders_hear_of_it():
    case, leader, other = case_at(Status.HANDLING, own=True), office_leader(), officer()
    gone = handler_of(case)
    declare(case, gone)
    case.refresh_from_db()
    assert case.handler is None
    heard = Notice.objects.filter(template="cases/handler_recused").values_list("recipient_id", flat=True)
    assert {str(leader.pk), str(other.pk)} <= set(heard)
    assert str(gone.pk) not in heard


def test_unmaskings_end_with_it():
    case = case_at(Status.HANDLING, own=True)
    by = handler_of(case)
    row = actions.decide_unmasking(ask_unmasking(case, by=by), decision="approved", note="", by=office_leader(), at=MONDAY)
    declare(case, by)
    row.refresh_from_db()
    assert not is_granted(row, MONDAY)
    with pytest.raises(PermissionDenied):
        actions.show_unmasked(row, by=by, at=MONDAY)
    assert Event.objects.of(the_complaint(case).subject).filter(type="vault.unmasking_ended").exists()


def test_who_is_recused_takes_no_part_again():
    case, gone, leader = case_at(Status.HANDLING, own=True), officer(), office_leader()
    order(case, gone, by=leader)
    with pytest.raises(actions.NotTwoPeople):
        investigation(case, officer(), gone)
    with pytest.raises(actions.NotSeenByColleague):
        actions.write_note(case, by=leader, text="请看。", mentioned=gone, at=MONDAY)
    case.refresh_from_db()
    assert actions.hand_on({case.pk: case.version}, to=gone, by=leader, at=MONDAY).skipped
    triage = new_case()
    order(triage, gone, by=leader)
    with pytest.raises(actions.NotOfTheOffice):
        actions.accept(triage, by=officer(), version=None, ruling=actions.Ruling(4), handler=gone, at=MONDAY)


@pytest.mark.parametrize(
    "act",
    [
        lambda case, by: actions.write_note(case, by=by, text="x", at=MONDAY),
        lambda case, by: actions.reveal_phone(case, by=by, purpose="verify", at=MONDAY),
        lambda case, by: actions.suspend(
            case, by=by, version=None, ground="expert", basis="x", words="x", from_on=MONDAY.date(), at=MONDAY
        ),
        lambda case, by: actions.write_message(case, the_complaint(case), "x", token="t", by=by, at=MONDAY),
        lambda case, by: actions.report_own(case, by=by, version=None, finding="upheld", facts_found="x", at=MONDAY),
        lambda case, by: actions.split(case, by=by, version=None, texts=["x"], at=MONDAY),
        lambda case, by: actions.order_recusal(case, by=by, user=officer(), ground="kin", at=MONDAY),
    ],
)
def test_acts_of_a_page_opened_before_are_stopped(act):
    """The page was found before; the act looks again under the lock, with or without a version."""
    case = case_at(Status.HANDLING, own=True)
    by = handler_of(case)
    User.objects.filter(pk=by.pk).update(roles=[Role.OFFICER, Role.OFFICE_LEADER])
    by.refresh_from_db()
    declare(case, by)
    with pytest.raises(PermissionDenied):
        act(case, by)


def test_nothing_more_is_told_to_the_person():
    case, gone = case_at(Status.DISPATCHED), office_leader()
    order(case, gone)
    before = told(gone)
    assignment = the_assignment(case)
    actions.receive(assignment, by=holder(case.agency), version=None, at=MONDAY)
    words = {"finding": "upheld", "facts_found": "属实。", "measures": "已改。"}
    actions.report(assignment, by=holder(case.agency), version=None, at=MONDAY, **words)
    complaint_actions.write(the_complaint(case), "进展如何？", token="a", at=MONDAY)
    complaint_actions.withdraw(the_complaint(case), "", at=MONDAY)
    assert told(gone) == before
    assert told(office_leader()) == set()


def test_reminders_pass_the_person_by():
    triage, gone, other = new_case(), officer(), officer()
    order(triage, gone)
    limit = triage.deadlines.open().get()
    assert (gone in recipients(limit, working_days_late=9), other in recipients(limit, working_days_late=9)) == (False, True)
    gone_leader, waits = office_leader(), case_at(Status.REPORTED)
    order(waits, gone_leader)
    assert gone_leader not in recipients(waits.deadlines.open().get(), working_days_late=9)


def test_a_reminder_that_has_not_left_yet_is_taken_back():
    triage, gone = new_case(), officer()
    later = MONDAY.replace(day=16)
    actions.remind(triage.deadlines.open().get().pk, at=later)
    mine = Delivery.objects.filter(notice__recipient_id=str(gone.pk), notice__template="cases/reminder")
    assert mine.exists()
    declare(triage, gone, at=later)
    assert not mine.exists()


def test_an_ordered_recusal_tells_the_person_without_a_way_to_the_case():
    case, gone = case_at(Status.RECEIVED), officer()
    order(case, gone)
    notice = Notice.objects.get(template="cases/recused_you", recipient_id=str(gone.pk))
    assert notice.facts == {"number": case.number, "path": "/staff/"}


@pytest.mark.parametrize("role", Role)
def test_who_orders_and_lifts(role):
    case, person = case_at(Status.RECEIVED), UserFactory.create(roles=[role])
    row = declare(case, officer())
    assert permissions.can_order_recusal(person, case) is (role == Role.OFFICE_LEADER)
    assert permissions.can_lift_recusal(person, row) is (role == Role.OFFICE_LEADER)


def test_only_a_leader_lifts_it_with_a_reason_and_never_the_own_one():
    case, gone = case_at(Status.RECEIVED), office_leader()
    row = declare(case, gone)
    with pytest.raises(PermissionDenied):
        actions.lift_recusal(row, by=gone, reason="我可以。", at=MONDAY)
    with pytest.raises(IntegrityError, match="recusal_lifted_by_another"):
        Recusal.objects.filter(pk=row.pk).update(lifted_at=MONDAY, lifted_by=gone, lift_reason="x")


def test_lifted_the_person_sees_the_case_but_does_not_handle_it():
    case = case_at(Status.HANDLING, own=True)
    gone = handler_of(case)
    row = declare(case, gone)
    actions.lift_recusal(row, by=office_leader(), reason="查明并无亲属关系。", at=MONDAY)
    case.refresh_from_db()
    assert (case.handler, Case.objects.visible_to(gone).get()) == (None, case)
    assert "cases/recusal_lifted" in told(gone)
    with pytest.raises(actions.RecusalLifted):
        actions.lift_recusal(row, by=office_leader(), reason="再次。", at=MONDAY)


def test_a_recusal_is_by_oneself_or_by_order():
    case, leader = case_at(Status.RECEIVED), office_leader()
    with pytest.raises(actions.OwnRecusal):
        order(case, leader, by=leader)
    row = declare(case, officer())
    with pytest.raises(actions.RecusedAlready):
        order(case, row.user, by=leader)
    with pytest.raises(IntegrityError, match="recusal_by_whom"):
        Recusal.objects.filter(pk=row.pk).update(placed_by=leader)


def test_a_merger_carries_it_over():
    source, target, gone, other = new_case(), new_case(), officer(), officer()
    declare(source, gone), declare(target, other)
    merged(source, target)
    assert not Case.objects.visible_to(gone).exists()
    assert not Case.objects.visible_to(other).exists()


def test_who_leaves_a_joint_case_leaves_what_was_merged_into_it():
    source, target = new_case(), new_case()
    merged(source, target)
    gone = officer()
    declare(target, gone)
    assert not Case.objects.visible_to(gone).exists()


@pytest.mark.parametrize("levels", [0, 1, 2])
def test_the_two_sides_of_the_rule_agree(levels):
    """Who does not see a case, and who is not told of it: the same people."""
    case = case_at(Status.RECEIVED)
    over = agency_of(the_complaint(case))
    for _level in range(levels):
        parent = PostFactory.create().agency
        over.parent, over.depth = parent, 1
        over.save()
        over = parent
    both = [Role.OFFICER, Role.LIAISON_OFFICER]
    people: list[User] = [officer(), office_leader(), UserFactory.create(roles=both), UserFactory.create(roles=both)]
    PostFactory.create(agency=over, user=people[2])
    PostFactory.create(user=people[3])
    declare(case, people[0])
    hidden = set(User.objects.filter(recused_from(case)))
    assert hidden == {user for user in people if not Case.objects.visible_to(user).filter(pk=case.pk).exists()}
    assert hidden == {people[0], people[2]}


def test_a_post_in_the_agency_keeps_notices_away_too():
    case = new_case()
    involved = UserFactory.create(roles=[Role.OFFICER, Role.LIAISON_OFFICER])
    PostFactory.create(agency=case.respondent_agency, user=involved)
    assert involved not in outbox.officers(case)
    notifications.opened(case, at=MONDAY)
    assert told(involved) == set()


def test_who_stands_for_the_agency_keeps_its_assignment():
    case = case_at(Status.RECEIVED)
    both = UserFactory.create(roles=[Role.OFFICER, Role.LIAISON_OFFICER])
    PostFactory.create(agency=case.agency, kind=Post.Kind.LIAISON_OFFICER, user=both)
    order(case, both)
    assert the_assignment(case) in Assignment.objects.visible_to(both)


def test_the_log_says_who_by_id_alone():
    case, gone = case_at(Status.RECEIVED), officer()
    declare(case, gone, ground="other", details=NARRATIVE)
    facts = Event.objects.of(case.subject).get(type="case.recused").facts
    assert facts == {"person": gone.pk, "recusal_ground": "other", "recusal_means": "declared"}


def test_the_page_of_an_entry_is_gone_too(client):
    by = officer()
    case = new_case(channel="hotline", filed_by=by)
    declare(case, by)
    client.force_login(by)
    assert client.get(f"/staff/entry/{case.number}/").status_code in {302, 404}


@pytest.mark.django_db(transaction=True)
def test_recused_while_acting():
    case = case_at(Status.HANDLING, own=True)
    by, leader = handler_of(case), office_leader()
    version = case.version
    results = at_once(
        lambda: actions.report_own(case, by=by, version=version, finding="upheld", facts_found="属实。", at=MONDAY),
        lambda: actions.order_recusal(case, by=leader, user=by, ground="kin", at=MONDAY),
    )
    case.refresh_from_db()
    assert isinstance(results[1], Recusal)
    assert case.handler is None
    assert case.status == (Status.HANDLING if isinstance(results[0], PermissionDenied) else Status.REPORTED)


@pytest.mark.django_db(transaction=True)
def test_two_leaders_order_the_same():
    case, gone, first, second = case_at(Status.RECEIVED), officer(), office_leader(), office_leader()
    results = at_once(*(lambda by=by: order(case, gone, by=by) for by in (first, second)))
    assert sorted(type(one).__name__ for one in results) == ["Recusal", "RecusedAlready"]


@pytest.mark.django_db(transaction=True)
def test_two_sign_at_once_and_the_record_is_complete():
    first, second = officer(), officer()
    row = investigation(case_at(Status.HANDLING, own=True), first, second)
    at_once(*(lambda by=by: actions.sign_record(row, by=by, seen=1, at=MONDAY + timedelta(days=3)) for by in (first, second)))
    row.refresh_from_db()
    assert row.completed_at is not None
    assert row.signatures.filter(signed_at__isnull=False).count() == 2
