"""The states of a reward and the moves between them, as data. Pure."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from supervisors.refusals import Refused


class RewardState(TextChoices):
    """Where a reward stands."""

    PROPOSED = "proposed", pgettext_lazy("reward", "Waiting for approval")
    REFUSED = "refused", pgettext_lazy("reward", "Not approved")
    NOTIFIED = "notified", pgettext_lazy("reward", "Waiting to be collected")
    CLAIMED = "claimed", pgettext_lazy("reward", "Waiting to be paid")
    PAID = "paid", pgettext_lazy("reward", "Paid")
    LAPSED = "lapsed", pgettext_lazy("reward", "Lapsed")
    CANCELLED = "cancelled", pgettext_lazy("reward", "Cancelled")
    CLAWED_BACK = "clawed_back", pgettext_lazy("reward", "Paid back")


# A case whose reward is in one of these may be proposed for a reward again; in any other it may not.
VOID = (RewardState.REFUSED, RewardState.CANCELLED)
# While a reward is in one of these, somebody of the office still has to do with its money.
WAITING = (RewardState.NOTIFIED, RewardState.CLAIMED)


class TransitionNotAllowed(Refused):
    """The reward has moved on, or cannot go that way."""


@dataclass(frozen=True)
class Transition:
    """One move: from which states, to which, by whom, and what it needs (both for docs/states.md)."""

    name: str
    sources: tuple[RewardState, ...]
    target: RewardState
    label: str | Promise
    who: str | Promise
    needs: str | Promise = ""


_LEADER = _("office leader who is not the proposer")
_CLOCK = _("the portal")

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        "propose",
        (),
        RewardState.PROPOSED,
        pgettext_lazy("reward", "propose"),
        _("officer or handler"),
        _("nothing against it, a grade, both judgements and a reason"),
    ),
    Transition(
        "approve",
        (RewardState.PROPOSED,),
        RewardState.NOTIFIED,
        pgettext_lazy("reward", "approve and tell"),
        _LEADER,
        _("still nothing against it, and money in the budget"),
    ),
    Transition("refuse", (RewardState.PROPOSED,), RewardState.REFUSED, pgettext_lazy("reward", "refuse"), _LEADER, _("a reason")),
    Transition(
        "claim",
        (RewardState.NOTIFIED,),
        RewardState.CLAIMED,
        pgettext_lazy("reward", "collect"),
        _("who reported, on the tracking page or at the office"),
        _("within the window: an account in the own name, or cash; without a name the claim code"),
    ),
    Transition(
        "lapse",
        (RewardState.NOTIFIED,),
        RewardState.LAPSED,
        pgettext_lazy("reward", "lapse"),
        _CLOCK,
        _("the window is over"),
    ),
    Transition(
        "pay",
        (RewardState.CLAIMED,),
        RewardState.PAID,
        pgettext_lazy("reward", "pay"),
        _("finance, who neither proposed nor approved"),
        _("every share that was collected is paid"),
    ),
    Transition(
        "cancel",
        (RewardState.PROPOSED, RewardState.NOTIFIED, RewardState.CLAIMED),
        RewardState.CANCELLED,
        pgettext_lazy("reward", "cancel"),
        _("office leader; before approval also the proposer"),
        _("a reason, and nothing sent or paid yet"),
    ),
    Transition(
        "claw_back",
        (RewardState.PAID,),
        RewardState.CLAWED_BACK,
        pgettext_lazy("reward", "claw back"),
        _("finance and an office leader"),
        _("every share that was paid came back"),
    ),
)
_MOVES = {move.name: move for move in TRANSITIONS}


def allows(name: str, state: str) -> bool:
    """Tell whether a move starts in a state."""
    return state in _MOVES[name].sources


def target_of(name: str, state: str) -> RewardState:
    """Return the state to which a move leads from this one. Raises TransitionNotAllowed."""
    if not allows(name, state):
        raise TransitionNotAllowed(_now("This reward has moved on since the page was opened. Look at where it stands now."))
    return _MOVES[name].target
