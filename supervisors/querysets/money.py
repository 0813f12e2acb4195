"""Which budgets, amounts, batches and postings are found for whom. Finance sees vouchers; nobody here sees a payee."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.roles import Role
from supervisors.workflow import LIVE, PaymentState

if TYPE_CHECKING:
    from accounts.models import User
    from supervisors.models import Batch, Budget, ClawBack, Payable, Posting

_SEALED = ("holder_sealed", "bank_sealed", "account_sealed", "account_print")
READERS = (Role.FINANCE, Role.OFFICE_LEADER, Role.AUDIT_ADMIN)


class BudgetQuerySet(models.QuerySet["Budget"]):
    """Budgets."""

    def visible_to(self, user: User) -> Self:
        """Return them to finance, to leaders and to auditors."""
        return self if user.has_role(*READERS) else self.none()

    def for_list(self) -> Self:
        """Return the newest year first."""
        return self.prefetch_related("accounts").order_by("-year", "-kind")


class PostingQuerySet(models.QuerySet["Posting"]):
    """The ledger's lines."""

    def visible_to(self, user: User) -> Self:
        """Return them to finance, to leaders and to auditors."""
        return self if user.has_role(*READERS) else self.none()

    def for_list(self) -> Self:
        """Return the newest first, with who booked them."""
        return self.select_related("posted_by", "budget").order_by("-id")


class PayableQuerySet(models.QuerySet["Payable"]):
    """What is owed."""

    def visible_to(self, user: User) -> Self:
        """Return them to finance, which sees codes and amounts of them only."""
        return self if user.has_role(Role.FINANCE) else self.none()

    def open(self) -> Self:
        """Return what is owed and in no batch."""
        return self.filter(Q(state="owed"), ~Exists(_payments(state__in=LIVE)))

    def payable_by_bank(self) -> Self:
        """Return what may go into a batch now."""
        return self.open().filter(means="bank", account_sealed__isnull=False)

    def payable_in_cash(self) -> Self:
        """Return what may be handed out against the signed voucher now."""
        return self.open().filter(means="cash")

    def not_ready(self) -> Self:
        """Return what waits for the payee to say how, or for the account."""
        return self.open().filter(Q(means="") | Q(means="bank", account_sealed__isnull=True))

    def not_by(self, user: User) -> Self:
        """Leave out what this person proposed or approved."""
        return self.exclude(proposed_by=user).exclude(approved_by=user)

    def for_audit(self) -> Self:
        """Return them without anything sealed and without who gets it."""
        return self.defer(*_SEALED, "payee")

    def for_list(self) -> Self:
        """Return the oldest first, each with whether a payment of it came back; nothing sealed is read."""
        returned = Exists(_payments(state=PaymentState.BOUNCED))
        return self.select_related("budget").defer(*_SEALED).annotate(came_back=returned).order_by("id")


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches."""

    def visible_to(self, user: User) -> Self:
        """Return them to finance alone: only it may see and move them."""
        return self if user.has_role(Role.FINANCE) else self.none()

    def for_list(self) -> Self:
        """Return the newest first."""
        return self.select_related("budget", "created_by", "sent_by").order_by("-id")


class ClawBackQuerySet(models.QuerySet["ClawBack"]):
    """What is to be paid back."""

    def visible_to(self, user: User) -> Self:
        """Return them to finance and to leaders."""
        return self if user.has_role(Role.FINANCE, Role.OFFICE_LEADER) else self.none()

    def for_list(self) -> Self:
        """Return the newest first."""
        return self.select_related("payable", "payable__budget", "asked_by", "decided_by").order_by("-id")


def _payments(**conditions: object) -> models.QuerySet[models.Model]:
    """Return the payments of the amount asked for from outside."""
    return apps.get_model("supervisors", "Payment")._default_manager.filter(payable=OuterRef("pk"), **conditions)
