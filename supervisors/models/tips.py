"""Tips of supervisors: the only place that says which supervisor stands behind a lodged matter."""

from django.db import models
from django.db.models import Q

from complaints.models import Complaint
from supervisors.tips.querysets import TipQuerySet

from .roster import Supervisor


class Tip(models.Model):
    """A supervisor's tip: the matter itself is anonymous, so that nothing in it leads an agency to the person."""

    key = models.UUIDField(unique=True)  # made with the form, so that a tip sent twice is one
    supervisor = models.ForeignKey(Supervisor, on_delete=models.PROTECT, related_name="tips")
    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="tip")
    given_at = models.DateTimeField()

    objects = TipQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(given_at__isnull=False), name="tip_given")]
        indexes = [models.Index(fields=["supervisor", "-id"], name="tip_by_supervisor")]

    def __str__(self) -> str:
        return f"tip {self.pk}"
