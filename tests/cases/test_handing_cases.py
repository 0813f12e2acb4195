"""All open cases of somebody in the office go to a successor in one act, but for those that the successor may not deal with."""

import pytest

from accounts.roles import Role
from cases.models import Case, Handover
from cases.workflow import Status
from core.models import InboxItem, Notice
from tests.factories import PostFactory, UserFactory, case_at, handler_of, holder, office_leader, officer, staffed_agency

from .test_pages import page_of, text_of

pytestmark = pytest.mark.django_db


def test_all_open_cases_of_an_officer_go_with_one_notice(client):
    leaving, to, by = officer(), officer(), office_leader()
    cases = [case_at(Status.DISPATCHED, by=leaving), case_at(Status.REPORTED, by=leaving)]
    ended = case_at(Status.CLOSED, by=leaving)
    response = page_of(client, f"/staff/people/{leaving.pk}/handover/", {"to": str(to.pk)}, user=by)
    row = Handover.objects.get()
    assert response["Location"] == f"/staff/handovers/{row.pk}/"
    assert {one.case_id for one in row.lines.all()} == {one.pk for one in cases}
    assert set(Case.objects.filter(handler=to)) == set(cases)
    ended.refresh_from_db()
    assert handler_of(ended) == leaving
    assert InboxItem.objects.filter(user=to, notice__template="cases/handover").count() == 1
    assert not InboxItem.objects.filter(user=to, notice__template="cases/handed_on").exists()
    assert InboxItem.objects.filter(user=leaving, notice__template="cases/handed_away").count() == 1


def test_what_the_successor_may_not_deal_with_stays_and_says_why(client):
    leaving, by = officer(), office_leader()
    stays, goes = case_at(Status.DISPATCHED, by=leaving), case_at(Status.DISPATCHED, by=leaving)
    to = UserFactory.create(roles=[Role.OFFICER, Role.LIAISON_OFFICER])
    PostFactory.create(agency=stays.agency, user=to)
    client.force_login(by)
    page = client.post(f"/staff/people/{leaving.pk}/handover/", {"to": str(to.pk)}, follow=True).content.decode()
    assert f"{stays.number}: " in page
    stays.refresh_from_db()
    goes.refresh_from_db()
    assert (handler_of(stays), handler_of(goes)) == (leaving, to)


def test_cases_of_who_has_left_can_be_handed_over(client):
    leaving, to = officer(), officer()
    case = case_at(Status.DISPATCHED, by=leaving)
    leaving.is_active = False
    leaving.save()
    assert leaving.full_name in text_of(client, "/staff/people/", user=to)
    page_of(client, f"/staff/people/{leaving.pk}/handover/", {"to": str(to.pk)}, user=to)
    case.refresh_from_db()
    assert handler_of(case) == to
    assert not Notice.objects.filter(template="cases/handover").exists()  # who does it himself needs no telling


@pytest.mark.parametrize("path", ["/staff/people/", "/staff/people/{}/handover/"])
@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.OFFICER, Role.OFFICE_LEADER)])
def test_people_of_the_office_are_the_offices_own_affair(client, role, path):
    mine = officer()
    user = UserFactory.create(roles=[role])
    assert page_of(client, path.format(mine.pk), user=user).status_code == 404


def test_there_is_nothing_to_hand_over_from_somebody_of_an_agency(client):
    assert page_of(client, f"/staff/people/{holder(staffed_agency()).pk}/handover/", user=officer()).status_code == 404
