"""Reviews of replies: opened with a limit of their own when the complainant asks, answered once by somebody who did not sign."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import notifications, permissions
from cases.models import Case, Review
from cases.reviewing.answerers import answerers_of
from cases.workflow import REVIEW_STEPS, Refused
from complaints.labels import enumerated
from complaints.models import Complaint, ReviewRequest
from core import clock, events

from . import limits
from .moving import ask, lock, lock_of
from .shared import check_shared


class AnsweredAlready(Refused):
    """Somebody else was faster."""


class NothingToAnswer(Refused):
    """The complainant has withdrawn."""


class SignedBefore(Refused):
    """Who signed the reply or answered the first review does not answer; somebody else can."""


class NobodyElse(SignedBefore):
    """Nor can anybody else."""


@transaction.atomic
def take_review_request(complaint: Complaint, request: ReviewRequest, at: datetime) -> None:
    """Open the review with its limit (the answer to `complaints.ports.after_review_request`). The case stays where it is."""
    case = lock_of(complaint)
    review = Review.objects.create(case=case, request=request)
    keep_review_limits(case, at=at)
    notifications.review_asked(review, answerers_of(review), at=at)


@transaction.atomic
def answer_review(review: Review, *, by: User, outcome: str, answer: str, at: datetime) -> Review:
    """Answer a review; the limit ends and the complainant is told.

    Raises AnsweredAlready, NothingToAnswer, and SignedBefore or NobodyElse when `by` must not.
    """
    case = lock(review.case, by=by)
    row = Review.objects.select_for_update(of=("self",)).for_detail().get(pk=review.pk)
    row.case = case
    ask(permissions.can_see_review(by, row))
    _check(row, by)
    check_shared(case, answer, field="answer")
    row.outcome, row.answer = Review.Outcome(outcome), answer
    row.answered_at, row.answered_by = at, by
    row.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
    facts: dict[str, events.Fact] = {"level": row.request.level, "outcome": outcome}
    events.record(
        "complaint.review_answered", subject=row.request.complaint.subject, actor=events.user_id(by), at=at, facts=facts
    )
    keep_review_limits(case, at=at)
    notifications.review_answered(row, by=by, at=at)
    return row


def keep_review_limits(case: Case, *, at: datetime) -> None:
    """Let each level's limit run for the oldest request that waits, from the day it was made, and end where none waits.

    Several complainants of one case may each have asked.
    """
    waiting = list(Review.objects.waiting().select_related("request").filter(case=case).order_by("request__asked_at", "pk"))
    for step in REVIEW_STEPS.values():
        start = next((clock.day_of(row.request.asked_at) for row in waiting if row.step == step), None)
        running = case.deadlines.open().filter(step=step).first()
        if running and running.started_on != start:
            limits.close_limits(case, step, at=at)
        if start and (running is None or running.started_on != start):
            limits.open_limit(case, step, start=start, at=at)


def _check(row: Review, by: User) -> None:
    if row.outcome:
        raise AnsweredAlready(_("Somebody else has answered this review meanwhile, so nothing was saved."))
    if hasattr(row.request.complaint, "withdrawal"):
        raise NothingToAnswer(_("The complainant has withdrawn, so no answer is waited for."))
    if permissions.can_answer_review(by, row):
        return
    if others := answerers_of(row):
        people = enumerated(user.full_name for user in others)
        raise SignedBefore(
            _("You have signed in this matter, so another leader must answer. %(people)s can.") % {"people": people}
        )
    raise NobodyElse(
        _(
            "You have signed in this matter, and there is no other office leader who could answer. "
            "Have the system administrator enter a second leader, or ask the body above the office to name one."
        )
    )
