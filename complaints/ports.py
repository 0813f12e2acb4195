"""What the complaints need to know from the rooms above them (docs/adr/0004-ports.md)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from core.ports import Port

if TYPE_CHECKING:
    from .models import Complaint, Rating


@dataclass(frozen=True)
class Stage:
    """One stop on the rail of the tracking page."""

    label: str
    state: str  # done, now or next
    note: str = ""


@dataclass(frozen=True)
class TimelineEntry:
    """One line of the history, in plain words fit for the complainant; never an officer's name."""

    at: datetime
    title: str
    text: str = ""
    icon: str = "st-4"


@dataclass(frozen=True)
class NextDeadline:
    """The limit that runs now and who must keep it; `explanation` is `core.deadlines.Limit.as_facts()`."""

    step_label: str
    holder: str
    started_on: date
    due_on: date
    explanation: dict[str, Any]


@dataclass(frozen=True)
class Progress:
    """Where a complaint stands, as the tracking page shows it."""

    headline: str
    lead: str
    stages: list[Stage]
    timeline: list[TimelineEntry]
    deadline: NextDeadline | None = None
    reply: str = ""
    replied_at: datetime | None = None
    may_rate: bool = False
    decline_reason: str = ""
    agency_name: str = ""
    extras: dict[str, Any] = field(default_factory=dict)


# What follows a lodging: cases opens a case in triage, in the same transaction.
after_lodging: Port[[Complaint, datetime], None] = Port("complaints.after_lodging")
# What follows a rating: cases records the follow-up and closes.
after_rating: Port[[Complaint, Rating, datetime], None] = Port("complaints.after_rating")
# Where the matter stands now.
progress: Port[[Complaint], Progress] = Port("complaints.progress")
