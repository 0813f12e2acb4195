"""Loads the office's calendar and the deadline policies from their tables, for the pure rules to use."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.cache import cache

from .deadlines import Limit, Pause, Rule, Unit, compute
from .models import CalendarDay, CalendarYear, DeadlinePolicy
from .workdays import WorkCalendar

ORDINARY = "ordinary"  # the class of a case unless an officer chooses another
_CACHE_KEY = "work-calendar"
_CACHE_SECONDS = 60
_PUBLISHED_IN = 11  # the State Council publishes the next year in early November


class PolicyMissing(LookupError):
    """No deadline policy covers a step on a day; an administrator must enter one. Pages say so (`core.middleware`)."""

    def __init__(self, step: str, on: date, case_class: str) -> None:
        """Name what is missing."""
        super().__init__(f"No deadline policy for step {step} of class {case_class} on {on}.")
        self.step, self.on = step, on


def work_calendar() -> WorkCalendar:
    """Return the calendar; kept in the cache for a minute and forgotten when the office edits it (`forget`)."""
    calendar: WorkCalendar | None = cache.get(_CACHE_KEY)
    if calendar is None:
        calendar = WorkCalendar(
            overrides=dict(CalendarDay.objects.values_list("day", "is_workday")),
            entered_years=frozenset(CalendarYear.objects.values_list("year", flat=True)),
        )
        cache.set(_CACHE_KEY, calendar, _CACHE_SECONDS)
    return calendar


def missing_year(today: date) -> int | None:
    """Return the coming year when nobody has entered its calendar although it should be published: from 1 November on."""
    coming = today.year + 1
    return coming if today.month >= _PUBLISHED_IN and not work_calendar().is_published(coming) else None


def forget() -> None:
    """Drop the cached calendar after an edit."""
    cache.delete(_CACHE_KEY)


def policy_for(step: str, on: date, case_class: str = ORDINARY) -> DeadlinePolicy:
    """Return the policy in force on a day for a step of a case class, or the ordinary one. Raises PolicyMissing."""
    rows = DeadlinePolicy.objects.filter(step=step, case_class__in=[case_class, ORDINARY], valid_from__lte=on)
    found = sorted(rows, key=lambda row: (row.case_class != ORDINARY, row.valid_from))
    if not found:
        raise PolicyMissing(step, on, case_class)
    return found[-1]


def policies_by_class(step: str, on: date) -> dict[str, DeadlinePolicy]:
    """Return the policy in force on a day of each class that has one of its own for a step, the ordinary one first."""
    return by_class(policies_of(step), step, on)


def policies_of(*steps: str) -> list[DeadlinePolicy]:
    """Return every policy of some steps, the oldest first; one query, for who asks about several days."""
    return list(DeadlinePolicy.objects.filter(step__in=steps).order_by("valid_from"))


def by_class(policies: Iterable[DeadlinePolicy], step: str, on: date) -> dict[str, DeadlinePolicy]:
    """Choose of some policies, the oldest first, what `policies_by_class` returns for a step and a day."""
    found = {row.case_class: row for row in policies if row.step == step and row.valid_from <= on}
    return dict(sorted(found.items(), key=lambda item: (item[0] != ORDINARY, item[1].length, item[0])))


def limit_for(policy: DeadlinePolicy, start: date, *, extended_by: int = 0, pauses: Sequence[Pause] = ()) -> Limit:
    """Compute the limit that a policy gives to a step which starts on this day; see `core.deadlines.compute`."""
    rule = Rule(length=policy.length, unit=Unit(policy.unit), rolls=policy.rolls, basis=policy.basis)
    return compute(start, rule, work_calendar(), extended_by=extended_by, pauses=pauses)
