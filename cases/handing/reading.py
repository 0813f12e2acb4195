"""What the pages show on which posts and officers' work change hands: what is open, and the list as it was handed over."""

from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import OFFICE
from agencies.models import Post
from cases import permissions
from cases.assignments import Part, Row, rows_of
from cases.models import Assignment, Case, Handover, HandoverLine
from cases.wording import DISCS, Standing, standing
from cases.workflow import OPEN, Status
from complaints.labels import agency_name
from core import calendars, clock

from .rules import open_with


@dataclass(frozen=True)
class Line:
    """One open matter of a list, with where the reader opens it."""

    number: str
    heading: str
    agency: str  # a section's name; empty for the agency's own
    state: str
    disc: int | str
    line: HandoverLine
    is_late: bool  # on the day of the handover
    url: str


@dataclass(frozen=True)
class HandoverPage:
    """The list of a handover."""

    handover: Handover
    title: str
    lines: list[Line]
    hidden: int  # matters that the reader may not see
    unread: int
    may_confirm: bool
    back: str


@dataclass(frozen=True)
class PostPage:
    """What would go with a post."""

    post: Post
    rows: list[Row]
    starts_today: bool


@dataclass(frozen=True)
class Person:
    """Somebody of the office with the work in hand."""

    user: User
    open: int
    late: int
    due: Standing | None


@dataclass(frozen=True)
class PersonPage:
    """What would go with somebody's work."""

    person: User
    cases: list[tuple[Case, str, int | str, Standing | None]]
    hidden: int
    handovers: list[Handover]


def handover_page(handover: Handover, user: User) -> HandoverPage:
    """Read a list as it was handed over; `handover` must come from `for_list()`."""
    rows = handover.lines.select_related("case", "assignment__agency").order_by("pk")
    of_office = user.has_role(*OFFICE)
    cases, own = Case.objects.visible_to(user), Assignment.objects.visible_to(user)
    lines = list(rows.filter(case__in=cases) if of_office else rows.filter(assignment__in=own))
    agency = handover.agency
    return HandoverPage(
        handover=handover,
        title=f"{agency_name(agency)} · {handover.get_kind_display()}" if agency else _("Cases of an officer"),
        lines=[_line(one, handover, of_office=of_office) for one in lines],
        hidden=rows.count() - len(lines),
        unread=sum(one.unread for one in lines),
        may_confirm=handover.confirmed_at is None and permissions.can_confirm_handover(user, handover),
        back=reverse("cases:agency", args=[agency.pk]) if agency else reverse("cases:people"),
    )


def post_page(post: Post) -> PostPage:
    """Read what is open with a post."""
    return PostPage(post, rows_of(list(open_with(post))), post.since >= clock.today())


def people() -> list[Person]:
    """Return the people of the office with their open cases, and who has left and still has some; one query."""
    mine = Q(cases__status__in=OPEN)
    late = mine & Q(cases__due_on__lt=clock.today(), cases__paused_on=None)
    first = Min("cases__due_on", filter=mine & Q(cases__paused_on=None))
    counted = User.objects.annotate(open=Count("cases", filter=mine), late=Count("cases", filter=late), first=first)
    rows = counted.order_by("-is_active", "pk")
    rows = rows.filter(Q(is_active=True, roles__overlap=list(OFFICE)) | Q(open__gt=0))
    calendar, today = calendars.work_calendar(), clock.today()
    return [Person(one, one.open, one.late, standing(one.first, today, calendar) if one.first else None) for one in rows]


def person_page(person: User, user: User) -> PersonPage:
    """Read what is open with somebody of the office, as far as the reader may see it."""
    rows = Case.objects.open().filter(handler=person)
    seen = list(Case.objects.visible_to(user).filter(pk__in=rows.values("pk")).order_by("due_at", "pk")[:_MOST])
    calendar, today = calendars.work_calendar(), clock.today()
    cases = [
        (
            one,
            str(Status(one.status).label),
            DISCS[one.status],
            standing(one.due_on, today, calendar) if one.due_on and not one.paused_on else None,
        )
        for one in seen
    ]
    handovers = Handover.objects.visible_to(user).filter(agency=None, handed_from=person).for_list()[:5]
    return PersonPage(person, cases, rows.count() - len(cases), list(handovers))


def to_confirm(user: User) -> list[Handover]:
    """Return what somebody has been handed and has not confirmed."""
    return list(Handover.objects.visible_to(user).filter(handed_to=user, confirmed_at=None).for_list()[:5])


def waiting(user: User) -> list[Handover]:
    """Return the handovers that nobody has confirmed yet, the longest waiting first."""
    return list(Handover.objects.visible_to(user).filter(confirmed_at=None).for_list().order_by("pk")[:_WAITING])


_MOST, _WAITING = 200, 20


def _line(line: HandoverLine, handover: Handover, *, of_office: bool) -> Line:
    row = line.assignment
    own = row is not None and not of_office
    elsewhere = row is not None and row.agency_id != handover.agency_id
    return Line(
        number=line.case.number,
        heading=row.heading if row else line.case.title,
        agency=agency_name(row.agency) if row and elsewhere else "",
        state=str(Part(line.part).label) if line.part else str(Status(line.status).label),
        disc="x" if line.part == Part.ENDED else DISCS[line.status],
        line=line,
        is_late=line.due_on is not None and line.due_on < clock.day_of(handover.handed_at),
        url=reverse("cases:assignment_detail", args=[row.pk]) if row and own else reverse("cases:detail", args=[line.case_id]),
    )
