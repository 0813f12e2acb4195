"""What supervisors are to do, and what they did."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from supervisors.duties.periods import Period
from supervisors.querysets import DutyLogQuerySet, TaskQuerySet

from .roster import Kind, Supervisor


class Quota(models.Model):
    """How much supervisors of a kind do in a period, from a day on. The newest row that has begun holds."""

    class What(models.TextChoices):
        """What is counted."""

        TIPS = "tips", _("Tips")
        INSPECTIONS = "inspections", _("Inspections")
        DUTY_DAYS = "duty_days", _("Duty days")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    what = models.CharField(max_length=12, choices=What.choices)
    period = models.CharField(max_length=8, choices=Period.choices)
    amount = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    basis = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "what", "valid_from"], name="quota_once_a_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.what}: {self.amount} a {self.period}"


class Task(models.Model):
    """Something that one supervisor is asked to do by a day."""

    class Kind(models.TextChoices):
        """What sort of task."""

        TASK = "task", _("Task")
        INSPECTION = "inspection", _("Inspection")

    supervisor = models.ForeignKey(Supervisor, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=100)
    text = models.CharField(max_length=2000, blank=True)
    due_on = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_note = models.CharField(max_length=1000, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(done_at__isnull=False) | Q(done_note=""), name="task_note_when_done"),
        ]
        indexes = [models.Index(fields=["supervisor", "due_on"], condition=Q(done_at__isnull=True), name="task_open")]

    def __str__(self) -> str:
        return self.title


class DutyLog(models.Model):
    """What a supervisor did on a day, as entered by the supervisor; it counts once an officer confirmed it."""

    class Kind(models.TextChoices):
        """What sort of duty."""

        PATROL = "patrol", _("Looking round offices")
        DESK = "desk", _("On duty at the office")
        VISIT = "visit", _("Visiting people or enterprises")
        MEETING = "meeting", _("Meeting or training")
        OTHER = "other", pgettext_lazy("duty", "Something else")

    class State(models.TextChoices):
        """What the office said."""

        WAITING = "waiting", _("Waiting for confirmation")
        CONFIRMED = "confirmed", pgettext_lazy("duty", "Confirmed")
        REFUSED = "refused", pgettext_lazy("duty", "Not confirmed")

    supervisor = models.ForeignKey(Supervisor, on_delete=models.PROTECT, related_name="duty_logs")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    hours = models.DecimalField(max_digits=3, decimal_places=1, validators=[MinValueValidator(0.5), MaxValueValidator(24)])
    place = models.CharField(max_length=100)
    what = models.CharField(max_length=1000)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    entered_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)  # later than the closing of its month: late
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    refusal_reason = models.CharField(max_length=500, blank=True)

    objects = DutyLogQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supervisor", "day", "kind"], name="duty_once_a_day_and_kind"),
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=24), name="duty_hours_of_a_day"),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_at__isnull=False, confirmed_by__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at__isnull=True, confirmed_by__isnull=True)),
                name="duty_confirmed_whole",
            ),
            models.CheckConstraint(
                condition=(Q(state="refused", refused_at__isnull=False, refused_by__isnull=False) & ~Q(refusal_reason=""))
                | (~Q(state="refused") & Q(refused_at__isnull=True, refused_by__isnull=True, refusal_reason="")),
                name="duty_refused_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="waiting"), name="duty_waiting"),
            models.Index(fields=["supervisor", "-day"], name="duty_by_supervisor"),
        ]

    def __str__(self) -> str:
        return f"{self.supervisor_id} {self.day} {self.kind}"
