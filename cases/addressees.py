"""Who is reminded of a limit: those who must act, and the later it gets the higher up."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from agencies.models import Post

from . import notifications
from .deadlines import agency_must_act, waits_for_leader
from .leading import lead_of, leader_must_decide, owing_of
from .models import Assignment, Case, Deadline, Review, SupervisionOrder
from .reviewing.answerers import answerers_of
from .workflow import REVIEW_STEPS, Status, Step


@dataclass(frozen=True)
class Addressees:
    """The people to remind of one limit; `deadline` comes with its case, the case's handler and its policy."""

    deadline: Deadline

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
        case = self.deadline.case
        if not agency_must_act(self.deadline.step, case.mode, case.status):
            return None
        if self.deadline.step == Step.RECTIFICATION:
            return Assignment.objects.select_related("agency").filter(rectifications__in=case.rectifications.open()).first()
        if self.deadline.step == Step.SUPERVISION:
            ordered = SupervisionOrder.objects.filter(deadline=self.deadline).values_list("agency", flat=True).first()
            return next((one for one in case.assignments.all() if one.agency_id == ordered), None)
        return lead_of(case)

    @cached_property
    def helping(self) -> dict[Assignment, list[User]]:
        """Those who help the lead to finish and still owe their opinion: they are reminded with it."""
        if self.assignment is None or self.deadline.step != Step.FINISH:
            return {}
        return {one: notifications.people_at(one, Post.Kind.LIAISON_OFFICER) for one in owing_of(self.deadline.case)}

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
        if self.deadline.step in REVIEW_STEPS.values():
            return _answerers(self.deadline)
        if self.first_of_lead:
            return self.first_of_lead
        case = self.deadline.case
        return _office(case) + (notifications.leaders(case) if waits_for_leader(case.status, case.mode) else [])

    @cached_property
    def first_of_lead(self) -> list[User]:
        """The liaison officers of the agency that must act."""
        return notifications.people_at(self.assignment, Post.Kind.LIAISON_OFFICER) if self.assignment else []

    @cached_property
    def leader_in_charge(self) -> list[User]:
        """The agency's leader in charge, or the office's leaders."""
        if self.assignment is None:
            return notifications.leaders(self.deadline.case)
        return notifications.people_at(self.assignment, Post.Kind.LEADER_IN_CHARGE)

    @cached_property
    def principal(self) -> list[User]:
        """The agency's principal."""
        return notifications.people_at(self.assignment, Post.Kind.PRINCIPAL) if self.assignment else []


def _answerers(deadline: Deadline) -> list[User]:
    """A review is the office leaders' to answer; where none of them may, all hear of it."""
    waiting = Review.objects.waiting().for_detail().filter(case=deadline.case)
    review = next((row for row in waiting if row.step == deadline.step), None)
    return (answerers_of(review) if review else []) or notifications.leaders(deadline.case)


def _office(case: Case) -> list[User]:
    """The handler while in the office; who has left hears nothing, so its leaders do. Before there is one, all officers.

    What was given back all who may decide on it hear of.
    """
    if case.status == Status.RETURNED:
        return notifications.leaders_of(case) if leader_must_decide(case) else notifications.officers(case)
    if case.status == Status.TRIAGE or case.handler is None:
        return notifications.officers(case)
    return [case.handler] if case.handler.is_active else notifications.leaders(case)
