"""Inspections: by which checklist, where and by whom, and what each found, on which spot, at which moment."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import Agency
from complaints.models import Complaint
from core.models import StoredFile
from supervisors.inspecting.querysets import FieldRecordQuerySet, InspectionQuerySet

_USER = settings.AUTH_USER_MODEL


class Theme(models.Model):
    """What an inspection looks at."""

    name = models.CharField(max_length=40, unique=True)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Checklist(models.Model):
    """One version of a theme's checklist; an inspection keeps the version with which it went out."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="checklists")
    version = models.PositiveSmallIntegerField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "version"], name="checklist_version_once"),
            # The portal comes with the first version.
            models.CheckConstraint(
                condition=Q(written_at__isnull=False) & (Q(written_by__isnull=False) | Q(version=1)), name="checklist_by_whom"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} v{self.version}"


class ChecklistPoint(models.Model):
    """One thing to look at, worded as the fault, with the behaviour of the seven categories that it is."""

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=40)
    behaviour = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checklist", "position"], name="checklist_point_once"),
            models.CheckConstraint(condition=Q(behaviour__regex=r"^[1-7][a-h]$"), name="checklist_point_behaviour"),
        ]

    def __str__(self) -> str:
        return self.text


class Inspection(models.Model):
    """A visit of at least two people to one agency or several. A random key: numbers in a row would tell of hidden plans."""

    class Manner(models.TextChoices):
        """Whether those who inspect show who they are."""

        OPEN = "open", _("Open inspection")
        COVERT = "covert", _("Covert visit")

    class State(models.TextChoices):
        """How far it has come."""

        PLANNED = "planned", pgettext_lazy("inspection", "Planned")
        DONE = "done", pgettext_lazy("inspection", "Done")
        CANCELLED = "cancelled", pgettext_lazy("inspection", "Called off")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    manner = models.CharField(max_length=6, choices=Manner.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="inspections")
    agencies = models.ManyToManyField(Agency, related_name="+")
    place = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)
    first_on = models.DateField()
    last_on = models.DateField()
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancel_reason = models.CharField(max_length=200, blank=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(manner__in=["open", "covert"]), name="inspection_manner_known"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="inspection_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state="planned", ended_at__isnull=True, ended_by__isnull=True, cancel_reason="")
                | Q(state="done", ended_at__isnull=False, ended_by__isnull=False, cancel_reason="")
                | (Q(state="cancelled", ended_at__isnull=False, ended_by__isnull=False) & ~Q(cancel_reason="")),
                name="inspection_ended_whole",
            ),
        ]
        indexes = [models.Index(fields=["-first_on", "id"], name="inspection_by_day")]

    def __str__(self) -> str:
        return f"{self.manner} {self.first_on}"

    @property
    def subject(self) -> str:
        """The text id by which events name it."""
        return f"inspection:{self.pk}"


class InspectionMember(models.Model):
    """Somebody who goes along; the database wants two at least."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="inspections")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "user"], name="inspection_member_once")]

    def __str__(self) -> str:
        return f"{self.inspection_id}: {self.user_id}"


class FieldRecord(models.Model):
    """What one of them saw at one place; that all was well is a record too. The phone makes the key, so it comes once."""

    class State(models.TextChoices):
        """What became of it, without the case that may follow."""

        CLEAN = "clean", _("No problem found")
        OPEN = "open", _("To be put right")
        CORRECTED = "corrected", _("Put right on the spot")
        RESOLVED = "resolved", _("Found in order later")
        PERSISTS = "persists", _("Still there later")

    class Severity(models.TextChoices):
        """How grave it is."""

        MINOR = "minor", _("Minor")
        ORDINARY = "ordinary", pgettext_lazy("severity", "Ordinary")
        SERIOUS = "serious", _("Serious")

    key = models.UUIDField(unique=True)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="records")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120)
    seen_at = models.DateTimeField()  # as the phone's clock says; never later than `recorded_at`
    recorded_at = models.DateTimeField()  # when it reached the portal
    recorded_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices)
    category = models.PositiveSmallIntegerField(default=0)
    behaviours = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    severity = models.CharField(max_length=8, choices=Severity.choices, blank=True)
    points = models.ManyToManyField(ChecklistPoint, related_name="+")
    words = models.TextField(blank=True)
    # To about a hundred metres, and only if the person gave it.
    latitude = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    longitude = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    earlier = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="later")
    to_case = models.BooleanField(default=False)  # asked for; a covert visit gives it to the desk when it is done
    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, null=True, blank=True, related_name="field_record")

    objects = FieldRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="clean", category=0, severity="", behaviours=[], to_case=False, complaint__isnull=True)
                | (
                    Q(state__in=["open", "corrected", "resolved", "persists"], category__gte=1, category__lte=7)
                    & Q(severity__in=["minor", "ordinary", "serious"])
                    & ~Q(words="")
                ),
                name="field_record_whole",
            ),
            models.CheckConstraint(
                condition=Q(seen_at__lte=F("recorded_at"), recorded_by__isnull=False), name="field_record_seen"
            ),
            models.CheckConstraint(condition=Q(complaint__isnull=True) | Q(to_case=True), name="field_record_case_asked"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="field_record_position",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-id"], name="field_record_open", condition=Q(state="open")),
            models.Index(fields=["recorded_by", "-id"], name="field_record_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.key}"


class RecordPicture(models.Model):
    """A picture of a record: the original sealed, a cleaned copy to be looked at."""

    record = models.ForeignKey(FieldRecord, on_delete=models.PROTECT, related_name="pictures")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="record_picture")

    def __str__(self) -> str:
        return f"{self.record_id}: {self.file_id}"
