"""The states of a batch of payments and of each payment in it, as data. Pure."""

from dataclasses import dataclass

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
