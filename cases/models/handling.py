"""What goes to agencies and what comes back: assignments and reports."""

import re

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator

from agencies.models import Agency
from cases.querysets import AssignmentQuerySet
from cases.workflow import Finding
from complaints.models import Complaint, Disclosure
from core.models import StoredFile

from .case import Case

_HEADING_CHARACTERS = 40
_SENTENCE_END = re.compile(r"[。；！？\n]|\.\s")


class Assignment(models.Model):
    """A case as an agency sees it: a summary without identity, and only those of the filer's data that consent covers.

    One agency leads and reports; others may help it with an opinion. What was given back or ended stays, with its moment.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="assignments")
    is_lead = models.BooleanField(default=True, db_default=True)
    is_final = models.BooleanField(default=False, db_default=False)  # a leader decided that it stays here
    summary = models.TextField()
    disclosed = ArrayField(models.CharField(max_length=10, choices=Disclosure.choices), default=list, blank=True)
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    opinion = models.TextField(blank=True, default="", db_default="")  # of an agency that helps the lead
    opinion_at = models.DateTimeField(null=True, blank=True)
    opinion_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)  # since when it is no longer this agency's

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "agency"], condition=Q(ended_at__isnull=True), name="assignment_current_once_an_agency"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True, is_lead=True), name="assignment_one_lead"
            ),
            models.CheckConstraint(
                condition=Q(opinion="", opinion_at__isnull=True, opinion_by__isnull=True)
                | (~Q(opinion="") & Q(opinion_at__isnull=False, opinion_by__isnull=False, is_lead=False)),
                name="assignment_opinion_whole",
            ),
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
    def is_current(self) -> bool:
        """Whether it is still this agency's."""
        return self.ended_at is None

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
    reply = models.TextField(blank=True, default="", db_default="")  # what the agency proposes to tell the complainant
    # Stamped and signed, as the agency sent it; the agency and the office open it.
    scan = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="report")
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
