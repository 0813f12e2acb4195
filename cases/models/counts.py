"""What is counted of each day, so that a page over a year reads days and not cases (docs/adr/0023-counts-of-days.md)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DayCount(models.Model):
    """Of one day and one part of the whole (all cases, a category, a channel, an agency …), how much of what happened."""

    class Part(models.TextChoices):
        """By what the cases are told apart; each case of a day is counted once in every part."""

        WHOLE = "whole", _("All")
        CATEGORY = "category", _("Category")
        CHANNEL = "channel", _("Channel")
        ABOUT = "about", _("Agency complained about")
        WITH = "with", _("Agency that deals with it")
        WAIT = "wait", _("Working days until the reply")

    day = models.DateField()
    part = models.CharField(max_length=10, choices=Part.choices)
    key = models.CharField(max_length=20, blank=True)  # which category, channel or agency; empty for none
    received = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    declined = models.PositiveIntegerField(default=0)
    referred = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    merged = models.PositiveIntegerField(default=0)
    completed = models.PositiveIntegerField(default=0)
    replied = models.PositiveIntegerField(default=0)
    reply_days = models.PositiveIntegerField(default=0)  # working days from receipt to reply, summed
    upheld = models.PositiveIntegerField(default=0)
    partly_upheld = models.PositiveIntegerField(default=0)
    not_upheld = models.PositiveIntegerField(default=0)
    no_finding = models.PositiveIntegerField(default=0)
    satisfied = models.PositiveIntegerField(default=0)
    fairly_satisfied = models.PositiveIntegerField(default=0)
    dissatisfied = models.PositiveIntegerField(default=0)
    unrated = models.PositiveIntegerField(default=0)
    accept_kept = models.PositiveIntegerField(default=0)
    accept_missed = models.PositiveIntegerField(default=0)
    receive_kept = models.PositiveIntegerField(default=0)
    receive_missed = models.PositiveIntegerField(default=0)
    finish_kept = models.PositiveIntegerField(default=0)
    finish_missed = models.PositiveIntegerField(default=0)
    feedback_kept = models.PositiveIntegerField(default=0)
    feedback_missed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "part", "key"], name="day_count_once"),
            models.CheckConstraint(
                condition=Q(part__in=["whole", "category", "channel", "about", "with", "wait"]), name="day_count_part_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.part} {self.key}"


class ChangedDay(models.Model):
    """A day whose counts no longer hold. Triggers write it in the transaction that changes a case or a limit."""

    day = models.DateField(db_index=True)

    def __str__(self) -> str:
        return str(self.day)


class CountedUntil(models.Model):
    """From when the counts are; a single row, missing until they were made for the first time."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    counted_at = models.DateTimeField()
    today = models.DateField()  # limits that end later were not over yet

    class Meta:
        verbose_name_plural = "counted until"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="counted_until_single")]

    def __str__(self) -> str:
        return str(self.counted_at)
