"""The outbox's one way in: a notice is written in the transaction that causes it and leaves the house after commit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction

from . import quiet, tasks
from .events import Fact
from .models import Delivery, InboxItem, Notice
from .recipients import USER, Recipient


def send(
    template: str,
    *,
    to: Recipient,
    key: str,
    at: datetime,
    facts: Mapping[str, Fact] | None = None,
    not_before: datetime | None = None,
    inbox: bool = True,
) -> Notice:
    """Write a notice once per `key`, with its inbox item and deliveries, in the running transaction.

    Calling again with the same key changes nothing and returns the first notice. `template` names
    `templates/notices/<template>.subject.txt` and `.txt`; `facts` fill them and hold no personal data. Messages leave the house
    `not_before` a moment; `inbox=False` for what sums up what lies in the inbox already.
    """
    notice, created = Notice.objects.get_or_create(
        dedupe_key=key,
        defaults={
            "recipient_kind": to.kind,
            "recipient_id": to.id,
            "template": template,
            "facts": dict(facts or {}),
            "created_at": at,
        },
    )
    if created:
        if to.kind == USER and inbox:
            InboxItem.objects.create(notice=notice, user_id=int(to.id), created_at=at)
        _queue(notice, to.channels, at, not_before or at)
    return notice


@dataclass(frozen=True)
class Outgoing:
    """One of many notices that are written at once; the terms are those of `send`."""

    template: str
    to: Recipient
    key: str
    facts: Mapping[str, Fact]
    not_before: datetime | None = None


def send_all(outgoing: Iterable[Outgoing], *, at: datetime) -> int:
    """Write many notices once per key, with inbox items and deliveries, a table at a time; returns how many were new.

    Raises IntegrityError when another transaction writes one of the keys at this very moment; nothing is written then, and
    calling again finds that key as known.
    """
    by_key = {one.key: one for one in outgoing}
    known = set(Notice.objects.filter(dedupe_key__in=by_key).values_list("dedupe_key", flat=True))
    fresh = [one for key, one in by_key.items() if key not in known]
    rows = Notice.objects.bulk_create(_row(one, at) for one in fresh)
    InboxItem.objects.bulk_create(
        InboxItem(notice=row, user_id=int(row.recipient_id), created_at=at) for row in rows if row.recipient_kind == USER
    )
    deliveries = [_delivery(row, one, channel, at) for row, one in zip(rows, fresh, strict=True) for channel in one.to.channels]
    Delivery.objects.bulk_create(deliveries)
    for delivery in deliveries:
        if delivery.next_at <= at:
            transaction.on_commit(partial(tasks.wake, delivery.pk), robust=True)
    return len(rows)


def _row(one: Outgoing, at: datetime) -> Notice:
    return Notice(
        dedupe_key=one.key,
        recipient_kind=one.to.kind,
        recipient_id=one.to.id,
        template=one.template,
        facts=dict(one.facts),
        created_at=at,
    )


def _delivery(row: Notice, one: Outgoing, channel: str, at: datetime) -> Delivery:
    first = quiet.goes_out_at(channel, one.template, one.not_before or at, settings.SMS_QUIET_HOURS)
    return Delivery(notice=row, channel=channel, next_at=first)


def _queue(notice: Notice, channels: Iterable[str], at: datetime, not_before: datetime) -> None:
    """Write the deliveries and wake a worker after commit; what is to wait, or finds the broker away, beat's sweep finds."""
    for channel in channels:
        first = quiet.goes_out_at(channel, notice.template, not_before, settings.SMS_QUIET_HOURS)
        delivery = Delivery.objects.create(notice=notice, channel=channel, next_at=first)
        if first <= at:
            transaction.on_commit(partial(tasks.wake, delivery.pk), robust=True)


def take_back(to: Recipient, **facts: str) -> int:
    """Take back the messages to somebody whose facts say this (`number="…"`) and that nobody has tried to send yet.

    Returns how many. What lies in the inbox has been told and stays.
    """
    waiting = Delivery.objects.filter(state=Delivery.State.PENDING, attempts=0, leased_until__isnull=True)
    waiting = waiting.filter(
        notice__recipient_kind=to.kind,
        notice__recipient_id=to.id,
        **{f"notice__facts__{name}": value for name, value in facts.items()},
    )
    found = list(waiting.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True))
    return Delivery.objects.filter(pk__in=found).delete()[0]
