"""What goes to agencies and what comes back: assignments, reports, returns, orders, chasers and cards."""

import re

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from cases.querysets import AssignmentQuerySet
from cases.workflow import Finding
from complaints.models import Disclosure
from core.models import StoredFile

from .case import Case
from .limits import Deadline
from .pairs import both_or_neither

_HEADING_CHARACTERS = 40
_SENTENCE_END = re.compile(r"[。；！？\n]|\.\s")


class Assignment(models.Model):
    """A case as an agency sees it: a summary without identity, and only those of the filer's data that consent covers."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="assignments")
    summary = models.TextField()
    disclosed = ArrayField(models.CharField(max_length=10, choices=Disclosure.choices), default=list, blank=True)
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_lead = models.BooleanField(default=True, db_default=True)  # the others help and give the lead their opinion
    opinion = models.TextField(blank=True, default="", db_default="")
    opinion_at = models.DateTimeField(null=True, blank=True)
    opinion_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)  # given back, or over when the case went elsewhere
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "agency"], condition=Q(ended_at__isnull=True), name="assignment_once_an_agency"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True, is_lead=True), name="assignment_one_lead"
            ),
            models.CheckConstraint(
                condition=Q(opinion="", opinion_at__isnull=True, opinion_by__isnull=True)
                | (~Q(opinion="") & Q(opinion_at__isnull=False, opinion_by__isnull=False)),
                name="assignment_opinion_whole",
            ),
            models.CheckConstraint(condition=~Q(summary=""), name="assignment_has_summary"),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, received_by__isnull=True)
                | Q(received_at__isnull=False, received_by__isnull=False),
                name="assignment_received_pair",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="assignment_by_agency")]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.agency_id}"

    @property
    def heading(self) -> str:
        """The summary's beginning. Agencies never see the case's title: it is made of the complainant's own words."""
        return Truncator(_SENTENCE_END.split(self.summary.strip(), maxsplit=1)[0]).chars(_HEADING_CHARACTERS)


class Report(models.Model):
    """What the agency (or the office's handler) reports as the outcome, and what the leader decides on it."""

    class Decision(models.TextChoices):
        """The leader's decision; empty while it is open."""

        APPROVED = "approved"
        SENT_BACK = "sent_back"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    finding = models.CharField(max_length=15, choices=Finding.choices)
    facts_found = models.TextField()
    measures = models.TextField(blank=True)
    scan = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="report")  # stamped
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decision_note = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="report_decided_pair",
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(decision=""), name="report_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.finding}"


class AgencyReturn(models.Model):
    """An agency gives a case back: not its business, it says. The office agrees, or decides with effect that it is."""

    class Decision(models.TextChoices):
        """What the office said; empty while it is open."""

        AGREED = "agreed", _("Agreed: another agency or the office deals with it")
        REFUSED = "refused", _("Refused: the agency must deal with it")

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="returns")
    reason = models.TextField()
    basis = models.CharField(max_length=300)  # the rule by which it is another's business
    returned_at = models.DateTimeField()
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decision_note = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment"], condition=Q(decision=""), name="agency_return_one_open"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(basis=""), name="agency_return_has_reason"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | Q(decision__in=["agreed", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                name="agency_return_decided_pair",
            ),
            models.CheckConstraint(condition=~Q(decision="refused") | ~Q(decision_note=""), name="agency_return_refused_why"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.decision}"


class SupervisionOrder(models.Model):
    """A supervision order to an agency, with a reply and a limit of its own (step `supervision`, item: this row)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="orders")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="order_has_text"),
            models.CheckConstraint(
                condition=Q(reply="", replied_at__isnull=True, replied_by__isnull=True)
                | (~Q(reply="") & Q(replied_at__isnull=False, replied_by__isnull=False)),
                name="order_reply_whole",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="order_by_agency")]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.agency_id}"


class Chaser(models.Model):
    """A chaser or a circular about one late limit: drafted by rule, once; a person issues it or drops it."""

    class Kind(models.TextChoices):
        """Which of the two."""

        CHASER = "chaser", _("Chaser")
        CIRCULAR = "circular", _("Circular of criticism")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="chasers")
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="chasers")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField()
    drafted_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    dropped_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deadline", "kind"], name="chaser_once_a_limit"),
            both_or_neither("issued", "chaser_issued_pair"),
            both_or_neither("dropped", "chaser_dropped_pair"),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | (Q(issued_at__isnull=True) & ~Q(dropped_why="")), name="chaser_dropped_why"
            ),
        ]
        indexes = [
            models.Index(
                fields=["drafted_at"], condition=Q(issued_at__isnull=True, dropped_at__isnull=True), name="chaser_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Card(models.Model):
    """A yellow or red card for a late limit: suggested by rule, once; issued, appealed and withdrawn by people with reasons."""

    class Colour(models.TextChoices):
        """Which card."""

        YELLOW = "yellow", _("Yellow card")
        RED = "red", _("Red card")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="cards")
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="cards")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="cards")
    colour = models.CharField(max_length=6, choices=Colour.choices)
    suggested_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    dismissed_at = models.DateTimeField(null=True, blank=True)  # the suggestion was not followed
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    appealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kept_at = models.DateTimeField(null=True, blank=True)  # the appeal was refused
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)  # why it was issued, dismissed, kept or withdrawn; the last of them

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deadline", "colour"], name="card_once_a_limit"),
            models.CheckConstraint(condition=Q(colour__in=["yellow", "red"]), name="card_colour_known"),
            both_or_neither("issued", "card_issued_pair"),
            both_or_neither("dismissed", "card_dismissed_pair"),
            both_or_neither("kept", "card_kept_pair"),
            both_or_neither("withdrawn", "card_withdrawn_pair"),
            models.CheckConstraint(
                condition=Q(appeal="", appealed_at__isnull=True, appealed_by__isnull=True)
                | (~Q(appeal="") & Q(appealed_at__isnull=False, appealed_by__isnull=False, issued_at__isnull=False)),
                name="card_appealed_whole",
            ),
            models.CheckConstraint(
                condition=Q(dismissed_at__isnull=True) | (Q(issued_at__isnull=True) & ~Q(reason="")), name="card_dismissed_why"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | (Q(issued_at__isnull=False) & ~Q(reason="")), name="card_withdrawn_why"
            ),
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True) | (Q(appealed_at__isnull=False) & ~Q(reason="")), name="card_kept_why"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-issued_at"], condition=Q(issued_at__isnull=False), name="card_by_agency"),
            models.Index(
                fields=["suggested_at"], condition=Q(issued_at__isnull=True, dismissed_at__isnull=True), name="card_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.colour}"
