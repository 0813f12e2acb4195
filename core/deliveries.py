"""Sends what the outbox holds. A claim is a lease taken in a short transaction; no lock is held while sending.

On the wire a message may go out more than once (a worker may die between sending and noting it), each time with the same
Message-ID.
"""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction

from . import quiet
from .channels import CHANNELS, ChannelError, Message
from .models import Delivery
from .recipients import NobodyToTell, address_of
from .rendering import render

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 8
_FIRST_WAIT = timedelta(minutes=1)

log = structlog.get_logger(__name__)


def claim(delivery_id: int, *, at: datetime) -> Delivery | None:
    """Lease a delivery for sending, or return None when it is sent, given up, not yet due or leased to another worker."""
    with transaction.atomic():
        rows = Delivery.objects.claimable(at).select_related("notice").select_for_update(skip_locked=True, of=("self",))
        delivery = rows.filter(pk=delivery_id).first()
        if delivery is None or _waits_for_morning(delivery, at):
            return None
        delivery.leased_until = at + LEASE
        delivery.attempts += 1
        delivery.save(update_fields=["leased_until", "attempts"])
    return Delivery.objects.select_related("notice").get(pk=delivery_id)


def deliver(delivery_id: int, *, at: datetime) -> bool:
    """Claim and send one delivery; returns whether it went out. A failure is noted and retried later with back-off."""
    delivery = claim(delivery_id, at=at)
    if delivery is None:
        return False
    try:
        CHANNELS[delivery.channel](message_for(delivery))
    except NobodyToTell as nobody:
        _drop(delivery, str(nobody))
        return False
    except (ChannelError, LookupError) as error:
        _note_failure(delivery, str(error) or type(error).__name__, at=at)
        return False
    except Exception as error:
        # A fault of our own (a broken template, a key missing from the ring) must not be tried again for ever either.
        _note_failure(delivery, type(error).__name__, at=at)
        raise
    _note_success(delivery, at=at)
    return True


def _waits_for_morning(delivery: Delivery, at: datetime) -> bool:
    """Put off what would ring a telephone at night, such as what waited for a worker since the evening."""
    first = quiet.goes_out_at(delivery.channel, delivery.notice.template, at, settings.SMS_QUIET_HOURS)
    if first <= at:
        return False
    delivery.next_at = first
    delivery.save(update_fields=["next_at"])
    return True


def message_for(delivery: Delivery) -> Message:
    """Render the notice and find the address, both only now."""
    address = address_of(delivery.notice)
    subject, body = render(delivery.notice, address.language)
    if path := delivery.notice.facts.get("path"):
        body += f"\n{settings.SITE_URL.rstrip('/')}{path}\n"  # a reader outside the portal needs the whole address
    return Message(address=address, subject=subject, body=body, message_id=f"<{delivery.message_id}@portal>")


def _note_success(delivery: Delivery, *, at: datetime) -> None:
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.PENDING).update(
        state=Delivery.State.SENT, sent_at=at, leased_until=None, last_error=""
    )


def _drop(delivery: Delivery, reason: str) -> None:
    """Give up a message for nobody at once; nothing is logged, for that would tell what must not be told."""
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.PENDING).update(
        state=Delivery.State.DEAD, leased_until=None, last_error=reason[:200]
    )


def _note_failure(delivery: Delivery, reason: str, *, at: datetime) -> None:
    """Wait 1, 2, 4 … minutes and try again; after the last try the delivery is dead and staff can see it."""
    dead = delivery.attempts >= MAX_ATTEMPTS
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.PENDING).update(
        state=Delivery.State.DEAD if dead else Delivery.State.PENDING,
        next_at=at + _FIRST_WAIT * 2 ** (delivery.attempts - 1),
        leased_until=None,
        last_error=reason[:200],
    )
    log.warning("delivery failed", delivery=delivery.pk, channel=delivery.channel, attempts=delivery.attempts, dead=dead)
