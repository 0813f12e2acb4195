"""Until when personal data is kept: n full years from the day on which the matter ended, by the policy of that day. Pure."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Policy:
    """So many years for matters that end from this day on."""

    valid_from: date
    years: int


def in_force(policies: Sequence[Policy], on: date) -> Policy | None:
    """Return the policy in force on a day, if there was one."""
    return max((one for one in policies if one.valid_from <= on), key=lambda one: one.valid_from, default=None)


def kept_until(policies: Sequence[Policy], ended_on: date) -> date | None:
    """Return the last day on which the data is kept; None when no policy was in force, and it is kept until there is one.

    The same day n years later; of a leap day the last of that February.
    """
    policy = in_force(policies, ended_on)
    if policy is None:
        return None
    year = ended_on.year + policy.years
    return ended_on.replace(year=year, day=min(ended_on.day, calendar.monthrange(year, ended_on.month)[1]))


def is_over(policies: Sequence[Policy], ended_on: date, today: date) -> bool:
    """Tell whether the time of a matter that ended on this day is over."""
    until = kept_until(policies, ended_on)
    return until is not None and today > until


def latest_end(policies: Sequence[Policy], today: date) -> date | None:
    """Return a day before which a matter must have ended for its time to be over by any policy; None without policies."""
    if not policies:
        return None
    year = today.year - min(one.years for one in policies)
    return today.replace(year=year, day=min(today.day, calendar.monthrange(year, today.month)[1]))
