"""The event log's one way in: every change of a matter leaves a row in the transaction that makes it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser

from .models import Event

CITIZEN = "citizen"
SYSTEM = "system"

Fact = str | int | bool | None | list[str] | list[int] | list[dict[str, str | int]]


def user_id(user: AbstractBaseUser) -> str:
    """Return the text id by which the log names a signed-in person: `user:3`."""
    return f"user:{user.pk}"


def record(type_: str, *, subject: str, actor: str, at: datetime, facts: Mapping[str, Fact] | None = None) -> Event:
    """Append one event.

    `type_` is dotted (`case.accepted`); `subject` and `actor` are text ids (`case:12`, `user:3`, `citizen`, `system`).
    `facts` must hold no personal data: codes, ids, dates and words of the office only.
    """
    return Event.objects.create(type=type_, subject=subject, actor=actor, at=at, facts=dict(facts or {}))


def event(type_: str, *, subject: str, actor: str, at: datetime, facts: Mapping[str, Fact] | None = None) -> Event:
    """Build one event for `record_all`, not saved yet; the terms are those of `record`."""
    return Event(type=type_, subject=subject, actor=actor, at=at, facts=dict(facts or {}))


def record_all(events: Iterable[Event]) -> None:
    """Append many events, made but not saved, in this order (imports have long histories). The terms are those of `record`."""
    Event.objects.bulk_create(events)
