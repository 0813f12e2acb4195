"""Reminds of terms that end and of quotas that are not met, once a rung or period, on the morning of a working day."""

from datetime import datetime, timedelta

from django.db import transaction

from core import calendars, clock, reminders
from supervisors import notifications
from supervisors.duties import counting
from supervisors.duties.periods import span_of
from supervisors.models import Supervisor, Term

RUNGS = (7, 30, 60)  # days before the last one
_LAST_DAYS = 7  # of a period, in which who is behind is told


@transaction.atomic
def remind_terms(*, at: datetime) -> int:
    """Remind the leaders and the person of each term that ends within 60, 30 or 7 days; returns how many terms.

    Only the newest rung is sent, and each once: coming again changes nothing.
    """
    if not reminders.may_go_out(at, calendars.work_calendar()):
        return 0
    today = clock.day_of(at)
    terms = list(Term.objects.ending(today, today + timedelta(days=max(RUNGS))).select_related("supervisor__user").order_by("pk"))
    for term in terms:
        left = (term.until - today).days
        notifications.term_ends(term, next(rung for rung in RUNGS if left <= rung), at=at)
    return len(terms)


@transaction.atomic
def remind_quotas(*, at: datetime) -> int:
    """In the last days of a period, tell each supervisor who is behind what is missing; returns how many were told."""
    if not reminders.may_go_out(at, calendars.work_calendar()):
        return 0
    today, told = clock.day_of(at), 0
    for kind in Supervisor.Kind.values:
        for quota in counting.quotas_on(kind, today):
            span = span_of(quota.period, today)
            if (span.last - today).days >= _LAST_DAYS:
                continue
            late = counting.behind_on(quota, today)
            people = Supervisor.objects.select_related("user").in_bulk(list(late))
            for pk, standing in late.items():
                notifications.behind_quota(people[pk], quota.what, span.key, standing.missing, at=at)
                told += 1
    return told
