"""Supervision of the agencies: yellow and red cards, chasers, and supervision orders."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import Agency
from cases.querysets import CardQuerySet, OrderQuerySet

from .case import Case
from .limits import Deadline


class Card(models.Model):
    """A yellow or red card for an agency: suggested by rule or by an officer, issued by an office leader, open to one appeal."""

    class Colour(models.TextChoices):
        """How grave it is."""

        YELLOW = "yellow", _("Yellow card")
        RED = "red", _("Red card")

    class Ground(models.TextChoices):
        """What it is for."""

        LATE = "late", pgettext_lazy("card", "A limit was not kept")
        SHIRKING = "shirking", pgettext_lazy("card", "Passed the matter on or dragged it out")
        PERFUNCTORY = "perfunctory", pgettext_lazy("card", "Looked into it for form's sake only")
        FALSE_REPORT = "false_report", pgettext_lazy("card", "Reported what is not so")
        NOT_MENDED = "not_mended", pgettext_lazy("card", "Did not put right what it had to")

    class State(models.TextChoices):
        """Where it stands. Superseded: a red card took its place, and gives it back when it falls itself."""

        SUGGESTED = "suggested", pgettext_lazy("card", "Suggested")
        DISMISSED = "dismissed", pgettext_lazy("card", "Not followed")
        LAPSED = "lapsed", pgettext_lazy("card", "Fallen away")
        ISSUED = "issued", pgettext_lazy("card", "In force")
        SUPERSEDED = "superseded", pgettext_lazy("card", "Replaced by a red card")
        WITHDRAWN = "withdrawn", pgettext_lazy("card", "Withdrawn")

    class Decision(models.TextChoices):
        """What was said to the appeal; empty while it is open."""

        KEPT = "kept", pgettext_lazy("card", "The card stays")
        WITHDRAWN = "withdrawn", pgettext_lazy("card", "The card is withdrawn")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="cards")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cards")
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, null=True, blank=True, related_name="cards")  # not kept
    colour = models.CharField(max_length=10, choices=Colour.choices)
    ground = models.CharField(max_length=15, choices=Ground.choices)
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.TextField(blank=True)  # the agency reads it once the card is issued
    suggested_at = models.DateTimeField(null=True, blank=True)  # empty when a leader issued it unasked
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    appeal_until = models.DateField(null=True, blank=True)  # the last day for an appeal
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    appealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    appeal_reason = models.TextField(blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decision_note = models.TextField(blank=True)  # the agency reads it
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = CardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(colour__in=["yellow", "red"]), name="card_colour_known"),
            models.CheckConstraint(
                condition=Q(suggested_at__isnull=False) | Q(issued_at__isnull=False, proposer__isnull=True), name="card_begins"
            ),
            models.CheckConstraint(condition=~Q(ground="late") | Q(deadline__isnull=False), name="card_late_names_limit"),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, issued_by__isnull=True, appeal_until__isnull=True)
                | (Q(issued_at__isnull=False, issued_by__isnull=False, appeal_until__isnull=False) & ~Q(reason="")),
                name="card_issued_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["suggested", "dismissed", "lapsed"], issued_at__isnull=True)
                | Q(state__in=["issued", "withdrawn"], issued_at__isnull=False)
                | Q(state="superseded", superseded_by__isnull=False),
                name="card_state_fits",
            ),
            models.CheckConstraint(
                condition=Q(state="superseded") | Q(superseded_by__isnull=True), name="card_superseded_by_another"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["dismissed", "withdrawn"], ended_at__isnull=False, ended_by__isnull=False))
                & ~Q(end_reason="")
                | Q(state="lapsed", ended_at__isnull=False, ended_by__isnull=True, end_reason="")
                | Q(state__in=["suggested", "issued", "superseded"], ended_at__isnull=True, ended_by__isnull=True, end_reason=""),
                name="card_ended_whole",
            ),
            models.CheckConstraint(
                condition=Q(appealed_at__isnull=True, appealed_by__isnull=True, appeal_reason="")
                | (Q(appealed_at__isnull=False, appealed_by__isnull=False, issued_at__isnull=False) & ~Q(appeal_reason="")),
                name="card_appealed_whole",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True, decision_note="")
                | (Q(decision__in=["kept", "withdrawn"], decided_at__isnull=False, decided_by__isnull=False))
                & Q(appealed_at__isnull=False)
                & ~Q(decision_note=""),
                name="card_decided_whole",
            ),
            models.CheckConstraint(condition=~Q(decision="withdrawn") | Q(state="withdrawn"), name="card_appeal_withdraws"),
            models.CheckConstraint(condition=~Q(decided_by=F("issued_by")), name="card_appeal_two_people"),
            models.UniqueConstraint(
                fields=["deadline", "colour"],
                condition=Q(suggested_at__isnull=False, proposer__isnull=True) & ~Q(state="lapsed"),
                name="card_suggested_once",
            ),
            models.UniqueConstraint(fields=["deadline", "colour"], condition=Q(state="issued"), name="card_one_in_force_a_limit"),
            models.UniqueConstraint(
                fields=["case", "agency", "colour", "ground"],
                condition=Q(deadline__isnull=True, state__in=["suggested", "issued"]),
                name="card_one_a_ground",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "id"], name="card_by_case"),
            models.Index(fields=["agency", "-id"], name="card_by_agency"),
            models.Index(fields=["-id"], condition=Q(state="suggested"), name="card_suggested"),
            models.Index(fields=["-id"], condition=Q(appealed_at__isnull=False, decision=""), name="card_appealed"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.colour} {self.state}"

    @property
    def stands(self) -> bool:
        """Whether it was issued and has not been withdrawn; one that a red card took the place of stands behind it."""
        return self.issued_at is not None and self.state in {self.State.ISSUED, self.State.SUPERSEDED}

    @property
    def has_open_appeal(self) -> bool:
        """Whether the agency's appeal waits for a decision."""
        return self.stands and self.appealed_at is not None and not self.decision


