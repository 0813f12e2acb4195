"""What the people of an agency see: their assignments, and of each only what the office has written for them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import User
from complaints.labels import behaviour_names, category_official
from complaints.models import Complaint, Disclosure
from core import calendars, clock
from core.paging import Page, keyset_page

from . import permissions
from .models import Assignment, Deadline, Disposition, Report
from .redaction import masked_words, still_disclosed
from .redress.reading import RectificationLine, dispositions_for_agency, rectifications_for_agency
from .timing.limits import Limit, limit_of
from .timing.reading import Timing, timing_for_agency
from .wording import DISCLOSED, DISCS, Standing, standing
from .workflow import Status, Step, allows

PAGE_SIZE = 40
_TO_DO = (Status.DISPATCHED, Status.RECEIVED)


@dataclass(frozen=True)
class Row:
    """One assignment in the list; the limit is the agency's own, so there is none once it has reported."""

    assignment: Assignment
    disc: int | str
    due: Standing | None
    due_on: date | None
    put_right: bool


@dataclass(frozen=True)
class AssignmentList:
    """The list of an agency's assignments."""

    to_do: list[Row]
    others: list[Row]
    page: Page[Assignment]


@dataclass(frozen=True)
class AssignmentPage:
    """All that the page of one assignment shows."""

    assignment: Assignment
    category: str
    behaviours: str
    disc: int | str
    due: Standing | None
    limits: list[Limit]
    reports: list[Report]
    words: list[str]
    sealed: list[str]
    may_receive: bool
    may_report: bool
    may_reveal: bool
    sent_back: Report | None
    timing: Timing
    rectifications: list[RectificationLine]
    dispositions: list[Disposition]

    @property
    def to_put_right(self) -> RectificationLine | None:
        """What this person must answer now."""
        return next((line for line in self.rectifications if line.may_answer), None)


def assignment_list(user: User, before: str) -> AssignmentList:
    """Return what waits for the agency in order of its limits, then everything else, newest first."""
    visible = Assignment.objects.visible_to(user)
    waits = Q(case__status__in=_TO_DO) | Q(pk__in=_to_put_right().values("case__rectifications__assignment"))
    to_do = list(visible.filter(waits).for_list().order_by("case__due_at", "pk")[:PAGE_SIZE])
    page = keyset_page(visible.exclude(waits).for_list(), before, size=PAGE_SIZE)
    days = dict(_to_put_right(to_do).values_list("case__rectifications__assignment", "due_on"))
    return AssignmentList([_row(one, days.get(one.pk)) for one in to_do], [_row(one) for one in page.rows], page)


def assignment_page(assignment: Assignment, user: User) -> AssignmentPage:
    """Read what one assignment shows; `assignment` must come from `for_detail()`."""
    case = assignment.case
    reports = sorted(assignment.reports.all(), key=lambda report: report.pk)
    row = _row(assignment)
    rectifications = rectifications_for_agency(assignment, user)
    own_limits = sorted((one for one in case.deadlines.all() if one.step in _own_steps(rectifications)), key=lambda one: one.pk)
    may_act = permissions.can_receive(user, assignment)
    return AssignmentPage(
        assignment=assignment,
        category=category_official(case.category),
        behaviours=behaviour_names(case.behaviours),
        disc=row.disc,
        due=row.due,
        limits=[limit_of(one) for one in own_limits],
        reports=reports,
        words=disclosed_words(assignment),
        sealed=[str(DISCLOSED[field]) for field in assignment.disclosed if field != Disclosure.WORDS],
        may_receive=may_act and allows("receive", case.status),
        may_report=may_act and allows("report", case.status),
        may_reveal=may_act and case.status in _TO_DO and bool({*assignment.disclosed} - {Disclosure.WORDS}),
        sent_back=next((one for one in reversed(reports) if one.decision == Report.Decision.SENT_BACK), None),
        timing=timing_for_agency(assignment, user),
        rectifications=rectifications,
        dispositions=dispositions_for_agency(assignment),
    )


def _own_steps(rectifications: list[RectificationLine]) -> set[str]:
    """The steps whose limits are this agency's to keep."""
    return {Step.RECEIVE, Step.FINISH} | ({Step.RECTIFICATION} if rectifications else set())


def disclosed_words(assignment: Assignment) -> list[str]:
    """Return the complainant's words where consent lets the agency read them; masked until somebody asks to see more."""
    if Disclosure.WORDS not in assignment.disclosed:
        return []
    rows = Complaint.objects.with_people().filter(case_link__case=assignment.case_id).order_by("pk")
    return [masked_words(complaint) for complaint in rows if Disclosure.WORDS in still_disclosed(assignment, complaint)]


def _to_put_right(assignments: list[Assignment] | None = None) -> QuerySet[Deadline]:
    """Return the limits that run for what agencies must put right, of these assignments or of all."""
    of_these = {} if assignments is None else {"case__rectifications__assignment__in": assignments}
    open_ones = {"case__rectifications__isnull": False, "case__rectifications__accepted_at": None}
    return Deadline.objects.open().filter(step=Step.RECTIFICATION, **open_ones, **of_these)


def _row(assignment: Assignment, put_right_on: date | None = None) -> Row:
    """`put_right_on`: until when something is to be put right, whatever state the case is in."""
    case = assignment.case
    due_on = put_right_on or (case.due_on if case.status in _TO_DO else None)
    runs = due_on is not None and case.paused_on is None
    due = standing(due_on, clock.today(), calendars.work_calendar()) if runs and due_on else None
    return Row(assignment, DISCS[case.status], due, due_on, put_right=put_right_on is not None)
