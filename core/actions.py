"""Writes of the ground floor that a person causes."""

from datetime import datetime

from django.db import transaction

from . import calendars, events, recomputing
from .calendar_files import YearPlan
from .deliveries import MAX_ATTEMPTS
from .models import CalendarDay, CalendarYear, Delivery, InboxItem


def open_item(item: InboxItem, *, at: datetime) -> None:
    """Mark an inbox item as read; the first reading counts."""
    InboxItem.objects.filter(pk=item.pk, read_at__isnull=True).update(read_at=at)


@transaction.atomic
def enter_calendar_year(plan: YearPlan, *, actor: str, at: datetime) -> int:
    """Enter a published year in place of what was entered for it before; returns how many open deadlines moved."""
    defaults = {"published_on": plan.published_on, "basis": plan.basis}
    CalendarYear.objects.update_or_create(year=plan.year, defaults=defaults)
    days = {**{day: (False, name) for day, name in plan.days_off.items()}, **dict.fromkeys(plan.makeup_days, (True, ""))}
    CalendarDay.objects.filter(day__year=plan.year).delete()
    CalendarDay.objects.bulk_create(
        [CalendarDay(day=day, is_workday=works, name=name) for day, (works, name) in days.items()],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["is_workday", "name"],
    )
    facts: dict[str, events.Fact] = {"days_off": len(plan.days_off), "makeup_days": len(plan.makeup_days), "basis": plan.basis}
    events.record("calendar.entered", subject=f"calendar:{plan.year}", actor=actor, at=at, facts=facts)
    return calendar_changed(actor=actor, at=at)


@transaction.atomic
def calendar_changed(*, actor: str, at: datetime) -> int:
    """Count open deadlines again after any edit of the calendar; returns how many moved."""
    calendars.forget()
    moved = recomputing.recompute_all(at=at, actor=actor)
    transaction.on_commit(calendars.forget)  # another process may have kept the old calendar until our commit
    return moved


@transaction.atomic
def apply_policies(*, actor: str, at: datetime) -> int:
    """Put open deadlines under the policies now in force, which nothing else does; returns how many moved."""
    moved = recomputing.apply_policies(at=at, actor=actor)
    events.record("policies.applied", subject="policies", actor=actor, at=at, facts={"moved": moved})
    return moved


@transaction.atomic
def send_again(*, given_up_since: datetime, at: datetime) -> int:
    """Let messages that were given up after their last try be tried anew, for when mail or gateway works again; returns how many.

    What was dropped because nobody is there to tell stays dropped. Beat's sweep sends them; the Message-ID stays the same.
    """
    dead = Delivery.objects.filter(state=Delivery.State.DEAD, next_at__gte=given_up_since, attempts__gte=MAX_ATTEMPTS)
    found = list(dead.select_for_update(skip_locked=True).values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=found).update(state=Delivery.State.PENDING, attempts=0, next_at=at)
    if found:
        events.record("delivery.sent_again", subject="outbox", actor=events.SYSTEM, at=at, facts={"count": len(found)})
    return len(found)
