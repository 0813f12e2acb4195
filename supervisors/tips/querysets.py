"""Which tips are found for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.roles import AGENCY, OFFICE, Role
from cases.models import Case

if TYPE_CHECKING:
    from accounts.models import User
    from supervisors.models import Tip


class TipQuerySet(models.QuerySet["Tip"]):
    """Tips."""

    def visible_to(self, user: User) -> Self:
        """Return own ones to a supervisor, and to the office those of the cases that the person sees.

        Whoever holds a post in an agency sees nobody's but his own, whatever else he is: a colleague may be behind one.
        """
        own = self.filter(supervisor__user=user) if user.has_role(Role.SUPERVISOR) else self.none()
        if not user.has_role(*OFFICE) or user.has_role(*AGENCY, Role.HELPER_CLERK):
            return own
        seen = Case.objects.visible_to(user).values("links__complaint")
        return self.filter(complaint__in=seen) | own

    def for_list(self) -> Self:
        """Return the newest first, with the matter and its agency."""
        return self.select_related("complaint__agency", "supervisor").prefetch_related("supervisor__terms").order_by("-pk")
