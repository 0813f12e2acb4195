"""Who may be told who filed, for how long."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.querysets import UnmaskingQuerySet
from complaints.models import Complaint
from complaints.purposes import Purpose

from .case import Case


class Unmasking(models.Model):
    """What names a complainant, shown to one officer for a limited time: asked for in writing, allowed by a second person."""

    class Column(models.TextChoices):
        """What can be asked for; the column of the vault."""

        NAME = "name", pgettext_lazy("of a person", "Name")
        ORGANISATION = "organisation", _("Company or organisation")
        ADDRESS = "address", _("Address")
        ID_NUMBER = "id_number", _("ID number")

    class Decision(models.TextChoices):
        """What the second person said; empty while it is open."""

        APPROVED = "approved"
        REFUSED = "refused"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="unmaskings")
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="+")
    column = models.CharField(max_length=12, choices=Column.choices)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)  # the complainant reads it
    reason = models.TextField()  # the office alone reads it
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decision_note = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # given back before it was decided or before it expired

    objects = UnmaskingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("requested_by")), name="unmasking_two_people"),
            models.CheckConstraint(condition=~Q(reason=""), name="unmasking_has_reason"),
            models.CheckConstraint(
                condition=Q(column__in=["name", "organisation", "address", "id_number"]), name="unmasking_column_known"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | Q(decision__in=["approved", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                name="unmasking_decided_pair",
            ),
            models.CheckConstraint(condition=~Q(decision="refused") | ~Q(decision_note=""), name="unmasking_refused_has_reason"),
            models.CheckConstraint(
                condition=Q(decision="approved", expires_at__gt=F("decided_at"))
                | (~Q(decision="approved") & Q(expires_at__isnull=True)),
                name="unmasking_approved_expires",
            ),
            models.UniqueConstraint(
                fields=["complaint", "column", "requested_by"],
                condition=Q(decision="", ended_at__isnull=True),
                name="unmasking_one_open_a_person",
            ),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="unmasking_by_case")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.column} {self.decision}"
