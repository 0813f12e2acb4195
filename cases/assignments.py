"""What the people of an agency see: their assignments, and of each only what the office has written for them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from agencies.models import Post
from agencies.people import holders
from complaints.labels import behaviour_names, category_official
from complaints.models import Complaint, Disclosure
from complaints.ports import Paper
from core import calendars, clock
from core.paging import Page, keyset_page

from . import permissions
from .leading import returns_left
from .letters.papers import papers_with
from .models import AgencyReturn, Assignment, Deadline, Disposition, Reopening, Report
from .oversight.lists import orders_to_answer
from .oversight.reading import OrderLine, Own, own
from .redaction import masked_words, still_disclosed
from .redress.reading import RectificationLine, dispositions_for_agency, rectifications_for_agency
from .timing.limits import Limit, limit_of
from .timing.reading import Timing, timing_for_agency
from .ways.reading import Opinion, opinions_for
from .wording import DISCLOSED, DISCS, Standing, standing, standing_of
from .workflow import OPINION_STATES, Status, Step, allows

PAGE_SIZE = 40
_TO_DO = (Status.DISPATCHED, Status.RECEIVED)


class Part(TextChoices):
    """What an agency that does not lead, or no longer, has to do with a case: the case's own state is not its affair."""

    SIGN = "sign", _("To be signed for")
    OPINION = "opinion", _("Waiting for your opinion")
    GIVEN = "given", _("Opinion given")
    ENDED = "ended", pgettext_lazy("assignment", "Ended")


_DISCS: dict[str, int | str] = {Part.SIGN: 1, Part.OPINION: 2, Part.GIVEN: 4, Part.ENDED: "x"}


@dataclass(frozen=True)
class Row:
    """One assignment in the list; the limit is the agency's own, so there is none once it has reported."""

    assignment: Assignment
    state: str
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
    orders: list[tuple[OrderLine, int]]


@dataclass(frozen=True)
class AssignmentPage:
    """All that the page of one assignment shows."""

    assignment: Assignment
    category: str
    behaviours: str
    part: str
    state: str
    disc: int | str
    due: Standing | None
    limits: list[Limit]
    reports: list[Report]
    words: list[str]
    sealed: list[str]
    may_receive: bool
    may_report: bool
    may_give_back: bool
    may_give_opinion: bool
    may_reveal: bool
    nobody_signs: bool  # the agency must act and has nobody who could
    returns_left: int
    given_back: AgencyReturn | None  # the last time
    opinions: list[Opinion]
    sent_back: Report | None
    reopened: list[Reopening]
    timing: Timing
    papers: list[Paper]
    own: Own
    rectifications: list[RectificationLine]
    dispositions: list[Disposition]

    @property
    def missing(self) -> list[str]:
        """The agencies that help and have not given their opinion."""
        return [one.agency for one in self.opinions if not one.words]

    @property
    def to_put_right(self) -> RectificationLine | None:
        """What this person must answer now."""
        return next((line for line in self.rectifications if line.may_answer), None)


def assignment_list(user: User, before: str) -> AssignmentList:
    """Return what waits for the agency in order of its limits, then everything else, newest first."""
    visible = Assignment.objects.visible_to(user)
    to_do = list(visible.to_do().for_list().order_by("case__due_at", "pk")[:PAGE_SIZE])
    page = keyset_page(visible.others().for_list(), before, size=PAGE_SIZE)
    return AssignmentList(rows_of(to_do), rows_of(page.rows), page, orders_to_answer(user))


