"""How supervisors are found: calls, those who were nominated, and what was objected while the public notice ran."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from supervisors.querysets import CallQuerySet, CandidacyQuerySet
from supervisors.workflow import LIVE_CANDIDACIES, CandidacyStatus

from .roster import Background, Kind


class Call(models.Model):
    """A notice that supervisors of one kind are looked for."""

    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=100)
    text = models.TextField(max_length=4000)
    places = models.PositiveSmallIntegerField()
    years = models.PositiveSmallIntegerField()  # of the term
    opens_on = models.DateField()
    closes_on = models.DateField()  # the last day
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="call_closes_after_opening"),
            models.CheckConstraint(condition=Q(years__in=[1, 2, 5]) & Q(places__gte=1), name="call_years_and_places"),
        ]
        indexes = [models.Index(fields=["closes_on"], name="call_closes_on")]

    def __str__(self) -> str:
        return self.title


class Candidacy(models.Model):
    """One person nominated upon a call."""

    class Source(models.TextChoices):
        """Who nominated."""

        SELF = "self", _("The person, online")
        AGENCY = "agency", _("An agency or township")
        OFFICE = "office", _("Noted by the office")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="candidacies")
    source = models.CharField(max_length=10, choices=Source.choices)
    full_name = models.CharField(max_length=60)
    background = models.CharField(max_length=20, choices=Background.choices)
    home_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    phone_sealed = models.BinaryField(null=True)
    phone_index = models.BinaryField(max_length=32)  # keyed hash: nobody stands twice upon one call
    statement = models.CharField(max_length=1000)
    status = models.CharField(max_length=10, choices=CandidacyStatus.choices, default=CandidacyStatus.NOMINATED)
    version = models.PositiveIntegerField(default=1)
    nominated_at = models.DateTimeField()
    nominated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    check_note = models.CharField(max_length=500, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    notice_until = models.DateField(null=True, blank=True)  # the last day on which somebody may object
    appointed_at = models.DateTimeField(null=True, blank=True)
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField(max_length=500, blank=True)

    objects = CandidacyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "candidacies"
        constraints = [
            models.UniqueConstraint(
                fields=["call", "phone_index"],
                condition=Q(status__in=[str(s) for s in LIVE_CANDIDACIES]),
                name="candidacy_once_a_call",
            ),
            models.CheckConstraint(
                condition=Q(background="agency", home_agency__isnull=False)
                | (~Q(background="agency") & Q(home_agency__isnull=True)),
                name="candidacy_from_agency",
            ),
            # Only who nominates himself online has no account.
            models.CheckConstraint(
                condition=Q(nominated_at__isnull=False)
                & (Q(source="self", nominated_by__isnull=True) | (~Q(source="self") & Q(nominated_by__isnull=False))),
                name="candidacy_nominated_by",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | (Q(checked_at__isnull=False, checked_by__isnull=False) & ~Q(check_note="")),
                name="candidacy_checked_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | (
                    Q(approved_at__isnull=False, approved_by__isnull=False, checked_by__isnull=False)
                    & ~Q(approved_by=F("checked_by"))
                ),
                name="candidacy_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True, notice_until__isnull=True)
                | Q(
                    published_at__isnull=False, published_by__isnull=False, notice_until__isnull=False, approved_at__isnull=False
                ),
                name="candidacy_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(appointed_at__isnull=True, appointed_by__isnull=True)
                | Q(appointed_at__isnull=False, appointed_by__isnull=False, published_at__isnull=False, status="appointed"),
                name="candidacy_appointed_whole",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False, status__in=["declined", "withdrawn"]) & ~Q(end_reason="")),
                name="candidacy_ended_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "-id"], name="candidacy_by_call"),
            models.Index(fields=["notice_until"], condition=Q(status="published"), name="candidacy_published"),
        ]

    def __str__(self) -> str:
        return f"candidacy {self.pk}"

    @property
    def subject(self) -> str:
        """The text id by which events name it."""
        return f"candidacy:{self.pk}"

    @property
    def vault_row(self) -> str:
        """The row's name in the vault; known before the row is saved."""
        return f"candidacy:{self.key}"


class Objection(models.Model):
    """What somebody said against a candidate while the notice ran, and what the office found."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="objections")
    words = models.CharField(max_length=1000)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    is_founded = models.BooleanField(null=True)
    settlement = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, is_founded__isnull=True, settlement="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False, is_founded__isnull=False) & ~Q(settlement="")),
                name="objection_settled_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.pk} to {self.candidacy_id}"
