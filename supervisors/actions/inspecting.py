"""Inspections are planned with at least two people who may go there, called off, or closed; checklists get new versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency
from core import clock, events
from supervisors import recusal
from supervisors.inspecting import permissions, telling
from supervisors.models import Checklist, ChecklistPoint, Inspection, InspectionMember, Supervisor, Theme
from supervisors.refusals import Refused

from .lodging import lodge_waiting

FEWEST = 2


class TooFew(Refused):
    """One person alone inspects nothing."""

    field = "members"


class MustStayAway(Refused):
    """Somebody on the list is tied to an agency that is to be inspected."""

    field = "members"


class NotServing(Refused):
    """Somebody on the list is no supervisor on those days, nor of the office."""

    field = "members"


class NotThatDay(Refused):
    """An inspection is planned for today or later."""

    field = "first_on"


class NotPlanned(Refused):
    """It is over, or was called off, or is not the person's to decide on."""


@dataclass(frozen=True)
class Plan:
    """What an inspection is to be."""

    manner: str
    theme: Theme
    agencies: Sequence[Agency]
    members: Sequence[User]
    first_on: date
    last_on: date
    place: str = ""
    note: str = ""


@transaction.atomic
def plan_inspection(plan: Plan, *, by: User, at: datetime) -> Inspection:
    """Plan an inspection and tell those who go along. Raises TooFew, MustStayAway, NotServing, NotThatDay, NotPlanned."""
    if not permissions.can_plan(by, plan.manner):
        raise NotPlanned(_("A covert visit is ordered by an office leader."))
    if plan.first_on < clock.day_of(at):
        raise NotThatDay(_("Choose today or a later day."))
    _check_people(plan, by)
    row = Inspection.objects.create(
        manner=plan.manner,
        checklist=plan.theme.checklists.order_by("-version")[0],
        place=plan.place,
        note=plan.note,
        first_on=plan.first_on,
        last_on=plan.last_on,
        ordered_at=at,
        ordered_by=by,
    )
    row.agencies.set(plan.agencies)
    InspectionMember.objects.bulk_create([InspectionMember(inspection=row, user=user) for user in plan.members])
    # Neither manner nor agencies: whoever reads the log must not learn where a covert visit goes.
    events.record("inspection.planned", subject=row.subject, actor=events.user_id(by), at=at)
    telling.planned(row, plan.members, but=by, at=at)
    return row


@transaction.atomic
def call_off(inspection: Inspection, *, by: User, reason: str, at: datetime) -> Inspection:
    """Call a planned inspection off with a reason. Raises NotPlanned."""
    row = _lock(inspection, by)
    if row.records.exists():
        raise NotPlanned(_("Something was recorded already. Close the inspection instead."))
    _end(row, Inspection.State.CANCELLED, by=by, at=at, reason=reason)
    telling.called_off(row, [member.user for member in row.members.select_related("user")], but=by, at=at)
    return row


@transaction.atomic
def close_inspection(inspection: Inspection, *, by: User, at: datetime) -> Inspection:
    """Close an inspection; what was recorded for the desk on a covert visit goes there now. Raises NotPlanned."""
    row = _lock(inspection, by)
    if not row.records.exists():
        raise NotPlanned(_("Nothing was recorded. That no problem was found is a record too; or call it off."))
    _end(row, Inspection.State.DONE, by=by, at=at)
    lodge_waiting(row, at=at)
    return row


@transaction.atomic
def write_checklist(theme: Theme, *, points: Sequence[tuple[str, str]], by: User, at: datetime) -> Checklist:
    """Give a theme a new version of its checklist: (what may be seen, the behaviour that it is). Inspections keep theirs."""
    if not permissions.can_write_checklist(by):
        raise NotPlanned(_("Only the office changes checklists."))
    Theme.objects.select_for_update().get(pk=theme.pk)
    last = theme.checklists.aggregate(last=Max("version"))["last"] or 0
    row = Checklist.objects.create(theme=theme, version=last + 1, written_at=at, written_by=by)
    ChecklistPoint.objects.bulk_create(
        ChecklistPoint(checklist=row, position=place, text=text, behaviour=behaviour)
        for place, (text, behaviour) in enumerate(points, 1)
    )
    facts: dict[str, events.Fact] = {"version": row.version}
    events.record("checklist.written", subject=f"theme:{theme.pk}", actor=events.user_id(by), at=at, facts=facts)
    return row


def _check_people(plan: Plan, by: User) -> None:
    if len({user.pk for user in plan.members}) < FEWEST:
        raise TooFew(_("Choose at least two people."))
    for user in plan.members:
        if not _serves(user, plan):
            raise NotServing(_("%(name)s does not serve on all of these days.") % {"name": user.full_name})
    for user in [*plan.members, by]:
        for agency in plan.agencies:
            if not recusal.may_go(user, agency):
                words = _("%(name)s must stay away from %(agency)s.")
                raise MustStayAway(words % {"name": user.full_name, "agency": agency})


def _serves(user: User, plan: Plan) -> bool:
    """People of the office, and supervisors whose term covers the first day and the last."""
    if not permissions.can_see_inspections(user):
        return False
    roster = Supervisor.objects.filter(user=user)
    of_office = permissions.can_write_checklist(user)
    return of_office or (roster.serving(plan.first_on).exists() and roster.serving(plan.last_on).exists())


def _lock(inspection: Inspection, by: User) -> Inspection:
    row = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    if not permissions.can_end(by, row):
        raise NotPlanned(_("This inspection is over: %(state)s.") % {"state": row.get_state_display()})
    return row


def _end(row: Inspection, state: str, *, by: User, at: datetime, reason: str = "") -> None:
    row.state, row.cancel_reason, row.ended_at, row.ended_by = state, reason, at, by
    row.save(update_fields=["state", "cancel_reason", "ended_at", "ended_by"])
    events.record(f"inspection.{state}", subject=row.subject, actor=events.user_id(by), at=at)
