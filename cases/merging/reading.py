"""What the page shows on which two cases are compared, and what a case tells of its mergers."""

from dataclasses import dataclass
from datetime import date
from itertools import product

from accounts.models import User
from cases.models import Case
from cases.reading import Matter, complaints_of, matters_of
from cases.wording import DISCS, Standing, standing_of
from cases.workflow import Step
from complaints.comparing import Passage, compared
from complaints.labels import agency_name, agency_words
from complaints.likeness import NEARLY, is_same, likeness, pairs_of
from complaints.models import Complaint
from complaints.reading import MaskedFiler, masked_filer
from core import calendars, clock

from .places import goes_on_in
from .rules import may_join

_ALL = 100


@dataclass(frozen=True)
class Side:
    """One of the two cases, by the complaint of it that is most like the other's; `more`: how many further ones it has."""

    case: Case
    complaint: Complaint
    filer: MaskedFiler | None
    agency: str
    files: int
    passages: list[Passage]
    wish: list[Passage]
    more: int
    disc: int | str
    due: Standing | None


@dataclass(frozen=True)
class Comparison:
    """Two cases side by side; `percent` is 100 for the same text, and 0 where next to nothing is alike."""

    left: Side
    right: Side
    percent: int
    may_merge: bool


@dataclass(frozen=True)
class Parting:
    """What undoing a merger gives back: these matters, from the case in which they are now, and the day by which to decide."""

    target: Case
    matters: list[Matter]
    due_on: date | None


def parting(case: Case, user: User) -> Parting | None:
    """Return what undoing the merger of a case would do; None when it is not merged."""
    target = goes_on_in(case)
    if target is None:
        return None
    limits = [row for row in case.deadlines.all() if row.step == Step.ACCEPT]
    due_on = max(limits, key=lambda row: row.pk).due_on if limits else None
    return Parting(target, matters_of(case, user), due_on)


def comparison(source: Case, target: Case, user: User) -> Comparison | None:
    """Compare the two complaints that are most alike; None when one case has none that the person may see."""
    mine, theirs = _complaints(source, user), _complaints(target, user)
    pairs = {one.pk: pairs_of(one.working_copy) for one in [*mine, *theirs]}
    best = max(product(mine, theirs), key=lambda both: likeness(pairs[both[0].pk], pairs[both[1].pk]), default=None)
    if best is None:
        return None
    left, right = best
    texts, wishes = compared(left.working_copy, right.working_copy), compared(left.wish_copy, right.wish_copy)
    share = likeness(pairs[left.pk], pairs[right.pk])
    percent = _ALL if is_same(left.working_copy, right.working_copy) else min(int(share * _ALL), _ALL - 1)
    return Comparison(
        left=_side(source, left, texts[0], wishes[0], more=len(mine) - 1),
        right=_side(target, right, texts[1], wishes[1], more=len(theirs) - 1),
        percent=percent if share >= NEARLY else 0,
        may_merge=may_join(source.status, target.status),
    )


def _complaints(case: Case, user: User) -> list[Complaint]:
    return list(complaints_of(case, user).for_detail().order_by("pk"))


def _side(case: Case, complaint: Complaint, passages: list[Passage], wish: list[Passage], *, more: int) -> Side:
    agency = case.agency or case.respondent_agency
    return Side(
        case=case,
        complaint=complaint,
        filer=masked_filer(complaint),
        agency=agency_name(agency) if agency else agency_words(complaint.agency, complaint.agency_words),
        files=len(complaint.evidence.all()),
        passages=passages,
        wish=wish,
        more=more,
        disc=DISCS[case.status],
        due=standing_of(case, clock.today(), calendars.work_calendar()),
    )
