"""Which cases and assignments are found for whom."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case as WhenIn
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When

from accounts.roles import AGENCY, OFFICE, Role
from agencies.models import Post
from complaints.models import Complaint, Message
from core.clock import midnight

from .deadlines import Span
from .identifying import unconfirmed
from .workflow import OPEN, OPINION_STATES, REVIEW_STEPS, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accounts.models import User

    from .models import (
        Assignment,
        Card,
        Case,
        Deadline,
        Disposition,
        Extension,
        InvestigationRecord,
        Letter,
        Nomination,
        Rectification,
        Recusal,
        Responsibility,
        Review,
        SavedSearch,
        SupervisionOrder,
        Unmasking,
        WrongCaseReview,
    )

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
    """Cases that somebody of the office does not see: from which he is recused, and those about or with an agency of his."""
    return _aside(user, case) | _involved(user, case)


def _aside(user: User, case: str = "") -> Q:
    """Cases from which he is recused by his own word or by order; mergers carry that over when they are made."""
    return Q(**{f"{case}pk__in": user.recusals.open().values("case")})


def _involved(user: User, case: str) -> Q:
    """Cases about an agency in which he holds a post, or with it now or before.

    A matter that was merged into a case keeps what it complains about, so the joint case is hidden from him too. So is one
    with which his agency has dealt, whoever deals with it now.
    """
    if not user.has_role(*AGENCY, Role.HELPER_CLERK):
        return Q(pk__in=[])
    about = Complaint.objects.filter(_with("agency", user), case_link__isnull=False).values("case_link__case")
    joint = Q(**{f"{case}pk__in": about})
    sent = Complaint.objects.filter(_with("case_link__case__assignments__agency", user)).values("case_link__case")
    return _with(f"{case}respondent_agency", user) | _with(f"{case}agency", user) | joint | Q(**{f"{case}pk__in": sent})


def recused_from(case: Case) -> Q:
    """People of the office from whom a case is hidden: the rule of `_recused` from the other side, for who is told of it."""
    return involved_in(case) | Q(pk__in=case.recusals.open().values("user"))


def involved_in(case: Case) -> Q:
    """People of the office who hold a post in an agency that the case is about or with, or in one above it."""
    agencies = [pk for pk in (case.respondent_agency_id, case.agency_id) if pk]
    complained = Complaint.objects.filter(case_link__case=case.pk, agency__isnull=False).values("agency")
    posts = Q()
    for path in ("agency", "agency__sections", "agency__sections__sections"):
        posts |= Q(**{f"{path}__in": agencies}) | Q(**{f"{path}__in": complained})
    holds = Q(pk__in=Post.objects.current().filter(posts).values("user"), roles__overlap=[*AGENCY, Role.HELPER_CLERK])
    return holds & Q(roles__overlap=list(OFFICE))


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
        return self.exclude(_recused(user))

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
            self._each("reports", "reported_by", "decided_by"),
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
        """Return the cases of which a moment (`received_at` …) lies in a span of days; None leaves that side open."""
        rows = self if first is None else self.filter(**{f"{column}__gte": midnight(first)})
        return rows if last is None else rows.filter(**{f"{column}__lt": _after(last)})


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
        own = _with("agency", user) if user.has_role(*AGENCY) else Q(pk__in=[])
        return self.filter(own | ~_aside(user, "case__")) if user.has_role(*OFFICE) else self.filter(own)

    def for_detail(self) -> Self:
        """Return assignments with all that a page about one of them shows."""
        return self.select_related("agency", "case__handler", "case__due_policy", "received_by").prefetch_related(
            "reports", "returns", "case__deadlines__policy", "case__assignments__agency"
        )

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
        return self.select_related("agency", "case__due_policy").order_by("-id")


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
        rows = rows if last is None else rows.filter(closed_at__lt=_after(last))
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


class WrongCaseReviewQuerySet(models.QuerySet["WrongCaseReview"]):
    """Reviews of who is responsible for a wrong case."""

    def visible_to(self, user: User) -> Self:
        """Return to office leaders those of the cases that they see, but for those in which they are named themselves."""
        if not user.has_role(Role.OFFICE_LEADER):
            return self.none()
        return self.exclude(_recused(user, "case__")).exclude(people__account=user)

    def open(self) -> Self:
        """Return the reviews that have not come to anything yet."""
        return self.filter(concluded_at__isnull=True)

    def for_detail(self) -> Self:
        """Return reviews with their case, the people in them and who acted, the newest first."""
        acted = ("opened_by", "concluded_by")
        rows = self.select_related("case__agency", "case__respondent_agency", "case__handler", *acted)
        return rows.prefetch_related("people__decided_by", "people__answered_by").order_by("-pk")


class ResponsibilityQuerySet(models.QuerySet["Responsibility"]):
    """People's parts in wrong cases."""

    def visible_to(self, user: User) -> Self:
        """Return to office leaders those in the reviews that they see."""
        if not user.has_role(Role.OFFICE_LEADER):
            return self.none()
        return self.exclude(_recused(user, "review__case__")).exclude(review__people__account=user)

    def about(self, user: User) -> Self:
        """Return to the person named what concerns him, from the decision on."""
        return self.filter(account=user, decided_at__isnull=False)

    def for_detail(self) -> Self:
        """Return them with their review, its case and who acted, the newest first."""
        return self.select_related("review__case", "review__opened_by", "account", "decided_by", "answered_by").order_by("-pk")


