"""What is owed to one payee, under a voucher's code and never under a name."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from supervisors.querysets import PayableQuerySet

from .ledger import Budget


class Payable(models.Model):
    """An amount that was approved for one payee: proposed, approved and paid by three people."""

    class State(models.TextChoices):
        """How far it has come."""

        OWED = "owed", pgettext_lazy("money", "Owed")
        SENT = "sent", pgettext_lazy("money", "On its way")
        PAID = "paid", pgettext_lazy("money", "Paid")
        CANCELLED = "cancelled", pgettext_lazy("money", "Cancelled")
        CLAWED_BACK = "clawed_back", pgettext_lazy("money", "Paid back")

    class Means(models.TextChoices):
        """How the payee wants it; empty until said."""

        BANK = "bank", _("Bank transfer")
        CASH = "cash", _("Cash against the signed voucher")

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="payables")
    voucher = models.CharField(max_length=20, unique=True)
    cause = models.CharField(max_length=60, unique=True)  # the text id of what it is for: nothing is owed twice
    payee = models.CharField(max_length=40)  # the text id of who gets it, `complaint:5` or `supervisor:7`
    amount_fen = models.PositiveBigIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.OWED)
    means = models.CharField(max_length=5, choices=Means.choices, blank=True)
    holder_sealed = models.BinaryField(null=True)  # of the account
    bank_sealed = models.BinaryField(null=True)
    account_sealed = models.BinaryField(null=True)
    account_print = models.BinaryField(null=True)  # keyed hash, by which an account that the bank has changed is known
    created_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    paid_at = models.DateTimeField(null=True, blank=True)
    paid_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancel_reason = models.CharField(max_length=200, blank=True)

    objects = PayableQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payable_positive"),
            models.CheckConstraint(condition=~Q(proposed_by=F("approved_by")), name="payable_two_people"),
            models.CheckConstraint(
                condition=Q(paid_by__isnull=True) | (~Q(paid_by=F("proposed_by")) & ~Q(paid_by=F("approved_by"))),
                name="payable_three_people",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["paid", "clawed_back"], paid_at__isnull=False, paid_by__isnull=False)
                | Q(state__in=["owed", "sent", "cancelled"], paid_at__isnull=True, paid_by__isnull=True),
                name="payable_paid_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "clawed_back"]) | ~Q(cancel_reason=""), name="payable_cancelled_has_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["budget", "state", "id"], name="payable_by_state"),
            models.Index(fields=["payee", "-id"], name="payable_by_payee"),
        ]

    def __str__(self) -> str:
        return self.voucher

    @property
    def subject(self) -> str:
        """The text id by which postings and events name it."""
        return f"payable:{self.pk}"

    @property
    def vault_row(self) -> str:
        """The row's name in the vault; known before the row is saved."""
        return f"payable:{self.cause}"
