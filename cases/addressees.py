"""Who is reminded of a limit: those who must act, and the later it gets the higher up."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects

from accounts.models import User
from accounts.roles import AGENCY, Role
from agencies.models import Post
from agencies.people import Holders

from . import outbox
from .deadlines import agency_must_act, waits_for_leader
from .leading import lead_of, leader_must_decide, owing_of
from .models import Assignment, Case, Deadline, Recusal, Review, SupervisionOrder
from .reviewing.answerers import answerers_of
from .workflow import REVIEW_STEPS, Status, Step


class Directory:
    """Where the addressees of several limits are looked up: each thing is read once, however many limits there are."""

    def __init__(self, deadlines: Iterable[Deadline]) -> None:
        """Name the limits, each with its case; nothing is read before it is asked for."""
        self._deadlines = list(deadlines)

    def officers_for(self, case: Case) -> list[User]:
        """Return the officers who hear of a case."""
        return self._but_recused(case, self._officers)

    def leaders_for(self, case: Case) -> list[User]:
        """Return the office leaders who hear of a case."""
        return self._but_recused(case, self._leaders)

    def assignment_for(self, deadline: Deadline) -> Assignment | None:
        """Return what went to the agency that must act; None when the office must, and when the agency has nothing to open."""
        return self._assignments.get(deadline.pk)

    def people_at(self, assignment: Assignment, kind: Post.Kind) -> list[User]:
        """Return the people in a post of the agency that an assignment went to, as far as they can open it."""
        return [user for user in self._holders.of(assignment.agency, kind) if user.has_role(*AGENCY)]

    def _but_recused(self, case: Case, people: list[User]) -> list[User]:
        """Leave out whoever is recused. Only who belongs to an agency or a helper unit too has to be asked for case by case."""
        kept = [user for user in people if user.pk not in self._recused[case.pk]]
        return outbox.but_recused(case, kept) if any(user.has_role(*AGENCY, Role.HELPER_CLERK) for user in kept) else kept

    @cached_property
    def _officers(self) -> list[User]:
        return outbox.officers()

    @cached_property
    def _leaders(self) -> list[User]:
        return outbox.leaders()

    @cached_property
    def _recused(self) -> dict[int, set[int]]:
        recused: dict[int, set[int]] = defaultdict(set)
        rows = Recusal.objects.open().filter(case__in={one.case_id for one in self._deadlines})
        for case, user in rows.values_list("case_id", "user_id"):
            recused[case].add(user)
        return recused

    @cached_property
    def _with_agencies(self) -> list[Deadline]:
        waiting = [one for one in self._deadlines if agency_must_act(one.step, one.case.mode, one.case.status)]
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

        Where the office must act, its leaders take the place of both. Of a problem case the leader in charge hears from the first
        rung on.
        """
        people = [*self.first, *(user for them in self.helping.values() for user in them)]
        if self.deadline.case.problem_at or working_days_late > self.deadline.policy.yellow_after:
            people += self.leader_in_charge
        if working_days_late > self.deadline.policy.red_after:
            people += self.principal
        return list({user.pk: user for user in people}.values())

    @cached_property
    def assignment(self) -> Assignment | None:
        """What went to the agency that must act; None when the office must, and when the agency has nothing to open."""
        return self._known.assignment_for(self.deadline)

    @cached_property
    def helping(self) -> dict[Assignment, list[User]]:
        """Those who help the lead to finish and still owe their opinion: they are reminded with it."""
        if self.assignment is None or self.deadline.step != Step.FINISH:
            return {}
        return {one: self._known.people_at(one, Post.Kind.LIAISON_OFFICER) for one in owing_of(self.deadline.case)}

    def opened_by(self, people: Iterable[User]) -> dict[int, Assignment]:
        """Return which assignment each of these people opens, by their ids; who is not of an agency opens the case."""
        opened = {user.pk: one for one, them in self.helping.items() for user in them}
        if self.assignment is not None:
            opened |= {user.pk: self.assignment for user in people if user.pk not in opened}
            opened |= {user.pk: self.assignment for user in self.first_of_lead}
        return opened

    @cached_property
    def first(self) -> list[User]:
        """Those who must act. A vacant post hears nothing, so the office must: it can have the post filled."""
        case = self.deadline.case
        if self.deadline.step in REVIEW_STEPS.values():
            return _answerers(self.deadline) or self._known.leaders_for(case)
        if self.first_of_lead:
            return self.first_of_lead
        return self._office + (self._known.leaders_for(case) if waits_for_leader(case.status, case.mode) else [])

    @cached_property
    def first_of_lead(self) -> list[User]:
        """The liaison officers of the agency that must act."""
        return self._known.people_at(self.assignment, Post.Kind.LIAISON_OFFICER) if self.assignment else []

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
        """The handler while in the office; who has left hears nothing, so its leaders do. Before there is one, all officers.

        What was given back all who may decide on it hear of.
        """
        case = self.deadline.case
        if case.status == Status.RETURNED:
            return self._known.leaders_for(case) if leader_must_decide(case) else self._known.officers_for(case)
        if case.status == Status.TRIAGE or case.handler is None:
            return self._known.officers_for(case)
        return [case.handler] if case.handler.is_active else self._known.leaders_for(case)


def _assignment_of(deadline: Deadline) -> Assignment | None:
    """Return what went to the agency that must keep a limit; the assignments of the case have been read."""
    case = deadline.case
    if deadline.step == Step.RECTIFICATION:
        demanded = case.rectifications.open().values_list("assignment", flat=True).first()
        return next((row for row in case.assignments.all() if row.pk == demanded), None)
    if deadline.step == Step.SUPERVISION:
        ordered = SupervisionOrder.objects.filter(deadline=deadline).values_list("agency", flat=True).first()
        return next((row for row in case.assignments.all() if row.agency_id == ordered), None)
    return lead_of(case)


def _answerers(deadline: Deadline) -> list[User]:
    """A review is the office leaders' to answer; where none of them may, all hear of it, so this is empty."""
    waiting = Review.objects.waiting().for_detail().filter(case=deadline.case)
    review = next((row for row in waiting if row.step == deadline.step), None)
    return answerers_of(review) if review else []