def assignment_page(assignment: Assignment, user: User) -> AssignmentPage:
    """Read what one assignment shows; `assignment` must come from `for_detail()`."""
    case = assignment.case
    reports = sorted(assignment.reports.all(), key=lambda report: report.pk)
    row = row_of(assignment)
    rectifications = rectifications_for_agency(assignment, user)
    may_act, part = assignment.is_current and permissions.can_receive(user, assignment), part_of(assignment)
    leads = may_act and assignment.is_lead
    returns = sorted(assignment.returns.all(), key=lambda one: one.pk)
    return AssignmentPage(
        assignment=assignment,
        category=category_official(case.category),
        behaviours=behaviour_names(case.behaviours),
        part=part,
        state=row.state,
        disc=row.disc,
        due=row.due,
        limits=[limit_of(one) for one in _own_limits(assignment, puts_right=bool(rectifications))],
        reports=reports,
        words=disclosed_words(assignment),
        sealed=[str(DISCLOSED[field]) for field in assignment.disclosed if field != Disclosure.WORDS],
        may_receive=may_act and (part == Part.SIGN or (leads and allows("receive", case.status))),
        may_report=leads and allows("report", case.status),
        may_give_back=leads and allows("give_back", case.status) and returns_left(assignment) > 0,
        may_give_opinion=part == Part.OPINION and may_act,
        nobody_signs=row.due is not None and not may_act and not holders(assignment.agency, Post.Kind.LIAISON_OFFICER),
        returns_left=returns_left(assignment),
        given_back=returns[-1] if returns else None,
        opinions=opinions_for(assignment) if assignment.is_lead and assignment.is_current else [],
        may_reveal=leads and case.status in _TO_DO and bool({*assignment.disclosed} - {Disclosure.WORDS}),
        sent_back=next((one for one in reversed(reports) if one.decision == Report.Decision.SENT_BACK), None),
        reopened=list(assignment.reopenings.order_by("-pk")),
        timing=timing_for_agency(assignment, user),
        papers=papers_with(assignment),
        own=own(assignment, user),
        rectifications=rectifications,
        dispositions=dispositions_for_agency(assignment),
    )


def _own_steps(rectifications: list[RectificationLine]) -> set[str]:
    """The steps whose limits are this agency's to keep."""
    return {Step.RECEIVE, Step.FINISH} | ({Step.RECTIFICATION} if rectifications else set())


def disclosed_words(assignment: Assignment) -> list[str]:
    """Return the complainant's words where consent lets the agency read them; masked until somebody asks to see more."""
    if Disclosure.WORDS not in assignment.disclosed or not assignment.is_current:
        return []
    rows = Complaint.objects.with_people().filter(case_link__case=assignment.case_id).order_by("pk")
    return [masked_words(complaint) for complaint in rows if Disclosure.WORDS in still_disclosed(assignment, complaint)]


def part_of(assignment: Assignment) -> str:
    """Return what a helping or former agency has to do with the case; empty for the one that leads."""
    if not assignment.is_current:
        return Part.ENDED
    if assignment.is_lead:
        return ""
    if assignment.opinion_at is not None:
        return Part.GIVEN
    if assignment.case.status not in OPINION_STATES:
        return Part.ENDED
    return Part.OPINION if assignment.received_at else Part.SIGN


def _own_limits(assignment: Assignment, *, puts_right: bool) -> list[Deadline]:
    """Return the limits that are the agency's to keep; one that helps gives its opinion before the lead must finish."""
    steps = {Step.RECEIVE, Step.FINISH} if assignment.is_lead else {Step.FINISH}
    own_steps = (steps if assignment.is_current else set()) | ({Step.RECTIFICATION} if puts_right else set())
    return sorted((one for one in assignment.case.deadlines.all() if one.step in own_steps), key=lambda one: one.pk)


def _to_put_right(assignments: list[Assignment]) -> QuerySet[Deadline]:
    """Return the limits that run for what agencies must put right."""
    open_ones = {"case__rectifications__assignment__in": assignments, "case__rectifications__accepted_at": None}
    return Deadline.objects.open().filter(step=Step.RECTIFICATION, **open_ones)


def rows_of(assignments: list[Assignment]) -> list[Row]:
    """Return assignments as lists show them, with until when something is to be put right: one query for all."""
    days = dict(_to_put_right(assignments).values_list("case__rectifications__assignment", "due_on")) if assignments else {}
    return [row_of(one, days.get(one.pk)) for one in assignments]


def row_of(assignment: Assignment, put_right_on: date | None = None) -> Row:
    """Return an assignment as lists show it; it comes with its case.

    `put_right_on`: until when something is to be put right, whatever state the case is in.
    """
    case, part = assignment.case, part_of(assignment)
    to_do = part in {Part.SIGN, Part.OPINION} if part else case.status in _TO_DO
    due_on = put_right_on or (case.due_on if to_do else None)
    today, calendar = clock.today(), calendars.work_calendar()
    own = standing_of(case, today, calendar) if to_do else None
    due = standing(put_right_on, today, calendar) if put_right_on and case.paused_on is None else own
    state, disc = (str(Part(part).label), _DISCS[part]) if part else (str(Status(case.status).label), DISCS[case.status])
    return Row(assignment, state, disc, due, due_on, put_right=put_right_on is not None)
