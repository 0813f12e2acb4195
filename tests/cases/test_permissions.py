"""Who may do what: role by relation, and nobody sees what is not theirs."""

from datetime import timedelta

import pytest

from accounts.roles import Role
from agencies.models import Post
from cases import permissions
from cases.models import Assignment, Case
from cases.workflow import Status
from complaints.models import Complaint
from core import clock
from tests.factories import (
    PostFactory,
    UserFactory,
    case_at,
    handler_of,
    holder,
    new_case,
    office_leader,
    officer,
    staffed_agency,
    the_assignment,
    the_complaint,
)

pytestmark = pytest.mark.django_db

OFFICE = {Role.OFFICER, Role.OFFICE_LEADER}
OFFICER_VERBS = [
    "can_accept",
    "can_decline",
    "can_follow_up",
    "can_close",
    "can_refer",
    "can_decide_return",
    "can_add_co_handler",
]
LEADER_VERBS = ["can_approve", "can_send_back"]


def person(*roles):
    return UserFactory.create(roles=list(roles))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("verb", [*OFFICER_VERBS, *LEADER_VERBS])
def test_verbs_by_role(role, verb):
    allowed = {Role.OFFICER} if verb in OFFICER_VERBS else {Role.OFFICE_LEADER}
    assert getattr(permissions, verb)(person(role), case_at(Status.REPORTED)) is (role in allowed)


@pytest.mark.parametrize("role", Role)
def test_cases_are_the_offices(role):
    case_at(Status.TRIAGE)
    assert Case.objects.visible_to(person(role)).exists() is (role in OFFICE)


@pytest.mark.parametrize("role", Role)
def test_assignments_are_the_offices_and_the_agencys(role):
    case_at(Status.DISPATCHED)
    assert Assignment.objects.visible_to(person(role)).exists() is (role in OFFICE)


@pytest.mark.parametrize(
    ("kind", "acts"), [(Post.Kind.LIAISON_OFFICER, True), (Post.Kind.LEADER_IN_CHARGE, False), (Post.Kind.PRINCIPAL, False)]
)
def test_people_of_the_agency_see_and_only_the_liaison_officer_acts(kind, acts):
    assignment = the_assignment(case_at(Status.DISPATCHED))
    user = holder(assignment.agency, kind)
    assert Assignment.objects.visible_to(user).get() == assignment
    assert permissions.can_receive(user, assignment) is acts
    assert permissions.can_report(user, assignment) is acts
    assert permissions.can_see_disclosed(user, assignment) is acts


def test_another_agency_sees_and_does_nothing():
    assignment = the_assignment(case_at(Status.DISPATCHED))
    stranger = holder(staffed_agency())
    assert not Assignment.objects.visible_to(stranger).exists()
    assert not permissions.can_receive(stranger, assignment)


def test_parent_sees_its_sections_and_leaves_them_to_their_own_liaison_officer():
    parent = staffed_agency()
    section = staffed_agency(parent=parent, depth=1)
    assignment = the_assignment(case_at(Status.DISPATCHED, agency=section))
    assert Assignment.objects.visible_to(holder(parent)).get() == assignment
    assert not permissions.can_receive(holder(parent), assignment)


def test_former_holder_of_the_post_sees_nothing():
    assignment = the_assignment(case_at(Status.DISPATCHED))
    user = holder(assignment.agency)
    user.posts.update(until="2026-09-01")
    assert not Assignment.objects.visible_to(user).exists()


def test_closed_account_does_nothing():
    assert not permissions.can_accept(officer(is_active=False), case_at(Status.TRIAGE))


def test_while_the_handler_has_left_any_officer_answers():
    case, by = case_at(Status.RECEIVED), officer()
    assert not permissions.must_answer(by, case)
    handler = handler_of(case)
    handler.is_active = False
    handler.save()
    assert permissions.must_answer(by, Case.objects.get(pk=case.pk))
    assert not permissions.must_answer(office_leader(), Case.objects.get(pk=case.pk))


def test_only_the_handler_reports_for_the_office():
    case = case_at(Status.HANDLING, own=True)
    assert permissions.can_report_own(handler_of(case), case)
    assert not permissions.can_report_own(officer(), case)


def test_handler_of_an_assigned_case_does_not_report_for_the_agency():
    case = case_at(Status.RECEIVED)
    assert not permissions.can_report_own(handler_of(case), case)


def test_nobody_approves_a_report_of_his_own():
    both = person(Role.OFFICER, Role.OFFICE_LEADER)
    case = case_at(Status.REPORTED, own=True, by=both)
    assert not permissions.can_approve(both, case)
    assert permissions.can_approve(office_leader(), case)


def test_number_is_any_officers_before_acceptance_and_the_handlers_after():
    assert permissions.can_reveal_phone(officer(), case_at(Status.TRIAGE))
    case = case_at(Status.RECEIVED)
    assert permissions.can_reveal_phone(handler_of(case), case)
    assert not permissions.can_reveal_phone(officer(), case)
    assert not permissions.can_reveal_phone(office_leader(), case)


@pytest.mark.parametrize("role", [Role.AGENCY_LEADER, Role.LIAISON_OFFICER, Role.HELPER_CLERK])
def test_who_also_holds_a_post_in_the_agency_sees_nothing_of_a_case_about_it(role):
    case = case_at(Status.TRIAGE)
    both = person(Role.OFFICER, Role.OFFICE_LEADER, role)
    PostFactory.create(agency=case.respondent_agency, user=both)
    elsewhere = new_case()
    assert list(Case.objects.visible_to(both)) == [elsewhere]
    assert list(Complaint.objects.visible_to(both)) == [the_complaint(elsewhere)]


def test_who_holds_a_post_above_the_section_sees_no_case_with_it():
    bureau = staffed_agency()
    case = case_at(Status.DISPATCHED, agency=staffed_agency(parent=bureau, depth=1))
    both = person(Role.OFFICE_LEADER, Role.AGENCY_LEADER)
    PostFactory.create(agency=bureau, user=both)
    assert not Case.objects.visible_to(both).filter(pk=case.pk).exists()


@pytest.mark.parametrize(("since", "until", "sees"), [(1, None, False), (-9, 1, True), (-9, 0, False), (-9, None, True)])
def test_an_agency_is_seen_on_the_days_of_the_post_alone(since, until, sees):
    assignment, user = the_assignment(case_at(Status.DISPATCHED)), person(Role.LIAISON_OFFICER)
    days = [None if number is None else clock.today() + timedelta(days=number) for number in (since, until)]
    PostFactory.create(agency=assignment.agency, user=user, since=days[0], until=days[1])
    assert Assignment.objects.visible_to(user).exists() is sees
    assert permissions.can_receive(user, assignment) is sees
