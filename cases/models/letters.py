"""Official letters of a case, and the templates and series of numbers from which they are made."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from cases.letters.kinds import TO_AGENCY, TO_COMPLAINANT, LetterKind
from cases.querysets import LetterQuerySet
from complaints.models import Complaint
from core.models import StoredFile

from .case import Case


class LetterTemplate(models.Model):
    """One version of the Word file from which letters of a kind are made; without any, the portal's own is used."""

    kind = models.CharField(max_length=15, choices=LetterKind.choices)
    number = models.PositiveSmallIntegerField()  # which version it is; the first uploaded is 1
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="letter_template_version_once"),
            models.UniqueConstraint(fields=["kind"], condition=Q(is_active=True), name="letter_template_one_active"),
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="letter_template_kind_known"),
            models.CheckConstraint(condition=Q(number__gte=1), name="letter_template_number_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class LetterSeries(models.Model):
    """The words before the year in the numbers of a kind of letter, where the office has chosen its own."""

    kind = models.CharField(max_length=15, choices=LetterKind.choices, primary_key=True)
    prefix = models.CharField(max_length=12)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "letter series"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="letter_series_kind_known"),
            models.CheckConstraint(condition=~Q(prefix=""), name="letter_series_has_prefix"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.prefix}"


class Letter(models.Model):
    """A letter to a complainant or an agency, or the closing report for the file: drafted first, then issued with a number."""

    class Means(models.TextChoices):
        """How a letter on paper reached somebody."""

        POST = "post", _("By post")
        HAND = "hand", _("Handed over")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=15, choices=LetterKind.choices)
    complaint = models.ForeignKey(
        Complaint, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # whose filer gets it
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="letters")
    cause = models.CharField(max_length=60)  # what called for it, so that nothing calls for the same letter twice
    words = models.JSONField(default=dict, blank=True)  # what its writer has put in own words; never who complained
    version = models.PositiveIntegerField(default=1, db_default=1)  # a stale page is told that the draft has changed
    created_at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(max_length=40, blank=True)
    # What was issued, sealed; it never changes. Its template is empty where the portal's own was used.
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    template = models.ForeignKey(LetterTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)  # when who it is for first opened it on the website
    delivered_on = models.DateField(null=True, blank=True)
    means = models.CharField(max_length=10, choices=Means.choices, blank=True, default="", db_default="")
    delivered_at = models.DateTimeField(null=True, blank=True)  # when the delivery was noted
    delivered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    discarded_at = models.DateTimeField(null=True, blank=True)
    discarded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    discard_reason = models.CharField(max_length=200, blank=True, default="", db_default="")

    objects = LetterQuerySet.as_manager()

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
                condition=Q(issued_at__isnull=True, file__isnull=True, template__isnull=True, read_at__isnull=True)
                | Q(issued_at__isnull=False, file__isnull=False),
                name="letter_issued_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True, delivered_by__isnull=True, delivered_on__isnull=True, means="")
                | (
                    Q(
                        delivered_at__isnull=False,
                        delivered_by__isnull=False,
                        delivered_on__isnull=False,
                        issued_at__isnull=False,
                    )
                    & ~Q(means="")
                ),
                name="letter_delivered_whole",
            ),
            models.CheckConstraint(
                condition=Q(discarded_at__isnull=True, discarded_by__isnull=True)
                | Q(discarded_at__isnull=False, discarded_by__isnull=False),
                name="letter_discarded_pair",
            ),
            models.CheckConstraint(
                condition=Q(discarded_at__isnull=True, discard_reason="")
                | (Q(discarded_at__isnull=False) & ~Q(discard_reason="")),
                name="letter_discarded_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["case", "id"], name="letter_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.number}"

    @property
    def subject(self) -> str:
        """The text id by which events name its case."""
        return f"case:{self.case_id}"

    @property
    def is_draft(self) -> bool:
        """Whether it waits to be issued or discarded."""
        return self.issued_at is None and self.discarded_at is None
