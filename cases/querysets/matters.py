"""Which cases are found for whom, and how lists and pages of them are read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case as WhenIn
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When

from accounts.roles import OFFICE
from cases.deadlines import Span
from cases.identifying import unconfirmed
from cases.workflow import OPEN, REVIEW_STEPS, Status
from complaints.models import Complaint, Message
from core.clock import midnight

from .visibility import recused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accounts.models import User
    from cases.models import (
        Case,
    )


_ONE_DAY = timedelta(days=1)


NEVER = datetime(9999, 12, 31, tzinfo=UTC)  # where an open case without a limit stands in the order of due dates: last


def after(day: date) -> datetime:
    """Return the midnight that ends a day; the calendar's last day has none."""
    return midnight(day + _ONE_DAY) if day < date.max else NEVER


def due_in(span: Span) -> Q:
    """Rows due in a span of days, by the moment by which the queue goes."""
    rows = Q() if span.first is None else Q(due_at__gte=after(span.first))
    return rows if span.last is None else rows & Q(due_at__lte=after(span.last))


def _ending() -> WhenIn:
    """The rule of `Case.ended_as`, in SQL."""
    return WhenIn(
        When(~Q(status=Status.ARCHIVED), then=F("status")),
        When(~Q(decline_reason=""), then=Value(Status.DECLINED.value)),
        When(~Q(referred_to=""), then=Value(Status.REFERRED.value)),
        When(withdrawn_at__isnull=False, mode="", then=Value(Status.WITHDRAWN.value)),
        default=Value(Status.CLOSED.value),
    )


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases."""

    def visible_to(self, user: User) -> Self:
        """Return all to the office and nothing to anyone else: agencies see assignments, never cases.

        Who works in the office and holds a post in an agency too sees no case about it or with it.
        """
        if not user.has_role(*OFFICE):
            return self.none()
        return self.exclude(recused(user))

    def open(self) -> Self:
        """Return the cases on which something is still to be done."""
        return self.filter(status__in=OPEN)

    def done(self) -> Self:
        """Return the cases on which nothing is left to be done: those with a moment of closing, by which they are sorted."""
        return self.filter(closed_at__isnull=False)

    def with_ending(self) -> Self:
        """Note of each ended case the state in which it ended (`ending`), whether it is in the archive by now or not."""
        return self.annotate(ending=_ending())

    def ended_as(self, status: str) -> Self:
        """Return the cases that ended in this state, those in the archive too."""
        return self.alias(ending=_ending()).filter(ending=status)

    def under_review(self) -> Self:
        """Return the cases with a review to answer, ended ones too: a walk of the open limits, however many cases are stored."""
        running = self.model._default_manager.filter(deadlines__closed_at=None, deadlines__step__in=REVIEW_STEPS.values())
        return self.filter(pk__in=running.values("pk"))

    def rectifying(self) -> Self:
        """Return the cases in which an agency has something to put right, ended ones too: a walk of what is open."""
        running = self.model._default_manager.filter(rectifications__isnull=False, rectifications__accepted_at=None)
        return self.filter(pk__in=running.values("pk"))

    def for_list(self) -> Self:
        """Return cases with what a row of the queue shows; long texts stay where they are."""
        long_texts = ("reply", "decline_reason", "close_reason", "follow_up_note", "refer_reason", "kept_because")
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
            self._each("reports", "reported_by", "decided_by", "scan"),
        )

    def for_desk(self) -> Self:
        """Return cases with what the triage desk shows of one; nothing was done about them yet."""
        return self.select_related("agency", "respondent_agency", "handler")

    def _each(self, name: str, *joined: str) -> Prefetch[str]:
        """Read the rows of a case with what stands beside each of them in one query, not in one more for each of those."""
        model: Any = self.model._meta.get_field(name).related_model
        return Prefetch(name, model._default_manager.select_related(*joined))

    def running(self) -> Self:
        """Return the cases whose clock does not stand still."""
        return self.filter(paused_on__isnull=True)

    def due_between(self, first: date | None, last: date | None) -> Self:
        """Return the cases due in a span of days; None leaves that side open. It asks for the moment by which the queue goes."""
        return self.filter(due_in(Span(first, last)))

    def due_by_policy(self, spans: Mapping[Span, Iterable[int]]) -> Self:
        """Return the cases due in the span of days that holds for the policy which their limit follows (ids by span).

        The outermost days bound the walk of the queue's index; only where policies differ is each case asked for its own.
        """
        firsts, lasts = ([span.first for span in spans if span.first], [span.last for span in spans if span.last])
        whole = len(spans)
        rows = self.due_between(min(firsts) if len(firsts) == whole else None, max(lasts) if len(lasts) == whole else None)
        if len(spans) < 2:
            return rows
        mine = (Q(due_policy__in=list(policies)) & due_in(span) for span, policies in spans.items())
        return rows.filter(reduce(or_, mine))

    def dated(self, column: str, first: date | None, last: date | None) -> Self:
        """Return the cases of which a moment (`received_at` …) lies in a span of days; None leaves that side open."""
        rows = self if first is None else self.filter(**{f"{column}__gte": midnight(first)})
        return rows if last is None else rows.filter(**{f"{column}__lt": after(last)})
