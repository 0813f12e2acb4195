"""Tables of what the public lodges. Personal data stands in sealed columns only (`core.vault`)."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import Agency
from core.models import StoredFile

from .querysets import ComplaintQuerySet, DraftQuerySet


class Identity(models.TextChoices):
    """Identity mode."""

    REAL_NAME = "real_name", _("Real name")
    ANONYMOUS = "anonymous", _("Anonymous")


class Kind(models.TextChoices):
    """What sort of lodged matter it is; they differ in feedback, secrecy and reward."""

    COMPLAINT = "complaint", _("Complaint")
    REPORT = "report", pgettext_lazy("kind", "Report")
    TIP = "tip", _("Tip")


class Channel(models.TextChoices):
    """Through which channel a matter reached the office."""

    WEB = "web", _("Online")
    HOTLINE = "hotline", _("Hotline")
    LETTER = "letter", _("Letter")
    VISIT = "visit", pgettext_lazy("channel", "Visit")
    RECEPTION = "reception", _("Joint reception")
    ENTERPRISE_VISIT = "enterprise_visit", _("Enterprise visit")
    SYMPOSIUM = "symposium", _("Symposium")
    OPEN_INSPECTION = "open_inspection", _("Open inspection")
    COVERT_VISIT = "covert_visit", _("Covert visit")
    SUPERVISOR = "supervisor", _("Supervisor")
    HELPER_UNIT = "helper_unit", _("Helper unit")
    SUPERIOR = "superior", _("Transferred from above")
    MEDIA = "media", _("Media")


class Satisfaction(models.TextChoices):
    """How the complainant rates the outcome."""

    SATISFIED = "satisfied", _("Satisfied")
    FAIRLY_SATISFIED = "fairly_satisfied", _("Fairly satisfied")
    DISSATISFIED = "dissatisfied", _("Dissatisfied")


class Disclosure(models.TextChoices):
    """What a complainant may consent to disclose to an agency; never in a report or a tip."""

    WORDS = "words", _("My own words")
    NAME = "name", _("My name")
    PHONE = "phone", _("My phone number")


class Complainant(models.Model):
    """Who filed. Everything that names the person is sealed; the indexes are keyed hashes for exact look-up."""

    class Kind(models.TextChoices):
        """A person or an organisation with a contact."""

        PERSON = "person", _("A person")
        ORGANISATION = "organisation", _("A company or organisation")

    class Verification(models.TextChoices):
        """How the identity was checked."""

        NONE = "none", _("Not checked")
        PHONE = "phone", _("Phone confirmed by code")
        CALL_BACK = "call_back", _("Confirmed by call back")
        IN_PERSON = "in_person", _("Confirmed in person")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    name_sealed = models.BinaryField()
    organisation_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    email_sealed = models.BinaryField(null=True)
    name_masked = models.CharField(max_length=20)
    phone_masked = models.CharField(max_length=20, blank=True)
    phone_index = models.BinaryField(null=True, db_index=True)
    verification = models.CharField(max_length=10, choices=Verification.choices, default=Verification.NONE)
    verified_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verification="none", verified_at__isnull=True)
                | (~Q(verification="none") & Q(verified_at__isnull=False)),
                name="complainant_verified_at",
            )
        ]

    def __str__(self) -> str:
        return self.name_masked

    @property
    def vault_row(self) -> str:
        """The row's name in the vault."""
        return f"complainant:{self.pk}"


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
    behaviours = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    happened_on = models.DateField(null=True, blank=True)
    ongoing = models.BooleanField(default=False)
    place = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=120)
    narrative_sealed = models.BinaryField()
    working_copy = models.TextField()
    wish_sealed = models.BinaryField(null=True)
    wish_copy = models.TextField(blank=True)
    details_sealed = models.BinaryField(null=True)  # originals of the short texts that masking changed, as JSON
    content_sha256 = models.CharField(max_length=64)
    notify_sms = models.BooleanField(default=False)
    notify_email = models.BooleanField(default=False)
    code_version = models.PositiveSmallIntegerField(default=1)
    received_at = models.DateTimeField()
    created_at = models.DateTimeField()
    # Where an imported row came from; the same row is never taken twice. NULL, unlike an empty text, may occur many times.
    import_key = models.CharField(max_length=80, null=True, blank=True, unique=True)
    # Who entered it for the complainant: an officer, or a helper unit's clerk with the unit that follows it. Citizens: nobody.
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    filed_by_unit = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="filings")

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(category__lte=7), name="complaint_category_known"),
            models.CheckConstraint(
                condition=Q(identity="real_name", complainant__isnull=False) | Q(identity="anonymous", complainant__isnull=True),
                name="complaint_identity_matches",
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
    given_by_sealed = models.BinaryField()  # sealed in the complaint's row
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


class Message(models.Model):
    """One message between complainant and office. The original is sealed; officers read the copy, agencies neither."""

    class Side(models.TextChoices):
        """Who wrote it."""

        COMPLAINANT = "complainant"
        OFFICE = "office"

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(max_length=11, choices=Side.choices)
    text_sealed = models.BinaryField()
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


class Draft(models.Model):
    """A complaint being written. Kept sealed under a resume code for some days, then really deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resume_index = models.BinaryField(unique=True)  # keyed hash of the resume code
    answers_sealed = models.BinaryField()
    language = models.CharField(max_length=10, default="zh-hans")
    phone_code_sealed = models.BinaryField(null=True)
    phone_code_tries = models.PositiveSmallIntegerField(default=0)
    phone_code_expires_at = models.DateTimeField(null=True, blank=True)
    phone_codes_sent = models.PositiveSmallIntegerField(default=0)
    phone_code_sent_at = models.DateTimeField(null=True, blank=True)
    # Keyed hash of the number that was confirmed; another number in the answers is not confirmed by it.
    phone_confirmed_index = models.BinaryField(null=True)
    phone_confirmed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    # A matter that staff enter for somebody; it takes the page's token as its key and nobody else can go on with it.
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Set by the one submission that counts; a second click finds it and files nothing.
    complaint = models.OneToOneField(Complaint, on_delete=models.SET_NULL, null=True, blank=True, related_name="draft")

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(phone_confirmed_index__isnull=True, phone_confirmed_at__isnull=True)
                | Q(phone_confirmed_index__isnull=False, phone_confirmed_at__isnull=False),
                name="draft_phone_confirmed_pair",
            ),
            models.CheckConstraint(
                condition=Q(phone_code_sealed__isnull=True) | Q(phone_code_expires_at__isnull=False), name="draft_code_expires"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def vault_row(self) -> str:
        """The row's name in the vault."""
        return f"draft:{self.pk}"


class DraftFile(models.Model):
    """A file already uploaded to a draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="draft_file")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.file_id}"
