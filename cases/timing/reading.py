"""What the pages of a case and of an assignment say about more time and about the clock standing still."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from cases import permissions
from cases.extending import NoMoreTime, check_extension
from cases.leading import led_at
from cases.models import Assignment, Case, Deadline, Extension, Suspension
from cases.pauses import pauses_of
from cases.wording import length_words
from cases.workflow import OPEN, Step
from core import calendars, clock
from core.models import DeadlinePolicy


@dataclass(frozen=True)
class Asked:
    """One request for more time."""

    row: Extension
    length: str
    may_decide: bool


@dataclass(frozen=True)
class Timing:
    """What moved the limits of a case, and what this person can do about it."""

    asked: list[Asked]
    suspensions: list[Suspension]
    stands_still: Suspension | None
    may_ask: bool
    may_suspend: bool
    may_resume: bool

    @property
    def waiting(self) -> Asked | None:
        """The request that waits for this person's decision."""
        return next((one for one in self.asked if one.may_decide), None)


def timing(case: Case, user: User) -> Timing:
    """Return it for the office: two queries, and one more where the handler could ask for time."""
    suspensions, asked = _suspensions(case), _asked(case, user)
    running = next((row for row in suspensions if row.until_on is None), None)
    may = case.status in OPEN and permissions.can_suspend(user, case)
    return Timing(
        asked=asked,
        suspensions=suspensions,
        stands_still=running,
        may_ask=permissions.can_ask_own_extension(user, case) and _time_left(case),
        may_suspend=may and running is None and bool(case.due_on),
        may_resume=may and running is not None,
    )


def timing_for_agency(assignment: Assignment, user: User) -> Timing:
    """Return it for the agency: its own requests, and the days on which the clock stood still."""
    case = assignment.case
    suspensions = _suspensions(case)
    return Timing(
        asked=[one for one in _asked(case, user) if led_at(case, one.row.asked_at) == assignment],
        suspensions=suspensions,
        stands_still=next((row for row in suspensions if row.until_on is None), None),
        may_ask=permissions.can_ask_extension(user, assignment) and _time_left(case),
        may_suspend=False,
        may_resume=False,
    )


def finish_limit(case: Case) -> Deadline | None:
    """Return the limit for which more time could be asked."""
    return case.deadlines.open().select_related("policy").filter(step=Step.FINISH).first()


def new_due_on(extension: Extension) -> date:
    """Return the day to which a request would move its limit, for who decides."""
    deadline = extension.deadline
    longer, pauses = deadline.extended_by + extension.length, pauses_of(deadline.case_id)
    return calendars.limit_for(deadline.policy, deadline.started_on, extended_by=longer, pauses=pauses).due_on


def _suspensions(case: Case) -> list[Suspension]:
    return list(case.suspensions.select_related("started_by", "ended_by").order_by("pk"))


def _asked(case: Case, user: User) -> list[Asked]:
    rows = Extension.objects.filter(deadline__case=case).for_detail()
    return [_one(row, user) for row in rows]


def _one(row: Extension, user: User) -> Asked:
    open_now = not row.decision and row.deadline.closed_at is None
    policy: DeadlinePolicy = row.deadline.policy
    return Asked(row, length_words(row.length, policy.unit), open_now and permissions.can_decide_extension(user, row))


def _time_left(case: Case) -> bool:
    """Whether a request of the least length would be taken now."""
    deadline = finish_limit(case)
    if deadline is None:
        return False
    earlier = list(deadline.extensions.values_list("decision", flat=True))
    stands_still = deadline.paused_on is not None
    try:
        check_extension(1, deadline.policy, earlier=earlier, due_at=deadline.due_at, stands_still=stands_still, now=clock.now())
    except NoMoreTime:
        return False
    return True
