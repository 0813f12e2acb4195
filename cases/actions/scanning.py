"""Keeps the stamped scan of a report that is not whole yet, and forgets it when nobody comes back for it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import User
from cases import permissions
from cases.models import Assignment, HeldScan
from core import files
from core.files import Examined

from .moving import ask

_AT_ONCE = 200


@transaction.atomic
def hold_scan(assignment: Assignment, checked: Examined, *, by: User, at: datetime) -> HeldScan:
    """Keep a scan for the next try; it takes the place of the one this person sent before."""
    Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)  # two tries at once wait for one another
    ask(permissions.can_report(by, assignment))
    for earlier in HeldScan.objects.select_related("file").filter(assignment=assignment, held_by=by):
        drop_scan(earlier)
    return HeldScan.objects.create(assignment=assignment, file=files.store(checked, at=at), held_by=by, held_at=at)


@transaction.atomic
def drop_scan(held: HeldScan) -> None:
    """Forget a scan that is not to be sent."""
    if HeldScan.objects.filter(pk=held.pk).delete()[0]:
        files.erase(held.file)


@transaction.atomic
def forget_scans(*, at: datetime) -> int:
    """Forget the scans for which nobody came back; returns how many."""
    old = HeldScan.objects.filter(held_at__lt=at - timedelta(hours=settings.UPLOAD_HOURS)).order_by("held_at")
    rows = list(old.select_for_update(skip_locked=True, of=("self",)).select_related("file")[:_AT_ONCE])
    for held in rows:
        drop_scan(held)
    return len(rows)
