"""What the office finds out about a case and keeps to itself: notes, records, allegations, cost, and who must stay away."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.querysets import RecordQuerySet, RecusalQuerySet
from cases.workflow import Finding
from core.models import StoredFile

from .case import Case

_PERSON = settings.AUTH_USER_MODEL


class Note(models.Model):
    """A word inside the office about a case. It never leaves the house and is never changed: a further note corrects it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    mentioned = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_has_text")]
        indexes = [models.Index(fields=["case", "id"], name="note_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.written_at}"


class InvestigationRecord(models.Model):
    """What at least two people of the office did to find out: a talk, a visit, papers. Complete once all of them have signed."""

    class Kind(models.TextChoices):
        """What was done."""

        INTERVIEW = "interview", _("Interview")
        SITE_VISIT = "site_visit", _("Visit on site")
        DOCUMENTS = "documents", _("Papers inspected")
        PHONE = "phone", _("Telephone call")
        COVERT = "covert", _("Covert check")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    interviewed = models.CharField(max_length=200, blank=True)  # role and post; never who complained
    text = models.TextField()
    # Two that the database itself keeps apart; further ones are among the signatures only.
    lead = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    version = models.PositiveIntegerField(default=1)  # a signature is for the words that were read
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    completed_at = models.DateTimeField(null=True, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(lead=F("second")), name="record_two_people"),
            models.CheckConstraint(condition=Q(ended_at__gte=F("began_at")), name="record_ends_after_start"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(place=""), name="record_has_text"),
            models.CheckConstraint(condition=~Q(kind="interview") | ~Q(interviewed=""), name="record_interview_of_somebody"),
            models.CheckConstraint(
                condition=Q(kind__in=["interview", "site_visit", "documents", "phone", "covert"]), name="record_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["case", "id"], name="record_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.began_at:%Y-%m-%d}"


class Signature(models.Model):
    """One investigator of a record, and when he confirmed it by a click of his own."""

    record = models.ForeignKey(InvestigationRecord, on_delete=models.PROTECT, related_name="signatures")
    investigator = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "investigator"], name="signature_once_a_person")]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.investigator_id}"


class RecordEvidence(models.Model):
    """One numbered item of what a record rests on: what, from whom, and the file where there is one."""

    record = models.ForeignKey(InvestigationRecord, on_delete=models.PROTECT, related_name="evidence")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    from_whom = models.CharField(max_length=120)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="record_evidence_numbered"),
            models.CheckConstraint(condition=~Q(what="") & ~Q(from_whom="") & Q(number__gte=1), name="record_evidence_described"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}/{self.number}"


class Allegation(models.Model):
    """One of the things that a complaint alleges, and what was found of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="allegations")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=15, choices=Finding.choices, blank=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    struck_at = models.DateTimeField(null=True, blank=True)  # it was no allegation of its own
    struck_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="allegation_numbered"),
            models.CheckConstraint(condition=~Q(text=""), name="allegation_has_text"),
            models.CheckConstraint(
                condition=Q(finding="", reason="", decided_at__isnull=True, decided_by__isnull=True)
                | (
                    Q(finding__in=["upheld", "partly_upheld", "not_upheld"], decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(reason="")
                ),
                name="allegation_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_by__isnull=True) | Q(struck_at__isnull=False, struck_by__isnull=False),
                name="allegation_struck_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"


class Cost(models.Model):
    """Hours (kept in minutes) or money (in fen) that a case has cost. Never changed: a negative entry with a reason corrects."""

    class Kind(models.TextChoices):
        """For what."""

        WORK = "work", _("Working time")
        TRAVEL = "travel", _("Travel")
        EXPERT = "expert", _("Expert's report")
        COPIES = "copies", _("Copies and postage")
        OTHER = "other", _("Other expenses")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="costs")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    minutes = models.IntegerField(default=0)
    fen = models.IntegerField(default=0)
    spent_on = models.DateField()
    spent_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)  # what for; of a correction, why
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="work", fen=0) & ~Q(minutes=0))
                | (Q(kind__in=["travel", "expert", "copies", "other"], minutes=0) & ~Q(fen=0)),
                name="cost_time_or_money",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, minutes__gte=0, fen__gte=0)
                | (Q(corrects__isnull=False, minutes__lte=0, fen__lte=0) & ~Q(reason="")),
                name="cost_less_by_correction_only",
            ),
        ]
        indexes = [models.Index(fields=["case", "id"], name="cost_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.minutes or self.fen}"


class Recusal(models.Model):
    """Somebody of the office who must stay away from a case: by his own word or a leader's order, until a leader lifts it."""

    class Ground(models.TextChoices):
        """Why."""

        KIN = "kin", _("Close relative of somebody involved")
        INTEREST = "interest", _("Has an interest in the matter")
        FORMER_POST = "former_post", _("Worked at the agency before")
        OTHER = "other", _("Other ground")

    class Means(models.TextChoices):
        """By whom."""

        DECLARED = "declared", _("Declared by himself or herself")
        ORDERED = "ordered", _("Ordered by an office leader")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recusals")
    user = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="recusals")
    ground = models.CharField(max_length=12, choices=Ground.choices)
    means = models.CharField(max_length=10, choices=Means.choices)
    details = models.CharField(max_length=300, blank=True)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lift_reason = models.CharField(max_length=300, blank=True)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], condition=Q(lifted_at__isnull=True), name="recusal_one_open"),
            models.CheckConstraint(
                condition=Q(means="declared", placed_by=F("user")) | (Q(means="ordered") & ~Q(placed_by=F("user"))),
                name="recusal_by_whom",
            ),
            models.CheckConstraint(condition=~Q(ground="other") | ~Q(details=""), name="recusal_other_says_what"),
            models.CheckConstraint(condition=~Q(lifted_by=F("user")), name="recusal_lifted_by_another"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lift_reason="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason="")),
                name="recusal_lifted_whole",
            ),
        ]
        indexes = [models.Index(fields=["user", "case"], condition=Q(lifted_at__isnull=True), name="recusal_open_by_person")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.user_id}"
