"""Agencies, the three posts that each must fill, and the measures by which faults are dealt with."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .querysets import AgencyQuerySet, ClauseQuerySet, PostQuerySet


class Agency(models.Model):
    """A public body under supervision; sub-agencies (sections, stations) hang below it."""

    class Kind(models.TextChoices):
        """What sort of public body."""

        COUNTY = "county", _("County department")
        TOWNSHIP = "township", _("Township or subdistrict")
        VERTICAL = "vertical", _("Body run from above")
        SECTION = "section", _("Section or station")
        HELPER = "helper", _("Helper unit")

    name = models.CharField(pgettext_lazy("of an agency", "name"), max_length=80, unique=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    short_name = models.CharField(_("short name"), max_length=40)
    aliases = models.CharField(_("other names"), max_length=200, blank=True, help_text=_("Separated by commas"))
    initials = models.CharField(_("pinyin initials"), max_length=80, blank=True)
    duties = models.CharField(_("what it does"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="sections", verbose_name=_("part of")
    )
    depth = models.PositiveSmallIntegerField(default=0)
    sort = models.PositiveIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("exists today"), default=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            models.CheckConstraint(
                condition=Q(depth=0, parent__isnull=True) | Q(depth__gt=0, parent__isnull=False), name="agency_depth"
            ),
            models.CheckConstraint(condition=~Q(pk=F("parent")), name="agency_not_its_own_parent"),
        ]
        indexes = [models.Index(fields=["sort", "id"], name="agency_sort")]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name


class Post(models.Model):
    """A post of an agency and the person who holds it from one day to another."""

    class Kind(models.TextChoices):
        """The three posts that each agency must fill."""

        PRINCIPAL = "principal", _("Principal")
        LEADER_IN_CHARGE = "leader_in_charge", _("Leader in charge")
        LIAISON_OFFICER = "liaison_officer", _("Liaison officer")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    rank = models.PositiveSmallIntegerField(default=3)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "user"], condition=Q(until__isnull=True), name="post_once_open"),
            models.UniqueConstraint(
                fields=["agency", "kind"],
                condition=Q(until__isnull=True, kind__in=["principal", "leader_in_charge"]),
                name="post_one_leader",
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="post_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} · {self.get_kind_display()}"


class DispositionKind(models.TextChoices):
    """What may be done about a fault."""

    CRITICISM = "criticism", _("Criticism and education")
    SELF_REVIEW = "self_review", _("Written self-examination ordered")
    CIRCULAR = "circular", pgettext_lazy("disposition", "Circular of criticism")
    ADMONITION = "admonition", _("Efficiency admonition")
    REFUND = "refund", _("Money to be paid back")
    SUSPENSION = "suspension", _("Suspension from the post")
    REFERRAL = "referral", _("Referral to the body in charge")


class Measure(models.Model):
    """A published document of rewards and sanctions; dispositions cite its clauses."""

    name = models.CharField(_("title of the document"), max_length=120)
    document_number = models.CharField(_("document number"), max_length=60, unique=True)
    published_by = models.CharField(_("published by"), max_length=120)
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("last day in force"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="measure_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.document_number}）"


class MeasureClause(models.Model):
    """One clause of a measure and what it allows, from one day to another. Two wordings of a clause never hold at once."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="clauses", verbose_name=_("document"))
    number = models.CharField(_("clause"), max_length=20)
    text = models.TextField(_("wording"))
    allows = ArrayField(models.CharField(max_length=12, choices=DispositionKind.choices), verbose_name=_("allows"))
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("last day in force"), null=True, blank=True)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(allows__contained_by=DispositionKind.values) & ~Q(allows=[]), name="clause_allows_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="clause_ends_after_start"
            ),
            ExclusionConstraint(
                name="clause_one_wording_a_day",
                expressions=[
                    ("measure", RangeOperators.EQUAL),
                    ("number", RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from",
                            "valid_until",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Another wording of this clause holds on some of these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.number}"

    @property
    def is_cited(self) -> bool:
        """Whether anything rests on it; a query for each table that can."""
        return any(getattr(self, link.get_accessor_name() or "").exists() for link in self._meta.related_objects)
