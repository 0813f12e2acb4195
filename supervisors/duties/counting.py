"""How much each supervisor did in a period. Rooms that know of more things register how they are counted."""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta

from django.db.models import Count

from core import clock
from supervisors.models import DutyLog, Inspection, InspectionMember, Quota, Supervisor, Term, Tip
from supervisors.querysets import covers

from .periods import Standing, behind, span_of, standing

# Takes ids of supervisors and the first and last day; returns how many each has, by id. Who has none may be left out.
Counter = Callable[[Collection[int], date, date], dict[int, int]]
_counters: dict[str, Counter] = {}


def register(what: str, counter: Counter) -> None:
    """Say how one thing is counted (`Quota.What`)."""
    _counters[what] = counter


def countable() -> list[str]:
    """Return what can be counted, in the order of the quotas' choices. For the rest no quota can be set."""
    return [what for what in Quota.What.values if what in _counters]


def duty_days(ids: Collection[int], first: date, last: date) -> dict[int, int]:
    """Count the days with a duty that nobody refused; two duties on one day are one day."""
    rows = DutyLog.objects.filter(supervisor__in=ids, day__gte=first, day__lte=last).exclude(state=DutyLog.State.REFUSED)
    return dict(rows.values_list("supervisor").annotate(n=Count("day", distinct=True)).order_by("supervisor"))


def tips(ids: Collection[int], first: date, last: date) -> dict[int, int]:
    """Count the tips that were given; whether they held is for the appraisal."""
    rows = Tip.objects.filter(supervisor__in=ids, given_at__gte=clock.midnight(first), given_at__lt=_after(last))
    return dict(rows.values_list("supervisor").annotate(n=Count("pk")).order_by("supervisor"))


def inspections(ids: Collection[int], first: date, last: date) -> dict[int, int]:
    """Count the inspections that were closed, for everybody who was on them."""
    rows = InspectionMember.objects.filter(user__supervisor__in=ids, inspection__state=Inspection.State.DONE)
    rows = rows.filter(inspection__ended_at__gte=clock.midnight(first), inspection__ended_at__lt=_after(last))
    return dict(rows.values_list("user__supervisor").annotate(n=Count("pk")).order_by("user__supervisor"))


def _after(day: date) -> datetime:
    return clock.midnight(day + timedelta(days=1))


def quotas_on(kind: str, on: date) -> list[Quota]:
    """Return the quota of each thing that holds on a day, if it asks for something."""
    rows = Quota.objects.filter(kind=kind, valid_from__lte=on, what__in=countable()).order_by("what", "valid_from")
    newest = {row.what: row for row in rows}
    return [newest[what] for what in countable() if what in newest and newest[what].amount]


def begun(kind: str, on: date) -> dict[int, date]:
    """Return since when each supervisor of a kind who serves on a day does so in the term that runs."""
    serving = Supervisor.objects.serving(on).filter(kind=kind)
    return dict(Term.objects.filter(covers(on), supervisor__in=serving).values_list("supervisor", "since"))


def behind_on(quota: Quota, on: date) -> dict[int, Standing]:
    """Return who is behind a quota on a day, those with the least first."""
    span, people = span_of(quota.period, on), begun(quota.kind, on)
    return behind(people, _counters[quota.what](list(people), span.first, on), quota.amount, span, on)


def standings_of(supervisor: Supervisor, on: date) -> list[tuple[Quota, Standing]]:
    """Return how one supervisor stands with each quota on a day."""
    return [(quota, standings_for(quota, [supervisor.pk], on)[supervisor.pk]) for quota in quotas_on(supervisor.kind, on)]


def standings_for(quota: Quota, ids: Collection[int], on: date) -> dict[int, Standing]:
    """Return how these supervisors stand with a quota on a day."""
    span = span_of(quota.period, on)
    since = dict(Term.objects.filter(covers(on), supervisor__in=ids).values_list("supervisor", "since"))
    counts = _counters[quota.what](ids, span.first, on)
    return {pk: standing(quota.amount, counts.get(pk, 0), span, on, serves_from=since.get(pk)) for pk in ids}


register(Quota.What.TIPS, tips)
register(Quota.What.INSPECTIONS, inspections)
register(Quota.What.DUTY_DAYS, duty_days)
