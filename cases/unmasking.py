"""How a request to see what names a complainant stands, and what the page of its case shows of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from complaints.models import Complaint

from . import permissions, ports
from .models import Case, Unmasking
from .workflow import OPEN


@dataclass(frozen=True)
class Line:
    """One request that is open, holds now, or was refused to the reader last."""

    row: Unmasking
    column: str
    state: str  # waiting, granted or refused
    is_own: bool
    may_decide: bool


@dataclass(frozen=True)
class Box:
    """What the page shows beside one complainant."""

    complaint_id: int
    may_ask: bool
    lines: list[Line]


def is_waiting(row: Unmasking) -> bool:
    """Tell whether nobody has decided yet and the asker still wants it."""
    return not row.decision and row.ended_at is None


def is_granted(row: Unmasking, now: datetime) -> bool:
    """Tell whether the permission holds at this moment; with the moment it expires it is over."""
    return (
        row.decision == Unmasking.Decision.APPROVED
        and row.ended_at is None
        and row.expires_at is not None
        and now < row.expires_at
    )


def columns_of(complaint: Complaint, case: Case) -> list[str]:
    """Return what could be asked for; nothing when it is anonymous, or has become so.

    On an ended case that is the ID number alone, which paying a reward needs.
    """
    person = complaint.complainant if complaint.is_named else None
    columns = Unmasking.Column.values if case.status in OPEN else [Unmasking.Column.ID_NUMBER.value]
    return [column for column in columns if person is not None and getattr(person, f"{column}_sealed") is not None]


def may_still(row: Unmasking, user: User) -> bool:
    """Tell whether the person could still ask for this value: the case may have ended since."""
    may_see = row.case.status in OPEN or row.column == Unmasking.Column.ID_NUMBER
    return may_see and permissions.can_ask_unmasking(user, row.case)


def boxes(case: Case, complaints: Iterable[Complaint], user: User, now: datetime) -> list[Box]:
    """Return what the page shows of the requests of a case: one query. Of an ended case only while a reward is to be paid."""
    if case.status not in OPEN and not ports.is_to_be_paid(case.pk):
        return []
    rows = list(Unmasking.objects.visible_to(user).for_detail().filter(case=case))
    may_ask = permissions.can_ask_unmasking(user, case)
    return [
        _box(complaint, case, [row for row in rows if row.complaint_id == complaint.pk], user, may_ask, now)
        for complaint in complaints
    ]


def _box(complaint: Complaint, case: Case, rows: list[Unmasking], user: User, may_ask: bool, now: datetime) -> Box:
    latest = {(row.requested_by_id, row.column): row for row in rows}  # the oldest first, so the last one stays
    lines = [line for row in latest.values() if (line := _line(row, user, now))]
    taken = {line.row.column for line in lines if line.is_own and line.state != "refused"}
    return Box(complaint.pk, may_ask and bool(set(columns_of(complaint, case)) - taken), lines)


def _line(row: Unmasking, user: User, now: datetime) -> Line | None:
    """Leave out what is over, and refusals that concern somebody else."""
    own = row.requested_by_id == user.pk
    refused = row.decision == Unmasking.Decision.REFUSED and own
    state = "waiting" if is_waiting(row) else "granted" if is_granted(row, now) else "refused" if refused else ""
    if not state or not may_still(row, row.requested_by):
        return None
    may_decide = state == "waiting" and permissions.can_decide_unmasking(user, row)
    return Line(row, str(Unmasking.Column(row.column).label), state, own, may_decide)
