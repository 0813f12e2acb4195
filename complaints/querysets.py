"""Which complaints are found for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from accounts.roles import AGENCY, OFFICE

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User

    from .models import Complaint, Draft


def _about_agencies_of(user: User) -> Q:
    mine = user.posts.current().values("agency")
    return Q(agency__in=mine) | Q(agency__parent__in=mine) | Q(agency__parent__parent__in=mine)


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    """Complaints."""

    def visible_to(self, user: User) -> Self:
        """Return all to the office and nothing to anyone else: agencies see assignments, never complaints.

        Who works in the office and holds a post in an agency too sees no complaint about it or a section of it.
        """
        if not user.has_role(*OFFICE):
            return self.none()
        return self.exclude(_about_agencies_of(user)) if user.has_role(*AGENCY) else self

    def for_detail(self) -> Self:
        """Return complaints with all that a page about one of them shows."""
        return self.select_related("complainant", "agency", "rating", "withdrawal").prefetch_related(
            "evidence__file", "consents__agency", "messages__sent_by"
        )


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts."""

    def alive(self, at: datetime) -> Self:
        """Return the drafts that have not expired."""
        return self.filter(expires_at__gt=at)
