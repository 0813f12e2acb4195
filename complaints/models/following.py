"""What a complainant does after filing: rates, writes, withdraws, asks for a review, claims a reward."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .choices import Satisfaction
from .matters import Complaint


class Rating(models.Model):
    """How the complainant rates the outcome, once."""

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="rating")
    satisfaction = models.CharField(max_length=20, choices=Satisfaction.choices)
    reason_sealed = models.BinaryField(null=True)
    reason_copy = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(satisfaction__in=Satisfaction.values), name="rating_satisfaction_known"),
            models.CheckConstraint(
                condition=~Q(satisfaction="dissatisfied") | ~Q(reason_copy=""), name="rating_dissatisfied_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.satisfaction}"


class EarlierRating(models.Model):
    """A rating put aside because its matter was opened again; the new reply is rated anew. Sealed as it was in `Rating`."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="earlier_ratings")
    satisfaction = models.CharField(max_length=20, choices=Satisfaction.choices)
    reason_sealed = models.BinaryField(null=True)
    reason_copy = models.TextField(blank=True)
    created_at = models.DateTimeField()
    put_aside_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(satisfaction__in=Satisfaction.values), name="earlier_rating_satisfaction_known"),
            models.UniqueConstraint(fields=["complaint", "created_at"], name="earlier_rating_once"),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.satisfaction}"


class Message(models.Model):
    """One message between complainant and office. The original is sealed; officers read the copy, agencies neither."""

    class Side(models.TextChoices):
        """Who wrote it."""

        COMPLAINANT = "complainant"
        OFFICE = "office"

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(max_length=11, choices=Side.choices)
    text_sealed = models.BinaryField(null=True)  # empty only once the retention time is over
    text_copy = models.TextField()
    once = models.BinaryField()  # keyed hash of the page's token and the text: sending twice writes once
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)  # when the other side first had it before their eyes

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(side="complainant", sent_by__isnull=True, sent_at__isnull=False)
                | Q(side="office", sent_by__isnull=False, sent_at__isnull=False),
                name="message_office_has_writer",
            ),
            models.CheckConstraint(condition=~Q(text_copy=""), name="message_not_empty"),
            models.UniqueConstraint(fields=["complaint", "once"], name="message_once"),
        ]
        indexes = [
            models.Index(
                fields=["complaint"], condition=Q(side="complainant", seen_at__isnull=True), name="message_unseen_by_office"
            )
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.side} {self.pk}"

    @property
    def vault_row(self) -> str:
        """The row's name in the vault; known before the row is saved."""
        return f"message:{self.complaint_id}:{bytes(self.once).hex()}"

    @property
    def from_office(self) -> bool:
        """Whether the office wrote it."""
        return self.side == self.Side.OFFICE


class Withdrawal(models.Model):
    """The complainant does not want the matter to go on; once, and without a way back."""

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="withdrawal")
    reason_sealed = models.BinaryField(null=True)
    reason_copy = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.complaint_id} withdrawn"

    @property
    def vault_row(self) -> str:
        """The row's name in the vault."""
        return f"withdrawal:{self.complaint_id}"


class ReviewRequest(models.Model):
    """The complainant asks for a review (level 1) of the reply, or for the final review (level 2); each once."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="review_requests")
    level = models.PositiveSmallIntegerField()
    reason_sealed = models.BinaryField(null=True)
    reason_copy = models.TextField()
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "level"], name="review_request_once_a_level"),
            models.CheckConstraint(condition=Q(level__in=[1, 2]), name="review_request_level_known"),
            models.CheckConstraint(condition=~Q(reason_copy=""), name="review_request_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.level}"

    @property
    def vault_row(self) -> str:
        """The row's name in the vault; known before the row is saved."""
        return f"review_request:{self.complaint_id}:{self.level}"


class RewardClaim(models.Model):
    """The complainant asks for a reward, once; whether there is one is decided elsewhere."""

    class Proof(models.TextChoices):
        """How the claimant showed to be who filed."""

        VERIFIED = "verified", _("Verified complainant")
        CLAIM_CODE = "claim_code", _("Claim code")

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="reward_claim")
    proof = models.CharField(max_length=10, choices=Proof.choices)
    claimed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(proof__in=["verified", "claim_code"]), name="reward_claim_proof_known")]

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.proof}"
