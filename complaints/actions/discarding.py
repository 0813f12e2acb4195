"""Forgetting what never arrived: uploads with their pieces; for good."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from complaints.models import Upload
from complaints.uploads import Goal, abandoned_before

_AT_ONCE = 100


@transaction.atomic
def discard(uploads: Iterable[UUID]) -> int:
    """Delete uploads with their pieces; returns how many were there.

    Each row is locked first: a piece that arrives at this moment is in before, and goes with it, or finds no upload.
    """
    found = list(Upload.objects.select_for_update().filter(pk__in=list(uploads)).order_by("pk").values_list("pk", flat=True))
    Upload.objects.filter(pk__in=found).delete()
    return len(found)


def discard_halves(goal: Goal, sha256: str) -> None:
    """Delete the uploads of a file that has just arrived another way."""
    discard(goal.uploads.filter(sha256=sha256).values_list("pk", flat=True))


def expire_uploads(*, at: datetime) -> int:
    """Delete the uploads that have not moved for a day; returns how many. One that is just moving is left alone."""
    deleted = 0
    while number := _expire_some(at):
        deleted += number
    return deleted


@transaction.atomic
def _expire_some(at: datetime) -> int:
    lying = Upload.objects.filter(updated_at__lte=abandoned_before(at)).order_by("updated_at")
    locked = lying.select_for_update(skip_locked=True).values_list("pk", flat=True)[:_AT_ONCE]
    return discard(list(locked))
