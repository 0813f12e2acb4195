"""Time limits of a case, their extensions, and the times in which the clock stands still."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from cases.querysets import DeadlineQuerySet, ExtensionQuerySet
from cases.workflow import Step
from core.models import AbstractDeadline

from .case import Case


class Deadline(AbstractDeadline):
    """A time limit on one step of a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    extended_by = models.PositiveSmallIntegerField(default=0, db_default=0)  # in the unit that the policy counts
    paused_for = models.PositiveSmallIntegerField(default=0, db_default=0)  # in the same unit, by suspensions that are over
    paused_on = models.DateField(null=True, blank=True)  # since when the clock stands still

    objects = DeadlineQuerySet.as_manager()

    class Meta(AbstractDeadline.Meta):
        constraints = [
            *AbstractDeadline.Meta.constraints,
            models.CheckConstraint(condition=Q(step__in=Step.values), name="deadline_step_known"),
            models.UniqueConstraint(
                fields=["case", "step"], condition=Q(closed_at__isnull=True), name="deadline_one_open_a_step"
            ),
            models.CheckConstraint(
                condition=Q(paused_on__isnull=True) | Q(next_reminder_at__isnull=True), name="deadline_paused_is_silent"
            ),
        ]
        indexes = [
            models.Index(fields=["next_reminder_at"], condition=Q(next_reminder_at__isnull=False), name="deadline_sweep"),
            models.Index(fields=["case", "id"], name="deadline_by_case"),
            models.Index(fields=["step", "case"], condition=Q(closed_at__isnull=True), name="deadline_open_by_step"),
            models.Index(fields=["closed_at"], condition=Q(closed_at__isnull=False), name="deadline_by_closing"),
            models.Index(fields=["due_on"], name="deadline_by_due_day"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step} {self.due_on}"


class Extension(models.Model):
    """More time asked for a limit before it runs out, and what another person said."""

    class Decision(models.TextChoices):
        """What was said; empty while it is open."""

        APPROVED = "approved"
        REFUSED = "refused"

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="extensions")
    length = models.PositiveSmallIntegerField()  # in the unit that the limit's policy counts
    reason = models.TextField()  # the complainant reads it
    progress = models.TextField()  # what has been done so far; the office reads it
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decision_note = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    old_due_on = models.DateField()
    new_due_on = models.DateField(null=True, blank=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deadline"], condition=Q(decision=""), name="extension_one_open"),
            models.CheckConstraint(condition=Q(length__gte=1), name="extension_length_positive"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(progress=""), name="extension_has_reason"),
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="extension_two_people"),
            models.CheckConstraint(condition=~Q(decision="refused") | ~Q(decision_note=""), name="extension_refused_has_reason"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True, new_due_on__isnull=True)
                | Q(decision="refused", decided_at__isnull=False, decided_by__isnull=False, new_due_on__isnull=True)
                | Q(decision="approved", decided_at__isnull=False, decided_by__isnull=False, new_due_on__gte=F("old_due_on")),
                name="extension_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id} +{self.length} {self.decision}"


class Suspension(models.Model):
    """Days on which the clock of a case stands still, for a reason that the law knows. Two never overlap."""

    class Ground(models.TextChoices):
        """Why the clock may stand still."""

        EXPERT = "expert", _("Waiting for an expert's report, a test or an audit")
        PROCEEDINGS = "proceedings", _("Waiting for a court, an arbitration or a reconsideration")
        COMPLAINANT = "complainant", _("Waiting for papers from the complainant")
        FORCE_MAJEURE = "force_majeure", _("Force majeure")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="suspensions")
    ground = models.CharField(max_length=15, choices=Ground.choices)
    basis = models.CharField(max_length=200)  # the legal basis
    words = models.TextField()  # the complainant reads it
    from_on = models.DateField()  # the first day that does not count
    until_on = models.DateField(null=True, blank=True)  # the first day that counts again
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(basis="") & ~Q(words=""), name="suspension_has_reason"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True, ended_at__isnull=True, ended_by__isnull=True)
                | Q(until_on__gte=F("from_on"), ended_at__isnull=False, ended_by__isnull=False),
                name="suspension_ended_whole",
            ),
            ExclusionConstraint(
                name="suspension_never_twice",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    (Func("from_on", "until_on", function="DATERANGE", output_field=DateRangeField()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.from_on}–{self.until_on or ''}"
