"""Tables of the ground floor: events, notices and their deliveries, calendar, deadline policies, stored files, counters."""

import secrets
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .querysets import DeliveryQuerySet, DemoMessageQuerySet, EventQuerySet, InboxQuerySet, StoredFileQuerySet


def new_salt() -> bytes:
    """Return what makes the hash of an event's leaf unguessable."""
    return secrets.token_bytes(16)


class Event(models.Model):
    """One thing that happened, kept for ever: triggers refuse to change, delete or empty it."""

    type = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    salt = models.BinaryField(
        max_length=16, null=True, default=new_salt
    )  # so that its hash, which is published, cannot be guessed

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="event_subject"), models.Index(fields=["at"], name="event_at")]

    def __str__(self) -> str:
        return f"{self.type} {self.subject}"


class Leaf(models.Model):
    """An event's place in the transparency log, kept for ever."""

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="leaf")
    hash = models.BinaryField(max_length=32)

    class Meta:
        verbose_name_plural = "leaves"
        indexes = [models.Index(fields=["hash"], name="leaf_by_hash")]

    def __str__(self) -> str:
        return f"leaf {self.position}"


class Node(models.Model):
    """The hash of a complete subtree of the transparency log above its leaves."""

    level = models.PositiveSmallIntegerField()
    position = models.BigIntegerField()  # on its level
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "position"], name="node_once"),
            models.CheckConstraint(condition=Q(level__gte=1), name="node_above_leaves"),
        ]

    def __str__(self) -> str:
        return f"node {self.level}/{self.position}"


class TreeHead(models.Model):
    """The signed and published head of the transparency log at one size."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()
    key = models.CharField(max_length=16)  # the name of the key
    signature = models.CharField(max_length=88)

    def __str__(self) -> str:
        return f"head {self.size}"


class Notice(models.Model):
    """Something that one recipient must be told; never holds an address. One row per dedupe key, always."""

    recipient_kind = models.CharField(max_length=20)
    recipient_id = models.CharField(max_length=40)
    template = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=160, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["recipient_kind", "recipient_id", "-id"], name="notice_recipient")]

    def __str__(self) -> str:
        return f"{self.template} → {self.recipient_kind}:{self.recipient_id}"


class InboxItem(models.Model):
    """A notice in a signed-in person's inbox; written with the notice, so it cannot get lost on the way."""

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="inbox_item")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="inbox")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = InboxQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "-id"], name="inbox_user"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="inbox_unread"),
        ]

    def __str__(self) -> str:
        return f"inbox {self.user_id}: {self.notice_id}"


class Delivery(models.Model):
    """One notice on its way out by one channel. A claim is a lease: no lock is held while sending."""

    class State(models.TextChoices):
        """How far the message has come."""

        PENDING = "pending", _("waiting to be sent")
        SENT = "sent", _("sent")
        DEAD = "dead", _("given up")

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    # The same on every attempt, so that a receiver can tell a repeat.
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once_per_channel"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="delivery_sent_at",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="pending"), name="delivery_pending"),
            models.Index(fields=["next_at"], condition=Q(state="dead"), name="delivery_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state} {self.notice_id}"


class CalendarYear(models.Model):
    """A year whose holidays and make-up days the State Council has published and the office has entered."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    published_on = models.DateField()
    basis = models.CharField(max_length=200)

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day on which the office overrides the built-in calendar."""

    day = models.DateField(primary_key=True)
    is_workday = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.day} {'work' if self.is_workday else 'rest'}"


def default_ladder() -> list[int]:
    """Return the rungs of the ladder that a policy has unless it says otherwise: working days from the last day."""
    return [-5, -2, -1, 0]


