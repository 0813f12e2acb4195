"""What went to agencies, as they and the office find it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Prefetch, Q

from accounts.roles import AGENCY, OFFICE
from cases.workflow import OPINION_STATES, Status, Step
from core.clock import midnight

from .visibility import posted_in, recused, related, set_aside

if TYPE_CHECKING:
    from accounts.models import User
    from agencies.models import Agency
    from cases.models import (
        Assignment,
        Card,
        Handover,
        Rectification,
        SupervisionOrder,
    )


_LEADS = Q(is_lead=True, case__status__in=[Status.DISPATCHED, Status.RECEIVED])


_OWES_OPINION = Q(is_lead=False, opinion_at__isnull=True, case__status__in=OPINION_STATES)


_TO_DO = Q(ended_at__isnull=True) & (_LEADS | _OWES_OPINION)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """What was sent to agencies."""

    def visible_to(self, user: User) -> Self:
        """Return to people of an agency what was sent to it and its sections, two levels down, and to the office everything.

        Who is recused from a case sees nothing of it, unless he stands for the agency.
        """
        if not user.has_role(*OFFICE, *AGENCY):
            return self.none()
        own = posted_in("agency", user) if user.has_role(*AGENCY) else Q(pk__in=[])
        return self.filter(own | ~set_aside(user, "case__")) if user.has_role(*OFFICE) else self.filter(own)

    def for_detail(self) -> Self:
        """Return assignments with all that a page about one of them shows."""
        return self.select_related("agency", "case__handler", "case__due_policy", "received_by").prefetch_related(
            Prefetch("reports", related(self, "reports").select_related("scan")),
            "returns",
            "case__deadlines__policy",
            "case__assignments__agency",
        )

    def of(self, agency: Agency) -> Self:
        """Return what was sent to an agency and its sections, two levels down."""
        return self.filter(Q(agency=agency) | Q(agency__parent=agency) | Q(agency__parent__parent=agency))

    def current(self) -> Self:
        """Return those that are still the agency's."""
        return self.filter(ended_at__isnull=True)

    def to_do(self) -> Self:
        """Return what waits for the agency: to sign, to report as the lead, to give its opinion, or to put something right."""
        return self.filter(_TO_DO | self._to_put_right())

    def others(self) -> Self:
        """Return everything else."""
        return self.filter(~_TO_DO).exclude(self._to_put_right())

    def _to_put_right(self) -> Q:
        waiting = related(self, "rectifications").filter(accepted_at__isnull=True, case__deadlines__closed_at__isnull=True)
        return Q(pk__in=waiting.filter(case__deadlines__step=Step.RECTIFICATION).values("assignment"))

    def for_list(self) -> Self:
        """Return the newest first, with agency and case."""
        return self.select_related("agency", "case__due_policy").order_by("-id")


class CardQuerySet(models.QuerySet["Card"]):
    """Yellow and red cards."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and to people of an agency what was issued to it."""
        if user.has_role(*OFFICE):
            return self.exclude(recused(user, "case__"))
        if user.has_role(*AGENCY):
            return self.filter(posted_in("agency", user), issued_at__isnull=False)
        return self.none()

    def waiting(self) -> Self:
        """Return the suggestions that nobody has decided on."""
        return self.filter(state="suggested")

    def appealed(self) -> Self:
        """Return the cards with an appeal that nobody has decided on."""
        return self.filter(state__in=["issued", "superseded"], appealed_at__isnull=False, decision="")

    def in_force(self) -> Self:
        """Return the cards that count; of two for one limit the red one."""
        return self.filter(state="issued")

    def issued_in(self, year: int) -> Self:
        """Return the cards issued in a year and not withdrawn."""
        first, after = midnight(date(year, 1, 1)), midnight(date(year + 1, 1, 1))
        return self.filter(state__in=["issued", "superseded"], issued_at__gte=first, issued_at__lt=after)

    def for_list(self) -> Self:
        """Return the newest first, with limit, case, agency and people."""
        people = ("proposer", "issued_by", "ended_by", "appealed_by", "decided_by")
        return self.select_related("case__handler", "agency", "deadline__policy", *people).order_by("-id")


class OrderQuerySet(models.QuerySet["SupervisionOrder"]):
    """Supervision orders."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and to people of an agency what it was ordered."""
        if user.has_role(*OFFICE):
            return self.exclude(recused(user, "case__"))
        return self.filter(posted_in("agency", user)) if user.has_role(*AGENCY) else self.none()

    def open(self) -> Self:
        """Return the orders that are neither carried out nor cancelled."""
        return self.filter(state="open")

    def answered(self) -> Self:
        """Return the open orders with an answer that the office has not looked at."""
        return self.open().filter(replies__decision="")

    def unanswered(self) -> Self:
        """Return the orders that wait for the agency."""
        return self.exclude(replies__decision="")

    def over(self) -> Self:
        """Return the orders that are carried out or cancelled."""
        return self.exclude(state="open")

    def for_list(self) -> Self:
        """Return the newest first, with limit, case, agency, people and answers."""
        rows = self.select_related("case__handler", "agency", "deadline__policy", "ordered_by", "ended_by")
        return rows.prefetch_related("replies__replied_by", "replies__decided_by").order_by("-id")


class RectificationQuerySet(models.QuerySet["Rectification"]):
    """What agencies must put right."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else."""
        return self.exclude(recused(user, "case__")) if user.has_role(*OFFICE) else self.none()

    def open(self) -> Self:
        """Return those that are not done."""
        return self.filter(accepted_at__isnull=True)

    def for_list(self) -> Self:
        """Return them with every answer and its files, the oldest first."""
        people = ("case__handler", "assignment__agency", "demanded_by", "accepted_by")
        return (
            self.select_related(*people)
            .prefetch_related("answers__answered_by", "answers__judged_by", "answers__proofs__file")
            .order_by("pk")
        )


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Handovers."""

    def visible_to(self, user: User) -> Self:
        """Return to the office all, and to people of an agency those of its posts and its sections', two levels down.

        Who left the post no longer sees what he handed over: it is the agency's.
        """
        if user.has_role(*OFFICE):
            return self
        if user.has_role(*AGENCY):
            return self.filter(posted_in("agency", user))
        return self.none()

    def for_list(self) -> Self:
        """Return the newest first, with the people in them."""
        return self.select_related("agency", "handed_from", "handed_to", "handed_by", "confirmed_by").order_by("-id")
