"""The yearly choice of excellent cases: criteria with weights, nominations, and the judges' scores."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.querysets import NominationQuerySet

from .case import Case

MOST_POINTS = 100


class Criterion(models.Model):
    """By what a nominated case is judged, in which years, and with which weight. Edited by administrators."""

    title = models.CharField(max_length=40)
    title_en = models.CharField(max_length=60)
    question = models.CharField(max_length=120, blank=True)  # what a judge asks himself
    question_en = models.CharField(max_length=160, blank=True)
    weight = models.PositiveSmallIntegerField()
    from_year = models.PositiveSmallIntegerField()
    until_year = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "criteria"
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="criterion_weight_positive"),
            models.CheckConstraint(
                condition=Q(until_year__isnull=True) | Q(until_year__gte=F("from_year")), name="criterion_years_in_order"
            ),
            models.UniqueConstraint(fields=["title", "from_year"], name="criterion_once_a_year"),
        ]

    def __str__(self) -> str:
        return self.title


class Nomination(models.Model):
    """A case put forward as excellent for a year, with a summary that names nobody; chosen by a leader, or not."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="nominations")
    year = models.PositiveSmallIntegerField()
    summary = models.TextField()
    reason = models.TextField()
    nominated_at = models.DateTimeField()
    nominated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(null=True, blank=True)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    chosen_reason = models.TextField(blank=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "year"], name="nomination_once_a_year"),
            models.CheckConstraint(condition=~Q(summary="") & ~Q(reason=""), name="nomination_complete"),
            models.CheckConstraint(
                condition=Q(chosen_at__isnull=True, chosen_by__isnull=True, chosen_reason="")
                | (Q(chosen_at__isnull=False, chosen_by__isnull=False) & ~Q(chosen_reason="")),
                name="nomination_chosen_whole",
            ),
            models.CheckConstraint(
                condition=Q(chosen_by__isnull=True) | ~Q(chosen_by=F("nominated_by")), name="nomination_two_people"
            ),
        ]
        indexes = [models.Index(fields=["year", "id"], name="nomination_by_year")]

    def __str__(self) -> str:
        return f"{self.year}: {self.case_id}"


class Score(models.Model):
    """One judge's view of one nomination, given once."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="scores")
    judge = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    total = models.DecimalField(max_digits=5, decimal_places=2)  # the weighted mean of its points, 0 to 100
    comment = models.TextField(blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nomination", "judge"], name="score_once_a_judge"),
            models.CheckConstraint(
                condition=Q(total__gte=Decimal(0), total__lte=Decimal(MOST_POINTS)), name="score_total_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id}: {self.total}"


class Points(models.Model):
    """The points that a judge gives for one criterion, with the weight that it had on that day."""

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="points")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField()
    value = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "points"
        constraints = [
            models.UniqueConstraint(fields=["score", "criterion"], name="points_once_a_criterion"),
            models.CheckConstraint(condition=Q(value__lte=MOST_POINTS, weight__gte=1), name="points_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.score_id}: {self.criterion_id} {self.value}"
