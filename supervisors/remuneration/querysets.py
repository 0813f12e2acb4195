"""Which rules, runs and statements are found for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.roles import OFFICE, Role

from .workflow import RunState

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from supervisors.models import RemunerationRule, RemunerationRun, RemunerationStatement


class RuleQuerySet(models.QuerySet["RemunerationRule"]):
    """Rules."""

    def for_month(self, month: date) -> RemunerationRule | None:
        """Return the rule by which a month is paid: of those that began by then the latest, and of these the one noted last."""
        return self.filter(since__lte=month).order_by("-since", "-id").first()


class RunQuerySet(models.QuerySet["RemunerationRun"]):
    """Runs."""

    def visible_to(self, user: User) -> Self:
        """Return them to the office, which computes and approves."""
        return self if user.has_role(*OFFICE) else self.none()

    def for_list(self) -> Self:
        """Return the newest first, with the people in it."""
        return self.select_related("computed_by", "approved_by", "budget").order_by("-id")


class StatementQuerySet(models.QuerySet["RemunerationStatement"]):
    """Statements."""

    def visible_to(self, user: User) -> Self:
        """Return all to the office, and to a supervisor the own ones once they are approved."""
        if user.has_role(*OFFICE):
            return self
        own = self.filter(supervisor__user=user, run__state=RunState.APPROVED)
        return own if user.has_role(Role.SUPERVISOR) else self.none()

    def for_list(self) -> Self:
        """Return the newest first, with whose it is, of which run, and how far the payment has come; nothing sealed is read."""
        sealed = ("holder_sealed", "bank_sealed", "account_sealed", "account_print")
        rows = self.select_related("supervisor__user", "run__computed_by", "run__approved_by", "payable")
        return rows.defer(*(f"payable__{column}" for column in sealed)).order_by("-id")
