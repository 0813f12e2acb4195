"""How the money leaves: batches for the bank, single payments, what the bank answers, and what is paid back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import StoredFile
from supervisors.querysets import BatchQuerySet, ClawBackQuerySet
from supervisors.workflow import LIVE, BatchState, PaymentState

from .ledger import Budget
from .payables import Payable


class Batch(models.Model):
    """Amounts of one budget that go to the bank in one file."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="batches")
    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.DRAFT)
    payments_count = models.PositiveIntegerField()
    amount_fen = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    file_made_at = models.DateTimeField(null=True)  # the first time; the log knows every time
    ended_at = models.DateTimeField(null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "batches"
        constraints = [
            models.CheckConstraint(condition=Q(payments_count__gt=0, amount_fen__gt=0), name="batch_not_empty"),
            models.CheckConstraint(condition=Q(state__in=BatchState.values), name="batch_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"], sent_at__isnull=True, sent_by__isnull=True)
                | Q(state__in=["sending", "sent", "settled"], sent_at__isnull=False, sent_by__isnull=False),
                name="batch_sent_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["settled", "dropped"], ended_at__isnull=False)
                | Q(state__in=["draft", "sending", "sent"], ended_at__isnull=True),
                name="batch_ended_whole",
            ),
            models.CheckConstraint(
                condition=Q(file_made_at__isnull=True) | Q(sent_at__isnull=False), name="batch_file_after_send"
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="batch_by_state")]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """The text id by which events name it."""
        return f"batch:{self.pk}"


class BankResult(models.Model):
    """A file in which the bank says what became of a batch. What it holds is kept sealed until it is booked, then erased."""

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", pgettext_lazy("bank result", "Being read")
        READ = "read", pgettext_lazy("bank result", "Read, not booked yet")
        APPLYING = "applying", pgettext_lazy("bank result", "Being booked")
        APPLIED = "applied", pgettext_lazy("bank result", "Booked")
        REFUSED = "refused", pgettext_lazy("bank result", "Not readable")

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="results")
    sha256 = models.CharField(max_length=64)
    content_sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    lines = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)  # how many of them are booked: for the progress page
    settled = models.PositiveIntegerField(default=0)
    bounced = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)  # said before, in another file
    refused = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)  # the first refused lines: number, code, voucher when it looks like one
    refusal = models.CharField(max_length=200, blank=True)  # why the file as a whole is not taken
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "sha256"], name="bank_result_once"),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True, applied_by__isnull=True)
                | Q(applied_at__isnull=False, applied_by__isnull=False, state__in=["applying", "applied"]),
                name="bank_result_applied_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["applied", "refused"], content_sealed__isnull=True)
                | Q(state__in=["waiting", "read", "applying"], content_sealed__isnull=False),
                name="bank_result_kept_until_booked",
            ),
        ]
        indexes = [models.Index(fields=["state"], name="bank_result_by_state")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.sha256[:8]}"

    @property
    def vault_row(self) -> str:
        """The row's name in the vault; known before the row is saved."""
        return f"bank_result:{self.batch_id}:{self.sha256}"


