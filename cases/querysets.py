"""Which cases and assignments are found for whom."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery

from accounts.roles import AGENCY, OFFICE, Role
from complaints.models import Complaint, Message
from core.clock import midnight

from .deadlines import Span
from .identifying import unconfirmed
from .workflow import OPEN, REVIEW_STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accounts.models import User

    from .models import Assignment, Case, Deadline, Extension, Review, SavedSearch, Unmasking

_ONE_DAY = timedelta(days=1)
NEVER = datetime(9999, 12, 31, tzinfo=UTC)  # where an open case without a limit stands in the order of due dates: last


def _after(day: date) -> datetime:
    """Return the midnight that ends a day; the calendar's last day has none."""
    return midnight(day + _ONE_DAY) if day < date.max else NEVER


def _due_in(span: Span) -> Q:
    """Rows due in a span of days, by the moment by which the queue goes."""
    rows = Q() if span.first is None else Q(due_at__gte=_after(span.first))
    return rows if span.last is None else rows & Q(due_at__lte=_after(span.last))


def _with(column: str, user: User) -> Q:
    """Rows whose agency is one in which the person holds a post, or a section of it, two levels down."""
    mine = user.posts.current().values("agency")
    return Q(**{f"{column}__in": mine}) | Q(**{f"{column}__parent__in": mine}) | Q(**{f"{column}__parent__parent__in": mine})


