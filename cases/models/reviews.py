"""Reviews of replies that complainants ask for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.querysets import ReviewQuerySet
from cases.workflow import REVIEW_STEPS, Step
from complaints.models import ReviewRequest

from .case import Case


class Review(models.Model):
    """The review of a reply, or the final one, that a complainant asked for; answered by somebody who did not sign the reply."""

    class Outcome(models.TextChoices):
        """What the review came to; empty while it is open."""

        KEPT = "kept", _("The reply stands")
        CHANGED = "changed", _("The reply is changed")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    request = models.OneToOneField(ReviewRequest, on_delete=models.PROTECT, related_name="review")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (Q(outcome__in=["kept", "changed"], answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="review_answered_whole",
            )
        ]
        indexes = [models.Index(fields=["case", "id"], name="review_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.request_id}"

    @property
    def step(self) -> Step:
        """The step whose limit it has."""
        return REVIEW_STEPS[self.request.level]
