"""The roster of supervisors."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from supervisors.querysets import SupervisorQuerySet


class Supervisor(models.Model):
    """A person appointed to watch over agencies for a term."""

    class Kind(models.TextChoices):
        """Volunteers are unpaid; full-time supervisors receive remuneration."""

        VOLUNTEER = "volunteer", _("Volunteer supervisor")
        FULL_TIME = "full_time", _("Full-time supervisor")

    class Background(models.TextChoices):
        """From where the person was recruited."""

        AGENCY = "agency", _("Agency or township")
        PEOPLES_CONGRESS = "peoples_congress", _("Deputy to the people's congress")
        CPPCC = "cppcc", _("Member of the political consultative conference")
        RETIRED = "retired", _("Retired official")
        COMMUNITY = "community", _("Resident of a community")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="supervisor")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    background = models.CharField(max_length=20, choices=Background.choices)
    home_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    certificate_number = models.CharField(max_length=20, unique=True)
    term_since = models.DateField()
    term_until = models.DateField()

    objects = SupervisorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(term_until__gt=F("term_since")), name="supervisor_term_ends_after_start"),
            models.CheckConstraint(
                condition=Q(kind="volunteer", background="agency", home_agency__isnull=False)
                | (Q(kind="full_time") & ~Q(background="agency")),
                name="supervisor_volunteer_from_agency",
            ),
        ]

    def __str__(self) -> str:
        return self.certificate_number
