"""Rewards: the scheme of a year with its grades, what was proposed and decided in a case, and how joint signers share it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from cases.models import Case
from complaints.models import Complaint
from supervisors.rewards.querysets import RewardQuerySet, SchemeQuerySet
from supervisors.rewards.workflow import RewardState

from .ledger import Budget
from .payables import Payable

_PERSON = settings.AUTH_USER_MODEL


class RewardScheme(models.Model):
    """By which rules rewards are given for what is received in a year, and out of which budget."""

    year = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=100)
    basis = models.CharField(max_length=200)  # the document on which it rests
    since = models.DateField()  # for what was received from this day on
    until = models.DateField()  # and to this day, included
    window_months = models.PositiveSmallIntegerField(default=2)
    full_time_too = models.BooleanField(default=False)
    leaves_out_own_claim = models.BooleanField(default=True)
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, null=True, blank=True, related_name="reward_schemes")

    objects = SchemeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="reward_scheme_ends_after_start"),
            models.CheckConstraint(condition=Q(since__year=F("year"), until__year=F("year")), name="reward_scheme_in_its_year"),
            models.CheckConstraint(condition=Q(window_months__gte=1, window_months__lte=24), name="reward_scheme_window"),
            models.CheckConstraint(condition=~Q(basis="") & ~Q(name=""), name="reward_scheme_has_basis"),
        ]

    def __str__(self) -> str:
        return self.name


class RewardGrade(models.Model):
    """One grade of a scheme: an amount or a range, or a share of what was fined or recovered with a floor and a cap."""

    scheme = models.ForeignKey(RewardScheme, on_delete=models.PROTECT, related_name="grades")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    when = models.CharField(max_length=200)  # for what it is given, in the words of the scheme
    least_fen = models.PositiveBigIntegerField()
    most_fen = models.PositiveBigIntegerField()
    share = models.PositiveSmallIntegerField(default=0)  # hundredths of a percent; 0: an amount or a range

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "place"], name="reward_grade_once_a_place"),
            models.CheckConstraint(condition=Q(least_fen__gt=0, most_fen__gte=F("least_fen")), name="reward_grade_range"),
            models.CheckConstraint(condition=Q(share__lte=10_000), name="reward_grade_share"),
        ]

    def __str__(self) -> str:
        return self.name


class Reward(models.Model):
    """A reward in one case for one report: proposed by one person, decided by another, paid by a third."""

    class Truth(models.TextChoices):
        """真实性: how far what was reported is true."""

        WHOLE = "whole", pgettext_lazy("truth", "True in all that matters")
        PART = "part", pgettext_lazy("truth", "True in part")

    class Worth(models.TextChoices):
        """有效性: what the report was worth to the investigation."""

        DECISIVE = "decisive", pgettext_lazy("worth", "Decisive: it gave facts and evidence that led straight to the outcome")
        USEFUL = "useful", pgettext_lazy("worth", "Useful: it gave leads that were followed")
        SLIGHT = "slight", pgettext_lazy("worth", "Slight: it only pointed to the matter")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rewards")
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="rewards")
    scheme = models.ForeignKey(RewardScheme, on_delete=models.PROTECT, related_name="rewards")
    grade = models.ForeignKey(RewardGrade, on_delete=models.PROTECT, related_name="rewards")
    base_fen = models.PositiveBigIntegerField(default=0)  # what was fined or recovered, where the grade is a share of it
    amount_fen = models.PositiveBigIntegerField()
    truth = models.CharField(max_length=5, choices=Truth.choices)
    truth_reason = models.TextField()
    worth = models.CharField(max_length=8, choices=Worth.choices)
    worth_reason = models.TextField()
    reason = models.TextField()
    status = models.CharField(max_length=11, choices=RewardState.choices, default=RewardState.PROPOSED)
    version = models.PositiveIntegerField(default=1)  # a stale page is told
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision_note = models.TextField(blank=True)
    number = models.CharField(max_length=40, blank=True)  # of the decision
    collect_until = models.DateField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)  # when the last share was
    paid_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)  # lapsed, cancelled or paid back
    ended_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=200, blank=True)

    objects = RewardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=~Q(status__in=["refused", "cancelled"]), name="reward_once_a_case"
            ),
            models.UniqueConstraint(
                fields=["complaint"], condition=~Q(status__in=["refused", "cancelled"]), name="reward_once_a_complaint"
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="reward_number_once"),
            models.CheckConstraint(condition=Q(status__in=RewardState.values), name="reward_status_known"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="reward_positive"),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(truth_reason="") & ~Q(worth_reason=""), name="reward_both_judged"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")), name="reward_two_people"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, status__in=["proposed", "cancelled"])
                | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(status="proposed"),
                name="reward_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["proposed", "refused", "cancelled"]) | Q(collect_until__isnull=False) & ~Q(number=""),
                name="reward_approved_whole",
            ),
            models.CheckConstraint(condition=~Q(status="refused") | ~Q(decision_note=""), name="reward_refused_has_reason"),
            models.CheckConstraint(
                # Without a person it was the clock that let it lapse, or the money that came back.
                condition=Q(status__in=["lapsed", "cancelled", "clawed_back"], ended_at__isnull=False) & ~Q(end_reason="")
                | ~Q(status__in=["lapsed", "cancelled", "clawed_back"])
                & Q(ended_at__isnull=True, ended_by__isnull=True, end_reason=""),
                name="reward_ended_whole",
            ),
            models.CheckConstraint(condition=~Q(status="cancelled") | Q(ended_by__isnull=False), name="reward_cancelled_by"),
            models.CheckConstraint(
                condition=Q(status__in=["paid", "clawed_back"], paid_at__isnull=False, paid_by__isnull=False)
                | ~Q(status__in=["paid", "clawed_back"]) & Q(paid_at__isnull=True, paid_by__isnull=True),
                name="reward_paid_whole",
            ),
            models.CheckConstraint(
                condition=Q(paid_by__isnull=True) | (~Q(paid_by=F("proposed_by")) & ~Q(paid_by=F("decided_by"))),
                name="reward_three_people",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="reward_by_status"),
            models.Index(fields=["collect_until"], condition=Q(status="notified"), name="reward_uncollected"),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.case_id} {self.status}"

    @property
    def subject(self) -> str:
        """The text id by which events name it."""
        return f"reward:{self.pk}"


class RewardShare(models.Model):
    """What one signer gets; the shares of a reward sum to it (a trigger, migration 0004). The first is who filed."""

    class Way(models.TextChoices):
        """Where it was collected."""

        PAGE = "page", pgettext_lazy("reward", "Online")
        OFFICE = "office", pgettext_lazy("reward", "At the office")

    reward = models.ForeignKey(Reward, on_delete=models.PROTECT, related_name="shares")
    place = models.PositiveSmallIntegerField()
    amount_fen = models.PositiveBigIntegerField()
    payable = models.OneToOneField(Payable, on_delete=models.PROTECT, null=True, blank=True, related_name="reward_share")
    way = models.CharField(max_length=6, choices=Way.choices, blank=True)
    collected_at = models.DateTimeField(null=True, blank=True)
    collected_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reward", "place"], name="reward_share_once_a_place"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="reward_share_positive"),
            models.CheckConstraint(
                condition=Q(way="", collected_at__isnull=True, collected_by__isnull=True)
                | Q(way="page", collected_at__isnull=False, collected_by__isnull=True, payable__isnull=False)
                | Q(way="office", collected_at__isnull=False, collected_by__isnull=False, payable__isnull=False),
                name="reward_share_collected_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reward_id}/{self.place}"

    @property
    def cause(self) -> str:
        """The text id by which the ledger knows it."""
        return f"reward_share:{self.pk}"

    @property
    def payee(self) -> str:
        """The text id of who gets it; signers have no row of their own that all of them have."""
        tip = getattr(self.reward.complaint, "tip", None)
        base = tip.supervisor.subject if tip else f"complaint:{self.reward.complaint_id}"
        return base if self.place == 1 else f"{base}:signer:{self.place}"


class DeclinedClaim(models.Model):
    """The answer to a claim for which there is no reward; the claimant reads the reason."""

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="declined_claim")
    reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="declined_claim_has_reason")]

    def __str__(self) -> str:
        return str(self.complaint_id)
