"""Two officers at two desks: one accepts, the other is told who did and gets the next case."""

import pytest
from django.test import Client

from cases.models import Case
from cases.workflow import Status
from core.models import Event
from tests.factories import SUMMARY, new_case, officer

from .test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def sending(case, by):
    """What a desk sends, ready to go."""
    client = Client()
    client.force_login(by)
    data = {"category": "4", "mode": "assign", "summary": SUMMARY, "version": "1"}
    data |= {"agency": str(case.respondent_agency_id), "handler": str(by.pk)}
    return client, lambda: client.post(f"/staff/cases/{case.pk}/triage/", data)


def test_two_desks_accept_the_same_case_at_once():
    case, following = new_case(), new_case()
    desks = [sending(case, officer(full_name=name)) for name in ("周敏", "李伟国")]
    answers = at_once(*(send for _client, send in desks))
    assert {answer["Location"] for answer in answers} == {f"/staff/cases/{following.pk}/triage/"}
    case.refresh_from_db()
    assert (case.status, Event.objects.of(case.subject).filter(type="case.accepted").count()) == (Status.DISPATCHED, 1)
    other = next(client for client, _send in desks if client.session["_auth_user_id"] != str(case.handler_id))
    handler = Case.objects.select_related("handler").get(pk=case.pk).handler
    assert handler is not None
    assert handler.full_name in other.get(f"/staff/cases/{following.pk}/triage/").content.decode()
