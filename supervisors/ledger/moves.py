"""The accounts of a budget and the moves between them, as data. Pure."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AccountName(models.TextChoices):
    """Where the money of a budget stands. `granted` is what the treasury gave, so it is never above zero; no other is below."""

    GRANTED = "granted", _("Granted")
    AVAILABLE = "available", _("Available")
    COMMITTED = "committed", _("Committed")
    SENT = "sent", pgettext_lazy("money", "On its way")
    PAID = "paid", pgettext_lazy("money", "Paid")


class Move(models.TextChoices):
    """What can happen to money."""

    GRANT = "grant", _("Budget granted")
    CUT = "cut", _("Budget cut")
    COMMIT = "commit", _("Committed on approval")
    RELEASE = "release", _("Lapsed or cancelled")
    SEND = "send", _("Handed to the bank or the till")
    SETTLE = "settle", pgettext_lazy("money", "Paid out")
    BOUNCE = "bounce", _("Came back unpaid")
    CLAW_BACK = "claw_back", _("Paid back by the payee")


# From which account to which.
MOVES: Mapping[str, tuple[AccountName, AccountName]] = {
    Move.GRANT: (AccountName.GRANTED, AccountName.AVAILABLE),
    Move.CUT: (AccountName.AVAILABLE, AccountName.GRANTED),
    Move.COMMIT: (AccountName.AVAILABLE, AccountName.COMMITTED),
    Move.RELEASE: (AccountName.COMMITTED, AccountName.AVAILABLE),
    Move.SEND: (AccountName.COMMITTED, AccountName.SENT),
    Move.SETTLE: (AccountName.SENT, AccountName.PAID),
    Move.BOUNCE: (AccountName.SENT, AccountName.COMMITTED),
    Move.CLAW_BACK: (AccountName.PAID, AccountName.AVAILABLE),
}