class DeadlinePolicy(models.Model):
    """How long a step may take from a date on, and on which legal basis. Edited by administrators, never by code."""

    class Unit(models.TextChoices):
        """What is counted."""

        WORKING_DAYS = "working_days", _("working days")
        DAYS = "days", _("days")

    step = models.CharField(max_length=20)
    case_class = models.CharField(max_length=20, default="ordinary")
    length = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=12, choices=Unit.choices)
    rolls = models.BooleanField(
        default=True, help_text=_("A limit in days that ends on a day off moves to the next working day.")
    )
    valid_from = models.DateField()
    basis = models.CharField(max_length=200)
    # On which working days from the last day reminders go out: -2 is two before it. Late days always remind.
    ladder = ArrayField(models.SmallIntegerField(), default=default_ladder, db_default=[-5, -2, -1, 0])
    # More working days late than this suggest the card.
    yellow_after = models.PositiveSmallIntegerField(default=1, db_default=1)
    red_after = models.PositiveSmallIntegerField(default=2, db_default=2)
    # How often it may be extended, and by how much at most, in the unit that it counts.
    extensions = models.PositiveSmallIntegerField(default=1, db_default=1)
    extension_length = models.PositiveSmallIntegerField(default=30, db_default=30)

    class Meta:
        verbose_name_plural = "deadline policies"
        constraints = [
            models.UniqueConstraint(fields=["step", "case_class", "valid_from"], name="policy_once_a_day"),
            models.CheckConstraint(condition=Q(length__gte=1), name="policy_length_positive"),
            models.CheckConstraint(condition=Q(unit__in=["working_days", "days"]), name="policy_unit_known"),
            models.CheckConstraint(condition=Q(red_after__gt=F("yellow_after")), name="policy_red_after_yellow"),
        ]

    def __str__(self) -> str:
        return f"{self.step}/{self.case_class}: {self.length} {self.unit}"


class StoredFile(models.Model):
    """An uploaded file: its sealed original, kept as evidence, and the cleaned copy, which is all that anyone opens."""

    class State(models.TextChoices):
        """What the virus scanner said. Without a scanner a file stays unscanned and opens."""

        UNSCANNED = "unscanned", _("not scanned")
        WAITING = "waiting", _("being checked for viruses")
        CLEAN = "clean", _("checked for viruses")
        INFECTED = "infected", _("harmful, locked")
        ERASED = "erased", _("deleted, its time was over")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name_sealed = models.BinaryField(null=True)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    # Both empty only once the retention time is over; size and fingerprint stay.
    original = models.CharField(max_length=80, null=True, blank=True, unique=True)
    cleaned = models.CharField(max_length=80, null=True, blank=True, unique=True)
    # A small JPEG of a picture or of a document's first page; empty where there is nothing to look at.
    preview = models.CharField(max_length=80, blank=True, default="", db_default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNSCANNED, db_default=State.UNSCANNED)
    scanned_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="file_not_empty"),
            models.CheckConstraint(
                condition=Q(state__in=["unscanned", "waiting"], scanned_at__isnull=True)
                | Q(state__in=["clean", "infected"], scanned_at__isnull=False)
                | Q(state="erased"),
                name="file_scanned_at",
            ),
            models.CheckConstraint(
                condition=Q(state="erased", name_sealed__isnull=True, original__isnull=True, cleaned__isnull=True, preview="")
                | (~Q(state="erased") & Q(name_sealed__isnull=False, original__isnull=False, cleaned__isnull=False)),
                name="file_erased_whole",
            ),
        ]
        indexes = [models.Index(fields=["created_at"], condition=Q(state="waiting"), name="file_waiting")]

    def __str__(self) -> str:
        return f"{self.media_type} {self.sha256[:12]}"

    @property
    def is_viewable(self) -> bool:
        """Whether anyone may open it: not before the scanner's verdict, and never when it is infected."""
        return self.state in {self.State.UNSCANNED, self.State.CLEAN}


class Counter(models.Model):
    """The last number given out in one series and year; numbers have no gaps because they roll back with their transaction."""

    scope = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "year"], name="counter_once_a_year")]

    def __str__(self) -> str:
        return f"{self.scope} {self.year}: {self.value}"


class DemoMessage(models.Model):
    """A message that would have left the house; written in demo mode only and shown at /demo/outbox/."""

    channel = models.CharField(max_length=10)
    to = models.CharField(max_length=80)  # masked
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    message_id = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = DemoMessageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-id"], name="demo_message_latest")]

    def __str__(self) -> str:
        return f"{self.channel} {self.message_id}"


class AbstractDeadline(models.Model):
    """A limit on one step of some matter; each room that has limits makes its own table of it.

    `due_on` is the last day, shown and printed; `due_at` is 00:00 after it, exclusive. `explanation` holds the days counted,
    so that a person can follow the sum (`core.deadlines.Limit.as_facts`).
    """

    step = models.CharField(max_length=20)
    started_on = models.DateField()
    due_on = models.DateField()
    due_at = models.DateTimeField()
    policy = models.ForeignKey(DeadlinePolicy, on_delete=models.PROTECT, related_name="+")
    explanation = models.JSONField()
    provisional = models.BooleanField(default=False)
    # When the sweep must next look at this deadline; empty once it is closed.
    next_reminder_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("started_on")), name="%(app_label)s_%(class)s_not_before_start"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(next_reminder_at__isnull=True),
                name="%(app_label)s_%(class)s_closed_is_silent",
            ),
        ]
