"""How long what names people is kept, and what keeps it longer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .matters import Complaint


class RetentionPolicy(models.Model):
    """After how many years from closing the vault forgets who filed; dated, with its legal basis."""

    years = models.PositiveSmallIntegerField()
    valid_from = models.DateField(unique=True)
    basis = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(years__gte=1), name="retention_at_least_a_year")]
        verbose_name_plural = "retention policies"

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.years}"


class Hold(models.Model):
    """Nothing of a complaint is erased while it is held, for example for a court."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField()
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint"], condition=Q(lifted_at__isnull=True), name="hold_one_open"),
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="hold_lifted_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.placed_at:%Y-%m-%d}"