class Payment(models.Model):
    """One attempt to pay one amount, under a key of its own. A trigger keeps its amount that of what is owed."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="payments")  # none: in cash
    payable = models.ForeignKey(Payable, on_delete=models.PROTECT, related_name="payments")
    key = models.CharField(max_length=30, unique=True)  # the voucher's code and which attempt it is
    amount_fen = models.PositiveBigIntegerField()
    account_print = models.BinaryField(
        null=True
    )  # of the account to which it goes; the payee may name another after it came back
    state = models.CharField(max_length=8, choices=PaymentState.choices, default=PaymentState.DRAFT)
    reason = models.CharField(max_length=200, blank=True)  # why it came back
    done_at = models.DateTimeField(null=True)
    result = models.ForeignKey(BankResult, on_delete=models.PROTECT, null=True, related_name="payments")
    result_line = models.PositiveIntegerField(null=True)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")  # of the signed voucher

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payable"], condition=Q(state__in=LIVE), name="payment_one_live"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payment_positive"),
            models.CheckConstraint(condition=Q(state__in=PaymentState.values), name="payment_state_known"),
            models.CheckConstraint(condition=~Q(state="bounced") | ~Q(reason=""), name="payment_bounced_has_reason"),
            models.CheckConstraint(
                condition=Q(batch__isnull=False, scan__isnull=True)
                | Q(batch__isnull=True, scan__isnull=False, state="settled", result__isnull=True),
                name="payment_bank_or_cash",
            ),
            models.CheckConstraint(
                condition=Q(result__isnull=True, result_line__isnull=True)
                | Q(result__isnull=False, result_line__isnull=False, state__in=["settled", "bounced"]),
                name="payment_result_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "sent"], done_at__isnull=True)
                | Q(state__in=["settled", "bounced", "dropped"], done_at__isnull=False),
                name="payment_done_whole",
            ),
        ]
        indexes = [models.Index(fields=["batch", "state", "id"], name="payment_by_batch")]

    def __str__(self) -> str:
        return self.key


class ClawBack(models.Model):
    """A paid amount that is to be paid back: finance asks, a leader decides, finance notes that the money came."""

    class State(models.TextChoices):
        """How far it has come."""

        ASKED = "asked", pgettext_lazy("claw-back", "Asked")
        APPROVED = "approved", pgettext_lazy("claw-back", "Approved, money not back yet")
        REFUSED = "refused", pgettext_lazy("claw-back", "Refused")
        RETURNED = "returned", pgettext_lazy("claw-back", "Money is back")

    payable = models.ForeignKey(Payable, on_delete=models.PROTECT, related_name="claw_backs")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    reason = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ClawBackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payable"], condition=~Q(state="refused"), name="claw_back_one_live"),
            models.CheckConstraint(condition=~Q(reason=""), name="claw_back_has_reason"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True, decided_by__isnull=True)
                | Q(state__in=["approved", "refused", "returned"], decided_at__isnull=False, decided_by__isnull=False),
                name="claw_back_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="returned", returned_at__isnull=False, returned_by__isnull=False)
                | Q(state__in=["asked", "approved", "refused"], returned_at__isnull=True, returned_by__isnull=True),
                name="claw_back_returned_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="claw_back_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payable_id} {self.state}"


class BankColumn(models.Model):
    """One column of the file for the bank, and of the bank's answer."""

    class Content(models.TextChoices):
        """What stands in it."""

        NUMBER = "number", pgettext_lazy("bank column", "Running number")
        VOUCHER = "voucher", _("Voucher's code")
        KEY = "key", pgettext_lazy("bank column", "Number of the payment")
        AMOUNT = "amount", pgettext_lazy("bank column", "Amount in figures")
        CAPITALS = "capitals", pgettext_lazy("bank column", "Amount in capitals")
        HOLDER = "holder", _("Account holder")
        BANK = "bank", pgettext_lazy("bank column", "Bank")
        ACCOUNT = "account", _("Account number")
        TEXT = "text", pgettext_lazy("bank column", "The same words in each line")
        RESULT = "result", pgettext_lazy("bank column", "Result (filled in by the bank)")
        REASON = "reason", pgettext_lazy("bank column", "Reason (filled in by the bank)")

    position = models.PositiveSmallIntegerField(unique=True)
    header = models.CharField(max_length=40, unique=True)
    content = models.CharField(max_length=8, choices=Content.choices)
    # amount: "yuan" or "fen"; text: the words; result: words for success, a bar, words for failure
    format = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content"], condition=~Q(content="text"), name="bank_column_once"),
            models.CheckConstraint(condition=~Q(header=""), name="bank_column_has_header"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.header}"
