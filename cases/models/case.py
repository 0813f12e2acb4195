"""A case, and which complaints it deals with."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from agencies.models import Agency
from cases.querysets import NEVER, CaseQuerySet
from cases.workflow import ENDED, OPEN, Advice, Body, Finding, Mode, Status
from complaints.models import Channel, Complaint, Kind, Satisfaction
from core.models import DeadlinePolicy

# What the queue is narrowed by stands in the index of open cases, so that counts of them read nothing else.
_COUNTED_BY = ["status", "paused_on", "due_policy", "handler", "agency", "respondent_agency"]
_COUNTED_BY += ["channel", "category", "case_class", "kinds"]
_ENDED = [status.value for status in ENDED]


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
    case_class = models.CharField(max_length=20, default="ordinary", db_default="ordinary")  # which policies its limits follow
    mode = models.CharField(max_length=10, choices=Mode.choices, blank=True)
    # The indexes below begin with these two, so that an index of each alone would only cost.
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="cases_with", db_index=False)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="cases", db_index=False
    )
    finding = models.CharField(max_length=15, choices=Finding.choices, blank=True)
    decline_reason = models.TextField(blank=True)
    advice = models.CharField(max_length=20, choices=Advice.choices, blank=True)  # where to go with a declined matter
    advice_text = models.CharField(max_length=300, blank=True)
    referred_to = models.CharField(max_length=15, choices=Body.choices, blank=True, default="", db_default="")
    refer_reason = models.TextField(blank=True, default="", db_default="")
    kept_because = models.TextField(blank=True, default="", db_default="")  # why the office did not refer a discipline matter
    returns = models.PositiveSmallIntegerField(default=0, db_default=0)  # how often agencies gave it back
    reworks = models.PositiveSmallIntegerField(default=0, db_default=0)  # how often a report was sent back or the case reopened
    problem_at = models.DateTimeField(null=True, blank=True)  # since when it is a problem case
    paused_on = models.DateField(null=True, blank=True)  # since when its clock stands still
    card = models.CharField(max_length=10, blank=True, default="", db_default="")  # the gravest card in force, for the queue
    satisfaction = models.CharField(max_length=20, choices=Satisfaction.choices, blank=True)  # by rating or follow-up call
    follow_up_note = models.TextField(blank=True)
    close_reason = models.TextField(blank=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    archive_number = models.CharField(max_length=40, blank=True, default="", db_default="")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # when the last of its complainants withdrew
    imported = models.BooleanField(default=False)  # from another register; closed there, it may have no category of ours
    # The earliest open deadline, kept beside the case so that the queue is one index walk.
    due_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    # The policy of that deadline: its thresholds say which colour the case has. Nobody looks cases up by it alone.
    due_policy = models.ForeignKey(
        DeadlinePolicy, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # What was lodged, each kind once, the one lodged first in front; kept for the filter, which would else ask of each case.
    kinds = ArrayField(models.CharField(max_length=10, choices=Kind.choices), default=list, db_default=[], blank=True)
    complaints = models.ManyToManyField(
        Complaint, through="CaseComplaint", through_fields=("case", "complaint"), related_name="cases"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="case_status_known"),
            models.CheckConstraint(condition=Q(category__lte=7), name="case_category_known"),
            models.CheckConstraint(
                condition=Q(status__in=["triage", "declined", "referred", "withdrawn", "merged"])
                | Q(category__gte=1)
                | Q(status__in=["closed", "archived"], imported=True),
                name="case_accepted_has_category",
            ),
            models.CheckConstraint(condition=~Q(status="declined") | ~Q(decline_reason=""), name="case_declined_has_reason"),
            models.CheckConstraint(
                condition=~Q(status="referred") | (~Q(referred_to="") & ~Q(refer_reason="")), name="case_referred_has_reason"
            ),
            models.CheckConstraint(
                condition=(Q(status="archived", archived_at__isnull=False, archived_by__isnull=False) & ~Q(archive_number=""))
                | (~Q(status="archived") & Q(archived_at__isnull=True, archived_by__isnull=True, archive_number="")),
                name="case_archived_whole",
            ),
            models.UniqueConstraint(fields=["archive_number"], condition=~Q(archive_number=""), name="case_archive_number_once"),
            models.CheckConstraint(
                condition=Q(status__in=_ENDED, closed_at__isnull=False) | (~Q(status__in=_ENDED) & Q(closed_at__isnull=True)),
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
            models.Index(fields=["due_at", "id"], include=_COUNTED_BY, condition=Q(status__in=list(OPEN)), name="case_queue"),
            models.Index(Coalesce("due_at", Value(NEVER)), "id", condition=Q(status__in=list(OPEN)), name="case_queue_whole"),
            models.Index(fields=["handler", "due_at"], condition=Q(status__in=list(OPEN)), name="case_open_by_handler"),
            models.Index(fields=["status", "due_at", "id"], name="case_by_status"),
            models.Index(fields=["agency", "due_at", "id"], name="case_by_agency"),
            models.Index(fields=["handler", "due_at", "id"], name="case_by_handler"),
            models.Index(fields=["received_at", "id"], name="case_by_receipt"),
            models.Index(fields=["problem_at", "id"], condition=Q(problem_at__isnull=False), name="case_problems"),
            models.Index(fields=["closed_at", "id"], condition=Q(closed_at__isnull=False), name="case_by_closing"),
            models.Index(fields=["accepted_at", "id"], condition=Q(accepted_at__isnull=False), name="case_by_acceptance"),
            models.Index(fields=["replied_at", "id"], condition=Q(replied_at__isnull=False), name="case_by_reply"),
            models.Index(
                fields=["due_at", "id"], condition=Q(status__in=list(OPEN), paused_on__isnull=False), name="case_paused"
            ),
            GinIndex(fields=["kinds"], name="case_by_kind", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """The text id by which events name this case."""
        return f"case:{self.pk}"

    @property
    def is_reopened(self) -> bool:
        """Whether it was replied to once and is looked into again."""
        return self.replied_at is not None and self.status in OPEN and self.status not in {Status.REPLIED, Status.FOLLOWED_UP}

    @property
    def ended_as(self) -> Status:
        """The state in which it stands, for an archived case the one in which it ended."""
        if self.status != Status.ARCHIVED:
            return Status(self.status)
        if self.decline_reason:
            return Status.DECLINED
        if self.referred_to:
            return Status.REFERRED
        return Status.WITHDRAWN if self.withdrawn_at and not self.mode else Status.CLOSED


class CaseComplaint(models.Model):
    """Links complaints to the case that deals with them; a complaint belongs to one case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="case_link")
    # The case that was opened for it, when that was merged into this one; undoing the merger leads back.
    came_from = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="given_away")

    def __str__(self) -> str:
        return f"{self.case_id}: {self.complaint_id}"
