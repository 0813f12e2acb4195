"""How a case was looked into and what followed: notes, records, findings, dispositions, rectification, cost, recusal."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import Agency, MeasureClause
from cases.workflow import Finding
from core.models import StoredFile

from .case import Case
from .pairs import both_or_neither


class Note(models.Model):
    """An internal note; the office alone reads it, and it is never printed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_not_empty")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.pk}"


class InvestigationRecord(models.Model):
    """An interview, an inspection or a look into files, by at least two people of the office."""

    class Kind(models.TextChoices):
        """What was done."""

        INTERVIEW = "interview", _("Interview")
        SITE = "site", _("Visit on the spot")
        FILES = "files", _("Look into files")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    held_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    investigators = ArrayField(models.BigIntegerField())  # accounts
    heard = models.CharField(max_length=200, blank=True)  # by function, not by name
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(investigators__len__gte=2), name="record_two_people"),
            models.CheckConstraint(condition=~Q(text=""), name="record_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.held_on}"


class RecordFile(models.Model):
    """A file that belongs to an investigation record."""

    record = models.ForeignKey(InvestigationRecord, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="record_file")

    def __str__(self) -> str:
        return f"{self.record_id}: {self.file_id}"


class Allegation(models.Model):
    """One thing that is alleged, and what was found about it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="allegations")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    finding = models.CharField(max_length=15, choices=Finding.choices, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="allegation_once_a_position"),
            models.CheckConstraint(condition=Q(finding="") | ~Q(reason=""), name="allegation_found_why"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.position}"


class Disposition(models.Model):
    """What was decided against somebody, citing the clause that allows it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dispositions")
    allegation = models.ForeignKey(Allegation, on_delete=models.PROTECT, null=True, blank=True, related_name="dispositions")
    clause = models.ForeignKey(MeasureClause, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="dispositions")
    against = models.CharField(max_length=200, blank=True)  # a person by function
    text = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(agency__isnull=False) | ~Q(against=""), name="disposition_against_somebody"),
            models.CheckConstraint(condition=~Q(text=""), name="disposition_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.clause_id}"


class Rectification(models.Model):
    """What an agency must put right, by a limit of its own (step `rectification`, item: this row), with proof."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rectifications")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="rectifications")
    task = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proof = models.TextField(blank=True)
    proof_file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="rectification")
    proved_at = models.DateTimeField(null=True, blank=True)
    proved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_back_note = models.TextField(blank=True)  # why the last proof did not do
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(task=""), name="rectification_has_task"),
            models.CheckConstraint(
                condition=Q(proof="", proved_at__isnull=True, proved_by__isnull=True)
                | (~Q(proof="") & Q(proved_at__isnull=False, proved_by__isnull=False)),
                name="rectification_proof_whole",
            ),
            both_or_neither("accepted", "rectification_accepted_pair"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(proved_at__isnull=False), name="rectification_accepted_has_proof"
            ),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="rectification_by_agency")]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.agency_id}"


class HandlingCost(models.Model):
    """What handling a case cost, in fen."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="costs")
    what = models.CharField(max_length=200)
    fen = models.PositiveBigIntegerField()
    spent_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(fen__gte=1), name="cost_positive")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.fen}"


class Recusal(models.Model):
    """Somebody of the office has nothing to do with a case any more, because of an interest."""

    class Kind(models.TextChoices):
        """How it came up."""

        DECLARED = "declared", pgettext_lazy("recusal", "Declared")
        DETECTED = "detected", pgettext_lazy("recusal", "Found")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recusals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recusals")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.TextField()
    recused_at = models.DateTimeField()
    recused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], name="recusal_once_a_person"),
            models.CheckConstraint(condition=~Q(reason=""), name="recusal_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.user_id}"
