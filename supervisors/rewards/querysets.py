"""Which rewards and schemes are found for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import OuterRef, Subquery

from accounts.roles import OFFICE
from cases.models import Case

from .workflow import VOID, RewardState

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from supervisors.models import Reward, RewardScheme


class SchemeQuerySet(models.QuerySet["RewardScheme"]):
    """Schemes."""

    def for_day(self, day: date) -> Self:
        """Return the scheme in force on a day."""
        return self.filter(since__lte=day, until__gte=day)


class RewardQuerySet(models.QuerySet["Reward"]):
    """Rewards."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees. Nobody else learns who reported."""
        if not user.has_role(*OFFICE):
            return self.none()
        return self.filter(case__in=Case.objects.visible_to(user).values("pk"))

    def standing(self) -> Self:
        """Return those that count: neither refused nor cancelled."""
        return self.exclude(status__in=VOID)

    def uncollected(self) -> Self:
        """Return those that wait for somebody to collect them."""
        return self.filter(status=RewardState.NOTIFIED)

    def for_list(self) -> Self:
        """Return the newest first, with what a line of the list shows."""
        related = ("case", "complaint__complainant", "grade", "scheme", "proposed_by", "decided_by", "ended_by")
        return self.select_related(*related).order_by("-id")

    def newest_of(self, column: str) -> Subquery:
        """Return the newest one of an outer row's case, for an annotation."""
        return Subquery(self.filter(case=OuterRef("pk")).order_by("-id").values(column)[:1])
