"""Accountability for a wrong case: opened by one leader, decided by another, appealed once, answered by a third."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import permissions
from cases.models import Case, Consequence, Responsibility, WrongCaseReview
from cases.quality import notifications
from cases.quality.deciders import deciders_of, third_people
from cases.workflow import Refused, Status
from core import calendars, clock, events
from core.templatetags.portal import day_week

from .moving import ask, lock
from .shared import check_nameless

_APPEAL = "appeal"
_OVER = (Status.CLOSED, Status.ARCHIVED)


class NotOverYet(Refused):
    """Only a case that is closed or archived is looked at for who answers for it."""


class BeingReviewed(Refused):
    """A review of the case runs already."""


class Concluded(Refused):
    """The review has come to its end."""


class NamedAlready(Refused):
    """The person is named in this review already, or reviews himself."""

    field = "account"


class DecidedBefore(Refused):
    """Somebody has decided already."""


class NobodyElseDecides(Refused):
    """There is no second leader."""


class NoAppeal(Refused):
    """No appeal can be made, or decided, now."""


class NotConcludable(Refused):
    """Something is still to be decided, or the outcome contradicts what was."""

    field = "outcome"


class OtherConsequence(Refused):
    """What holds after the appeal does not fit its outcome."""

    field = "final"


@transaction.atomic
def open_wrong_case(case: Case, *, by: User, version: int | None, reason: str, at: datetime) -> WrongCaseReview:
    """Open a review of a closed or archived case. Raises NotOverYet, BeingReviewed."""
    case = lock(case, version)
    ask(permissions.can_open_wrong_case(by, case))
    if case.status not in _OVER:
        raise NotOverYet(_("The case is not closed. What is wrong in it can still be put right."))
    if WrongCaseReview.objects.open().filter(case=case).exists():
        raise BeingReviewed(_("A review of this case runs already."))
    check_nameless(case, reason, field="reason")
    review = WrongCaseReview.objects.create(case=case, reason=reason, opened_at=at, opened_by=by)
    _record("wrong_case.opened", review, by=by, at=at)
    notifications.opened(review, by=by, at=at)
    return review


@transaction.atomic
def name_responsible(
    review: WrongCaseReview,
    *,
    by: User,
    account: User | None,
    name: str,
    post: str,
    kind: str,
    deed: str,
    proposed: str,
    at: datetime,
) -> Responsibility:
    """Name somebody, by account or by name and post, and propose what follows. Raises Concluded, NamedAlready."""
    review = _lock(review)
    ask(permissions.can_name_responsible(by, review))
    if account is not None and (account.pk == by.pk or review.people.filter(account=account).exists()):
        raise NamedAlready(_("Choose somebody who is neither named already nor you yourself."))
    check_nameless(review.case, "\n".join([name, post, deed]), field="deed")
    row = Responsibility.objects.create(
        review=review,
        account=account,
        name=account.full_name if account else name,
        post=post,
        kind=kind,
        deed=deed,
        proposed=proposed,
        proposed_at=at,
        proposed_by=by,
    )
    _record("wrong_case.named", review, by=by, at=at, person=row.pk, consequence=proposed)
    notifications.named(row, by=by, at=at)
    return row


@transaction.atomic
def decide_responsibility(row: Responsibility, *, by: User, decided: str, note: str, at: datetime) -> Responsibility:
    """Another leader decides what follows; from today the person named may appeal once.

    Raises DecidedBefore, NobodyElseDecides.
    """
    row = _lock_person(row)
    if row.decided_at:
        raise DecidedBefore(_("Somebody else has decided already, so nothing was saved."))
    if not deciders_of(row):
        raise NobodyElseDecides(_("No other office leader may decide this. Have a second leader entered."))
    ask(by in deciders_of(row))
    check_nameless(row.review.case, note, field="note")
    row.decided, row.decision_note, row.decided_at, row.decided_by = Consequence(decided), note, at, by
    row.appeal_until = _last_day_to_appeal(clock.day_of(at))
    row.save(update_fields=["decided", "decision_note", "decided_at", "decided_by", "appeal_until"])
    _record("wrong_case.decided", row.review, by=by, at=at, person=row.pk, consequence=decided)
    notifications.decided(row, at=at)
    return row


@transaction.atomic
def appeal(row: Responsibility, *, by: User, words: str, at: datetime) -> Responsibility:
    """The person named appeals, once, until the last day. Raises NoAppeal."""
    row = _lock_person(row)
    ask(permissions.can_appeal(by, row))
    if row.decided_at is None or row.appeal_until is None:
        raise NoAppeal(_("Nothing has been decided yet."))
    if row.appealed_at:
        raise NoAppeal(_("An appeal has been made already. It can be made once."))
    if clock.day_of(at) > row.appeal_until:
        raise NoAppeal(_("The time to appeal ended on %(day)s.") % {"day": day_week(row.appeal_until)})
    row.appeal, row.appealed_at, row.appealed_by = words, at, by
    row.save(update_fields=["appeal", "appealed_at", "appealed_by"])
    _record("wrong_case.appealed", row.review, by=by, at=at, person=row.pk)
    notifications.appealed(row, by=by, at=at)
    return row


@transaction.atomic
def answer_appeal(row: Responsibility, *, by: User, outcome: str, final: str, answer: str, at: datetime) -> Responsibility:
    """Somebody who neither opened the review nor decided says what comes of the appeal. Raises NoAppeal, OtherConsequence."""
    row = _lock_person(row)
    ask(permissions.can_answer_appeal(by, row, third_people(row)))
    if row.appealed_at is None or row.answered_at:
        raise NoAppeal(_("No appeal waits for an answer."))
    check_nameless(row.review.case, answer, field="answer")
    row.appeal_outcome, row.final = Responsibility.AppealOutcome(outcome), _final(row, outcome, final)
    row.appeal_answer, row.answered_at, row.answered_by = answer, at, by
    row.save(update_fields=["appeal_outcome", "final", "appeal_answer", "answered_at", "answered_by"])
    _record("wrong_case.answered", row.review, by=by, at=at, person=row.pk, outcome=outcome, consequence=row.final)
    notifications.answered(row, at=at)
    return row


@transaction.atomic
def conclude(review: WrongCaseReview, *, by: User, outcome: str, conclusion: str, at: datetime) -> WrongCaseReview:
    """Another leader says what the review came to, once nobody waits for a decision. Raises Concluded, NotConcludable."""
    review = _lock(review)
    ask(permissions.can_conclude(by, review))
    people = list(review.people.all())
    if any(row.decided_at is None or (row.appealed_at and not row.answered_at) for row in people):
        raise NotConcludable(_("A decision or an appeal is still open. Decide on it first."))
    punished = any((row.final or row.decided) != Consequence.NONE for row in people)
    if outcome == WrongCaseReview.Outcome.SOUND and punished:
        raise NotConcludable(_("Somebody bears a consequence, so something was wrong."))
    check_nameless(review.case, conclusion, field="conclusion")
    review.outcome, review.conclusion = WrongCaseReview.Outcome(outcome), conclusion
    review.concluded_at, review.concluded_by = at, by
    review.save(update_fields=["outcome", "conclusion", "concluded_at", "concluded_by"])
    _record("wrong_case.concluded", review, by=by, at=at, outcome=outcome)
    return review


def _final(row: Responsibility, outcome: str, final: str) -> str:
    """Return what holds after the appeal; only a change says so itself."""
    if outcome == Responsibility.AppealOutcome.LIFTED:
        return Consequence.NONE
    if outcome == Responsibility.AppealOutcome.KEPT:
        return row.decided
    if final not in Consequence.values or final == row.decided:
        raise OtherConsequence(_("Choose another consequence than the one decided."))
    return final


def _last_day_to_appeal(today: date) -> date:
    return calendars.limit_for(calendars.policy_for(_APPEAL, today), today).due_on


def _lock(review: WrongCaseReview) -> WrongCaseReview:
    """Lock a review that runs."""
    rows = WrongCaseReview.objects.select_for_update(of=("self",)).select_related("case__handler", "case__agency", "opened_by")
    review = rows.get(pk=review.pk)
    if review.concluded_at:
        raise Concluded(_("This review has come to its end, so nothing was saved."))
    return review


def _lock_person(row: Responsibility) -> Responsibility:
    """Lock the review and then one person's part in it; an appeal may come after the review has ended."""
    WrongCaseReview.objects.select_for_update(of=("self",)).get(pk=row.review_id)
    rows = Responsibility.objects.select_for_update(of=("self",))
    return rows.select_related("review__case__agency", "review__opened_by", "account").get(pk=row.pk)


def _record(event: str, review: WrongCaseReview, *, by: User, at: datetime, **facts: events.Fact) -> None:
    """Under its own subject: the history of the case, which every officer reads, does not tell of it."""
    facts["case"] = review.case_id
    events.record(event, subject=review.subject, actor=events.user_id(by), at=at, facts=facts)
