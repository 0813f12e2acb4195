"""Puts several messages of one kind that wait for the same person into one. The inbox keeps each of them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from . import clock, notices
from .models import Delivery, Notice
from .recipients import EMAIL, USER, Recipient

GATHERING = timedelta(minutes=5)  # how long a message waits for others
_BEFORE_THEY_LEAVE = timedelta(minutes=3)


def gather(template: str, digest: str, *, at: datetime) -> int:
    """Replace the mails of a template that wait for the same person by one of `digest`; returns how many persons get one.

    A single mail stays as it is, and so does what comes after the person's digest of the day. Where nobody gathers, each mail
    leaves by itself: nothing is lost.
    """
    waiting = Delivery.objects.untried(template).filter(next_at__lte=at + _BEFORE_THEY_LEAVE)
    several = waiting.values("notice__recipient_id").annotate(n=Count("pk")).filter(n__gt=1).order_by("notice__recipient_id")
    return sum(
        _gather_for(recipient, template, digest, at) for recipient in several.values_list("notice__recipient_id", flat=True)
    )


@transaction.atomic
def _gather_for(recipient: str, template: str, digest: str, at: datetime) -> bool:
    """Lock what no worker has taken yet, write the digest and take the single mails back."""
    rows = Delivery.objects.untried(template).filter(notice__recipient_id=recipient).select_related("notice")
    found = list(rows.order_by("pk").select_for_update(skip_locked=True, of=("self",)))
    key = f"digest:{recipient}:{clock.day_of(at)}"
    if len(found) < 2 or Notice.objects.filter(dedupe_key=key).exists():
        return False
    facts = {"parts": [dict(row.notice.facts) for row in found]}
    notices.send(digest, to=Recipient(USER, recipient, (EMAIL,)), key=key, at=at, facts=facts, inbox=False)
    Delivery.objects.filter(pk__in=[row.pk for row in found]).delete()
    return True
