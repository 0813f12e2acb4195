"""Notes inside the office and what a case has cost: both are written once, and corrected by a further entry alone."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import OFFICE
from cases import permissions
from cases.inquiry import telling
from cases.models import Case, Cost, Note
from cases.workflow import Refused
from core import clock, events

from .moving import ask, lock
from .naming import check_unnamed


class NotSeenByColleague(Refused):
    """Somebody who does not see the case cannot be spoken to about it."""

    field = "mentioned"


class CostRefused(Refused):
    """An entry that cannot be right."""

    field = "amount"


@transaction.atomic
def write_note(case: Case, *, by: User, text: str, mentioned: User | None = None, at: datetime) -> Note:
    """Write a note inside the office; a colleague who is mentioned is told. Raises NamesFiler, NotSeenByColleague."""
    case = lock(case, by=by)
    ask(permissions.can_note(by, case))
    check_unnamed(case, text=text)
    if mentioned and not sees(mentioned, case):
        raise NotSeenByColleague(_("%(name)s may not deal with it.") % {"name": mentioned.full_name})
    note = Note.objects.create(case=case, text=text, mentioned=mentioned, written_at=at, written_by=by)
    events.record("case.noted", subject=case.subject, actor=events.user_id(by), at=at, facts={"note": note.pk})
    telling.mentioned(case, note, at=at)
    return note


@transaction.atomic
def enter_cost(
    case: Case, *, by: User, kind: str, amount: int, spent_on: date, spent_by: User, reason: str = "", at: datetime
) -> Cost:
    """Enter minutes of work or fen of money. Raises CostRefused, NamesFiler."""
    case = lock(case, by=by)
    ask(permissions.can_note(by, case) and spent_by.has_role(*OFFICE))
    check_unnamed(case, reason=reason)
    if amount <= 0:
        raise CostRefused(_("Write more than nothing. What was entered too high is corrected beside its entry."))
    if spent_on > clock.day_of(at):
        raise CostRefused(_("The day must not be in the future."))
    return _enter(case, Cost(kind=kind, spent_on=spent_on, spent_by=spent_by, reason=reason), amount, by=by, at=at)


@transaction.atomic
def correct_cost(cost: Cost, *, by: User, amount: int, reason: str, at: datetime) -> Cost:
    """Take back a part of an entry, or all of it, with a reason; never more than is left of it. Raises CostRefused."""
    case = lock(cost.case, by=by)
    ask(permissions.can_note(by, case) and cost.corrects_id is None)
    check_unnamed(case, reason=reason)
    left = left_of(cost)
    if not 0 < amount <= left:
        raise CostRefused(_("At most what is left of the entry can be taken back."))
    row = Cost(kind=cost.kind, spent_on=cost.spent_on, spent_by=cost.spent_by, reason=reason, corrects=cost)
    return _enter(case, row, -amount, by=by, at=at)


def left_of(cost: Cost) -> int:
    """Return what is left of an entry after its corrections, in minutes or in fen."""
    return sum(row.minutes + row.fen for row in (cost, *cost.corrections.all()))


def sees(user: User, case: Case) -> bool:
    """Tell whether somebody of the office sees the case, so that he may have a part in it."""
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def _enter(case: Case, row: Cost, amount: int, *, by: User, at: datetime) -> Cost:
    row.case, row.entered_at, row.entered_by = case, at, by
    row.minutes, row.fen = (amount, 0) if row.kind == Cost.Kind.WORK else (0, amount)
    row.save(force_insert=True)
    facts: dict[str, events.Fact] = {"cost": row.pk, "cost_kind": row.kind, "amount": amount}
    what = "case.cost_corrected" if row.corrects_id else "case.cost_entered"
    events.record(what, subject=case.subject, actor=events.user_id(by), at=at, facts=facts)
    return row
