"""Which complaints are found for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.roles import OFFICE

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User

    from .models import Complaint, Draft


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    """Complaints."""

    def visible_to(self, user: User) -> Self:
        """Return all to the office and nothing to anyone else: agencies see assignments, never complaints."""
        return self if user.has_role(*OFFICE) else self.none()

    def for_detail(self) -> Self:
        """Return complaints with all that a page about one of them shows."""
        return self.select_related("complainant", "agency", "rating").prefetch_related("evidence__file", "consents__agency")


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts."""

    def alive(self, at: datetime) -> Self:
        """Return the drafts that have not expired."""
        return self.filter(expires_at__gt=at)
