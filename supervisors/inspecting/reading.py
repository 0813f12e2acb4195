"""What the pages of inspections show."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.roles import OFFICE, Role
from agencies.models import Agency
from complaints import ports
from core.models import StoredFile
from supervisors.models import FieldRecord, Inspection, Supervisor, Theme

from . import permissions

MOST = 200
_SOON = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """A record on a page: `case` says in a word where the matter stands that it became."""

    record: FieldRecord
    case: str
    number: str
    may_make_case: bool
    may_make_tip: bool


@dataclass(frozen=True)
class InspectionPage:
    """One inspection with what was recorded."""

    inspection: Inspection
    lines: list[Line]
    may_record: bool
    may_end: bool
    is_hidden: bool
    again: int | None  # an agency where something is still to be put right, for who may plan another look


def inspection_list(user: User) -> list[Inspection]:
    """Return the newest inspections that the person sees."""
    return list(Inspection.objects.visible_to(user).for_list()[:MOST])


def inspection_page(inspection: Inspection, user: User) -> InspectionPage:
    """Return one inspection."""
    rows = list(FieldRecord.objects.visible_to(user).filter(inspection=inspection).for_list())
    covert = inspection.manner == Inspection.Manner.COVERT
    may_plan = permissions.can_plan(user, Inspection.Manner.OPEN)
    return InspectionPage(
        inspection,
        _lines(rows, user),
        permissions.can_record(user, inspection),
        permissions.can_end(user, inspection),
        covert and inspection.state != Inspection.State.DONE,
        next((row.agency_id for row in rows if may_plan and row.state == FieldRecord.State.OPEN and not row.complaint_id), None),
    )


def own_plans(user: User, today: date) -> list[tuple[Inspection, bool]]:
    """Return the inspections of the next days that somebody is on, and of each whether it has begun."""
    plans = Inspection.objects.of(user).for_list().filter(first_on__lte=today + _SOON)
    return [(plan, plan.first_on <= today) for plan in plans.order_by("first_on", "pk")]


def own_work(user: User, today: date) -> dict[str, Any]:
    """Return what somebody has to do in the field, and what became of what he or she recorded."""
    later = Inspection.objects.of(user).for_list().filter(first_on__gt=today + _SOON)
    records = FieldRecord.objects.filter(recorded_by=user).for_list()[:30]
    return {
        "plans": own_plans(user, today),
        "later": list(later.order_by("first_on", "pk")),
        "lines": _lines(list(records), user),
    }


def plan_paths(user: User, today: date) -> str:
    """Return the addresses of the forms that the phone keeps at hand, those of the next days."""
    plans = Inspection.objects.of(user).filter(first_on__lte=today + _SOON).order_by("first_on", "pk")
    return " ".join(reverse("supervisors:field_record", args=[pk]) for pk in plans.values_list("pk", flat=True))


def kept_before(inspection: Inspection, user: User, key: str) -> FieldRecord | None:
    """Return the record that somebody's phone has sent already under this key."""
    try:
        known = UUID(key)
    except ValueError:
        return None
    return FieldRecord.objects.filter(key=known, inspection=inspection, recorded_by=user).first()


def earlier_records(inspection: Inspection, user: User) -> QuerySet[FieldRecord]:
    """Return what is still to be put right at the plan's agencies, of this inspection and those done."""
    known = FieldRecord.objects.unresolved().filter(agency__in=inspection.agencies.all())
    done = known.filter(inspection__state=Inspection.State.DONE) | known.filter(inspection=inspection)
    return done.select_related("agency").order_by("-seen_at")


def picture_of(user: User, pk: int, file: UUID) -> StoredFile | None:
    """Return a picture of a record that the person sees."""
    record = FieldRecord.objects.visible_to(user).filter(pk=pk).first()
    found = record.pictures.select_related("file").filter(file=file).first() if record else None
    return found.file if found else None


def choices_for_plan(user: User, today: date) -> dict[str, Any]:
    """Return what somebody may plan: manners, agencies of which he holds no post, people who can go, themes."""
    manners = [manner for manner in Inspection.Manner.values if permissions.can_plan(user, manner)]
    serving = Supervisor.objects.serving(today).values("user")
    office = User.objects.filter(is_active=True, roles__overlap=list(OFFICE))
    people = office | User.objects.filter(is_active=True, roles__overlap=[Role.SUPERVISOR], pk__in=serving)
    return {
        "manners": manners,
        "agencies": Agency.objects.open().filter(depth=0).order_by("sort", "pk"),
        "people": people.order_by("full_name", "pk"),
        "themes": Theme.objects.filter(is_active=True, checklists__isnull=False).distinct().order_by("pk"),
    }


def checklists() -> list[tuple[Theme, Any]]:
    """Return the themes, each with the newest version of its checklist."""
    themes = Theme.objects.filter(is_active=True).prefetch_related("checklists__points").order_by("pk")
    return [(theme, max(theme.checklists.all(), key=lambda one: one.version, default=None)) for theme in themes]


def _lines(rows: list[FieldRecord], user: User) -> list[Line]:
    """Put the standing of the cases beside their records, in a fixed number of queries."""
    standings = ports.standings([row.complaint for row in rows if row.complaint])
    return [_line(row, standings, user) for row in rows]


def _line(row: FieldRecord, standings: Any, user: User) -> Line:
    standing = standings.get(row.complaint_id) if row.complaint_id else None
    number = row.complaint.number if row.complaint and user.has_role(*OFFICE) else ""
    return Line(
        row,
        standing.headline if standing else "",
        number,
        permissions.can_make_case(user, row),
        permissions.can_make_tip(user, row),
    )
