"""What the page of a case says about keeping its complainants' data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from cases.history import History
from cases.models import Case
from complaints import keeping, permissions, retention
from complaints.models import Complaint, Hold
from core import clock


@dataclass(frozen=True)
class Kept:
    """One complaint of the case: until when its data is kept, since when and by whom it is held, since when it is gone."""

    complaint: Complaint
    until: date | None
    held_by: tuple[datetime, str] | None
    erased_on: date | None
    may_hold: bool


@dataclass(frozen=True)
class Holdable:
    """One complaint that somebody may hold or let go, with the hold that there is."""

    complaint: Complaint
    until: date | None
    hold: Hold | None


def kept(case: Case, complaints: Sequence[Complaint], told: History, user: User) -> list[Kept]:
    """Return what keeps each complaint of the case, as its history tells: no query, and one when the case has ended."""
    until, may = _until(case), permissions.can_hold(user)
    return [_kept(one, until, told.held_by(one.subject), may=may) for one in complaints]


def holdable(case: Case, pk: int, user: User) -> Holdable | None:
    """Return a complaint of the case that this person may hold; None for another's and for one that is erased."""
    rows = Complaint.objects.visible_to(user).filter(case_link__case=case, pk=pk, erased_at__isnull=True)
    found = rows.first() if permissions.can_hold(user) else None
    return Holdable(found, _until(case), keeping.open_hold(found)) if found else None


def _until(case: Case) -> date | None:
    return retention.kept_until(keeping.policies(), clock.day_of(case.closed_at)) if case.closed_at else None


def _kept(complaint: Complaint, until: date | None, held_by: tuple[datetime, str] | None, *, may: bool) -> Kept:
    erased_on = clock.day_of(complaint.erased_at) if complaint.erased_at else None
    return Kept(complaint, None if erased_on else until, held_by, erased_on, may and erased_on is None)
