"""Holding a complaint: nothing of it is erased until an office leader lifts the hold."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from complaints import permissions
from complaints.models import Complaint, Hold
from core import events


@transaction.atomic
def place_hold(complaint: Complaint, reason: str, *, by: User, at: datetime) -> Hold:
    """Hold a complaint, with a reason that only the office reads; one that is held already keeps its first hold."""
    complaint = _locked(complaint, by)
    if already := Hold.objects.filter(complaint=complaint, lifted_at__isnull=True).first():
        return already
    hold = Hold.objects.create(complaint=complaint, reason=reason, placed_at=at, placed_by=by)
    events.record("complaint.hold_placed", subject=complaint.subject, actor=events.user_id(by), at=at)
    return hold


@transaction.atomic
def lift_hold(complaint: Complaint, *, by: User, at: datetime) -> None:
    """Lift the hold; one that somebody else lifted first is fine."""
    complaint = _locked(complaint, by)
    if Hold.objects.filter(complaint=complaint, lifted_at__isnull=True).update(lifted_at=at, lifted_by=by):
        events.record("complaint.hold_lifted", subject=complaint.subject, actor=events.user_id(by), at=at)


def _locked(complaint: Complaint, by: User) -> Complaint:
    """Lock the complaint, as its erasing does: whichever comes first counts."""
    if not permissions.can_hold(by):
        raise PermissionDenied
    return Complaint.objects.select_for_update(no_key=True).select_related(None).get(pk=complaint.pk)