class Chaser(models.Model):
    """A few words by which the office urges an agency to keep a limit; at most one a day and limit."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="chasers")
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="chasers")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="chasers")
    words = models.TextField()  # the agency reads it
    sent_on = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deadline", "sent_on"], name="chaser_once_a_day"),
            models.CheckConstraint(condition=~Q(words=""), name="chaser_has_words"),
        ]
        indexes = [models.Index(fields=["case", "id"], name="chaser_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.sent_on}"


class SupervisionOrder(models.Model):
    """What an office leader orders an agency to do and to report within a limit of its own; one open order a case."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", pgettext_lazy("order", "Open")
        ACCEPTED = "accepted", pgettext_lazy("order", "Carried out")
        CANCELLED = "cancelled", pgettext_lazy("order", "Cancelled")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="orders")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="orders")
    deadline = models.OneToOneField(Deadline, on_delete=models.PROTECT, related_name="order")
    demand = models.TextField()  # the agency reads it
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancel_reason = models.TextField(blank=True)  # the agency reads it

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(demand=""), name="order_has_demand"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True, ended_by__isnull=True, cancel_reason="")
                | Q(state="accepted", ended_at__isnull=False, ended_by__isnull=False, cancel_reason="")
                | (Q(state="cancelled", ended_at__isnull=False, ended_by__isnull=False) & ~Q(cancel_reason="")),
                name="order_ended_whole",
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(state="open"), name="order_one_open_a_case"),
        ]
        indexes = [
            models.Index(fields=["case", "id"], name="order_by_case"),
            models.Index(fields=["agency", "-id"], name="order_by_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.agency_id} {self.state}"


class OrderReply(models.Model):
    """What the agency answered to an order, and what the office said to that."""

    class Decision(models.TextChoices):
        """What the office said; empty while it is open."""

        ACCEPTED = "accepted", pgettext_lazy("order", "Carried out")
        SENT_BACK = "sent_back", pgettext_lazy("order", "Sent back")

    order = models.ForeignKey(SupervisionOrder, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField()
    replied_at = models.DateTimeField()
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decision_note = models.TextField(blank=True)  # the agency reads it
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "order replies"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="order_reply_has_text"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True, decision_note="")
                | Q(decision="accepted", decided_at__isnull=False, decided_by__isnull=False)
                | (Q(decision="sent_back", decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision_note="")),
                name="order_reply_decided_whole",
            ),
            models.UniqueConstraint(fields=["order"], condition=Q(decision=""), name="order_reply_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.decision}"