class NominationQuerySet(models.QuerySet["Nomination"]):
    """Nominations of excellent cases."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else."""
        if not user.has_role(*OFFICE):
            return self.none()
        return self.exclude(_recused(user, "case__"))

    def for_detail(self) -> Self:
        """Return nominations with their case and who nominated and chose."""
        return self.select_related("case__agency", "case__handler", "nominated_by", "chosen_by")


class LetterQuerySet(models.QuerySet["Letter"]):
    """Official letters."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else: see `sent_with`."""
        if not user.has_role(*OFFICE):
            return self.none()
        return self.exclude(_recused(user, "case__"))

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


class CardQuerySet(models.QuerySet["Card"]):
    """Yellow and red cards."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and to people of an agency what was issued to it."""
        if user.has_role(*OFFICE):
            return self.exclude(_recused(user, "case__"))
        if user.has_role(*AGENCY):
            return self.filter(_with("agency", user), issued_at__isnull=False)
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
            return self.exclude(_recused(user, "case__"))
        return self.filter(_with("agency", user)) if user.has_role(*AGENCY) else self.none()

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


class RecusalQuerySet(models.QuerySet["Recusal"]):
    """Who must stay away from which case."""

    def open(self) -> Self:
        """Return those that nobody has lifted."""
        return self.filter(lifted_at__isnull=True)

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else."""
        return self.exclude(_recused(user, "case__")) if user.has_role(*OFFICE) else self.none()

    def for_list(self) -> Self:
        """Return them with their people and their case, the oldest first."""
        return self.select_related("case", "user", "placed_by", "lifted_by").order_by("pk")


class RecordQuerySet(models.QuerySet["InvestigationRecord"]):
    """Records of what investigators did."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else."""
        return self.exclude(_recused(user, "case__")) if user.has_role(*OFFICE) else self.none()

    def for_list(self) -> Self:
        """Return records with who investigated, who signed and what they rest on, the oldest first."""
        rows = self.select_related("case__handler", "recorded_by", "replaces").order_by("pk")
        return rows.prefetch_related("signatures__investigator", "evidence__file", "replaced_by")


class DispositionQuerySet(models.QuerySet["Disposition"]):
    """Dispositions."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else."""
        return self.exclude(_recused(user, "case__")) if user.has_role(*OFFICE) else self.none()

    def for_list(self) -> Self:
        """Return dispositions with the clause that each cites and the people in them, the oldest first."""
        people = ("case__handler", "agency", "proposed_by", "decided_by")
        return self.select_related("clause__measure", *people).order_by("pk")


class RectificationQuerySet(models.QuerySet["Rectification"]):
    """What agencies must put right."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else."""
        return self.exclude(_recused(user, "case__")) if user.has_role(*OFFICE) else self.none()

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
