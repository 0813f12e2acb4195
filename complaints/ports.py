"""What the complaints need to know from the rooms above them (docs/adr/0004-ports.md)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.ports import Port

if TYPE_CHECKING:
    from core.files import Opened

    from .models import Complaint, Consent, Evidence, Message, Rating, ReviewRequest, RewardClaim, Withdrawal


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
    private: bool = False  # the complainant's own affair; a helper unit that filed the matter does not read it


@dataclass(frozen=True)
class NextDeadline:
    """The limit that runs now and who must keep it; `explanation` is `core.deadlines.Limit.as_facts()`."""

    step_label: str
    holder: str
    started_on: date
    due_on: date
    explanation: dict[str, Any]


@dataclass(frozen=True)
class Reviewed:
    """A review that the complainant asked for (level 1, or 2 for the final one), open or with its answer; `outcome` in words."""

    level: int
    asked_at: datetime
    outcome: str = ""
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Sent:
    """What an agency was sent of who filed, and when; without fields it got the summary alone."""

    agency: int
    agency_name: str
    fields: tuple[str, ...]
    at: datetime


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
    ended_on: date | None = None
    reviews: Sequence[Reviewed] = ()  # in order of their level
    is_reopened: bool = False  # the reply is looked into again; another follows
    was_reopened: bool = False  # now or before: there may be ratings of an earlier reply
    is_archived: bool = False  # nothing is taken any more
    may_claim: bool = False  # a reward can be claimed: the finding holds, and the reply is out
    may_disclose: bool = False  # the matter can still be sent to an agency
    sent: Sequence[Sent] = ()  # to which agencies it was sent
    extras: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Paper:
    """A letter of the office that the complainant can open: what it is called, its number, the day of issue."""

    pk: int
    title: str
    number: str
    issued_on: date
    is_ready: bool  # whether it can be opened now


@dataclass(frozen=True)
class Standing:
    """Where a complaint stands, in one line of a list; `due_on` is the last day of the limit that runs now."""

    headline: str
    due_on: date | None
    disc: int | str  # how full its disc is: 0 to 4, "x" for given up


@dataclass(frozen=True)
class RewardStanding:
    """What has become of a reward, in words fit for who reported; `url` leads to where it is collected, while it can be."""

    headline: str
    text: str
    url: str = ""
    facts: Sequence[tuple[str, str]] = ()  # terms and what they are: the amount, the voucher's code


# What follows a lodging: cases opens a case in triage, in the same transaction.
after_lodging: Port[[Complaint, datetime], None] = Port("complaints.after_lodging")
# What follows a rating: cases records the follow-up and closes.
after_rating: Port[[Complaint, Rating, datetime], None] = Port("complaints.after_rating")
# What follows a message of the complainant: cases tells who deals with it. The message is the oldest that nobody has seen.
after_message: Port[[Complaint, Message, datetime], None] = Port("complaints.after_message")
# What follows evidence that came after filing: cases tells who deals with it.
after_supplement: Port[[Complaint, Sequence[Evidence], datetime], None] = Port("complaints.after_supplement")
# What follows a withdrawal: cases ends the matter, or asks its handler. Raises complaints.actions.WithdrawalRefused.
after_withdrawal: Port[[Complaint, Withdrawal, datetime], None] = Port("complaints.after_withdrawal")
# What follows when a review is asked for: cases opens it with its limit and tells the office leaders.
after_review_request: Port[[Complaint, ReviewRequest, datetime], None] = Port("complaints.after_review_request")
# What follows when a reward is claimed: cases tells the handler and the office leaders. Whether there is one is decided above.
after_reward_claim: Port[[Complaint, RewardClaim, datetime], None] = Port("complaints.after_reward_claim")
# What follows when a consent to disclose was given or revoked (then it has `revoked_at`): cases tells who deals with the case.
after_consent: Port[[Complaint, Consent, datetime], None] = Port("complaints.after_consent")
# What follows when something was found in a file: cases tells who deals with it.
after_locking: Port[[Evidence, datetime], None] = Port("complaints.after_locking")
# What follows when the complainant corrected data: cases masks its own copies again and tells. The words are vault columns.
after_correction: Port[[Complaint, Sequence[str], datetime], None] = Port("complaints.after_correction")
# On which day each of these complaints' matters ended; one that has not ended, or is being reviewed, is missing.
ended_on: Port[[Collection[int]], Mapping[int, date]] = Port("complaints.ended_on")
# Which complaints not erased yet ended before a day: ids above the second value in order, at most the third.
ended_before: Port[[date, int, int], Sequence[int]] = Port("complaints.ended_before")
# What follows when the originals of a matter are erased: cases erases the letters that name the complainant.
after_erasure: Port[[Complaint, datetime], None] = Port("complaints.after_erasure")
# The letters that were issued to the complainant, the oldest first; one query.
papers: Port[[Complaint], Sequence[Paper]] = Port("complaints.papers")
# One of them, to be read or saved; the first time is noted. None when it is not this complaint's, or cannot be opened.
paper: Port[[Complaint, int, datetime], Opened | None] = Port("complaints.paper")
# What has become of a reward for this complaint, if anything has.
reward: Port[[Complaint], RewardStanding | None] = Port("complaints.reward")
# Whether a payment needs the ID number of this person (by id), so that it cannot be deleted now.
id_number_needed: Port[[UUID], bool] = Port("complaints.id_number_needed")
# Where the matter stands now.
progress: Port[[Complaint], Progress] = Port("complaints.progress")
# Where several matters stand, by the complaint's id; in a fixed number of queries.
standings: Port[[Sequence[Complaint]], Mapping[int, Standing]] = Port("complaints.standings")
