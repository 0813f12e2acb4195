"""The outbox's one way in: a notice is written in the transaction that causes it and leaves the house after commit."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial

from django.db import transaction

from . import tasks
from .events import Fact
from .models import Delivery, InboxItem, Notice
from .recipients import USER, Recipient


def send(template: str, *, to: Recipient, key: str, at: datetime, facts: Mapping[str, Fact] | None = None) -> Notice:
    """Write a notice once per `key`, with its inbox item and deliveries, in the running transaction.

    Calling again with the same key changes nothing and returns the first notice. `template` names
    `templates/notices/<template>.subject.txt` and `.txt`; `facts` fill them and hold no personal data.
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
        if to.kind == USER:
            InboxItem.objects.create(notice=notice, user_id=int(to.id), created_at=at)
        _queue(notice, to.channels, at)
    return notice


def _queue(notice: Notice, channels: Iterable[str], at: datetime) -> None:
    """Write the deliveries and wake a worker after commit; when the broker is away, beat's sweep finds them."""
    for channel in channels:
        delivery = Delivery.objects.create(notice=notice, channel=channel, next_at=at)
        transaction.on_commit(partial(tasks.wake, delivery.pk), robust=True)
