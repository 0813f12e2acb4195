"""What happens to a case when it seemed to be over: opened again, or watched more closely as a problem case."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.workflow import Finding, Status
from complaints.models import Satisfaction

from .case import Case
from .handling import Assignment


class Reopening(models.Model):
    """A case that was opened again, with the reply and the rating that it had until then."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reopenings")
    reason = models.TextField()  # the complainants read it
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="reopenings")
    words = models.TextField(blank=True)  # what is still open, for the agency; never who complained
    reopened_at = models.DateTimeField()
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    came_from = models.CharField(max_length=12, choices=[(one.value, one.label) for one in (Status.FOLLOWED_UP, Status.CLOSED)])
    finding = models.CharField(max_length=15, choices=Finding.choices, blank=True)
    satisfaction = models.CharField(max_length=20, choices=Satisfaction.choices, blank=True)
    follow_up_note = models.TextField(blank=True)
    close_reason = models.TextField(blank=True)
    reply = models.TextField()
    replied_at = models.DateTimeField()
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reopening_has_reason"),
            models.CheckConstraint(condition=Q(came_from__in=["followed_up", "closed"]), name="reopening_source_known"),
            models.CheckConstraint(
                condition=Q(assignment__isnull=True, words="") | (Q(assignment__isnull=False) & ~Q(words="")),
                name="reopening_agency_has_words",
            ),
        ]
        indexes = [models.Index(fields=["case", "id"], name="reopening_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.reopened_at}"


class ProblemMark(models.Model):
    """A span of time in which a case counts as a problem case; raised by rule, lowered by an office leader with a reason."""

    class Cause(models.TextChoices):
        """Which count reached its threshold."""

        RETURNS = "returns", _("Given back too often")
        REWORKS = "reworks", _("Done again too often")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="problem_marks")
    cause = models.CharField(max_length=10, choices=Cause.choices)
    count = models.PositiveSmallIntegerField()
    raised_at = models.DateTimeField()
    lowered_at = models.DateTimeField(null=True, blank=True)
    lowered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)  # why it is none any more

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(lowered_at__isnull=True), name="problem_mark_one_open"),
            models.CheckConstraint(condition=Q(cause__in=["returns", "reworks"]), name="problem_mark_cause_known"),
            models.CheckConstraint(
                condition=Q(lowered_at__isnull=True, lowered_by__isnull=True, reason="")
                | (Q(lowered_at__isnull=False, lowered_by__isnull=False) & ~Q(reason="")),
                name="problem_mark_lowered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.cause} {self.count}"
