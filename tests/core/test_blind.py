"""While the cache is away: what goes on without counting, what waits, and sessions that live in the database."""

import pytest
from django.contrib.sessions.models import Session

from core.doors import Door
from core.sessions import SessionStore
from core.slowdown import CACHE_AWAY, Brake
from tests.complaints.samples import AT

MARKS = {"address": "192.0.2.1"}


@pytest.fixture(autouse=True)
def _no_cache(settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}


def test_a_brake_is_closed_unless_it_says_otherwise():
    assert Brake("test").admit(MARKS, at=AT) == 60
    assert Brake("test", open_when_blind=True).admit(MARKS, at=AT) == 0


def test_forgiving_is_no_fault():
    Brake("test").forgive(MARKS)


@pytest.mark.parametrize("solution", ["", "x"])
def test_a_door_is_closed_unless_it_says_otherwise(solution):
    assert Door("test").admit(solution, address="192.0.2.1", at=AT) == 60
    assert Door("test", open_when_blind=True).admit(solution, address="192.0.2.1", at=AT) == 0


@pytest.mark.django_db
def test_a_session_is_written_read_and_renewed():
    session = SessionStore()
    session["draft"] = "1"
    session.save()
    session.cycle_key()
    assert SessionStore(session.session_key)["draft"] == "1"
    assert Session.objects.count() >= 1


@pytest.mark.django_db
def test_ending_a_session_fails_loudly():
    session = SessionStore()
    session.create()
    with pytest.raises(CACHE_AWAY):
        session.flush()
