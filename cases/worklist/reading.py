"""One page of the work list: the numbers of the day, what is to be done first, a search in numbers and summaries."""

from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict

from accounts.models import User
from accounts.roles import OFFICE
from agencies.models import Agency
from cases import permissions
from cases.assignments import PAGE_SIZE, AssignmentList, Part, Row, assignment_list, part_of, rows_of
from cases.desk import orders
from cases.handing.reading import to_confirm
from cases.models import Assignment, Handover
from cases.phrases import MOST_CHARACTERS, phrase
from cases.querysets import AssignmentQuerySet, within
from cases.workflow import Status
from complaints.labels import agency_name
from core import clock
from core.counting import bounded, shown

from .looks import ALL, LOOKS, Look, look_of

_NEWEST = 20_000  # of everything that ever went out, an officer's search by words looks through so many


@dataclass(frozen=True)
class Number:
    """How many assignments one view holds; a link to them."""

    look: Look
    count: str
    url: str
    current: bool


@dataclass(frozen=True)
class Choice:
    """An agency that can be chosen."""

    pk: int
    name: str
    current: bool


@dataclass(frozen=True)
class Found:
    """The rows of one view or search, and where the next ones are."""

    look: Look
    rows: list[Row]
    next_url: str
    first_url: str


@dataclass(frozen=True)
class WorkList:
    """All that the page shows: either the two lists of the day or what was asked for."""

    numbers: list[Number]
    day: AssignmentList | None
    found: Found | None
    searched: str
    agencies: list[Choice]
    homes: list[Choice]  # the reader's own agencies, above all sections
    agency: Agency | None
    without_post: bool  # a new account, or one whose post was handed over
    can_sign: set[int]  # agencies for which the reader signs
    handovers: list[Handover]
    more_to_do: str

    @property
    def to_sign(self) -> set[int]:
        """The assignments for which the reader can sign from the list."""
        rows = [*(self.day.to_do if self.day else []), *(self.found.rows if self.found else [])]
        return {
            one.assignment.pk for one in rows if _waits_for_receipt(one.assignment) and one.assignment.agency_id in self.can_sign
        }


def work_list(user: User, asked: QueryDict) -> WorkList:
    """Read what the address asks for; what makes no sense in it is left out."""
    agencies = list(within(Agency.objects.open(), user).for_list())
    agency = next((one for one in agencies if str(one.pk) == asked.get("agency", "")), None)
    rows = Assignment.objects.visible_to(user)
    rows = rows.of(agency) if agency else rows
    words = asked.get("q", "").replace("\0", "").strip()[:MOST_CHARACTERS]
    look = look_of(asked.get("view", "")) or (ALL if words or agency else None)
    address = _Address(agency, words)
    found = _found(rows, look, user, words, asked, address) if look else None
    day = None if look else assignment_list(user, asked.get("before", ""))
    shown_rows = [*(found.rows if found else []), *(day.to_do if day else [])]
    return WorkList(
        numbers=_numbers(rows, look, address),
        day=day,
        found=found,
        searched=words,
        agencies=[Choice(one.pk, agency_name(one), one == agency) for one in agencies] if len(agencies) > 1 else [],
        homes=_homes(agencies, user),
        agency=agency,
        without_post=not agencies and not user.has_role(*OFFICE),
        can_sign=_signs_for(user, shown_rows),
        handovers=to_confirm(user),
        more_to_do=address.of("todo") if day and len(day.to_do) >= PAGE_SIZE else "",
    )


@dataclass(frozen=True)
class _Address:
    """What stays in the address from one view to another."""

    agency: Agency | None
    words: str

    def of(self, view: str, **more: str) -> str:
        kept = {"view": view, "q": self.words, "agency": str(self.agency.pk) if self.agency else ""} | more
        return f"?{urlencode({name: value for name, value in kept.items() if value})}"


def _found(rows: AssignmentQuerySet, look: Look, user: User, words: str, asked: QueryDict, address: _Address) -> Found:
    rows = look.holds(rows, clock.today())
    if words:
        rows = _matching(rows, words, everything=user.has_role(*OFFICE))
    walk = orders.Walk.asked(look.order, after=asked.get("after", ""), before="")
    page = orders.page(cast(Any, rows.for_list()), walk, size=PAGE_SIZE)
    return Found(
        look,
        rows_of(cast(list[Assignment], page.rows)),
        next_url=address.of(look.code, after=page.after) if page.after else "",
        first_url=address.of(look.code) if page.before else "",
    )


def _matching(rows: AssignmentQuerySet, words: str, *, everything: bool) -> AssignmentQuerySet:
    """Return those whose number ends so or whose summary holds every term: nothing else is searched, the case least of all."""
    wanted = phrase(words)
    if everything:
        rows = rows.filter(pk__in=Assignment.objects.order_by("-pk").values("pk")[:_NEWEST])
    told = Q()
    for term in wanted.terms or ():
        told &= Q(summary__icontains=term.text)
    if wanted.number:
        return rows.filter(Q(case__number=wanted.number) | Q(case__number__endswith=wanted.number) | told)
    return rows.filter(told)


def _homes(agencies: list[Agency], user: User) -> list[Choice]:
    """Return the agencies whose pages the list leads to; the office sees all of them and needs no links."""
    known = {one.pk for one in agencies}
    above = [one for one in agencies if one.parent_id not in known]
    return [] if user.has_role(*OFFICE) else [Choice(one.pk, agency_name(one), current=False) for one in above]


def _numbers(rows: AssignmentQuerySet, look: Look | None, address: _Address) -> list[Number]:
    today = clock.today()
    counts = bounded({one.code: one.holds(rows, today) for one in LOOKS})
    plain = _Address(address.agency, "")
    return [Number(one, shown(counts[one.code]), plain.of(one.code), one is look and not address.words) for one in LOOKS]


def _signs_for(user: User, rows: list[Row]) -> set[int]:
    """Return the agencies for which the reader signs, asked once an agency."""
    waiting = {one.assignment.agency_id: one.assignment for one in rows if _waits_for_receipt(one.assignment)}
    return {pk for pk, assignment in waiting.items() if permissions.can_receive(user, assignment)}


def _waits_for_receipt(assignment: Assignment) -> bool:
    if not assignment.is_current:
        return False
    return assignment.case.status == Status.DISPATCHED if assignment.is_lead else part_of(assignment) == Part.SIGN
