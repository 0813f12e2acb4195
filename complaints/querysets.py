"""Which complaints are found for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from accounts.roles import AGENCY, OFFICE, Role

from . import searching

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from accounts.models import User

    from .models import Complaint, Draft

_MOST_FOUND = 200_000


def _about_agencies_of(user: User) -> Q:
    mine = user.posts.current().values("agency")
    return Q(agency__in=mine) | Q(agency__parent__in=mine) | Q(agency__parent__parent__in=mine)


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    """Complaints."""

    def visible_to(self, user: User) -> Self:
        """Return all to the office, to a helper unit's clerks what their unit filed, and nothing to anyone else.

        Agencies see assignments, never complaints. Who holds a post in an agency sees no complaint about it or a section of it,
        neither from the office nor from the helper unit that filed it.
        """
        if user.has_role(*OFFICE):
            return self.exclude(_about_agencies_of(user)) if user.has_role(*AGENCY, Role.HELPER_CLERK) else self
        if user.has_role(Role.HELPER_CLERK):
            mine = user.posts.current().filter(agency__kind="helper", agency__is_active=True).values("agency")
            return self.filter(filed_by_unit__in=mine).exclude(_about_agencies_of(user))
        return self.none()

    def confirmed_by(self, phone_index: bytes) -> Self:
        """Return the matters of the person who confirmed this number, by its keyed hash; nothing denied, nothing erased."""
        return self.filter(
            complainant__phone_index=phone_index,
            complainant__verification__in=["phone", "call_back", "in_person"],
            identity="real_name",
            denied_at__isnull=True,
            erased_at__isnull=True,
        )

    def for_list(self) -> Self:
        """Return the newest first, each with what a row shows; long and sealed texts stay where they are."""
        long_texts = ("working_copy", "wish_copy", "narrative_sealed", "wish_sealed", "details_sealed")
        return self.select_related("agency", "complainant").defer(*long_texts).order_by("-id")

    def with_people(self) -> Self:
        """Return complaints with everybody whom they name in the vault: who filed, who signed along, who agreed to a filing."""
        return self.select_related("complainant", "filing_consent").prefetch_related("representatives")

    def for_detail(self) -> Self:
        """Return complaints with all that a page about one of them shows."""
        people = ("filed_by", "filed_by_unit", "filing_consent")
        return self.select_related("complainant", "agency", "rating", "withdrawal", "reward_claim", *people).prefetch_related(
            "evidence__file", "consents__agency", "messages__sent_by", "representatives"
        )

    def with_grams(self, codes: Iterable[int]) -> Self:
        """Return those whose texts hold all these grams: one scan of their index, which the slice keeps apart from any join."""
        found = self.model.objects.alias(grams=searching.grams()).filter(grams__contains=list(codes))  # type: ignore[misc] # an array
        return self.filter(pk__in=found.values("pk")[:_MOST_FOUND])

    def holding(self, text: str) -> Self:
        """Return those in which this folded text stands. Reads every text that it is asked about."""
        return self.alias(searched=searching.search_text()).filter(searched__contains=text)


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts."""

    def alive(self, at: datetime) -> Self:
        """Return the drafts that have not expired."""
        return self.filter(expires_at__gt=at)
