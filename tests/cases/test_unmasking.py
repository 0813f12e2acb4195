"""Unmasking: asked in writing, decided by a second person, over when its time is over; each look is on record."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.roles import Role
from agencies.models import Post
from cases import actions, permissions, unmasking
from cases.models import Case, Unmasking
from cases.workflow import Status
from complaints.reading import looks
from core import vault
from core.models import Event, Notice
from tests.cases.test_races import at_once
from tests.factories import (
    MONDAY,
    NAME,
    UserFactory,
    ask_unmasking,
    case_at,
    filer,
    handler_of,
    holder,
    new_case,
    office_leader,
    officer,
    the_complaint,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
COMPANY = "清河甲乙丙商贸有限公司"


def decided(decision="approved", *, case=None, note="请先打电话。", **fields):
    request = ask_unmasking(case or new_case(), **fields)
    return actions.decide_unmasking(request, decision=decision, note=note, by=office_leader(), at=MONDAY)


def seen(request, *, at=MONDAY, by=None):
    return actions.show_unmasked(request, by=by or request.requested_by, at=at)


def test_a_look_needs_a_request_and_a_second_person():
    request = ask_unmasking(new_case())
    with pytest.raises(actions.UnmaskingOver):
        seen(request)
    assert seen(decided(case=case_at(Status.RECEIVED))) == NAME


def test_an_organisation_can_be_asked_for_and_what_was_not_given_cannot():
    case = new_case(filer=filer(organisation=COMPANY))
    assert seen(decided(case=case, column="organisation")) == COMPANY
    with pytest.raises(actions.NothingToUnmask):
        ask_unmasking(new_case(), column="organisation")


def test_an_address_can_be_asked_for():
    address = "清河县示例路 1 号"
    case = new_case(filer=filer(address=address))
    assert seen(decided(case=case, column="address")) == address
    assert [look.column for look in looks(the_complaint(case))] == ["住址"]


def test_an_id_number_can_be_asked_for():
    case = new_case()
    person = the_complaint(case).complainant
    assert person
    number = "".join(["33", "0113", "19900307", "001", "X"])
    person.id_number_sealed = vault.seal(number, row=person.vault_row, column="id_number")
    person.id_kind, person.id_masked, person.id_consent_at = "resident", "330***********001X", MONDAY
    person.save()
    assert seen(decided(case=case, column="id_number")) == number
    assert [look.column for look in looks(the_complaint(case))] == ["证件号码"]


@pytest.mark.parametrize("column", ["address", "id_number"])
def test_what_is_not_on_file_cannot_be_asked_for(column):
    with pytest.raises(actions.NothingToUnmask):
        ask_unmasking(new_case(), column=column)


@pytest.mark.parametrize("column", ["phone", "email", "narrative", ""])
def test_nothing_else_can_be_asked_for(column):
    with pytest.raises(actions.NothingToUnmask):
        ask_unmasking(new_case(), column=column)


def test_an_anonymous_complaint_has_nothing_to_show():
    with pytest.raises(actions.NothingToUnmask):
        ask_unmasking(new_case(filer=None, notify_sms=False, notify_email=False))


def test_a_refusal_shows_nothing():
    with pytest.raises(actions.UnmaskingOver):
        seen(decided("refused"))


@pytest.mark.parametrize(("minutes", "holds"), [(0, True), (29, True), (30, False), (31, False)])
def test_a_permission_lapses_with_its_last_minute(minutes, holds):
    request, at = decided(), MONDAY + minutes * MINUTE
    if holds:
        assert seen(request, at=at) == NAME
        return
    with pytest.raises(actions.UnmaskingOver):
        seen(request, at=at)
    assert not Event.objects.filter(type="vault.revealed").exists()


def test_the_office_sets_how_long_it_lasts(settings):
    settings.UNMASKING_MINUTES = 5
    assert decided().expires_at == MONDAY + 5 * MINUTE


def test_it_ends_when_the_case_goes_to_somebody_else():
    case = case_at(Status.RECEIVED)
    request = decided(case=case)
    Case.objects.filter(pk=case.pk).update(handler=officer())
    with pytest.raises(actions.UnmaskingOver):
        seen(request)


@pytest.mark.parametrize("status", [Status.CLOSED, Status.DECLINED])
def test_it_ends_with_the_case(status):
    case = case_at(Status.TRIAGE)
    request = decided(case=case)
    Case.objects.filter(pk=case.pk).update(status=status, closed_at=MONDAY, category=4, decline_reason="不属于受理范围。")
    with pytest.raises(actions.UnmaskingOver):
        seen(request)


def test_it_ends_when_the_complainant_withdraws():
    case = case_at(Status.RECEIVED)
    request = decided(case=case)
    Case.objects.filter(pk=case.pk).update(withdrawn_at=MONDAY)
    with pytest.raises(actions.UnmaskingOver):
        seen(request)


def test_it_can_be_given_back():
    request = decided()
    actions.end_unmasking(request, by=request.requested_by, at=MONDAY)
    with pytest.raises(actions.UnmaskingOver):
        seen(request)
    with pytest.raises(actions.UnmaskingOver):
        actions.end_unmasking(request, by=request.requested_by, at=MONDAY)


def test_a_request_that_was_taken_back_is_decided_no_more():
    request = ask_unmasking(new_case())
    actions.end_unmasking(request, by=request.requested_by, at=MONDAY)
    with pytest.raises(actions.DecidedAlready):
        actions.decide_unmasking(request, decision="approved", note="", by=office_leader(), at=MONDAY)


def test_a_request_of_who_has_lost_the_case_is_decided_no_more():
    case = case_at(Status.RECEIVED)
    request = ask_unmasking(case)
    Case.objects.filter(pk=case.pk).update(handler=officer())
    with pytest.raises(actions.UnmaskingOver):
        actions.decide_unmasking(request, decision="approved", note="", by=office_leader(), at=MONDAY)


def test_one_request_at_a_time_and_another_when_it_is_over():
    case, by = new_case(), officer()
    request = ask_unmasking(case, by=by)
    with pytest.raises(actions.AskedAlready):
        ask_unmasking(case, by=by)
    actions.decide_unmasking(request, decision="approved", note="", by=office_leader(), at=MONDAY)
    with pytest.raises(actions.AskedAlready):
        ask_unmasking(case, by=by)
    assert ask_unmasking(case, by=by, at=MONDAY + 30 * MINUTE).pk != request.pk


def test_without_a_second_person_nothing_is_asked():
    case, by = new_case(), officer()
    words = {"column": "name", "purpose": "letter", "reason": "要寄送答复意见书。"}
    with pytest.raises(actions.NobodyDecides):
        actions.ask_unmasking(case, complaint=the_complaint(case), by=by, at=MONDAY, **words)


# Who may decide: role, named by the office, is the asker.
DECIDERS = [
    (Role.OFFICE_LEADER, False, False, True),
    (Role.OFFICE_LEADER, False, True, False),
    (Role.OFFICER, False, False, False),
    (Role.OFFICER, True, False, True),
    (Role.OFFICER, True, True, False),
    *[(role, True, False, False) for role in Role if role not in {Role.OFFICER, Role.OFFICE_LEADER}],
]


@pytest.mark.parametrize(("role", "named", "asker", "may"), DECIDERS)
def test_who_decides(settings, role, named, asker, may):
    user = UserFactory.create(roles=[role])
    settings.UNMASKING_APPROVERS = [user.username] if named else []
    request = ask_unmasking(new_case())
    if asker:
        Unmasking.objects.update(requested_by=user)
        request.refresh_from_db()
    assert permissions.can_decide_unmasking(user, request) is may


@pytest.mark.parametrize("role", Role)
def test_who_asks(role):
    assert permissions.can_ask_unmasking(UserFactory.create(roles=[role]), case_at(Status.TRIAGE)) is (role == Role.OFFICER)


def test_after_acceptance_the_handler_alone_asks():
    case = case_at(Status.RECEIVED)
    assert permissions.can_ask_unmasking(handler_of(case), case)
    assert not permissions.can_ask_unmasking(officer(), case)
    assert not permissions.can_ask_unmasking(handler_of(case), case_at(Status.CLOSED, by=handler_of(case)))


def test_nobody_decides_for_himself_even_with_both_roles():
    both = UserFactory.create(roles=[Role.OFFICER, Role.OFFICE_LEADER])
    office_leader()
    request = ask_unmasking(new_case(), by=both)
    with pytest.raises(PermissionDenied):
        actions.decide_unmasking(request, decision="approved", note="", by=both, at=MONDAY)


def test_the_database_too_wants_two_people():
    request = ask_unmasking(new_case())
    fields = {"decided_by": request.requested_by, "decided_at": MONDAY, "expires_at": MONDAY + MINUTE, "decision": "approved"}
    with pytest.raises(IntegrityError, match="unmasking_two_people"), transaction.atomic():
        Unmasking.objects.filter(pk=request.pk).update(**fields)


BROKEN = {
    "unmasking_has_reason": {"reason": ""},
    "unmasking_column_known": {"column": "phone"},
    "unmasking_decided_pair": {"decided_at": MONDAY},
    "unmasking_approved_expires": {"expires_at": MONDAY},
}


@pytest.mark.parametrize(("constraint", "fields"), BROKEN.items())
def test_the_database_keeps_a_request_whole(constraint, fields):
    request = ask_unmasking(new_case())
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Unmasking.objects.filter(pk=request.pk).update(**fields)


def test_nobody_else_may_look_not_even_who_allowed_it():
    request = decided()
    for user in (request.decided_by, officer()):
        with pytest.raises(PermissionDenied):
            seen(request, by=user)


def test_each_look_is_told_to_the_complainant_with_role_time_and_purpose():
    request = decided()
    seen(request)
    seen(request, at=MONDAY + MINUTE)
    told = looks(the_complaint(request.case))
    assert [(look.at, look.role, look.column, look.purpose) for look in told] == [
        (MONDAY + MINUTE, "承办人员", "姓名", "寄送书面材料"),
        (MONDAY, "承办人员", "姓名", "寄送书面材料"),
    ]


def test_the_log_knows_what_was_decided_and_no_reason():
    request = decided("refused")
    happened = Event.objects.of(request.complaint.subject).filter(type__startswith="vault.unmasking")
    assert [event.type for event in happened] == ["vault.unmasking_asked", "vault.unmasking_refused"]
    assert {tuple(sorted(event.facts)) for event in happened} == {("column", "purpose", "unmasking")}


def test_approvers_are_asked_and_the_asker_is_told(settings):
    named, leader = officer(), office_leader()
    settings.UNMASKING_APPROVERS = [named.username]
    request = ask_unmasking(new_case())
    asked = Notice.objects.filter(template="cases/unmasking_asked")
    assert {int(notice.recipient_id) for notice in asked} == {named.pk, leader.pk}
    actions.decide_unmasking(request, decision="approved", note="", by=named, at=MONDAY)
    assert Notice.objects.get(template="cases/unmasking_approved").recipient_id == str(request.requested_by.pk)


@pytest.mark.parametrize("role", [Role.LIAISON_OFFICER, Role.AGENCY_LEADER, Role.HELPER_CLERK])
def test_a_leader_who_holds_a_post_in_the_agency_is_neither_asked_nor_let_in(role):
    case = case_at(Status.RECEIVED)
    leader = holder(case.agency)
    leader.roles = [role, Role.OFFICE_LEADER]
    leader.save()
    assert office_leader() != leader
    ask_unmasking(case)
    assert not Unmasking.objects.visible_to(leader).exists()
    assert not Notice.objects.filter(template="cases/unmasking_asked", recipient_id=str(leader.pk)).exists()


def test_agencies_see_no_request():
    request = ask_unmasking(case_at(Status.RECEIVED))
    for kind in Post.Kind:
        assert not Unmasking.objects.visible_to(holder(request.case.agency, kind)).exists()


def test_the_page_shows_what_concerns_the_reader():
    case, by = new_case(), officer()
    request = ask_unmasking(case, by=by)
    leader = office_leader()
    box = {user: unmasking.boxes(case, [the_complaint(case)], user, MONDAY)[0] for user in (by, leader, officer())}
    assert [(line.is_own, line.may_decide) for line in box[by].lines] == [(True, False)]
    assert [(line.is_own, line.may_decide) for line in box[leader].lines] == [(False, True)]
    assert (box[by].may_ask, box[leader].may_ask) == (False, False)
    actions.decide_unmasking(request, decision="approved", note="", by=leader, at=MONDAY)
    later = unmasking.boxes(case, [the_complaint(case)], by, MONDAY + 30 * MINUTE)[0]
    assert (later.lines, later.may_ask) == ([], True)


@pytest.mark.django_db(transaction=True)
def test_two_approvers_at_once():
    request, first, second = ask_unmasking(new_case()), office_leader(), office_leader()
    results = at_once(
        lambda: actions.decide_unmasking(request, decision="approved", note="", by=first, at=MONDAY),
        lambda: actions.decide_unmasking(request, decision="refused", note="请先打电话。", by=second, at=MONDAY),
    )
    assert len([one for one in results if isinstance(one, actions.DecidedAlready)]) == 1
    request.refresh_from_db()
    assert (request.decision, request.decided_by) in {("approved", first), ("refused", second)}
    assert Notice.objects.filter(template__in=["cases/unmasking_approved", "cases/unmasking_refused"]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_asking_twice_at_once_asks_once():
    case, by = new_case(), officer()
    office_leader()
    results = at_once(*[lambda: ask_unmasking(case, by=by)] * 2)
    assert len([one for one in results if isinstance(one, actions.AskedAlready)]) == 1
    assert Unmasking.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_look_and_the_end_of_the_permission_at_once():
    request = decided()
    by = request.requested_by
    shown, _ended = at_once(lambda: seen(request), lambda: actions.end_unmasking(request, by=by, at=MONDAY))
    looked = Event.objects.filter(type="vault.revealed").count()
    assert (shown == NAME, looked) in {(True, 1), (False, 0)}
    with pytest.raises(actions.UnmaskingOver):
        seen(request)
