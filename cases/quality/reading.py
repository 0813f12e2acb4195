"""What the quality sheet of a case shows, and the pages about accountability for wrong cases."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from cases import permissions
from cases.models import Case, Nomination, ProblemMark, Reopening, Responsibility, WrongCaseReview
from cases.sheets import Head, head_of
from cases.workflow import Status
from complaints.models import EarlierRating

from .deciders import deciders_of, third_people, unnamed_leaders

_OVER = (Status.CLOSED, Status.ARCHIVED)
MOST_LISTED = 100


@dataclass(frozen=True)
class Sheet:
    """All that the quality sheet of a case shows."""

    head: Head
    case: Case
    reopenings: list[Reopening]
    ratings: list[EarlierRating]
    marks: list[ProblemMark]
    reviews: list[WrongCaseReview]
    nominations: list[Nomination]
    may_see_wrong_cases: bool
    may_open_wrong_case: bool
    may_nominate: bool
    may_lower: bool


@dataclass(frozen=True)
class Person:
    """One person's part in a wrong case, and what the reader may do about it."""

    row: Responsibility
    may_decide: bool
    may_appeal: bool
    may_answer: bool
    waits_for: list[User]


@dataclass(frozen=True)
class ReviewPage:
    """All that the page of one review of a wrong case shows."""

    review: WrongCaseReview
    people: list[Person]
    may_name: bool
    may_conclude: bool
    open_decisions: int


def sheet(case: Case, user: User) -> Sheet:
    """Read the quality sheet; `case` must come from `for_detail()`."""
    leads = permissions.can_see_wrong_cases(user)
    reviews = list(WrongCaseReview.objects.visible_to(user).for_detail().filter(case=case)) if leads else []
    nominations = list(Nomination.objects.visible_to(user).for_detail().filter(case=case).order_by("-year"))
    over = case.status in _OVER
    running = any(review.concluded_at is None for review in reviews)
    return Sheet(
        head=head_of(case, "quality"),
        case=case,
        reopenings=list(case.reopenings.select_related("reopened_by", "signer", "assignment__agency").order_by("-pk")),
        ratings=list(EarlierRating.objects.filter(complaint__case_link__case=case).select_related("complaint").order_by("-pk")),
        marks=list(case.problem_marks.select_related("lowered_by").order_by("-pk")),
        reviews=reviews,
        nominations=nominations,
        may_see_wrong_cases=leads,
        may_open_wrong_case=over and not running and permissions.can_open_wrong_case(user, case),
        may_nominate=over and permissions.can_nominate(user, case),
        may_lower=case.problem_at is not None and permissions.can_lower_problem(user, case),
    )


def review_page(review: WrongCaseReview, user: User, today: date) -> ReviewPage:
    """Read one review for a leader; it must come from `for_detail()`."""
    rows = review.people.select_related("account", "proposed_by", "decided_by", "appealed_by", "answered_by").order_by("pk")
    leaders, people = unnamed_leaders(review), []
    for row in rows:
        row.review = review
        people.append(_person(row, user, leaders, today))
    undecided = sum(one.row.decided_at is None or one.row.is_appealed for one in people)
    runs = review.concluded_at is None
    return ReviewPage(
        review=review,
        people=people,
        may_name=runs and permissions.can_name_responsible(user, review),
        may_conclude=runs and not undecided and permissions.can_conclude(user, review),
        open_decisions=undecided,
    )


def _person(row: Responsibility, user: User, leaders: list[User], today: date) -> Person:
    """Tell what the reader may do, and for whom it waits; `leaders` are those who come into question."""
    if row.decided_at is None:
        deciders = deciders_of(row, leaders)
        return Person(row, user in deciders, may_appeal=False, may_answer=False, waits_for=deciders)
    if row.is_appealed:
        third = third_people(row, leaders)
        may_answer = permissions.can_answer_appeal(user, row, third)
        return Person(row, may_decide=False, may_appeal=False, may_answer=may_answer, waits_for=third or [row.review.opened_by])
    may_appeal = row.account_id is None and row.can_still_appeal(today) and permissions.can_appeal(user, row)
    return Person(row, may_decide=False, may_appeal=may_appeal, may_answer=False, waits_for=[])


def people_in(review: WrongCaseReview) -> list[User]:
    """Return who has acted in the case and is not named yet, but for the opener, by name."""
    case = review.case
    acted = {case.handler_id, case.replied_by_id}
    acted |= set(case.reports.values_list("reported_by", flat=True)) | set(case.reports.values_list("decided_by", flat=True))
    acted |= set(case.assignments.values_list("received_by", flat=True))
    acted |= set(case.assignments.values_list("assigned_by", flat=True))
    acted |= set(case.reopenings.values_list("signer", flat=True)) | set(case.reviews.values_list("answered_by", flat=True))
    named = set(review.people.values_list("account", flat=True))
    offered = {pk for pk in acted - named - {review.opened_by_id} if pk}
    return list(User.objects.filter(pk__in=offered).order_by("full_name", "pk"))


def own(user: User, pk: int) -> Responsibility | None:
    """Return what was decided about the person himself, or None."""
    return Responsibility.objects.about(user).for_detail().filter(pk=pk).first()


def own_all(user: User) -> list[Responsibility]:
    """Return all that was decided about the person himself, the newest first."""
    return list(Responsibility.objects.about(user).for_detail()[:MOST_LISTED])


def reviews_for(user: User) -> list[WrongCaseReview]:
    """Return the reviews that a leader sees, those that run first, the newest first."""
    rows = WrongCaseReview.objects.visible_to(user).for_detail()
    return sorted(rows[:MOST_LISTED], key=lambda row: row.concluded_at is not None)
