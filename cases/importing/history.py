"""The dated history of an imported matter, as events: what happened elsewhere at its own time, and its arrival here."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from cases.models import Case
from complaints.models import Complaint
from core import events
from core.models import Event


def of(complaint: Complaint, case: Case, *, line: int, at: datetime) -> Iterator[Event]:
    """Yield the events of one matter in their order, not saved yet; it stood in this line of its file and was entered at `at`."""
    received_at = case.received_at
    facts: dict[str, events.Fact] = {"number": complaint.number, "channel": complaint.channel, "identity": complaint.identity}
    facts |= {"category": complaint.category, "agency": complaint.agency_id}
    yield _event("complaint.lodged", complaint.subject, received_at, facts, actor=events.CITIZEN)
    yield _event("case.opened", case.subject, case.opened_at, {"channel": case.channel})
    if case.replied_at:
        # The other register does not say when it accepted; what it answered it had accepted on receipt.
        yield _event("case.accepted", case.subject, received_at, {"category": case.category, "mode": case.mode})
        yield _event("case.replied", case.subject, case.replied_at)
        yield _event("case.closed", case.subject, case.replied_at)
    yield _event("case.imported", case.subject, at, {"line": line})


def _event(
    type_: str, subject: str, at: datetime, facts: Mapping[str, events.Fact] | None = None, *, actor: str = events.SYSTEM
) -> Event:
    return Event(type=type_, subject=subject, actor=actor, at=at, facts={**(facts or {}), "imported": True})
