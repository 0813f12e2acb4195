"""The views of the work list: what each holds, and in which order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.deadlines import days_of
from cases.desk.orders import Order
from cases.querysets import NEVER, AssignmentQuerySet
from cases.workflow import Status
from core import calendars
from core.deadlines import State

BY_LIMIT = Order(Coalesce("case__due_at", Value(NEVER)), descending=False, words=_("In order of due date"))
# The id alone decides, so that the walk is one of the primary key however much went out.
NEWEST = Order(Value(datetime(1970, 1, 1, tzinfo=UTC)), descending=True, words=_("Newest first"))
_AT_OFFICE = Q(ended_at=None, is_lead=True, case__status__in=[Status.RETURNED, Status.REPORTED])
_UNSIGNED = Q(is_lead=True, case__status=Status.DISPATCHED) | Q(is_lead=False, received_at=None)


@dataclass(frozen=True)
class Look:
    """One view: its name in the address, its title, the colour and shape of its number, its order, and what it holds."""

    code: str
    title: str | Promise
    state: str
    symbol: str
    order: Order
    holds: Callable[[AssignmentQuerySet, date], AssignmentQuerySet]

    @property
    def empty(self) -> str | Promise:
        """What an empty list says."""
        return _EMPTY.get(self.code, _("Nothing here."))


def _late(rows: AssignmentQuerySet, today: date) -> AssignmentQuerySet:
    return rows.to_do().filter(case__paused_on=None, case__due_on__lt=today)


def _soon(rows: AssignmentQuerySet, today: date) -> AssignmentQuerySet:
    last = days_of(State.NEAR, today, calendars.work_calendar()).last
    return rows.to_do().filter(case__paused_on=None, case__due_on__gte=today, case__due_on__lte=last)


LOOKS = (
    Look("sign", _("To be signed for"), "quiet", "st-1", BY_LIMIT, lambda rows, today: rows.to_do().filter(_UNSIGNED)),
    Look("late", _("Overdue"), "late", "", BY_LIMIT, _late),
    Look("soon", _("Due today or soon"), "near", "", BY_LIMIT, _soon),
    Look("todo", _("To do"), "quiet", "st-2", BY_LIMIT, lambda rows, today: rows.to_do()),
    Look("waiting", _("Waits for the office"), "quiet", "st-3", BY_LIMIT, lambda rows, today: rows.filter(_AT_OFFICE)),
    Look("helping", _("Helping others"), "quiet", "users", BY_LIMIT, lambda rows, today: rows.current().filter(is_lead=False)),
    Look(
        "done",
        pgettext_lazy("assignments", "Done"),
        "quiet",
        "st-4",
        NEWEST,
        lambda rows, today: rows.others().exclude(_AT_OFFICE),
    ),
)
ALL = Look("all", pgettext_lazy("assignments", "All"), "quiet", "", NEWEST, lambda rows, today: rows)
_EMPTY: dict[str, str | Promise] = {
    "sign": _("Nothing is to be signed for."),
    "late": _("Nothing is overdue."),
    "soon": _("Nothing is due within five working days."),
    "todo": _("Nothing waits for your agency."),
    "waiting": _("Nothing waits for the office."),
    "helping": _("No other agency has asked for your opinion."),
    "done": _("Nothing is done yet."),
}


def look_of(code: str) -> Look | None:
    """Return the view of this name; None when there is none."""
    return next((one for one in (*LOOKS, ALL) if one.code == code), None)
