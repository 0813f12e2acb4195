"""What the page of a case says about keeping its complainants' data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from cases.models import Case
from complaints import keeping, permissions, retention
from complaints.models import Complaint, Hold
from core import clock


@dataclass(frozen=True)
class Kept:
    """One complaint of the case: until when its data is kept, what holds it, since when it is gone."""

    complaint: Complaint
    until: date | None
    hold: Hold | None
    erased_on: date | None
    may_hold: bool


def kept(case: Case, complaints: Sequence[Complaint], user: User) -> list[Kept]:
    """Return what keeps each complaint of the case: one query, and one more when the case has ended."""
    rows = Hold.objects.select_related("placed_by").filter(complaint__in=complaints, lifted_at__isnull=True)
    holds = {hold.complaint_id: hold for hold in rows}
    until = retention.kept_until(keeping.policies(), clock.day_of(case.closed_at)) if case.closed_at else None
    may = permissions.can_hold(user)
    return [_kept(one, until, holds.get(one.pk), may=may) for one in complaints]


def holdable(case: Case, pk: int, user: User) -> Kept | None:
    """Return a complaint of the case that can be held or let go; None for another's and for one that is erased."""
    found = list(Complaint.objects.visible_to(user).filter(case_link__case=case, pk=pk, erased_at__isnull=True))
    return kept(case, found, user)[0] if found else None


def _kept(complaint: Complaint, until: date | None, hold: Hold | None, *, may: bool) -> Kept:
    erased_on = clock.day_of(complaint.erased_at) if complaint.erased_at else None
    return Kept(complaint, None if erased_on else until, hold, erased_on, may and erased_on is None)
