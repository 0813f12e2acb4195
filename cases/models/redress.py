"""What follows from a finding: dispositions against agencies and people, and rectification by the agency."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, DispositionKind, MeasureClause
from cases.querysets import DispositionQuerySet, RectificationQuerySet
from core.models import StoredFile

from .case import Case
from .handling import Assignment

_PERSON = settings.AUTH_USER_MODEL


class Disposition(models.Model):
    """What is done about a fault, by a clause in force: proposed by one person, decided by a leader who is another."""

    class Decision(models.TextChoices):
        """What the leader said; empty while it is open."""

        APPROVED = "approved", _("Decided")
        REFUSED = "refused", _("Not decided")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dispositions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="dispositions")
    post = models.CharField(max_length=60, blank=True)  # whose; empty where it is against the agency itself
    kind = models.CharField(max_length=12, choices=DispositionKind.choices)
    clause = models.ForeignKey(MeasureClause, on_delete=models.PROTECT, related_name="dispositions")
    words = models.TextField()  # the agency reads them
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decision_note = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = DispositionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="disposition_has_words"),
            models.CheckConstraint(condition=Q(kind__in=DispositionKind.values), name="disposition_kind_known"),
            models.CheckConstraint(condition=~Q(decided_by=F("proposed_by")), name="disposition_two_people"),
            models.CheckConstraint(
                condition=~Q(decision="refused") | ~Q(decision_note=""), name="disposition_refused_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | Q(decision__in=["approved", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                name="disposition_decided_pair",
            ),
        ]
        indexes = [models.Index(fields=["case", "id"], name="disposition_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.decision}"


class Rectification(models.Model):
    """What an agency must put right after a finding; done once the office has accepted an answer. It may outlive its case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rectifications")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="rectifications")
    demand = models.TextField()  # the agency reads it
    demanded_at = models.DateTimeField()
    demanded_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = RectificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(accepted_at__isnull=True), name="rectification_one_open"),
            models.CheckConstraint(condition=~Q(demand=""), name="rectification_has_demand"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="rectification_accepted_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.assignment_id}"


class RectificationAnswer(models.Model):
    """What the agency says it has put right, and what the office makes of it."""

    class Verdict(models.TextChoices):
        """What the office said; empty while it is open."""

        ACCEPTED = "accepted", _("Accepted")
        SENT_BACK = "sent_back", _("Sent back")

    rectification = models.ForeignKey(Rectification, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    verdict_note = models.TextField(blank=True)  # the agency reads it
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rectification"], condition=Q(verdict=""), name="rectification_answer_one_open"),
            models.CheckConstraint(condition=~Q(text=""), name="rectification_answer_has_text"),
            models.CheckConstraint(
                condition=~Q(verdict="sent_back") | ~Q(verdict_note=""), name="rectification_answer_back_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", judged_at__isnull=True, judged_by__isnull=True)
                | Q(verdict__in=["accepted", "sent_back"], judged_at__isnull=False, judged_by__isnull=False),
                name="rectification_answer_judged_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rectification_id}: {self.verdict}"


class RectificationProof(models.Model):
    """A file by which the agency proves what it has put right."""

    answer = models.ForeignKey(RectificationAnswer, on_delete=models.PROTECT, related_name="proofs")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.file_id}"
