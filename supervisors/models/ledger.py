"""The two budgets as append-only double-entry ledgers in whole fen. Triggers keep them so (migration 0002)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supervisors.ledger.moves import AccountName, Move
from supervisors.querysets import BudgetQuerySet, PostingQuerySet


class Budget(models.Model):
    """The money of one kind for one year. Rewards and remuneration never mix."""

    class Kind(models.TextChoices):
        """What it is for."""

        REWARDS = "rewards", _("Rewards")
        REMUNERATION = "remuneration", _("Remuneration")

    kind = models.CharField(max_length=15, choices=Kind.choices)
    year = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=200)  # the document that grants it
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year"], name="budget_once_a_year"),
            models.CheckConstraint(condition=Q(kind__in=["rewards", "remuneration"]), name="budget_kind_known"),
            models.CheckConstraint(condition=~Q(basis=""), name="budget_has_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class Account(models.Model):
    """Where the money of a budget stands, with its balance. A trigger alone changes the balance, with each entry."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="accounts")
    name = models.CharField(max_length=10, choices=AccountName.choices)
    balance_fen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["budget", "name"], name="account_once_a_budget"),
            models.CheckConstraint(
                condition=Q(name="granted", balance_fen__lte=0)
                | Q(name__in=["available", "committed", "sent", "paid"], balance_fen__gte=0),
                name="account_never_overdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.budget_id} {self.name}: {self.balance_fen}"


class Posting(models.Model):
    """One move of money, for ever. Its key says what caused it, so that nothing causes it twice."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="postings")
    move = models.CharField(max_length=10, choices=Move.choices)
    amount_fen = models.PositiveBigIntegerField()
    key = models.CharField(max_length=80, unique=True)
    cause = models.CharField(max_length=60)  # the text id of what it was for, `payable:7`
    note = models.CharField(max_length=200, blank=True)  # why, where a person decides; never who is paid
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PostingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="posting_positive"),
            models.CheckConstraint(condition=Q(move__in=Move.values), name="posting_move_known"),
            # Without a person it was the clock that let a claim lapse.
            models.CheckConstraint(
                condition=Q(posted_at__isnull=False) & (Q(posted_by__isnull=False) | Q(move="release")), name="posting_by_whom"
            ),
        ]
        indexes = [
            models.Index(fields=["budget", "-id"], name="posting_by_budget"),
            models.Index(fields=["cause"], name="posting_by_cause"),
        ]

    def __str__(self) -> str:
        return f"{self.move} {self.amount_fen} {self.cause}"


class Entry(models.Model):
    """One side of a posting; the entries of a posting sum to zero."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries")
    amount_fen = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["posting", "account"], name="entry_once_an_account"),
            models.CheckConstraint(condition=~Q(amount_fen=0), name="entry_not_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id} {self.account_id} {self.amount_fen}"
