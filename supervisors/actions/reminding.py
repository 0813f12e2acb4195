"""Reminds of terms that end and of quotas that are not met, once a rung or period, on the morning of a working day."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from core import calendars, clock, reminders
from supervisors import notifications
from supervisors.duties import counting
from supervisors.duties.periods import span_of
from supervisors.models import Supervisor, Term

RUNGS = (7, 30, 60)  # days before the last one
_LAST_DAYS = 7  # of a period, in which who is behind is told


def remind_terms(*, at: datetime) -> int:
    """Remind the leaders and the person of each term that ends within 60, 30 or 7 days; returns how many terms.

    Only the newest rung is sent, and each once; each term in a transaction of its own, so that a faulty one takes back no other.
    """
    if not reminders.may_go_out(at, calendars.work_calendar()):
        return 0
    today = clock.day_of(at)
    ending = Term.objects.ending(today, today + timedelta(days=max(RUNGS))).order_by("pk")
    rungs = [(pk, _rung(until, today), sent) for pk, until, sent in ending.values_list("pk", "until", "reminded_days")]
    return sum(_remind_term(pk, rung, at=at) for pk, rung, sent in rungs if sent is None or rung < sent)


def _rung(until: date, today: date) -> int:
    return next(rung for rung in RUNGS if (until - today).days <= rung)


@transaction.atomic
def _remind_term(pk: int, rung: int, *, at: datetime) -> bool:
    """Lock the term, pass over what another worker holds or has sent, and send."""
    rows = Term.objects.select_related("supervisor__user").select_for_update(skip_locked=True, of=("self",))
    term = rows.filter(Q(reminded_days__isnull=True) | Q(reminded_days__gt=rung), pk=pk, ended_on__isnull=True).first()
    if term is None:
        return False
    notifications.term_ends(term, rung, at=at)
    term.reminded_days = rung
    term.save(update_fields=["reminded_days"])
    return True


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
