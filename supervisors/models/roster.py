"""The roster of supervisors: who they are, for which terms, and what was noted about them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import Agency
from supervisors.querysets import SupervisorQuerySet, TermQuerySet


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


class Supervisor(models.Model):
    """A person appointed to watch over agencies, for one term or several."""

    class Exit(models.TextChoices):
        """How somebody left."""

        RESIGNED = "resigned", pgettext_lazy("supervisor", "Resigned")
        DISMISSED = "dismissed", pgettext_lazy("supervisor", "Dismissed")

    Kind = Kind
    Background = Background

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="supervisor")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    background = models.CharField(max_length=20, choices=Background.choices)
    home_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = SupervisorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="volunteer", background="agency", home_agency__isnull=False)
                | (Q(kind="full_time") & ~Q(background="agency")),
                name="supervisor_volunteer_from_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"supervisor {self.pk}"

    @property
    def subject(self) -> str:
        """The text id by which postings and events name it."""
        return f"supervisor:{self.pk}"

    @property
    def terms_newest_first(self) -> list[Term]:
        """All terms but those that were taken back before they began; `for_list` fetches them with the row."""
        return sorted((term for term in self.terms.all() if not term.is_void), key=lambda term: term.since, reverse=True)


class Term(models.Model):
    """One appointment with its certificate. A term that ended early keeps the day until which it was granted."""

    supervisor = models.ForeignKey(Supervisor, on_delete=models.PROTECT, related_name="terms")
    since = models.DateField()
    until = models.DateField()  # the last day
    certificate_number = models.CharField(max_length=40, unique=True)
    code = models.CharField(max_length=24, unique=True)  # on the card; random, so that nobody counts through them
    candidacy = models.OneToOneField(
        "supervisors.Candidacy", on_delete=models.PROTECT, null=True, blank=True, related_name="term"
    )
    granted_at = models.DateTimeField(null=True, blank=True)  # empty for what was there before the portal
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)  # the last day, when it is earlier than granted
    exit = models.CharField(max_length=10, choices=Supervisor.Exit.choices, blank=True)
    exit_reason = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    is_void = models.BooleanField(default=False)  # taken back before it began
    collected_on = models.DateField(null=True, blank=True)  # the certificate came back
    reminded_days = models.PositiveSmallIntegerField(null=True, blank=True)  # the newest rung that was sent: days before the end

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="term_ends_after_start"),
            models.CheckConstraint(
                condition=Q(granted_at__isnull=True, granted_by__isnull=True)
                | Q(granted_at__isnull=False, granted_by__isnull=False),
                name="term_granted_whole",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_at__isnull=True, ended_by__isnull=True, exit="", exit_reason="")
                | (
                    Q(ended_on__gte=F("since"), ended_on__lte=F("until"), ended_at__isnull=False, ended_by__isnull=False)
                    & Q(exit__in=["resigned", "dismissed"])
                    & ~Q(exit_reason="")
                ),
                name="term_ended_whole",
            ),
            models.CheckConstraint(condition=Q(is_void=False) | Q(ended_on=F("since")), name="term_void_is_ended"),
            ExclusionConstraint(
                name="term_never_two_at_once",
                condition=Q(is_void=False),
                expressions=[
                    ("supervisor", RangeOperators.EQUAL),
                    (
                        Func(
                            F("since"),
                            Coalesce(F("ended_on"), F("until")),
                            Value("[]"),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        indexes = [models.Index(fields=["until"], name="term_until")]

    def __str__(self) -> str:
        return self.certificate_number


class Suspension(models.Model):
    """A time in which somebody does not serve although the term runs."""

    supervisor = models.ForeignKey(Supervisor, on_delete=models.PROTECT, related_name="suspensions")
    reason = models.CharField(max_length=500)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # the first day on which the person serves again
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supervisor"], condition=Q(ended_at__isnull=True), name="supervisor_suspended_once"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True, ended_at__isnull=True, ended_by__isnull=True)
                | Q(until_on__gte=F("from_on"), ended_at__isnull=False, ended_by__isnull=False),
                name="supervisor_suspension_ended_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supervisor_id}: {self.from_on}–{self.until_on or ''}"


class Interest(models.Model):
    """An agency in which a supervisor has a stake, as declared by the supervisor; confirmed once a year."""

    class Relation(models.TextChoices):
        """What ties the person to the agency."""

        WORKS = "works", _("I work or worked there")
        FAMILY = "family", _("A close relative works there")
        BUSINESS = "business", _("I have business with it")
        DISPUTE = "dispute", _("I have a dispute with it")

    supervisor = models.ForeignKey(Supervisor, on_delete=models.PROTECT, related_name="interests")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=10, choices=Relation.choices)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supervisor", "agency", "relation"], condition=Q(ended_at__isnull=True), name="interest_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.supervisor_id}: {self.agency_id} {self.relation}"


class InterestsConfirmed(models.Model):
    """In a year a supervisor said that the list of interests is whole."""

    supervisor = models.ForeignKey(Supervisor, on_delete=models.PROTECT, related_name="confirmations")
    year = models.PositiveSmallIntegerField()
    confirmed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "interests confirmed"
        constraints = [models.UniqueConstraint(fields=["supervisor", "year"], name="interests_confirmed_once_a_year")]

    def __str__(self) -> str:
        return f"{self.supervisor_id}: {self.year}"


class Appraisal(models.Model):
    """What the office thinks of a supervisor's year, and what it proposes."""

    class Grade(models.TextChoices):
        """How the person did."""

        GOOD = "good", _("Competent")
        FAIR = "fair", _("Basically competent")
        POOR = "poor", _("Not competent")

    class Proposal(models.TextChoices):
        """What is to follow."""

        KEEP = "keep", _("Let the term go on")
        RENEW = "renew", _("Renew")
        DISMISS = "dismiss", _("Dismiss")

    supervisor = models.ForeignKey(Supervisor, on_delete=models.PROTECT, related_name="appraisals")
    year = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=5, choices=Grade.choices)
    proposal = models.CharField(max_length=7, choices=Proposal.choices)
    note = models.CharField(max_length=1000)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supervisor", "year"], name="appraisal_once_a_year"),
            models.CheckConstraint(condition=~Q(proposal="renew") | ~Q(grade="poor"), name="appraisal_poor_is_not_renewed"),
        ]

    def __str__(self) -> str:
        return f"{self.supervisor_id}: {self.year} {self.grade}"
