"""Limits, requests, letters, records and dispositions, as the office finds them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.roles import OFFICE
from cases.workflow import Status
from complaints.models import Complaint
from core.clock import midnight

from .matters import after
from .visibility import recused

if TYPE_CHECKING:
    from accounts.models import User
    from cases.models import (
        Assignment,
        Deadline,
        Disposition,
        Extension,
        InvestigationRecord,
        Letter,
        Recusal,
        SavedSearch,
        Unmasking,
    )


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Deadlines."""

    def open(self) -> Self:
        """Return the deadlines that still run."""
        return self.filter(closed_at__isnull=True)

    def remindable(self, at: datetime) -> Self:
        """Return the deadlines whose next reminder has come, the longest waiting first: a walk of one partial index."""
        return self.filter(next_reminder_at__isnull=False, next_reminder_at__lte=at).order_by("next_reminder_at")

    def kept(self, first: date | None, last: date | None) -> Self:
        """Return the limits that were met in time in a span of days, of several of one step in a case the last.

        One that ended because the complainants withdrew or the case was merged was neither kept nor missed.
        """
        rows = self._last_of_step().filter(closed_at__isnull=False, closed_at__lt=F("due_at"))
        rows = rows if first is None else rows.filter(closed_at__gte=midnight(first))
        rows = rows if last is None else rows.filter(closed_at__lt=after(last))
        return rows.exclude(case__status=Status.MERGED).exclude(case__withdrawn_at__isnull=False, case__closed_at=F("closed_at"))

    def missed(self, first: date | None, last: date | None, today: date) -> Self:
        """Return the limits that ran out unmet in a span of days, whether met later or not; the clock of none stands still."""
        rows = self._last_of_step().filter(due_on__lt=today)
        rows = rows if first is None else rows.filter(due_on__gte=first)
        rows = rows if last is None else rows.filter(due_on__lte=last)
        return rows.filter(Q(closed_at__isnull=True, paused_on__isnull=True) | Q(closed_at__gte=F("due_at")))

    def _last_of_step(self) -> Self:
        later = self.model._default_manager.filter(case=OuterRef("case"), step=OuterRef("step"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later))


class UnmaskingQuerySet(models.QuerySet["Unmasking"]):
    """Requests to see what names a complainant."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else."""
        if not user.has_role(*OFFICE):
            return self.none()
        return self.exclude(recused(user, "case__"))

    def for_detail(self) -> Self:
        """Return requests with the people in them and their case, the oldest first."""
        return self.select_related("case__handler", "complaint__complainant", "requested_by", "decided_by").order_by("id")


class ExtensionQuerySet(models.QuerySet["Extension"]):
    """Requests for more time."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else."""
        if not user.has_role(*OFFICE):
            return self.none()
        return self.exclude(recused(user, "deadline__case__"))

    def for_detail(self) -> Self:
        """Return requests with their limit, its case and policy, and the people in them, the oldest first."""
        return self.select_related("deadline__case", "deadline__policy", "asked_by", "decided_by").order_by("id")


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Searches that people keep."""

    def visible_to(self, user: User) -> Self:
        """Return to people of the office their own searches and the shared ones, and nothing to anyone else."""
        return self.filter(Q(owner=user) | Q(shared=True)) if user.has_role(*OFFICE) else self.none()

    def for_list(self) -> Self:
        """Return them by name, each with its owner."""
        return self.select_related("owner").order_by("name", "pk")


class LetterQuerySet(models.QuerySet["Letter"]):
    """Official letters."""

    def drafts(self) -> Self:
        """Return the letters that are neither issued nor discarded."""
        return self.filter(issued_at__isnull=True, discarded_at__isnull=True)

    def begun(self) -> Self:
        """Return the letters that a person has asked for or written on; the others the portal drafted, and nobody cared."""
        return self.exclude(author__isnull=True, words={})

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else: see `sent_with`."""
        if not user.has_role(*OFFICE):
            return self.none()
        return self.exclude(recused(user, "case__"))

    def for_list(self) -> Self:
        """Return them with the people and agencies in them, the newest first."""
        people = ("author", "issued_by", "delivered_by", "discarded_by")
        return self.select_related("agency", "complaint__complainant", "file", *people).order_by("-id")

    def for_detail(self) -> Self:
        """Return them with all that a page about one of them shows."""
        return self.for_list().select_related("case__agency", "case__respondent_agency", "case__handler", "template")

    def sent_with(self, assignment: Assignment) -> Self:
        """Return what was issued to the agency of an assignment in its case, the oldest first."""
        issued = self.filter(case=assignment.case_id, agency=assignment.agency_id, issued_at__isnull=False)
        return issued.select_related("file").order_by("id")

    def sent_to(self, complaint: Complaint) -> Self:
        """Return what was issued to who filed a complaint, the oldest first."""
        return self.filter(complaint=complaint, issued_at__isnull=False).select_related("file").order_by("id")


class RecusalQuerySet(models.QuerySet["Recusal"]):
    """Who must stay away from which case."""

    def open(self) -> Self:
        """Return those that nobody has lifted."""
        return self.filter(lifted_at__isnull=True)

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else."""
        return self.exclude(recused(user, "case__")) if user.has_role(*OFFICE) else self.none()

    def for_list(self) -> Self:
        """Return them with their people and their case, the oldest first."""
        return self.select_related("case", "user", "placed_by", "lifted_by").order_by("pk")


class RecordQuerySet(models.QuerySet["InvestigationRecord"]):
    """Records of what investigators did."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else."""
        return self.exclude(recused(user, "case__")) if user.has_role(*OFFICE) else self.none()

    def for_list(self) -> Self:
        """Return records with who investigated, who signed and what they rest on, the oldest first."""
        rows = self.select_related("case__handler", "recorded_by", "replaces").order_by("pk")
        return rows.prefetch_related("signatures__investigator", "evidence__file", "replaced_by")


class DispositionQuerySet(models.QuerySet["Disposition"]):
    """Dispositions."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else."""
        return self.exclude(recused(user, "case__")) if user.has_role(*OFFICE) else self.none()

    def for_list(self) -> Self:
        """Return dispositions with the clause that each cites and the people in them, the oldest first."""
        people = ("case__handler", "agency", "proposed_by", "decided_by")
        return self.select_related("clause__measure", *people).order_by("pk")
