"""The event log keeps what it was given."""

import pytest
from django.db import IntegrityError, connection

from core import clock, events
from core.models import Event

pytestmark = pytest.mark.django_db


def record(subject="case:1"):
    return events.record("case.opened", subject=subject, actor=events.SYSTEM, at=clock.now(), facts={"channel": "web"})


def test_record_keeps_order_within_a_subject():
    first, _other, second = record(), record("case:2"), record()
    assert list(Event.objects.of("case:1")) == [first, second]


@pytest.mark.parametrize("statement", ["UPDATE core_event SET type = 'x'", "DELETE FROM core_event"])
def test_database_refuses_to_change_the_log(statement):
    record()
    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_database_refuses_to_empty_the_log():
    record()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_event ENABLE TRIGGER core_event_never_emptied")
    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE core_event CASCADE")
