"""Stops the clock of a case for a ground that the law knows, and lets it run on."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import notifications, permissions
from cases.models import Case, Suspension
from cases.redaction import identity_in
from cases.workflow import Refused
from core import clock, events
from core.templatetags.portal import day_week

from . import limits
from .moving import ask, lock


class NotFromThatDay(Refused):
    """The clock cannot stand still from that day."""

    field = "from_on"


class NotUntilThatDay(Refused):
    """The clock cannot run on from that day."""

    field = "until_on"


class WordsNameSomebody(Refused):
    """The complainants of the case and the agency read the words; they must not tell who complained."""

    field = "words"


class NotSuspended(Refused):
    """The clock of the case runs."""


@transaction.atomic
def suspend(
    case: Case, *, by: User, version: int | None, ground: str, basis: str, words: str, from_on: date, at: datetime
) -> Suspension:
    """Stop the clock of the limits that run on a day (`from_on`, the first that does not count) until somebody ends it.

    Raises NotFromThatDay, WordsNameSomebody.
    """
    case = lock(case, version, by=by)
    ask(permissions.can_suspend(by, case))
    _check_first_day(case, from_on, today=clock.day_of(at))
    if kinds := identity_in(words, case, ()):
        raise WordsNameSomebody(
            _("The words hold %(kinds)s. Everyone who complained reads them, so they must name nobody.")
            % {"kinds": _(", ").join(kinds)}
        )
    row = Suspension.objects.create(
        case=case, ground=ground, basis=basis, words=words, from_on=from_on, started_at=at, started_by=by
    )
    _move_limits(case, at=at)
    facts: dict[str, events.Fact] = {"suspension": row.pk, "ground": ground, "from_on": from_on.isoformat()}
    events.record("case.suspended", subject=case.subject, actor=events.user_id(by), at=at, facts=facts)
    notifications.suspended(case, row, by=by, at=at)
    return row


@transaction.atomic
def resume(case: Case, *, by: User, version: int | None, until_on: date, at: datetime) -> Suspension:
    """Let the clock run on from a day, the first that counts again; every limit moves by the days that did not count.

    Raises NotSuspended, NotUntilThatDay.
    """
    case = lock(case, version, by=by)
    ask(permissions.can_suspend(by, case))
    row = case.suspensions.filter(until_on__isnull=True).first()
    if row is None:
        raise NotSuspended(_("The clock of this case runs already."))
    if not row.from_on <= until_on <= clock.day_of(at):
        raise NotUntilThatDay(
            _("Choose a day from %(first)s to today.") % {"first": day_week(row.from_on)},
        )
    row.until_on, row.ended_at, row.ended_by = until_on, at, by
    row.save(update_fields=["until_on", "ended_at", "ended_by"])
    facts: dict[str, events.Fact] = {"suspension": row.pk, "until_on": until_on.isoformat()}
    events.record("case.resumed", subject=case.subject, actor=events.user_id(by), at=at, facts=facts)
    _move_limits(case, at=at)
    notifications.resumed(case, row, by=by, at=at)
    return row


def _check_first_day(case: Case, from_on: date, *, today: date) -> None:
    """Refuse a day on which no limit of the case ran, one to come, and one on which the clock stood still already."""
    if from_on > today:
        raise NotFromThatDay(_("The day must not be in the future."))
    starts = [start for start, due in case.deadlines.open().values_list("started_on", "due_on") if from_on <= due]
    if not starts:
        raise NotFromThatDay(_("No limit of this case ran on that day; one that has run out cannot be stopped."))
    if from_on < min(starts):
        raise NotFromThatDay(_("The step began on %(day)s; the clock cannot stop before that.") % {"day": day_week(min(starts))})
    others = case.suspensions.filter(until_on__isnull=True) | case.suspensions.filter(until_on__gt=from_on)
    if other := others.order_by("from_on").first():
        if other.until_on is None:
            raise NotFromThatDay(_("The clock stands still already, since %(day)s.") % {"day": day_week(other.from_on)})
        words = _("The clock stood still from %(first)s on; it runs again since %(until)s. Choose that day or a later one.")
        raise NotFromThatDay(words % {"first": day_week(other.from_on), "until": day_week(other.until_on)})


def _move_limits(case: Case, *, at: datetime) -> None:
    """Count every open limit again and note each that moved, with both days."""
    for deadline in case.deadlines.open().select_related("policy").order_by("pk"):
        deadline.case = case
        old = limits.count_again(deadline, at=at)
        if old != deadline.due_on:
            facts: dict[str, events.Fact] = {"step": deadline.step, "old": old.isoformat(), "due_on": deadline.due_on.isoformat()}
            events.record("deadline.moved", subject=case.subject, actor=events.SYSTEM, at=at, facts=facts)
    limits.keep_due(case)
