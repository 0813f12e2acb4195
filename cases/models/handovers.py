"""Who handed which open matters on when a post or an officer's work changed hands."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Post
from cases.querysets import HandoverQuerySet
from cases.workflow import Status

from .case import Case
from .handling import Assignment


class Handover(models.Model):
    """One handover: of a post of an agency, or of the cases of somebody in the office, with the list as it was that day."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="handovers")
    kind = models.CharField(max_length=20, choices=Post.Kind.choices, blank=True)  # of the post; empty in the office
    handed_from = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(handed_from=F("handed_to")), name="handover_two_people"),
            models.CheckConstraint(
                condition=Q(agency__isnull=True, kind="") | (Q(agency__isnull=False) & ~Q(kind="")), name="handover_of_a_post"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by=F("handed_to")),
                name="handover_confirmed_by_successor",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-id"], name="handover_by_agency"),
            models.Index(fields=["handed_to"], condition=Q(confirmed_at__isnull=True), name="handover_to_confirm"),
        ]

    def __str__(self) -> str:
        return f"{self.handed_from_id} → {self.handed_to_id}"


class HandoverLine(models.Model):
    """One open matter of a handover, with its state and limit as they were then."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="lines")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=12, choices=Status.choices)
    part = models.CharField(max_length=10, blank=True)  # of an agency that helps; see cases.assignments.Part
    due_on = models.DateField(null=True, blank=True)
    unread = models.PositiveSmallIntegerField(_("unread notices"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "case"], name="handover_line_once")]

    def __str__(self) -> str:
        return f"{self.handover_id}: {self.case_id}"


class HeldScan(models.Model):
    """A stamped scan that somebody sent with a report that was not whole yet; it waits for the next try."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="held_scans")
    file = models.OneToOneField("core.StoredFile", on_delete=models.CASCADE, related_name="+")
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    held_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "held_by"], name="held_scan_once")]
        indexes = [models.Index(fields=["held_at"], name="held_scan_by_age")]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.file_id}"
