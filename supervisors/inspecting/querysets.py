"""Which inspections and records are found for whom. A covert plan exists only for who is on it and who ordered it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from accounts.roles import AGENCY, OFFICE, Role
from core import clock

if TYPE_CHECKING:
    from accounts.models import User
    from supervisors.models import FieldRecord, Inspection


def own_agencies(user: User, column: str) -> Q:
    """Rows about an agency in which the person holds a post, or about a section of it, two levels down."""
    if not user.has_role(*AGENCY, Role.HELPER_CLERK):
        return Q(pk__in=[])
    mine = user.posts.current().values("agency")
    return Q(**{f"{column}__in": mine}) | Q(**{f"{column}__parent__in": mine}) | Q(**{f"{column}__parent__parent__in": mine})


def _opened(prefix: str = "") -> Q:
    """Inspections of which the whole office may know: open ones, and covert ones once they are done."""
    return Q(**{f"{prefix}manner": "open"}) | Q(**{f"{prefix}state": "done"})


def _serves(user: User) -> bool:
    from supervisors.models import Supervisor  # the models stand on this module

    return Supervisor.objects.serving(clock.today()).filter(user=user).exists()


class InspectionQuerySet(models.QuerySet["Inspection"]):
    """Inspections."""

    def visible_to(self, user: User) -> Self:
        """Return own ones, and to the office the open ones and those done, but for those at an agency of the person's own.

        A supervisor who was dismissed or suspended learns of no covert plan any more, nor that there is one.
        """
        if not user.has_role(*OFFICE, Role.SUPERVISOR):
            return self.none()
        mine = Q(pk__in=user.inspections.values("inspection"))
        if not user.has_role(*OFFICE):
            return self.filter(mine) if _serves(user) else self.filter(mine & _opened())
        touched = self.model._default_manager.filter(own_agencies(user, "agencies")).values("pk")
        return self.filter(mine | Q(ordered_by=user) | (_opened() & ~Q(pk__in=touched)))

    def of(self, user: User) -> Self:
        """Return those on which the person goes along and which are not over."""
        return self.visible_to(user).filter(pk__in=user.inspections.values("inspection"), state="planned")

    def for_list(self) -> Self:
        """Return them with theme and agencies, the latest day first."""
        return self.select_related("checklist__theme").prefetch_related("agencies").order_by("-first_on", "pk")

    def for_detail(self) -> Self:
        """Return them with everybody and everything that a page names."""
        return self.select_related("checklist__theme", "ordered_by", "ended_by").prefetch_related(
            "agencies", "members__user", "checklist__points"
        )


class FieldRecordQuerySet(models.QuerySet["FieldRecord"]):
    """Records."""

    def visible_to(self, user: User) -> Self:
        """Return those of the inspections that the person sees; agencies see none, and the office none about its own agencies."""
        from supervisors.models import Inspection  # the models stand on this module

        seen = self.filter(inspection__in=Inspection.objects.visible_to(user))
        return seen.exclude(own_agencies(user, "agency")) if user.has_role(*OFFICE) else seen

    def for_list(self) -> Self:
        """Return them as a page shows them, the newest first."""
        people = ("agency", "recorded_by", "complaint", "inspection__checklist__theme", "earlier")
        return self.select_related(*people).prefetch_related("points", "pictures__file").order_by("-seen_at", "-pk")

    def unresolved(self) -> Self:
        """Return what is to be put right and was not found in order yet."""
        return self.filter(state="open", complaint__isnull=True)
