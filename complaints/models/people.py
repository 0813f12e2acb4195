"""Who files, how the identity was checked, and who signed along."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Complainant(models.Model):
    """Who filed. Everything that names the person is sealed; the indexes are keyed hashes for exact look-up."""

    class Kind(models.TextChoices):
        """A person or an organisation with a contact."""

        PERSON = "person", _("A person")
        ORGANISATION = "organisation", _("A company or organisation")

    class Verification(models.TextChoices):
        """How the identity was checked."""

        NONE = "none", _("Not checked")
        FORMAT = "format", _("Number checked for its form")
        PHONE = "phone", _("Phone confirmed by code")
        CALL_BACK = "call_back", _("Confirmed by call back")
        IN_PERSON = "in_person", _("Confirmed in person")
        PROVIDER = "provider", _("Confirmed by a sign-in service")

    class IdKind(models.TextChoices):
        """Which document an ID number is from."""

        RESIDENT = "resident", _("Resident identity card")
        PASSPORT = "passport", _("Passport")
        OTHER = "other", _("Another document")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    name_sealed = models.BinaryField(null=True)  # empty only once the retention time is over
    organisation_sealed = models.BinaryField(null=True)
    uscc_sealed = models.BinaryField(null=True)  # unified social credit code
    phone_sealed = models.BinaryField(null=True)
    email_sealed = models.BinaryField(null=True)
    address_sealed = models.BinaryField(null=True)
    id_number_sealed = models.BinaryField(null=True)
    id_kind = models.CharField(max_length=10, choices=IdKind.choices, blank=True, default="", db_default="")
    id_masked = models.CharField(max_length=24, blank=True, default="", db_default="")
    id_index = models.BinaryField(null=True, db_index=True)
    id_consent_at = models.DateTimeField(null=True, blank=True)  # the consent of its own that an ID number needs
    name_masked = models.CharField(max_length=20)
    phone_masked = models.CharField(max_length=20, blank=True)
    phone_index = models.BinaryField(null=True, db_index=True)
    verification = models.CharField(max_length=10, choices=Verification.choices, default=Verification.NONE)
    verified_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, name_sealed__isnull=False)
                | Q(
                    erased_at__isnull=False,
                    name_sealed__isnull=True,
                    organisation_sealed__isnull=True,
                    uscc_sealed__isnull=True,
                    phone_sealed__isnull=True,
                    email_sealed__isnull=True,
                    address_sealed__isnull=True,
                    id_number_sealed__isnull=True,
                ),
                name="complainant_erased_whole",
            ),
            models.CheckConstraint(
                condition=Q(id_number_sealed__isnull=True) | (Q(id_consent_at__isnull=False) & ~Q(id_kind="")),
                name="complainant_id_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(verification="none", verified_at__isnull=True)
                | (~Q(verification="none") & Q(verified_at__isnull=False)),
                name="complainant_verified_at",
            ),
        ]

    def __str__(self) -> str:
        return self.name_masked

    @property
    def vault_row(self) -> str:
        """The row's name in the vault."""
        return f"complainant:{self.pk}"


# Of these no code was typed, and nobody has called or met the person.
UNCONFIRMED = (Complainant.Verification.NONE, Complainant.Verification.FORMAT)


class IdentityCheck(models.Model):
    """One check of who a complainant is: on which level, with what outcome, by whom and when. Never changed."""

    class Level(models.TextChoices):
        """How it was checked; the levels of `Complainant.Verification`."""

        FORMAT = "format", _("Number checked for its form")
        PHONE = "phone", _("Phone confirmed by code")
        CALL_BACK = "call_back", _("Confirmed by call back")
        IN_PERSON = "in_person", _("Confirmed in person")
        PROVIDER = "provider", _("Confirmed by a sign-in service")

    complainant = models.ForeignKey(Complainant, on_delete=models.PROTECT, related_name="checks")
    level = models.CharField(max_length=10, choices=Level.choices)
    confirmed = models.BooleanField()  # False: the person said that it was not he who filed
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["format", "phone", "provider"])
                | Q(level__in=["call_back", "in_person"], checked_at__isnull=False, checked_by__isnull=False),
                name="identity_check_by_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.complainant_id}: {self.level} {self.confirmed}"


class Representative(models.Model):
    """Somebody who signed a joint complaint and speaks for the others beside the main contact."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="representatives")
    position = models.PositiveSmallIntegerField()
    name_sealed = models.BinaryField(null=True)  # empty only once the retention time is over
    phone_sealed = models.BinaryField(null=True)
    name_masked = models.CharField(max_length=20)
    phone_masked = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "position"], name="representative_once_a_position"),
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=5), name="representative_five_at_most"),
        ]

    def __str__(self) -> str:
        return self.name_masked

    @property
    def vault_row(self) -> str:
        """The row's name in the vault."""
        return f"representative:{self.pk}"
