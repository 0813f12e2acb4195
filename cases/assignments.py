"""What the people of an agency see: their assignments, and of each only what the office has written for them."""

from dataclasses import dataclass

from accounts.models import User
from complaints.labels import behaviour_names, category_official
from complaints.models import Complaint, Disclosure
from core import calendars, clock
from core.paging import Page, keyset_page

from . import permissions
from .models import Assignment, Report
from .redaction import masked_words, still_disclosed
from .timing.limits import Limit, limit_of
from .timing.reading import Timing, timing_for_agency
from .wording import DISCLOSED, DISCS, Standing, standing_of
from .workflow import Status, Step, allows

PAGE_SIZE = 40
_TO_DO = (Status.DISPATCHED, Status.RECEIVED)


@dataclass(frozen=True)
class Row:
    """One assignment in the list; the limit is the agency's own, so there is none once it has reported."""

    assignment: Assignment
    disc: int | str
    due: Standing | None


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


def assignment_list(user: User, before: str) -> AssignmentList:
    """Return what waits for the agency in order of its limits, then everything else, newest first."""
    visible = Assignment.objects.visible_to(user)
    to_do = visible.in_states(_TO_DO).for_list().order_by("case__due_at", "pk")[:PAGE_SIZE]
    page = keyset_page(visible.not_in_states(_TO_DO).for_list(), before, size=PAGE_SIZE)
    return AssignmentList([_row(one) for one in to_do], [_row(one) for one in page.rows], page)


def assignment_page(assignment: Assignment, user: User) -> AssignmentPage:
    """Read what one assignment shows; `assignment` must come from `for_detail()`."""
    case = assignment.case
    reports = sorted(assignment.reports.all(), key=lambda report: report.pk)
    row = _row(assignment)
    own_limits = sorted((one for one in case.deadlines.all() if one.step in {Step.RECEIVE, Step.FINISH}), key=lambda one: one.pk)
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
    )


def disclosed_words(assignment: Assignment) -> list[str]:
    """Return the complainant's words where consent lets the agency read them; masked until somebody asks to see more."""
    if Disclosure.WORDS not in assignment.disclosed:
        return []
    rows = Complaint.objects.with_people().filter(case_link__case=assignment.case_id).order_by("pk")
    return [masked_words(complaint) for complaint in rows if Disclosure.WORDS in still_disclosed(assignment, complaint)]


def _row(assignment: Assignment) -> Row:
    case = assignment.case
    due = standing_of(case, clock.today(), calendars.work_calendar()) if case.status in _TO_DO else None
    return Row(assignment, DISCS[case.status], due)
