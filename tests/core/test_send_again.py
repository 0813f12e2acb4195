"""Messages that were given up are tried anew when somebody says so, each once."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from cases.workflow import Status
from core import clock
from core.deliveries import MAX_ATTEMPTS
from core.models import Delivery, Event
from tests.factories import case_at

pytestmark = pytest.mark.django_db


def given_up(*, attempts: int = MAX_ATTEMPTS, days: int = 0) -> Delivery:
    case_at(Status.TRIAGE)
    when = clock.now() - timedelta(days=days)
    Delivery.objects.update(state=Delivery.State.DEAD, sent_at=None, attempts=attempts, next_at=when)
    return Delivery.objects.latest("pk")


def test_they_are_tried_anew_and_it_is_noted(capsys):
    row = given_up()
    call_command("send_again")
    row.refresh_from_db()
    assert (row.state, row.attempts) == (Delivery.State.PENDING, 0)
    assert Event.objects.get(type="delivery.sent_again").facts == {"count": Delivery.objects.count()}
    call_command("send_again")
    assert capsys.readouterr().out.splitlines()[-1] == "0 to be sent again"


@pytest.mark.parametrize("lack", [{"attempts": 1}, {"days": 3}])
def test_what_nobody_is_to_be_told_or_is_old_stays(lack):
    row = given_up(**lack)
    call_command("send_again")
    row.refresh_from_db()
    assert row.state == Delivery.State.DEAD
    assert not Event.objects.filter(type="delivery.sent_again").exists()
