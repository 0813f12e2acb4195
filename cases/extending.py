"""When more time may be asked for, and how much. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .workflow import Refused


class Policy(Protocol):
    """What a deadline policy says of extensions: how often, and how much at most in its unit."""

    extensions: int
    extension_length: int


class NoMoreTime(Refused):
    """More time cannot be asked for or given; the message says why."""


class TooLong(NoMoreTime):
    """More time than the policy allows."""

    field = "length"


def check_extension(
    length: int, policy: Policy, *, earlier: Sequence[str], due_at: datetime, stands_still: bool, now: datetime
) -> None:
    """Refuse a request that comes too late, asks for too much, or for once more than the policy allows. Raises NoMoreTime.

    `earlier` holds the decision on each request before it, empty while one waits; refused ones do not count.
    While the clock stands still a limit does not run out.
    """
    if "" in earlier:
        raise NoMoreTime(_("More time has been asked for already; it is being decided."))
    if not policy.extensions:
        raise NoMoreTime(_("This limit may not be extended."))
    if sum(decision == "approved" for decision in earlier) >= policy.extensions:
        text = ngettext(
            "A limit may be extended %(n)d time at most.", "A limit may be extended %(n)d times at most.", policy.extensions
        )
        raise NoMoreTime(text % {"n": policy.extensions})
    if now >= due_at and not stands_still:
        raise NoMoreTime(_("The limit has run out. More time must be asked for before that."))
    if not 1 <= length <= policy.extension_length:
        raise TooLong(_("Ask for 1 to %(longest)d.") % {"longest": policy.extension_length})
