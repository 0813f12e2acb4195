"""Tables of what the office does about complaints."""

import re

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import Agency
from complaints.models import Channel, Complaint, Disclosure, ReviewRequest, Satisfaction
from complaints.purposes import Purpose
from core.models import AbstractDeadline

from .querysets import AssignmentQuerySet, CaseQuerySet, DeadlineQuerySet, ReviewQuerySet, UnmaskingQuerySet
from .workflow import OPEN, REVIEW_STEPS, Advice, Finding, Mode, Status, Step

_HEADING_CHARACTERS = 40
_SENTENCE_END = re.compile(r"[。；！？\n]|\.\s")


class Case(models.Model):
    """The office's work on one matter, from triage to closing."""

    number = models.CharField(max_length=14, unique=True)
    title = models.CharField(max_length=120)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.TRIAGE)
    version = models.PositiveIntegerField(default=1)  # a stale page is told what changed
    channel = models.CharField(max_length=20, choices=Channel.choices)
    category = models.PositiveSmallIntegerField(default=0)
    secondary = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    behaviours = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    respondent_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="cases_about")
    mode = models.CharField(max_length=10, choices=Mode.choices, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="cases_with")
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    finding = models.CharField(max_length=15, choices=Finding.choices, blank=True)
    decline_reason = models.TextField(blank=True)
    advice = models.CharField(max_length=20, choices=Advice.choices, blank=True)  # where to go with a declined matter
    advice_text = models.CharField(max_length=300, blank=True)
    satisfaction = models.CharField(max_length=20, choices=Satisfaction.choices, blank=True)  # by rating or follow-up call
    follow_up_note = models.TextField(blank=True)
    close_reason = models.TextField(blank=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # when the last of its complainants withdrew
    imported = models.BooleanField(default=False)  # from another register; closed there, it may have no category of ours
    # The earliest open deadline, kept beside the case so that the queue is one index walk.
    due_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    complaints = models.ManyToManyField(
        Complaint, through="CaseComplaint", through_fields=("case", "complaint"), related_name="cases"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="case_status_known"),
            models.CheckConstraint(condition=Q(category__lte=7), name="case_category_known"),
            models.CheckConstraint(
                condition=Q(status__in=["triage", "declined", "withdrawn", "merged"])
                | Q(category__gte=1)
                | Q(status="closed", imported=True),
                name="case_accepted_has_category",
            ),
            models.CheckConstraint(condition=~Q(status="declined") | ~Q(decline_reason=""), name="case_declined_has_reason"),
            models.CheckConstraint(
                condition=Q(status__in=["declined", "withdrawn", "merged", "closed"], closed_at__isnull=False)
                | (~Q(status__in=["declined", "withdrawn", "merged", "closed"]) & Q(closed_at__isnull=True)),
                name="case_closed_at",
            ),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False) | (~Q(status="merged") & Q(merged_into__isnull=True)),
                name="case_merged_into_another",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | Q(withdrawn_at__isnull=False), name="case_withdrawn_by_complainant"
            ),
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True, replied_by__isnull=True) | (Q(replied_at__isnull=False) & ~Q(reply="")),
                name="case_reply_complete",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, due_at__isnull=True) | Q(due_on__isnull=False, due_at__isnull=False),
                name="case_due_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(status__in=list(OPEN)), name="case_queue"),
            models.Index(fields=["status", "due_at", "id"], name="case_by_status"),
            models.Index(fields=["agency", "due_at", "id"], name="case_by_agency"),
            models.Index(fields=["handler", "due_at", "id"], name="case_by_handler"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """The text id by which events name this case."""
        return f"case:{self.pk}"


class CaseComplaint(models.Model):
    """Links complaints to the case that deals with them; a complaint belongs to one case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="case_link")
    # The case that was opened for it, when that was merged into this one; undoing the merger leads back.
    came_from = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="given_away")

    def __str__(self) -> str:
        return f"{self.case_id}: {self.complaint_id}"


class Deadline(AbstractDeadline):
    """A time limit on one step of a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")

    objects = DeadlineQuerySet.as_manager()

    class Meta(AbstractDeadline.Meta):
        constraints = [
            *AbstractDeadline.Meta.constraints,
            models.CheckConstraint(condition=Q(step__in=Step.values), name="deadline_step_known"),
            models.UniqueConstraint(
                fields=["case", "step"], condition=Q(closed_at__isnull=True), name="deadline_one_open_a_step"
            ),
        ]
        indexes = [
            models.Index(fields=["next_reminder_at"], condition=Q(next_reminder_at__isnull=False), name="deadline_sweep"),
            models.Index(fields=["case", "id"], name="deadline_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step} {self.due_on}"


class Assignment(models.Model):
    """A case as an agency sees it: a summary without identity, and only those of the filer's data that consent covers."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="assignments")
    summary = models.TextField()
    disclosed = ArrayField(models.CharField(max_length=10, choices=Disclosure.choices), default=list, blank=True)
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "agency"], name="assignment_once_an_agency"),
            models.CheckConstraint(condition=~Q(summary=""), name="assignment_has_summary"),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, received_by__isnull=True)
                | Q(received_at__isnull=False, received_by__isnull=False),
                name="assignment_received_pair",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="assignment_by_agency")]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.agency_id}"

    @property
    def heading(self) -> str:
        """The summary's beginning. Agencies never see the case's title: it is made of the complainant's own words."""
        return Truncator(_SENTENCE_END.split(self.summary.strip(), maxsplit=1)[0]).chars(_HEADING_CHARACTERS)


class Disclosed(models.Model):
    """What an agency is given of one complainant's data; `Assignment.disclosed` sums it up over all who complain together."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="disclosures")
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="+")
    fields = ArrayField(models.CharField(max_length=10, choices=Disclosure.choices))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "complaint"], name="disclosed_once_a_complainant"),
            models.CheckConstraint(
                condition=Q(fields__contained_by=Disclosure.values) & ~Q(fields=[]), name="disclosed_fields_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.complaint_id}"


class Report(models.Model):
    """What the agency (or the office's handler) reports as the outcome, and what the leader decides on it."""

    class Decision(models.TextChoices):
        """The leader's decision; empty while it is open."""

        APPROVED = "approved"
        SENT_BACK = "sent_back"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    finding = models.CharField(max_length=15, choices=Finding.choices)
    facts_found = models.TextField()
    measures = models.TextField(blank=True)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decision_note = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="report_decided_pair",
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(decision=""), name="report_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.finding}"


class Unmasking(models.Model):
    """What names a complainant, shown to one officer for a limited time: asked for in writing, allowed by a second person."""

    class Column(models.TextChoices):
        """What can be asked for; the column of the vault."""

        NAME = "name", pgettext_lazy("of a person", "Name")
        ORGANISATION = "organisation", _("Company or organisation")
        ADDRESS = "address", _("Address")
        ID_NUMBER = "id_number", _("ID number")

    class Decision(models.TextChoices):
        """What the second person said; empty while it is open."""

        APPROVED = "approved"
        REFUSED = "refused"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="unmaskings")
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="+")
    column = models.CharField(max_length=12, choices=Column.choices)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)  # the complainant reads it
    reason = models.TextField()  # the office alone reads it
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decision_note = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # given back before it was decided or before it expired

    objects = UnmaskingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("requested_by")), name="unmasking_two_people"),
            models.CheckConstraint(condition=~Q(reason=""), name="unmasking_has_reason"),
            models.CheckConstraint(
                condition=Q(column__in=["name", "organisation", "address", "id_number"]), name="unmasking_column_known"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | Q(decision__in=["approved", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                name="unmasking_decided_pair",
            ),
            models.CheckConstraint(condition=~Q(decision="refused") | ~Q(decision_note=""), name="unmasking_refused_has_reason"),
            models.CheckConstraint(
                condition=Q(decision="approved", expires_at__gt=F("decided_at"))
                | (~Q(decision="approved") & Q(expires_at__isnull=True)),
                name="unmasking_approved_expires",
            ),
            models.UniqueConstraint(
                fields=["complaint", "column", "requested_by"],
                condition=Q(decision="", ended_at__isnull=True),
                name="unmasking_one_open_a_person",
            ),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="unmasking_by_case")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.column} {self.decision}"


class Review(models.Model):
    """The review of a reply, or the final one, that a complainant asked for; answered by somebody who did not sign the reply."""

    class Outcome(models.TextChoices):
        """What the review came to; empty while it is open."""

        KEPT = "kept", _("The reply stands")
        CHANGED = "changed", _("The reply is changed")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    request = models.OneToOneField(ReviewRequest, on_delete=models.PROTECT, related_name="review")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (Q(outcome__in=["kept", "changed"], answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="review_answered_whole",
            )
        ]
        indexes = [models.Index(fields=["case", "id"], name="review_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.request_id}"

    @property
    def step(self) -> Step:
        """The step whose limit it has."""
        return REVIEW_STEPS[self.request.level]
