"""The states of candidacies, of batches of payments and of each payment in them, as data. Pure."""

from dataclasses import dataclass

from django.db import models
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Role

from .refusals import Refused


class BatchState(TextChoices):
    """Where a batch stands."""

    DRAFT = "draft", pgettext_lazy("batch", "Draft")
    SENDING = "sending", pgettext_lazy("batch", "Being booked")
    SENT = "sent", pgettext_lazy("batch", "With the bank")
    SETTLED = "settled", pgettext_lazy("batch", "Settled")
    DROPPED = "dropped", pgettext_lazy("batch", "Dropped")


class PaymentState(TextChoices):
    """Where one payment stands."""

    DRAFT = "draft", pgettext_lazy("payment", "Planned")
    SENT = "sent", pgettext_lazy("payment", "On its way")
    SETTLED = "settled", pgettext_lazy("payment", "Paid out")
    BOUNCED = "bounced", pgettext_lazy("payment", "Came back")
    DROPPED = "dropped", pgettext_lazy("payment", "Dropped")


# While a payment is in one of these, no second one for the same amount may exist.
LIVE = (PaymentState.DRAFT, PaymentState.SENT, PaymentState.SETTLED)


class TransitionNotAllowed(Refused):
    """The batch or payment has moved on, or cannot go that way."""


@dataclass(frozen=True)
class Transition:
    """One way from some states to another."""

    name: str
    sources: tuple[TextChoices, ...]
    target: TextChoices
    label: str | Promise
    who: object = Role.FINANCE
    needs: str | Promise = ""


BATCH_TRANSITIONS: tuple[Transition, ...] = (
    Transition("drop", (BatchState.DRAFT,), BatchState.DROPPED, _("drop the batch")),
    Transition("send", (BatchState.DRAFT,), BatchState.SENDING, _("send the batch"), needs=_("three people for each amount")),
    Transition("booked", (BatchState.SENDING,), BatchState.SENT, _("every payment is booked"), who=""),
    Transition("settle", (BatchState.SENT,), BatchState.SETTLED, _("the last result is in"), who=""),
    Transition(
        "recall", (BatchState.SENT,), BatchState.SETTLED, _("take the batch back"), needs=_("a reason, and no bank file yet")
    ),
)
PAYMENT_TRANSITIONS: tuple[Transition, ...] = (
    Transition("drop", (PaymentState.DRAFT,), PaymentState.DROPPED, _("drop the payment")),
    Transition("send", (PaymentState.DRAFT,), PaymentState.SENT, _("send the payment")),
    Transition("settle", (PaymentState.SENT,), PaymentState.SETTLED, _("the money arrived"), needs=_("a result of the bank")),
    Transition("bounce", (PaymentState.SENT,), PaymentState.BOUNCED, _("the money came back"), needs=_("a reason")),
    Transition("hand_out", (), PaymentState.SETTLED, _("paid in cash"), needs=_("the scan of the signed voucher")),
)


def target_of(table: tuple[Transition, ...], name: str, state: str) -> str:
    """Return the state to which a move leads from this one. Raises TransitionNotAllowed."""
    move = next(one for one in table if one.name == name)
    if state not in move.sources:
        raise TransitionNotAllowed(_now("This has moved on since the page was opened. Look at where it stands now."))
    return str(move.target.value)


class CandidacyStatus(models.TextChoices):
    """Where a candidacy stands."""

    NOMINATED = "nominated", _("Nominated")
    CHECKED = "checked", pgettext_lazy("candidacy", "Checked")
    APPROVED = "approved", pgettext_lazy("candidacy", "Approved")
    PUBLISHED = "published", pgettext_lazy("candidacy", "Under public notice")
    APPOINTED = "appointed", pgettext_lazy("candidacy", "Appointed")
    DECLINED = "declined", pgettext_lazy("candidacy", "Not taken")
    WITHDRAWN = "withdrawn", pgettext_lazy("candidacy", "Withdrawn")


class MoveNotAllowed(Refused):
    """A move that the table does not have."""


_OFFICER = _("officer")
_LEADER = _("office leader")
LIVE_CANDIDACIES = (CandidacyStatus.NOMINATED, CandidacyStatus.CHECKED, CandidacyStatus.APPROVED, CandidacyStatus.PUBLISHED)

CANDIDACY_TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        "check",
        (CandidacyStatus.NOMINATED,),
        CandidacyStatus.CHECKED,
        pgettext_lazy("candidacy", "check"),
        _OFFICER,
        _("a look at the records: no sanction"),
    ),
    Transition(
        "approve",
        (CandidacyStatus.CHECKED,),
        CandidacyStatus.APPROVED,
        pgettext_lazy("candidacy", "approve"),
        _LEADER,
        _("not who checked"),
    ),
    Transition(
        "publish",
        (CandidacyStatus.APPROVED,),
        CandidacyStatus.PUBLISHED,
        _("put under public notice"),
        _OFFICER,
        _("the days that the policy names"),
    ),
    Transition(
        "appoint",
        (CandidacyStatus.PUBLISHED,),
        CandidacyStatus.APPOINTED,
        _("appoint"),
        _LEADER,
        _("the notice has run and every objection is settled"),
    ),
    Transition(
        "decline",
        LIVE_CANDIDACIES,
        CandidacyStatus.DECLINED,
        pgettext_lazy("candidacy", "do not take"),
        _("officer or office leader"),
        _("a reason"),
    ),
    Transition(
        "withdraw",
        LIVE_CANDIDACIES,
        CandidacyStatus.WITHDRAWN,
        pgettext_lazy("candidacy", "withdraw"),
        _OFFICER,
        _("the candidate's wish"),
    ),
)
_BY_NAME = {transition.name: transition for transition in CANDIDACY_TRANSITIONS}


def allows(name: str, status: str) -> bool:
    """Tell whether a move may start from this state."""
    return status in _BY_NAME[name].sources


def check(name: str, status: str) -> CandidacyStatus:
    """Return the state to which a move leads from this one. Raises MoveNotAllowed."""
    if not allows(name, status):
        raise MoveNotAllowed(
            _("This is no longer possible: the candidacy is now “%(status)s”. Someone else may have acted first.")
            % {"status": CandidacyStatus(status).label}
        )
    return CandidacyStatus(_BY_NAME[name].target)
