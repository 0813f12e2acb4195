"""Which cases and assignments are found for whom."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery

from accounts.roles import AGENCY, OFFICE, Role
from complaints.models import Complaint, Message
from core.clock import midnight

from .identifying import unconfirmed
from .workflow import OPEN, OPINION_STATES, REVIEW_STEPS, Status

if TYPE_CHECKING:
    from accounts.models import User
    from agencies.models import Agency
    from agencies.querysets import AgencyQuerySet

    from .models import Assignment, Case, Deadline, Extension, Handover, Review, SavedSearch, Unmasking

_ONE_DAY = timedelta(days=1)
NEVER = datetime(9999, 12, 31, tzinfo=UTC)  # where an open case without a limit stands in the order of due dates: last


def _after(day: date) -> datetime:
    """Return the midnight that ends a day; the calendar's last day has none."""
    return midnight(day + _ONE_DAY) if day < date.max else NEVER


def _related(rows: models.QuerySet[Any], name: str) -> models.QuerySet[Any]:
    """Return the rows that a relation leads to; their model cannot be imported here."""
    found: models.QuerySet[Any] = rows.model._meta.get_field(name).related_model._default_manager.all()
    return found


def _with(column: str, user: User) -> Q:
    """Rows whose agency is one in which the person holds a post, or a section of it, two levels down."""
    mine = user.posts.current().values("agency")
    return Q(**{f"{column}__in": mine}) | Q(**{f"{column}__parent__in": mine}) | Q(**{f"{column}__parent__parent__in": mine})


def _recused(user: User, case: str = "") -> Q:
    """Cases that somebody of the office does not see: about an agency in which he holds a post, or with it now or before.

    A matter that was merged into a case keeps what it complains about, so the joint case is hidden from him too.
    """
    if not user.has_role(*AGENCY, Role.HELPER_CLERK):
        return Q(pk__in=[])
    about = Complaint.objects.filter(_with("agency", user), case_link__isnull=False).values("case_link__case")
    joint = Q(**{f"{case}pk__in": about})
    with_agencies = _with(f"{case}agency", user) | _with(f"{case}assignments__agency", user)
    return _with(f"{case}respondent_agency", user) | with_agencies | joint


def within(agencies: AgencyQuerySet, user: User) -> AgencyQuerySet:
    """Return of these agencies all to the office, and to people of an agency their own and its sections, two levels down."""
    if user.has_role(*OFFICE):
        return agencies
    if not user.has_role(*AGENCY):
        return agencies.none()
    mine = user.posts.current().values("agency")
    return agencies.filter(Q(pk__in=mine) | Q(parent__in=mine) | Q(parent__parent__in=mine))


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
        long_texts = ("reply", "decline_reason", "close_reason", "follow_up_note", "refer_reason", "kept_because")
        return self.select_related("agency", "respondent_agency", "handler").defer(*long_texts)

    def with_news(self) -> Self:
        """Note of each case whether a message of a complainant waits that nobody who must answer has seen (`has_message`)."""
        unseen = Message.objects.filter(complaint__case_link__case=OuterRef("pk"), side=Message.Side.COMPLAINANT, seen_at=None)
        return self.annotate(has_message=Exists(unseen))

    def with_complainants(self) -> Self:
        """Note of each case how many complaints it deals with (`complainants`)."""
        joint = Complaint.objects.filter(case_link__case=OuterRef("pk")).order_by().values("case_link__case")
        return self.annotate(complainants=Subquery(joint.annotate(n=Count("pk")).values("n")))

    def with_filers(self) -> Self:
        """Note of each case what was lodged first (`kind`) and whether somebody is still to be confirmed (`is_unconfirmed`)."""
        kinds = Complaint.objects.filter(case_link__case=OuterRef("pk")).order_by("pk").values("kind")[:1]
        return self.annotate(kind=Subquery(kinds), is_unconfirmed=unconfirmed())

    def of_kind(self, kind: str) -> Self:
        """Return the cases in which such a matter was lodged. Asked case by case: a join would first gather all of them."""
        kinds = ArraySubquery(Complaint.objects.filter(case_link__case=OuterRef("pk")).values("kind"))
        return self.alias(kinds=kinds).filter(kinds__contains=[kind])

    def for_detail(self) -> Self:
        """Return cases with all that a page about one of them shows."""
        return self.select_related("agency", "respondent_agency", "handler", "replied_by").prefetch_related(
            "deadlines__policy",
            "assignments__agency",
            "assignments__received_by",
            Prefetch("reports", _related(self, "reports").select_related("reported_by", "decided_by", "scan")),
        )

    def running(self) -> Self:
        """Return the cases whose clock does not stand still."""
        return self.filter(paused_on__isnull=True)

    def due_between(self, first: date | None, last: date | None) -> Self:
        """Return the cases due in a span of days; None leaves that side open. It asks for the moment by which the queue goes."""
        rows = self if first is None else self.filter(due_at__gte=_after(first))
        return rows if last is None else rows.filter(due_at__lte=_after(last))

    def dated(self, column: str, first: date | None, last: date | None) -> Self:
        """Return the cases whose `received_at` or `closed_at` lies in a span of days; None leaves that side open."""
        rows = self if first is None else self.filter(**{f"{column}__gte": midnight(first)})
        return rows if last is None else rows.filter(**{f"{column}__lt": _after(last)})


_LEADS = Q(is_lead=True, case__status__in=[Status.DISPATCHED, Status.RECEIVED])
_OWES_OPINION = Q(is_lead=False, opinion_at__isnull=True, case__status__in=OPINION_STATES)
_TO_DO = Q(ended_at__isnull=True) & (_LEADS | _OWES_OPINION)


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
        return self.select_related("agency", "case", "case__handler", "received_by").prefetch_related(
            Prefetch("reports", _related(self, "reports").select_related("scan")),
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
        """Return what waits for the agency: to sign and to report as the lead, or to give its opinion beside it."""
        return self.filter(_TO_DO)

    def others(self) -> Self:
        """Return everything else."""
        return self.filter(~_TO_DO)

    def for_list(self) -> Self:
        """Return the newest first, with agency and case."""
        return self.select_related("agency", "case").order_by("-id")


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


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Handovers."""

    def visible_to(self, user: User) -> Self:
        """Return to the office all, and to people of an agency those of its posts and its sections', two levels down.

        Who left the post no longer sees what he handed over: it is the agency's.
        """
        if user.has_role(*OFFICE):
            return self
        if user.has_role(*AGENCY):
            return self.filter(_with("agency", user))
        return self.none()

    def for_list(self) -> Self:
        """Return the newest first, with the people in them."""
        return self.select_related("agency", "handed_from", "handed_to", "handed_by", "confirmed_by").order_by("-id")
