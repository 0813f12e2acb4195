"""A lodged matter with its evidence and the consents given with it."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import Agency
from complaints.querysets import ComplaintQuerySet
from core.models import StoredFile

from .choices import Channel, Disclosure, Identity, Kind
from .people import Complainant


class Complaint(models.Model):
    """A lodged matter. The originals are sealed; `working_copy` and `wish_copy` have the filer's own data masked."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=14, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.COMPLAINT)
    identity = models.CharField(max_length=10, choices=Identity.choices)
    channel = models.CharField(max_length=20, choices=Channel.choices, default=Channel.WEB)
    complainant = models.ForeignKey(Complainant, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints")
    agency_words = models.CharField(max_length=200, blank=True)  # where and about what, when the agency is not known
    respondent = models.CharField(max_length=200, blank=True)  # section, window or person, as the filer names it
    category = models.PositiveSmallIntegerField(default=0)
    secondary = ArrayField(models.PositiveSmallIntegerField(), default=list, db_default=[], blank=True)
    behaviours = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    happened_on = models.DateField(null=True, blank=True)
    ongoing = models.BooleanField(default=False)
    place = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=120)
    narrative_sealed = models.BinaryField(null=True)  # empty only once the retention time is over
    working_copy = models.TextField()
    wish_sealed = models.BinaryField(null=True)
    wish_copy = models.TextField(blank=True)
    details_sealed = models.BinaryField(null=True)  # originals of the short texts that masking changed, as JSON
    signers = models.PositiveSmallIntegerField(default=1, db_default=1)  # how many people complain together
    earlier_number = models.CharField(max_length=14, blank=True, default="", db_default="")  # as the complainant names it
    privacy_version = models.CharField(max_length=20, blank=True, default="", db_default="")  # of the notice that was agreed to
    content_sha256 = models.CharField(max_length=64)
    notify_sms = models.BooleanField(default=False)
    notify_email = models.BooleanField(default=False)
    code_version = models.PositiveSmallIntegerField(default=1)
    received_at = models.DateTimeField()
    created_at = models.DateTimeField()
    # Where an imported row came from; the same row is never taken twice. NULL, unlike an empty text, may occur many times.
    import_key = models.CharField(max_length=80, null=True, blank=True, unique=True)
    denied_at = models.DateTimeField(null=True, blank=True)  # when the person named said that it was not he who filed
    erased_at = models.DateTimeField(null=True, blank=True)  # when the retention time of the originals was over
    # Who entered it for the complainant: an officer, or a helper unit's clerk with the unit that follows it. Citizens: nobody.
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    filed_by_unit = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="filings")

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(category__lte=7), name="complaint_category_known"),
            models.CheckConstraint(
                # Who denies having filed stays in the vault: it may be fear, and what goes out must not name him either.
                condition=Q(identity="real_name", complainant__isnull=False, denied_at__isnull=True)
                | Q(identity="anonymous", complainant__isnull=True, denied_at__isnull=True)
                | Q(identity="anonymous", complainant__isnull=False, denied_at__isnull=False),
                name="complaint_identity_matches",
            ),
            models.CheckConstraint(condition=Q(signers__gte=1), name="complaint_has_signer"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, narrative_sealed__isnull=False)
                | Q(
                    erased_at__isnull=False, narrative_sealed__isnull=True, wish_sealed__isnull=True, details_sealed__isnull=True
                ),
                name="complaint_erased_whole",
            ),
            models.CheckConstraint(
                condition=Q(filed_by_unit__isnull=True)
                | Q(filed_by__isnull=False, channel="helper_unit", identity="real_name", kind="complaint"),
                name="complaint_unit_has_clerk",
            ),
        ]
        indexes = [
            models.Index(fields=["complainant"], name="complaint_by_complainant"),
            models.Index(fields=["filed_by_unit", "-id"], name="complaint_by_unit", condition=Q(filed_by_unit__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def vault_row(self) -> str:
        """The row's name in the vault."""
        return f"complaint:{self.public_id}"

    @property
    def is_named(self) -> bool:
        """Whether somebody stands behind it by name; whoever denied having filed stays in the vault but is nobody here."""
        return self.identity == Identity.REAL_NAME

    @property
    def subject(self) -> str:
        """The text id by which events name this complaint."""
        return f"complaint:{self.pk}"


class Evidence(models.Model):
    """A file that belongs to a complaint."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="evidence")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="evidence")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.file_id}"


class Consent(models.Model):
    """The complainant's consent to disclose named fields to one agency; revocable until it is used."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="consents")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    fields = ArrayField(models.CharField(max_length=10, choices=Disclosure.choices))
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "agency"], condition=Q(revoked_at__isnull=True), name="consent_one_open"
            ),
            models.CheckConstraint(condition=Q(fields__contained_by=Disclosure.values), name="consent_fields_known"),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} → {self.agency_id}"


class FilingConsent(models.Model):
    """An enterprise's consent that a helper unit files for it: who gave it, how and when; recorded with the filing, once."""

    class Means(models.TextChoices):
        """How the consent was given."""

        WRITTEN = "written", _("In writing")
        MESSAGE = "message", _("By message")
        PHONE = "phone", _("By phone")
        IN_PERSON = "in_person", pgettext_lazy("consent", "In person")

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="filing_consent")
    given_by_sealed = models.BinaryField(null=True)  # sealed in the complaint's row; empty once the retention time is over
    given_by_masked = models.CharField(max_length=20)
    means = models.CharField(max_length=10, choices=Means.choices)
    given_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(means__in=["written", "message", "phone", "in_person"]), name="filing_consent_means"
            )
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.means} {self.given_on}"


class TextPrint(models.Model):
    """By what a text is found again: hashes of its pieces, made from the working copy. Nearly the same text shares some."""

    complaint = models.OneToOneField(Complaint, on_delete=models.CASCADE, related_name="text_print")
    bands = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [GinIndex(fields=["bands"], name="text_print_bands")]

    def __str__(self) -> str:
        return str(self.complaint_id)
