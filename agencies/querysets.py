"""Which agencies and posts are found for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from accounts.roles import OFFICE, Role
from core import clock

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User

    from .models import Agency, MeasureClause, Post

_ALL_SEEING = (*OFFICE, Role.HELPER_CLERK, Role.SUPERVISOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


def named_like(words: str) -> Q:
    """Rows whose name, short name or alias holds these characters, or whose pinyin initials begin with them."""
    return (
        Q(name__icontains=words)
        | Q(short_name__icontains=words)
        | Q(aliases__icontains=words)
        | Q(initials__startswith=words.lower())
    )


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Agencies."""

    def visible_to(self, user: User) -> Self:
        """Return all to the office, helper units and supervisors, and to people of an agency their own."""
        if user.has_role(*_ALL_SEEING):
            return self
        return self.filter(posts__in=user.posts.current()).distinct()

    def open(self) -> Self:
        """Return the agencies that exist today."""
        return self.filter(is_active=True)

    def found_by(self, words: str) -> Self:
        """Return the agencies whose name, short name, alias or pinyin initials hold these characters, best matches first."""
        words = words.strip()[:60]
        if not words:
            return self.none()
        return self.filter(named_like(words)).order_by("depth", "sort", "pk")

    def for_list(self) -> Self:
        """Return the agencies in the order of the tree, each with its parent."""
        return self.select_related("parent").order_by("sort", "pk")


class PostQuerySet(models.QuerySet["Post"]):
    """Posts and the people in them."""

    def current(self, on: date | None = None) -> Self:
        """Return the posts held on a day, today if none is named. Who begins next month sees nothing yet."""
        on = on or clock.today()
        return self.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)

    def for_list(self) -> Self:
        """Return the posts with their people, in the order of rank."""
        return self.select_related("user", "agency").order_by("agency__sort", "rank", "pk")


class ClauseQuerySet(models.QuerySet["MeasureClause"]):
    """Clauses of measures."""

    def in_force(self, on: date) -> Self:
        """Return the clauses that hold on a day, and whose document does."""
        rows = self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on)
        return rows.filter(Q(measure__valid_until__isnull=True) | Q(measure__valid_until__gte=on), measure__valid_from__lte=on)

    def for_list(self) -> Self:
        """Return the clauses with their documents, the newest document first."""
        return self.select_related("measure").order_by("-measure__valid_from", "measure_id", "pk")
