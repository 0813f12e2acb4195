"""The line of cases that wait for acceptance: who stands where, who is next, and how the day goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from accounts.models import User
from cases.desk import orders
from cases.models import Case
from cases.querysets import NEVER
from cases.workflow import Status, Step
from core import clock, events
from core.models import Event

MOST = 1000
# What takes a case out of the line.
_DECIDED = ("case.accepted", "case.declined", "case.merged", "case.referred", "case.withdrawn")


@dataclass(frozen=True)
class Line:
    """The cases in the order in which they are due, as (moment, id); those whose clock stands still are not in it."""

    places: Sequence[tuple[datetime, int]]
    first_due_on: date | None = None

    def __len__(self) -> int:
        return len(self.places)

    def position(self, case: Case) -> int:
        """Return the place of a case counted from one; 0 when it is not in the line."""
        return next((number for number, (_at, pk) in enumerate(self.places, 1) if pk == case.pk), 0)

    def following(self, case: Case) -> list[int]:
        """Return the others from the place of a case on, those before it last: what was left for later comes round again."""
        own = self._place_of(case)
        others = [place for place in self.places if place[1] != case.pk]
        after, before = [one for one in others if one > own], [one for one in others if one < own]
        return [pk for _at, pk in [*after, *before]]

    def preceding(self, case: Case) -> int | None:
        """Return who stands before a case; None for the first."""
        own = self._place_of(case)
        return max(((at, pk) for at, pk in self.places if (at, pk) < own), default=(NEVER, None))[1]

    def _place_of(self, case: Case) -> tuple[datetime, int]:
        """A case that has just been decided is in the line no more; its limit tells where it stood."""
        return next((place for place in self.places if place[1] == case.pk), None) or place_of(case)


@dataclass(frozen=True)
class Day:
    """How the day goes: how many of the line this person has decided today, how many wait, and by when the first is due."""

    done: int
    waiting: int
    first_due_on: date | None


def waiting(user: User) -> Line:
    """Return the line as this person sees it; one query."""
    rows = Case.objects.visible_to(user).running().filter(status=Status.TRIAGE)
    found = list(orders.Walk(orders.DUE).through(rows).values_list("due_at", "pk", "due_on")[:MOST])
    return Line([(at or NEVER, pk) for at, pk, _due_on in found], found[0][2] if found else None)


def place_of(case: Case) -> tuple[datetime, int]:
    """Return where a case stands, or stood before it was decided."""
    if case.status == Status.TRIAGE:
        return case.due_at or NEVER, case.pk
    last = case.deadlines.filter(step=Step.ACCEPT).order_by("pk").last()
    return last.due_at if last else NEVER, case.pk


def day_of(user: User, line: Line, now: datetime) -> Day:
    """Return how the day goes; one query, over what happened since midnight."""
    mine = Q(actor=events.user_id(user), type__in=_DECIDED, at__gte=clock.midnight(clock.day_of(now)))
    return Day(Event.objects.filter(mine).count(), len(line), line.first_due_on)


def decision_of(case: Case) -> Event | None:
    """Return what took a case out of the line last."""
    return Event.objects.of(case.subject).filter(type__in=_DECIDED).last()


def still_waits(case: Case) -> bool:
    """Look again whether a case that was read a moment ago waits for acceptance."""
    return Case.objects.filter(pk=case.pk, status=Status.TRIAGE).exists()