def _recused(user: User, case: str = "") -> Q:
    """Cases that somebody of the office does not see: about or with an agency in which he holds a post.

    A matter that was merged into a case keeps what it complains about, so the joint case is hidden from him too.
    """
    if not user.has_role(*AGENCY, Role.HELPER_CLERK):
        return Q(pk__in=[])
    about = Complaint.objects.filter(_with("agency", user), case_link__isnull=False).values("case_link__case")
    joint = Q(**{f"{case}pk__in": about})
    return _with(f"{case}respondent_agency", user) | _with(f"{case}agency", user) | joint


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases."""

    def visible_to(self, user: User) -> Self:
        """Return all to the office and nothing to anyone else: agencies see assignments, never cases.

        Who works in the office and holds a post in an agency too sees no case about it or with it.
        """
        if not user.has_role(*OFFICE):
            return self.none()
        return self.exclude(_recused(user))

    def open(self) -> Self:
        """Return the cases on which something is still to be done."""
        return self.filter(status__in=OPEN)

    def done(self) -> Self:
        """Return the cases on which nothing is left to be done: those with a moment of closing, by which they are sorted."""
        return self.filter(closed_at__isnull=False)

    def under_review(self) -> Self:
        """Return the cases with a review to answer, ended ones too: a walk of the open limits, however many cases are stored."""
        running = self.model._default_manager.filter(deadlines__closed_at=None, deadlines__step__in=REVIEW_STEPS.values())
        return self.filter(pk__in=running.values("pk"))

    def for_list(self) -> Self:
        """Return cases with what a row of the queue shows; long texts stay where they are."""
        long_texts = ("reply", "decline_reason", "close_reason", "follow_up_note")
        return self.select_related("agency", "respondent_agency", "handler", "due_policy").defer(*long_texts, "due_policy__basis")

    def with_news(self) -> Self:
        """Note of each case whether a message of a complainant waits that nobody who must answer has seen (`has_message`)."""
        unseen = Message.objects.filter(complaint__case_link__case=OuterRef("pk"), side=Message.Side.COMPLAINANT, seen_at=None)
        return self.annotate(has_message=Exists(unseen))

    def with_complainants(self) -> Self:
        """Note of each case how many complaints it deals with (`complainants`)."""
        joint = Complaint.objects.filter(case_link__case=OuterRef("pk")).order_by().values("case_link__case")
        return self.annotate(complainants=Subquery(joint.annotate(n=Count("pk")).values("n")))

    def with_filers(self) -> Self:
        """Note of each case whether somebody is still to be confirmed (`is_unconfirmed`)."""
        return self.annotate(is_unconfirmed=unconfirmed())

    def of_kind(self, kind: str) -> Self:
        """Return the cases in which such a matter was lodged."""
        return self.filter(kinds__contains=[kind])

    def for_detail(self) -> Self:
        """Return cases with all that a page about one of them shows."""
        return self.select_related("agency", "respondent_agency", "handler", "replied_by", "due_policy").prefetch_related(
            self._each("deadlines", "policy"),
            self._each("assignments", "agency", "received_by"),
            self._each("reports", "reported_by", "decided_by"),
        )

    def _each(self, name: str, *joined: str) -> Prefetch[str]:
        """Read the rows of a case with what stands beside each of them in one query, not in one more for each of those."""
        model: Any = self.model._meta.get_field(name).related_model
        return Prefetch(name, model._default_manager.select_related(*joined))

    def running(self) -> Self:
        """Return the cases whose clock does not stand still."""
        return self.filter(paused_on__isnull=True)

    def due_between(self, first: date | None, last: date | None) -> Self:
        """Return the cases due in a span of days; None leaves that side open. It asks for the moment by which the queue goes."""
        return self.filter(_due_in(Span(first, last)))

    def due_by_policy(self, spans: Mapping[Span, Iterable[int]]) -> Self:
        """Return the cases due in the span of days that holds for the policy which their limit follows (ids by span).

        The outermost days bound the walk of the queue's index; only where policies differ is each case asked for its own.
        """
        firsts, lasts = ([span.first for span in spans if span.first], [span.last for span in spans if span.last])
        whole = len(spans)
        rows = self.due_between(min(firsts) if len(firsts) == whole else None, max(lasts) if len(lasts) == whole else None)
        if len(spans) < 2:
            return rows
        mine = (Q(due_policy__in=list(policies)) & _due_in(span) for span, policies in spans.items())
        return rows.filter(reduce(or_, mine))

    def dated(self, column: str, first: date | None, last: date | None) -> Self:
        """Return the cases whose `received_at` or `closed_at` lies in a span of days; None leaves that side open."""
        rows = self if first is None else self.filter(**{f"{column}__gte": midnight(first)})
        return rows if last is None else rows.filter(**{f"{column}__lt": _after(last)})


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """What was sent to agencies."""

    def visible_to(self, user: User) -> Self:
        """Return to people of an agency what was sent to it and its sections, two levels down, and to the office everything."""
        if user.has_role(*OFFICE):
            return self
        if user.has_role(*AGENCY):
            return self.filter(_with("agency", user))
        return self.none()

    def for_detail(self) -> Self:
        """Return assignments with all that a page about one of them shows."""
        return self.select_related("agency", "case__handler", "case__due_policy", "received_by").prefetch_related(
            "reports", "case__deadlines__policy"
        )

    def in_states(self, states: Iterable[str]) -> Self:
        """Return the assignments whose case is in one of these states."""
        return self.filter(case__status__in=states)

    def not_in_states(self, states: Iterable[str]) -> Self:
        """Return the assignments whose case is in none of these states."""
        return self.exclude(case__status__in=states)

    def for_list(self) -> Self:
        """Return the newest first, with agency and case."""
        return self.select_related("agency", "case__due_policy").order_by("-id")


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Deadlines."""

    def open(self) -> Self:
        """Return the deadlines that still run."""
        return self.filter(closed_at__isnull=True)

    def remindable(self, at: datetime) -> Self:
        """Return the deadlines whose next reminder has come, the longest waiting first: a walk of one partial index."""
        return self.filter(next_reminder_at__isnull=False, next_reminder_at__lte=at).order_by("next_reminder_at")


class UnmaskingQuerySet(models.QuerySet["Unmasking"]):
    """Requests to see what names a complainant."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else."""
        if not user.has_role(*OFFICE):
            return self.none()
        return self.exclude(_recused(user, "case__"))

    def for_detail(self) -> Self:
        """Return requests with the people in them and their case, the oldest first."""
        return self.select_related("case__handler", "complaint__complainant", "requested_by", "decided_by").order_by("id")


class ExtensionQuerySet(models.QuerySet["Extension"]):
    """Requests for more time."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else."""
        if not user.has_role(*OFFICE):
            return self.none()
        return self.exclude(_recused(user, "deadline__case__"))

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


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews of replies."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else."""
        if not user.has_role(*OFFICE):
            return self.none()
        return self.exclude(_recused(user, "case__"))

    def for_detail(self) -> Self:
        """Return reviews with what was asked, their case and who answered, the oldest first."""
        people = ("answered_by", "case__handler", "case__replied_by", "case__agency", "case__respondent_agency")
        return self.select_related("request__complaint__withdrawal", "request__complaint__complainant", *people).order_by("id")

    def waiting(self) -> Self:
        """Return the reviews to answer; who withdraws waits for no answer."""
        return self.filter(outcome="", request__complaint__withdrawal__isnull=True)
