"""Counts what happened on some days to some cases: the one way, for the kept counts and for those made on the spot."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F
from django.db.models.functions import TruncDate

from cases.models import Case, DayCount, Deadline
from cases.querysets import CaseQuerySet, DeadlineQuerySet
from core import clock
from core.workdays import WorkCalendar

from .measures import ENDINGS, FINDINGS, RATINGS, STEPS

Part = DayCount.Part
_PARTS = ("category", "channel", "respondent_agency", "agency")


@dataclass(frozen=True, order=True)
class Cell:
    """One day of one part of the whole; `key` says which category, channel or agency."""

    day: date
    part: str
    key: str


Cells = dict[Cell, Counter[str]]


@dataclass(frozen=True)
class Days:
    """Days from the first to the last, and what counting them needs to know."""

    first: date
    last: date
    today: date
    calendar: WorkCalendar


def counted(days: Days, cases: CaseQuerySet | None = None) -> Cells:
    """Count what happened on these days, to all cases or to these alone."""
    cells: Cells = defaultdict(Counter)
    rows = Case.objects.all() if cases is None else cases
    for day, parts, measure, number in _moments(days, rows):
        _add(cells, day, parts, measure, number)
    for day, parts, measure, number in _limits(days, cases):
        _add(cells, day, parts, measure, number)
    _add_replies(cells, days, rows)
    return dict(cells)


def _add(cells: Cells, day: date, parts: Iterable[Any], measure: str, number: int) -> None:
    category, channel, about, with_ = ("" if one is None else str(one) for one in parts)
    keys = {Part.WHOLE: "", Part.CATEGORY: category, Part.CHANNEL: channel, Part.ABOUT: about}
    for part, key in (keys | ({Part.WITH: with_} if with_ else {})).items():
        cells[Cell(day, part, key)][measure] += number


def _moments(days: Days, cases: CaseQuerySet) -> Iterator[tuple[date, tuple[Any, ...], str, int]]:
    """What happened at a moment that stands in the case."""
    for measure in ("received", "accepted"):
        for day, *parts, number in _by_day(cases, f"{measure}_at", days):
            yield day, tuple(parts), measure, number
    for day, *parts, status, number in _by_day(cases.with_ending(), "closed_at", days, "ending"):
        yield day, tuple(parts), ENDINGS[status], number


def _by_day(cases: CaseQuerySet, column: str, days: Days, *more: str) -> Iterable[tuple[Any, ...]]:
    rows = cases.dated(column, days.first, days.last).annotate(day=TruncDate(column, tzinfo=clock.SHANGHAI))
    return rows.values_list("day", *_PARTS, *more).annotate(n=Count("pk")).order_by().iterator()


def _add_replies(cells: Cells, days: Days, cases: CaseQuerySet) -> None:
    """Replies with what was found, how they were rated and how many working days they took."""
    received = TruncDate("received_at", tzinfo=clock.SHANGHAI)
    rows = _by_day(cases.annotate(received=received), "replied_at", days, "finding", "satisfaction", "received")
    for day, *parts, finding, satisfaction, received_on, number in rows:
        wait = days.calendar.count(received_on, day)
        for measure in ("replied", FINDINGS[finding], RATINGS[satisfaction]):
            _add(cells, day, parts, measure, number)
        _add(cells, day, parts, "reply_days", number * wait)
        cells[Cell(day, Part.WAIT, str(wait))]["replied"] += number


def _limits(days: Days, cases: CaseQuerySet | None) -> Iterator[tuple[date, tuple[Any, ...], str, int]]:
    """Limits of the steps that were kept, on the day of that, and those that ran out, on their last day."""
    rows = Deadline.objects.filter(step__in=STEPS)
    if cases is not None:
        rows = rows.filter(case__in=cases)
    kept = rows.kept(days.first, days.last).annotate(day=TruncDate("closed_at", tzinfo=clock.SHANGHAI))
    missed = rows.missed(days.first, days.last, days.today).annotate(day=F("due_on"))
    for way, found in (("kept", kept), ("missed", missed)):
        for day, step, *parts, number in _of_steps(found):
            yield day, tuple(parts), f"{step}_{way}", number


def _of_steps(limits: DeadlineQuerySet) -> Iterable[tuple[Any, ...]]:
    columns = [f"case__{part}" for part in _PARTS]
    return limits.values_list("day", "step", *columns).annotate(n=Count("pk")).order_by().iterator()
