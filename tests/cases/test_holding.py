"""Holding a matter: office leaders alone, with a reason, once, and the complainant does not read why."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from cases.models import Case
from complaints import actions
from complaints.models import Complaint, Hold
from core.models import Event
from tests import factories
from tests.factories import MONDAY

pytestmark = pytest.mark.django_db
REASON = "县法院（2026）示字第 1 号调取。"


@pytest.fixture
def complaint() -> Complaint:
    return factories.complaint()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(complaint: Complaint, name: str = "hold") -> str:
    return reverse(f"cases:{name}", args=[Case.objects.get(links__complaint=complaint).pk, complaint.pk])


def test_a_leader_holds_and_lifts(complaint):
    leader = signed_in(factories.office_leader())
    leader.post(address(complaint), {"reason": REASON})
    assert REASON in leader.get(address(complaint)).content.decode()
    leader.post(address(complaint, "lift_hold"))
    hold = Hold.objects.get()
    assert hold.lifted_at is not None
    types = Event.objects.filter(type__startswith="complaint.hold").order_by("id").values_list("type", "facts")
    assert list(types) == [("complaint.hold_placed", {}), ("complaint.hold_lifted", {})]


def test_a_reason_is_asked_for(complaint):
    leader = signed_in(factories.office_leader())
    assert "请写明" in leader.post(address(complaint), {"reason": " "}).content.decode()
    assert not Hold.objects.exists()


def test_a_second_click_holds_once(complaint):
    leader = factories.office_leader()
    first, second = (actions.place_hold(complaint, REASON, by=leader, at=MONDAY) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", ["hold", "lift_hold"])
def test_an_officer_neither_holds_nor_lifts(complaint, name):
    officer = factories.officer()
    assert signed_in(officer).post(address(complaint, name), {"reason": REASON}).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.place_hold(complaint, REASON, by=officer, at=MONDAY)


def test_a_complaint_of_another_case_is_not_found(complaint):
    other = factories.complaint()
    case = Case.objects.get(links__complaint=complaint)
    found = signed_in(factories.office_leader()).get(reverse("cases:hold", args=[case.pk, other.pk]))
    assert found.status_code == 404


def test_the_case_says_who_holds_it(complaint):
    leader = factories.office_leader()
    actions.place_hold(complaint, REASON, by=leader, at=MONDAY)
    page = signed_in(factories.officer()).get(reverse("cases:detail", args=[Case.objects.get().pk])).content.decode()
    assert leader.full_name in page
    assert REASON not in page
    assert address(complaint) not in page
