"""Cases that may be about the same matter, each with the reasons; found by indexes alone, in three queries whatever is stored."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, CaseComplaint
from complaints.labels import agency_name, agency_words
from complaints.likeness import NEARLY, is_same, likeness, pairs_of
from complaints.models import Complainant, Complaint, TextPrint
from complaints.reading import MaskedFiler, masked_filer

from .rules import JOINABLE, direction

MOST = 10
_MOST_READ = 50  # of each kind; the newest of a template letter that came a thousand times are enough
_ALL = 100
_LONG = ("narrative_sealed", "wish_sealed", "details_sealed", "wish_copy")


@dataclass(frozen=True)
class Duplicate:
    """One case that may be about the same, with the reasons in words. `source` and `target`: which would go into which."""

    case: Case
    agency: str
    filers: list[MaskedFiler | None]
    reasons: list[str]
    percent: int
    source: int | None = None
    target: int | None = None


@dataclass
class _Found:
    """What speaks for one case, while it is collected."""

    case: Case
    agency: str
    percent: int = 0
    is_same_text: bool = False
    same_person: bool = False
    named: str = ""
    filers: list[MaskedFiler | None] = field(default_factory=list)


def duplicates_of(case: Case, complaints: Sequence[Complaint], user: User) -> list[Duplicate]:
    """Return up to ten cases that the person may see, newest first; alike texts go before other reasons when there are more.

    Nothing once the case has its reply: what could be merged then, could only be merged elsewhere.
    """
    if case.status not in JOINABLE or not complaints:
        return []
    bands = {number for row in TextPrint.objects.filter(complaint__in=complaints) for number in row.bands}
    found: dict[int, _Found] = {}
    pairs = {one.pk: pairs_of(one.working_copy) for one in complaints}
    for other in _candidates(complaints, bands, user).exclude(case_link__case=case):
        _weigh(found.setdefault(other.case_link.case_id, _new(other.case_link.case)), other, complaints, pairs)
    told = sorted((one for one in found.values() if _speaks(one)), key=lambda one: (-bool(one.percent), -one.case.pk))[:MOST]
    return [_duplicate(one, case) for one in sorted(told, key=lambda one: -one.case.pk)]


def _candidates(complaints: Sequence[Complaint], bands: Collection[int], user: User) -> QuerySet[Complaint]:
    """Look up by the print, by the person and by the number named, each through its own index, and read what that gives."""
    ways: list[QuerySet[Any, tuple[int]]] = [by_text(bands)] if bands else []
    ways += [filed for one in complaints if (filed := by_person(one)) is not None]
    if named := [one.earlier_number for one in complaints if one.earlier_number]:
        ways.append(CaseComplaint.objects.filter(complaint__number__in=named).values_list("complaint_id")[:_MOST_READ])
    if not ways:
        return Complaint.objects.none()
    first, *others = ways
    seen = Complaint.objects.visible_to(user).filter(pk__in=first.union(*others) if others else first)
    return (
        seen.filter(case_link__case__in=Case.objects.visible_to(user))
        .select_related("complainant", "agency", "case_link__case__agency", "case_link__case__respondent_agency")
        .prefetch_related("representatives")
        .defer(*_LONG)
        .order_by("-pk")
    )


def by_text(bands: Iterable[int]) -> QuerySet[TextPrint, tuple[int]]:
    """Return the newest complaints whose print shares a band.

    Sorting by an expression keeps the planner from walking the newest rows one by one in the hope of soon having fifty:
    where only three are alike, that walk would be the whole table. So it asks the GIN index and sorts what comes back.
    """
    rows = TextPrint.objects.filter(bands__overlap=sorted(bands)).order_by((F("complaint_id") + 0).desc())
    return rows.values_list("complaint_id")[:_MOST_READ]


def by_person(complaint: Complaint) -> QuerySet[CaseComplaint, tuple[int]] | None:
    """Return what the same number or the same document has filed about the same agency; nobody is unmasked for that."""
    person = complaint.complainant if complaint.is_named else None
    indexes = [(name, index) for name in ("phone_index", "id_index") if person and (index := getattr(person, name))]
    if not indexes or complaint.agency_id is None:
        return None
    same = Complainant.objects.filter(reduce(or_, (Q(**{name: bytes(index)}) for name, index in indexes)))
    rows = CaseComplaint.objects.filter(complaint__complainant__in=same, complaint__agency=complaint.agency_id)
    return rows.order_by("-complaint_id").values_list("complaint_id")[:_MOST_READ]


def _new(case: Case) -> _Found:
    agency = case.agency or case.respondent_agency
    return _Found(case, agency_name(agency) if agency else "")


def _weigh(one: _Found, other: Complaint, complaints: Iterable[Complaint], pairs: Mapping[int, frozenset[str]]) -> None:
    """Add what one complaint of the other case has in common with ours."""
    one.filers.append(masked_filer(other))
    one.agency = one.agency or agency_words(other.agency, other.agency_words)
    theirs = pairs_of(other.working_copy)
    for mine in complaints:
        one.is_same_text = one.is_same_text or is_same(mine.working_copy, other.working_copy)
        share = likeness(pairs[mine.pk], theirs)
        if share >= NEARLY:
            one.percent = max(one.percent, min(int(share * _ALL), _ALL - 1))
        one.same_person = one.same_person or _is_same_person(mine, other)
        if mine.earlier_number and mine.earlier_number == other.number:
            one.named = other.number


def _is_same_person(mine: Complaint, other: Complaint) -> bool:
    """Compare the keyed hashes of number and document; the agency must be the same too."""
    if not (mine.is_named and other.is_named) or mine.agency_id is None or mine.agency_id != other.agency_id:
        return False
    pairs = [(getattr(mine.complainant, name), getattr(other.complainant, name)) for name in ("phone_index", "id_index")]
    return any(one and two and bytes(one) == bytes(two) for one, two in pairs)


def _speaks(one: _Found) -> bool:
    """A band in common alone is chance."""
    return bool(one.is_same_text or one.percent or one.same_person or one.named)


def _duplicate(one: _Found, case: Case) -> Duplicate:
    reasons = []
    if one.is_same_text:
        reasons.append(_("the same text"))
    elif one.percent:
        reasons.append(_("nearly the same text (%(n)d %%)") % {"n": one.percent})
    if one.same_person:
        reasons.append(_("same person, same agency"))
    if one.named:
        reasons.append(_("the complainant names number %(number)s") % {"number": one.named})
    source, target = direction((case.status, case.pk), (one.case.status, one.case.pk)) or (None, None)
    return Duplicate(one.case, one.agency, one.filers, reasons, one.percent, source, target)
