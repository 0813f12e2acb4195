"""Who is reminded of a limit: those who must act, and the later it gets the higher up."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects

from accounts.models import User
from accounts.roles import AGENCY
from agencies.models import Post
from agencies.people import Holders

from . import notifications
from .deadlines import agency_must_act, waits_for_leader
from .models import Assignment, Case, Deadline, Review
from .reviewing.answerers import answerers_of
from .workflow import REVIEW_STEPS, Status


class Directory:
    """Where the addressees of several limits are looked up: each thing is read once, however many limits there are."""

    def __init__(self, deadlines: Iterable[Deadline]) -> None:
        """Name the limits, each with its case; nothing is read before it is asked for."""
        self._deadlines = list(deadlines)

    def officers_for(self, _case: Case) -> list[User]:
        """Return the officers who hear of a case."""
        return list(self._officers)

    def leaders_for(self, _case: Case) -> list[User]:
        """Return the office leaders who hear of a case."""
        return list(self._leaders)

    def assignment_for(self, deadline: Deadline) -> Assignment | None:
        """Return what went to the agency that must act; None when the office must, and when the agency has nothing to open."""
        return self._assignments.get(deadline.pk)

    def people_at(self, assignment: Assignment, kind: Post.Kind) -> list[User]:
        """Return the people in a post of the agency that an assignment went to, as far as they can open it."""
        return [user for user in self._holders.of(assignment.agency, kind) if user.has_role(*AGENCY)]

    @cached_property
    def _officers(self) -> list[User]:
        return notifications.officers()

    @cached_property
    def _leaders(self) -> list[User]:
        return notifications.leaders()

    @cached_property
    def _with_agencies(self) -> list[Deadline]:
        waiting = [one for one in self._deadlines if agency_must_act(one.step, one.case.mode)]
        prefetch_related_objects([one.case for one in waiting], "assignments__agency")
        return waiting

    @cached_property
    def _assignments(self) -> dict[int, Assignment]:
        return {one.pk: row for one in self._with_agencies if (row := _assignment_of(one))}

    @cached_property
    def _holders(self) -> Holders:
        return Holders(row.agency for one in self._with_agencies for row in one.case.assignments.all())


@dataclass(frozen=True)
class Addressees:
    """The people to remind of one limit; `deadline` comes with its case, the case's handler and its policy.

    Who asks for many limits gives all of them one `directory`.
    """

    deadline: Deadline
    directory: Directory | None = None

    def when(self, working_days_late: int) -> list[User]:
        """Return who is reminded: those who must act; from yellow also the leader in charge, from red also the principal.

        Where the office must act, its leaders take the place of both.
        """
        people = list(self.first)
        if working_days_late > self.deadline.policy.yellow_after:
            people += self.leader_in_charge
        if working_days_late > self.deadline.policy.red_after:
            people += self.principal
        return list({user.pk: user for user in people}.values())

    @cached_property
    def assignment(self) -> Assignment | None:
        """What went to the agency that must act; None when the office must, and when the agency has nothing to open."""
        return self._known.assignment_for(self.deadline)

    @cached_property
    def first(self) -> list[User]:
        """Those who must act. A vacant post hears nothing, so the office must: it can have the post filled."""
        if self.deadline.step in REVIEW_STEPS.values():
            return _answerers(self.deadline) or self._known.leaders_for(self.deadline.case)
        if self.assignment and (liaison := self._known.people_at(self.assignment, Post.Kind.LIAISON_OFFICER)):
            return liaison
        return self._office + (self._known.leaders_for(self.deadline.case) if waits_for_leader(self.deadline.case.status) else [])

    @cached_property
    def leader_in_charge(self) -> list[User]:
        """The agency's leader in charge, or the office's leaders."""
        if self.assignment is None:
            return self._known.leaders_for(self.deadline.case)
        return self._known.people_at(self.assignment, Post.Kind.LEADER_IN_CHARGE)

    @cached_property
    def principal(self) -> list[User]:
        """The agency's principal."""
        return self._known.people_at(self.assignment, Post.Kind.PRINCIPAL) if self.assignment else []

    @cached_property
    def _known(self) -> Directory:
        return self.directory or Directory([self.deadline])

    @property
    def _office(self) -> list[User]:
        """The handler while in the office; who has left hears nothing, so its leaders do. Before there is one, all officers."""
        case = self.deadline.case
        if case.status == Status.TRIAGE or case.handler is None:
            return self._known.officers_for(case)
        return [case.handler] if case.handler.is_active else self._known.leaders_for(case)


def _assignment_of(deadline: Deadline) -> Assignment | None:
    """Return what went to the agency that must keep a limit; the assignments of the case have been read."""
    case = deadline.case
    return next((row for row in case.assignments.all() if row.agency_id == case.agency_id), None)


def _answerers(deadline: Deadline) -> list[User]:
    """A review is the office leaders' to answer; where none of them may, all hear of it, so this is empty."""
    waiting = Review.objects.waiting().for_detail().filter(case=deadline.case)
    review = next((row for row in waiting if row.step == deadline.step), None)
    return answerers_of(review) if review else []
