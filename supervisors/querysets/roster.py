"""Which supervisors, calls, candidacies, terms and duties are found for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from accounts.roles import OFFICE, Role

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from supervisors.models import Call, Candidacy, DutyLog, Supervisor, Task, Term


def covers(on: date, prefix: str = "") -> Q:
    """The condition that a term covers a day, its first and its last one too."""
    early = Q(**{f"{prefix}ended_on__isnull": True}) | Q(**{f"{prefix}ended_on__gte": on})
    return Q(**{f"{prefix}since__lte": on, f"{prefix}until__gte": on, f"{prefix}is_void": False}) & early


class SupervisorQuerySet(models.QuerySet["Supervisor"]):
    """The roster."""

    def visible_to(self, user: User) -> Self:
        """Return the roster to the office, a supervisor's own entry to that one; agencies must not know who watches them."""
        if user.has_role(*OFFICE):
            return self
        return self.filter(user=user) if user.has_role(Role.SUPERVISOR) else self.none()

    def serving(self, on: date) -> Self:
        """Return those whose term covers a day and who are not suspended on it."""
        one = self.model._base_manager.filter(pk=OuterRef("pk"))
        away = Q(suspensions__until_on__isnull=True) | Q(suspensions__until_on__gt=on)
        return self.filter(Exists(one.filter(covers(on, "terms__"))), ~Exists(one.filter(away, suspensions__from_on__lte=on)))

    def serving_full_time(self, on: date) -> Self:
        """Return the full-time supervisors who serve on a day."""
        return self.serving(on).filter(kind="full_time")

    def for_list(self) -> Self:
        """Return the roster with terms and suspensions, the newest entry first."""
        return self.select_related("home_agency", "user").prefetch_related("terms", "suspensions").order_by("-pk")


class TermQuerySet(models.QuerySet["Term"]):
    """Terms and their certificates."""

    def visible_to(self, user: User) -> Self:
        """Return all to the office, the own ones to a supervisor."""
        if user.has_role(*OFFICE):
            return self
        return self.filter(supervisor__user=user) if user.has_role(Role.SUPERVISOR) else self.none()

    def for_list(self) -> Self:
        """Return terms with the people."""
        return self.select_related("supervisor__user", "supervisor__home_agency").order_by("-pk")

    def ending(self, first: date, last: date) -> Self:
        """Return the terms whose last day lies between two days and that nothing follows."""
        following = self.model.objects.filter(supervisor=OuterRef("supervisor"), since__gt=OuterRef("until"), is_void=False)
        return self.alias(last=Coalesce(F("ended_on"), F("until"))).filter(
            ~Exists(following), last__gte=first, last__lte=last, ended_on__isnull=True
        )


class CallQuerySet(models.QuerySet["Call"]):
    """Calls; every one is public."""

    def for_list(self) -> Self:
        """Return the newest first."""
        return self.order_by("-pk")

    def open_on(self, day: date) -> Self:
        """Return those that take nominations on a day."""
        return self.filter(opens_on__lte=day, closes_on__gte=day)

    def visible_to(self, user: User) -> Self:
        """Return them to the office."""
        return self if user.has_role(*OFFICE) else self.none()


class CandidacyQuerySet(models.QuerySet["Candidacy"]):
    """Candidacies."""

    def visible_to(self, user: User) -> Self:
        """Return them to the office; who nominated learns the outcome from the office."""
        return self if user.has_role(*OFFICE) else self.none()

    def for_list(self) -> Self:
        """Return the newest first with call and agency."""
        return self.select_related("call", "home_agency", "term", "nominated_by", "checked_by", "approved_by").order_by("-pk")

    def under_notice(self, day: date) -> Self:
        """Return those against whom somebody may object on a day."""
        return self.filter(status="published", notice_until__gte=day).select_related("call").order_by("pk")


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks."""

    def visible_to(self, user: User) -> Self:
        """Return all to the office, the own ones to a supervisor."""
        if user.has_role(*OFFICE):
            return self
        return self.filter(supervisor__user=user) if user.has_role(Role.SUPERVISOR) else self.none()

    def for_list(self) -> Self:
        """Return what is due first."""
        return self.select_related("supervisor__user").order_by("due_on", "pk")


class DutyLogQuerySet(models.QuerySet["DutyLog"]):
    """The duty log."""

    def visible_to(self, user: User) -> Self:
        """Return all to the office, the own days to a supervisor."""
        if user.has_role(*OFFICE):
            return self
        return self.filter(supervisor__user=user) if user.has_role(Role.SUPERVISOR) else self.none()

    def for_list(self) -> Self:
        """Return the newest first."""
        return self.select_related("supervisor__user", "confirmed_by").order_by("-pk")
