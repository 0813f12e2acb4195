"""Which supervisors are found for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from accounts.roles import OFFICE, Role

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from supervisors.models import Supervisor


class SupervisorQuerySet(models.QuerySet["Supervisor"]):
    """The roster."""

    def visible_to(self, user: User) -> Self:
        """Return the roster to the office, a supervisor's own entry to that one; agencies must not know who watches them."""
        if user.has_role(*OFFICE):
            return self
        return self.filter(user=user) if user.has_role(Role.SUPERVISOR) else self.none()

    def serving(self, on: date) -> Self:
        """Return those whose term covers a day."""
        return self.filter(Q(term_until__gte=on), term_since__lte=on)

    def for_list(self) -> Self:
        """Return the roster in the order of certificate numbers."""
        return self.select_related("home_agency", "user").order_by("certificate_number")
