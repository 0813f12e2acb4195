"""Official letters of a case."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Agency
from cases.letters.kinds import TO_AGENCY, TO_COMPLAINANT, LetterKind
from complaints.models import Complaint

from .case import Case


class Letter(models.Model):
    """A letter to a complainant or an agency, or the closing report for the file: drafted first, then issued with a number."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=15, choices=LetterKind.choices)
    complaint = models.ForeignKey(
        Complaint, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # whose filer gets it
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="letters")
    cause = models.CharField(max_length=60)  # what called for it, so that nothing calls for the same letter twice
    words = models.JSONField(default=dict, blank=True)  # what its writer has put in own words; never who complained
    created_at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(max_length=40, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)
    discarded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "cause"], name="letter_once_a_cause"),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="letter_number_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in TO_COMPLAINANT], complaint__isnull=False, agency__isnull=True)
                | Q(kind__in=[kind.value for kind in TO_AGENCY], complaint__isnull=True, agency__isnull=False)
                | Q(kind="closing", complaint__isnull=True, agency__isnull=True),
                name="letter_has_its_addressee",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, issued_by__isnull=True, number="")
                | (Q(issued_at__isnull=False, issued_by__isnull=False, discarded_at__isnull=True) & ~Q(number="")),
                name="letter_issued_whole",
            ),
            models.CheckConstraint(
                condition=Q(discarded_at__isnull=True, discarded_by__isnull=True)
                | Q(discarded_at__isnull=False, discarded_by__isnull=False),
                name="letter_discarded_pair",
            ),
        ]
        indexes = [models.Index(fields=["case", "id"], name="letter_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.number}"
