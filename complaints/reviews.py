"""Which review of a reply can be asked for, and why none can be. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FIRST, FINAL = 1, 2


class Barred(StrEnum):
    """Why no review can be asked for; whether it is too late, only the calendar knows."""

    NO_REPLY = "no_reply"
    WITHDRAWN = "withdrawn"
    WAITING = "waiting"
    OVER = "over"
    LATE = "late"


@dataclass(frozen=True)
class Next:
    """The review that comes next, and the day from which the time to ask for it counts."""

    level: int
    counts_from: date


def next_review(*, replied_on: date | None, answered_on: Sequence[date | None], withdrawn: bool) -> Next | Barred:
    """Return the review that can be asked for next: the first after the reply, the final one after the answer to the first.

    `answered_on` has a day for each review asked for so far, None while it is open. After the final one nothing follows.
    """
    if withdrawn:
        return Barred.WITHDRAWN
    if replied_on is None:
        return Barred.NO_REPLY
    if len(answered_on) >= FINAL and answered_on[-1] is not None:
        return Barred.OVER
    last = answered_on[-1] if answered_on else replied_on
    # A case that was opened again after a review has a later reply: the time counts from that one.
    return Barred.WAITING if last is None else Next(len(answered_on) + 1, max(last, replied_on))
