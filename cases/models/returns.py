"""What agencies give back, and what the office decides on it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Agency

from .handling import Assignment


class AgencyReturn(models.Model):
    """An agency's wish to give an assignment back: why, by which rule, and who it thinks is competent."""

    class Decision(models.TextChoices):
        """What the office decided; empty while it is open."""

        ACCEPTED = "accepted"
        REFUSED = "refused"

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="returns")
    reason = models.TextField()
    basis = models.CharField(max_length=300)  # the rule it rests on, such as a clause of the list of the agency's functions
    proposed = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    note = models.TextField(blank=True)  # why not; the agency reads it
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(basis=""), name="agency_return_has_basis"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="agency_return_decided_pair",
            ),
            models.CheckConstraint(condition=~Q(decision="refused") | ~Q(note=""), name="agency_return_refused_has_note"),
            models.UniqueConstraint(fields=["assignment"], condition=Q(decision=""), name="agency_return_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.decision}"
