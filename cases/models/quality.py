"""Whether the work was good: reviews that complainants ask for, wrong cases and who answers for them, excellent cases."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.querysets import ReviewQuerySet
from cases.workflow import REVIEW_STEPS, Step
from complaints.models import ReviewRequest

from .case import Case
from .pairs import both_or_neither


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


class WrongCaseReview(models.Model):
    """Whether a case was decided wrongly, opened by a leader; who answers for it stands in `Responsibility`."""

    class Conclusion(models.TextChoices):
        """What it came to; empty while it is open."""

        WRONG = "wrong", _("Wrong case")
        RIGHT = "right", _("No wrong case")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="wrong_case_reviews")
    reason = models.TextField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    conclusion = models.CharField(max_length=10, choices=Conclusion.choices, blank=True)
    grounds = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(conclusion=""), name="wrong_case_one_open"),
            models.CheckConstraint(condition=~Q(reason=""), name="wrong_case_has_reason"),
            models.CheckConstraint(
                condition=Q(conclusion="", grounds="", decided_at__isnull=True, decided_by__isnull=True)
                | (Q(conclusion__in=["wrong", "right"], decided_at__isnull=False, decided_by__isnull=False) & ~Q(grounds="")),
                name="wrong_case_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.conclusion}"


class Responsibility(models.Model):
    """Who answers for a wrong case, in which way; the person may appeal."""

    class Kind(models.TextChoices):
        """How somebody answers for it."""

        DIRECT = "direct", _("Direct responsibility")
        MAIN_LEADER = "main_leader", _("Main leadership responsibility")
        IMPORTANT_LEADER = "important_leader", _("Important leadership responsibility")

    review = models.ForeignKey(WrongCaseReview, on_delete=models.PROTECT, related_name="responsibilities")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    measure = models.TextField()
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    lifted = models.BooleanField(default=False)  # the appeal was right
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "user"], name="responsibility_once_a_person"),
            models.CheckConstraint(
                condition=Q(appeal="", appealed_at__isnull=True) | (~Q(appeal="") & Q(appealed_at__isnull=False)),
                name="responsibility_appeal_whole",
            ),
            both_or_neither("answered", "responsibility_answered_pair"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, lifted=False, answer="")
                | (Q(answered_at__isnull=False, appealed_at__isnull=False) & ~Q(answer="")),
                name="responsibility_answer_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.kind}"


class Nomination(models.Model):
    """A case proposed as an excellent one; several people score it, each criterion once."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="nomination")
    words = models.TextField()
    nominated_at = models.DateTimeField()
    nominated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(null=True, blank=True)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [both_or_neither("chosen", "nomination_chosen_pair")]

    def __str__(self) -> str:
        return str(self.case_id)


class Score(models.Model):
    """Points of one person for one criterion of the score sheet."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="scores")
    criterion = models.CharField(max_length=20)
    points = models.PositiveSmallIntegerField()
    scored_at = models.DateTimeField()
    scored_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nomination", "criterion", "scored_by"], name="score_once_a_person"),
            models.CheckConstraint(condition=Q(points__lte=100), name="score_within_hundred"),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.criterion}: {self.points}"
