"""What is not lodged yet: drafts with their files, uploads on their way, and numbers being proved."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from complaints.querysets import DraftQuerySet
from core.models import StoredFile

from .matters import Complaint


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


class Upload(models.Model):
    """A file on its way to a draft or to a lodged complaint, in chunks that may come again; gone when it has arrived."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, null=True, blank=True, related_name="uploads")
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, null=True, blank=True, related_name="uploads")
    name_sealed = models.BinaryField()
    size = models.PositiveIntegerField()  # bytes, as the browser announced them
    sha256 = models.CharField(max_length=64, blank=True)  # of the whole, if the browser could say
    received = models.PositiveIntegerField(default=0)  # bytes that have arrived, without a gap
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(draft__isnull=True, complaint__isnull=False) | Q(draft__isnull=False, complaint__isnull=True),
                name="upload_for_one",
            ),
            models.CheckConstraint(condition=Q(size__gt=0) & Q(received__lte=F("size")), name="upload_within_size"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.received}/{self.size}"

    @property
    def vault_row(self) -> str:
        """The row's name in the vault."""
        return f"upload:{self.pk}"


class UploadChunk(models.Model):
    """A piece of an upload, sealed; it begins at byte `start`."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="chunks")
    start = models.PositiveIntegerField()
    content_sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "start"], name="upload_chunk_once_a_place")]

    def __str__(self) -> str:
        return f"{self.upload_id}: {self.start}"

    @property
    def vault_row(self) -> str:
        """The row's name in the vault; known before the row is saved."""
        return f"upload:{self.upload_id}:{self.start}"


class PhoneProof(models.Model):
    """Somebody proves that a number is his by a code sent to it; few tries, little time, then deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    phone_sealed = models.BinaryField()
    code_sealed = models.BinaryField(null=True)  # empty once it was used
    language = models.CharField(max_length=10, default="zh-hans")
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def vault_row(self) -> str:
        """The row's name in the vault."""
        return f"phone_proof:{self.pk}"
