"""Which cases and assignments are found for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.roles import AGENCY, OFFICE

from .workflow import OPEN

if TYPE_CHECKING:
    from accounts.models import User

    from .models import Assignment, Case, Deadline


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases."""

    def visible_to(self, user: User) -> Self:
        """Return all to the office and nothing to anyone else: agencies see assignments, never cases."""
        return self if user.has_role(*OFFICE) else self.none()

    def open(self) -> Self:
        """Return the cases on which something is still to be done."""
        return self.filter(status__in=OPEN)

    def for_list(self) -> Self:
        """Return cases in order of due date, each with what a row of the queue shows."""
        return self.select_related("agency", "respondent_agency", "handler").order_by("due_at", "id")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """What was sent to agencies."""

    def visible_to(self, user: User) -> Self:
        """Return to people of an agency what was sent to the agencies in which they hold a post, and to the office everything."""
        if user.has_role(*OFFICE):
            return self
        if user.has_role(*AGENCY):
            return self.filter(agency__posts__in=user.posts.current()).distinct()
        return self.none()

    def for_list(self) -> Self:
        """Return the newest first, with agency and case."""
        return self.select_related("agency", "case").order_by("-id")


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Deadlines."""

    def open(self) -> Self:
        """Return the deadlines that still run."""
        return self.filter(closed_at__isnull=True)
