"""Wrong-case accountability: a closed case is looked at once more for who is responsible for what went wrong in it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.querysets import ResponsibilityQuerySet, WrongCaseReviewQuerySet

from .case import Case

_OPEN_OR_CLOSED = Q(concluded_at__isnull=True, concluded_by__isnull=True, outcome="", conclusion="")


class WrongCaseReview(models.Model):
    """A leader asks whether a case was decided wrongly; another leader says what it came to."""

    class Outcome(models.TextChoices):
        """What the review came to; empty while it runs."""

        WRONG = "wrong", _("The case was decided wrongly")
        FLAWED = "flawed", _("Decided rightly, but with faults on the way")
        SOUND = "sound", _("Nothing was wrong")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="wrong_case_reviews")
    reason = models.TextField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    conclusion = models.TextField(blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = WrongCaseReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="wrong_case_has_reason"),
            models.UniqueConstraint(fields=["case"], condition=Q(concluded_at__isnull=True), name="wrong_case_one_open"),
            models.CheckConstraint(
                condition=_OPEN_OR_CLOSED
                | (
                    Q(concluded_at__isnull=False, concluded_by__isnull=False, outcome__in=["wrong", "flawed", "sound"])
                    & ~Q(conclusion="")
                ),
                name="wrong_case_concluded_whole",
            ),
            models.CheckConstraint(
                condition=Q(concluded_by__isnull=True) | ~Q(concluded_by=F("opened_by")), name="wrong_case_two_people"
            ),
        ]
        indexes = [models.Index(fields=["case", "id"], name="wrong_case_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.opened_at}"

    @property
    def subject(self) -> str:
        """The text id by which events name it; the history of the case does not tell of it."""
        return f"wrong_case:{self.pk}"


class Consequence(models.TextChoices):
    """What follows for a person who is responsible."""

    TALK = "talk", _("Criticism and education")
    INSPECT = "inspect", _("Ordered to write a self-criticism")
    ADMONISH = "admonish", _("Admonishing talk")
    CIRCULAR = "circular", _("Criticised in a circular")
    HONOURS = "honours", _("Barred from honours of the year")
    MOVE = "move", _("Moved to another post")
    REFER = "refer", _("Referred to the body in charge")
    NONE = "none", _("No consequence")


class Responsibility(models.Model):
    """One person's part in a wrong case: what he did, what is proposed, what was decided, and his one appeal."""

    class Kind(models.TextChoices):
        """How somebody is responsible."""

        DIRECT = "direct", _("Directly responsible")
        MAIN_LEADER = "main_leader", _("Main leadership responsibility")
        LEADER = "leader", _("Important leadership responsibility")

    class AppealOutcome(models.TextChoices):
        """What the appeal came to; empty while it is open or none was made."""

        KEPT = "kept", _("The decision stands")
        CHANGED = "changed", _("The decision is changed")
        LIFTED = "lifted", _("The decision is lifted")

    review = models.ForeignKey(WrongCaseReview, on_delete=models.PROTECT, related_name="people")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="responsibilities"
    )
    name = models.CharField(max_length=40)  # as it stood on that day, also of who has an account
    post = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    deed = models.TextField()  # what he did or left undone
    proposed = models.CharField(max_length=10, choices=Consequence.choices)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided = models.CharField(max_length=10, choices=Consequence.choices, blank=True)
    decision_note = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    appeal_until = models.DateField(null=True, blank=True)
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    # Who entered it: the person himself, or a leader for somebody without an account.
    appealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    appeal_outcome = models.CharField(max_length=10, choices=AppealOutcome.choices, blank=True)
    final = models.CharField(max_length=10, choices=Consequence.choices, blank=True)  # what holds after the appeal
    appeal_answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(post="") & ~Q(deed=""), name="responsibility_complete"),
            models.UniqueConstraint(
                fields=["review", "account"], condition=Q(account__isnull=False), name="responsibility_once_an_account"
            ),
            models.CheckConstraint(
                condition=Q(
                    decided="", decision_note="", decided_at__isnull=True, decided_by__isnull=True, appeal_until__isnull=True
                )
                | (
                    Q(decided__in=Consequence.values, decided_at__isnull=False, decided_by__isnull=False)
                    & Q(appeal_until__isnull=False)
                    & ~Q(decision_note="")
                ),
                name="responsibility_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | (~Q(decided_by=F("proposed_by")) & (Q(account__isnull=True) | ~Q(decided_by=F("account")))),
                name="responsibility_two_people",
            ),
            models.CheckConstraint(
                condition=Q(appeal="", appealed_at__isnull=True, appealed_by__isnull=True)
                | (Q(appealed_at__isnull=False, appealed_by__isnull=False, decided_at__isnull=False) & ~Q(appeal="")),
                name="responsibility_appealed_whole",
            ),
            models.CheckConstraint(
                condition=Q(appeal_outcome="", final="", appeal_answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (
                    Q(appeal_outcome__in=["kept", "changed", "lifted"], final__in=Consequence.values)
                    & Q(answered_at__isnull=False, answered_by__isnull=False, appealed_at__isnull=False)
                    & ~Q(appeal_answer="")
                ),
                name="responsibility_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | (~Q(answered_by=F("decided_by")) & (Q(account__isnull=True) | ~Q(answered_by=F("account")))),
                name="responsibility_answered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.pk}"

    @property
    def is_appealed(self) -> bool:
        """Whether an appeal waits for its answer."""
        return self.appealed_at is not None and self.answered_at is None

    def can_still_appeal(self, today: date) -> bool:
        """Whether the one appeal can still be made."""
        return self.appealed_at is None and self.appeal_until is not None and today <= self.appeal_until
