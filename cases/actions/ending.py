"""How a case ends: a leader approves and the reply goes out, or sends back; then follow-up, by rating or by call, and closing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import notifications, permissions
from cases.leading import owing_of
from cases.letters.kinds import LetterKind
from cases.models import Assignment, Case, Report
from cases.ratings import is_settled, least
from cases.redaction import disclosed_to
from cases.ways import telling
from cases.workflow import Mode, Refused, Status, Step
from complaints.actions import RatingRefused
from complaints.models import Complaint, Rating, Satisfaction
from core import clock, events

from . import limits
from .checking import check_words
from .lettering import draft_letter, draft_to_complainants
from .moving import ask, lock, lock_of, move
from .problems import count_rework
from .shared import check_shared


class ReasonMissing(Refused):
    """A case whose complainant is dissatisfied is not closed without a reason."""

    field = "reason"


@transaction.atomic
def approve(case: Case, *, by: User, version: int | None, reply: str, at: datetime) -> Case:
    """Approve the open report and give the complainant the reply, both at once."""
    case = lock(case, version, by=by)
    ask(permissions.can_approve(by, case))
    check_shared(case, reply, field="reply")
    actor = events.user_id(by)
    made = _open_report(case)
    facts: dict[str, events.Fact] = {"finding": made.finding if made else ""}
    move(case, "approve", event="case.approved", actor=actor, at=at, facts=facts, finding=facts["finding"])
    owing = owing_of(case)
    assignment = _decide(made, Report.Decision.APPROVED, by=by, at=at)
    move(case, "reply", event="case.replied", actor=actor, at=at, reply=reply, replied_at=at, replied_by=by)
    limits.close_limits(case, Step.FEEDBACK, at=at)
    limits.open_limit(case, Step.FOLLOW_UP, start=clock.day_of(at), at=at)
    draft_to_complainants(case, LetterKind.REPLY, cause=f"report:{made.pk if made else 0}", at=at)
    notifications.approved(case, assignment, by=by, at=at)
    for helping in owing:
        telling.opinion_not_needed(helping, at=at)
    return case


@transaction.atomic
def send_back(case: Case, *, by: User, version: int | None, reason: str, at: datetime, looked_at: bool = False) -> Case:
    """Send the open report back with a reason; the finish limit runs on from where it was.

    The agency reads the reason, so it is checked as its summary was (see `check_words`). Raises ReasonNamesComplainant.
    """
    case = lock(case, version, by=by)
    ask(permissions.can_send_back(by, case))
    made = _open_report(case)
    if made and made.assignment:
        check_words(reason, case, disclosed_to(made.assignment), field="reason", looked_at=looked_at)
    transition = "send_back_own" if case.mode == Mode.HANDLE else "send_back"
    move(case, transition, event="case.sent_back", actor=events.user_id(by), at=at)
    assignment = _decide(made, Report.Decision.SENT_BACK, by=by, at=at, note=reason)
    limits.close_limits(case, Step.FEEDBACK, at=at)
    limits.reopen_limit(case, Step.FINISH, at=at)
    count_rework(case, at=at)
    notifications.sent_back(case, assignment, by=by, at=at)
    return case


@transaction.atomic
def follow_up(case: Case, *, by: User, version: int | None, satisfaction: str, note: str, at: datetime) -> Case:
    """Note a follow-up call. A satisfied complainant's case closes with it; a dissatisfied one's waits for a reasoned closing.

    What others who complain together have rated counts too: the least satisfied.
    """
    case = lock(case, version, by=by)
    ask(permissions.can_follow_up(by, case))
    satisfaction = least([satisfaction, *_ratings(case)])
    _follow_up(case, satisfaction, actor=events.user_id(by), means="call", note=note, at=at)
    if case.status == Status.CLOSED:
        notifications.closed(case, at=at)
    return case


@transaction.atomic
def take_rating(complaint: Complaint, rating: Rating, at: datetime) -> None:
    """Follow up by the complainants' ratings: as soon as one is dissatisfied, else when everybody has rated; the least counts.

    When an officer's call or another complainant came first, the rating is only recorded. One that meets a case which was
    opened again meanwhile is refused: there will be another reply to rate. Raises RatingRefused.
    """
    case = lock_of(complaint)
    if case.is_reopened:
        raise RatingRefused(_("We are looking into it again. You can rate our new reply when you have it"))
    waiting = case.links.filter(complaint__rating__isnull=True, complaint__withdrawal__isnull=True).count()
    if case.status != Status.REPLIED or not is_settled(rating.satisfaction, waiting=waiting):
        facts: dict[str, events.Fact] = {"satisfaction": rating.satisfaction}
        events.record("case.rated", subject=case.subject, actor=events.CITIZEN, at=at, facts=facts)
        return
    _follow_up(case, least(_ratings(case)), actor=events.CITIZEN, means="rating", note="", at=at)
    notifications.rated(case, at=at)


@transaction.atomic
def close(case: Case, *, by: User, version: int | None, reason: str, at: datetime) -> Case:
    """Close a case that was followed up; a dissatisfied complainant is owed a reason. Raises ReasonMissing."""
    case = lock(case, version, by=by)
    ask(permissions.can_close(by, case))
    check_shared(case, reason, field="reason")
    if case.satisfaction == Satisfaction.DISSATISFIED and not reason.strip():
        raise ReasonMissing(_("The complainant is dissatisfied. Give the reason for closing the case all the same."))
    _close(case, actor=events.user_id(by), reason=reason, at=at)
    notifications.closed(case, at=at)
    return case


def _ratings(case: Case) -> list[str]:
    """Return how those who complain have rated so far."""
    return list(Rating.objects.filter(complaint__case_link__case=case).values_list("satisfaction", flat=True))


def _follow_up(case: Case, satisfaction: str, *, actor: str, means: str, note: str, at: datetime) -> None:
    facts: dict[str, events.Fact] = {"satisfaction": satisfaction, "means": means}
    words = {"satisfaction": satisfaction, "follow_up_note": note}
    move(case, "follow_up", event="case.followed_up", actor=actor, at=at, facts=facts, **words)
    if satisfaction != Satisfaction.DISSATISFIED:
        _close(case, actor=events.SYSTEM, reason="", at=at)


def _close(case: Case, *, actor: str, reason: str, at: datetime) -> None:
    move(case, "close", event="case.closed", actor=actor, at=at, close_reason=reason, closed_at=at)
    limits.close_limits(case, at=at)
    draft_letter(case, LetterKind.CLOSING, cause=f"close:{case.version}", at=at)  # closed again, it is summed up again


def _open_report(case: Case) -> Report | None:
    return case.reports.select_related("assignment__agency").filter(decision="").first()


def _decide(made: Report | None, decision: Report.Decision, *, by: User, at: datetime, note: str = "") -> Assignment | None:
    """Write the leader's decision on the report; returns the agency's assignment, if it was the agency's report."""
    if made is None:
        return None
    made.decision, made.decision_note, made.decided_at, made.decided_by = decision, note, at, by
    made.save(update_fields=["decision", "decision_note", "decided_at", "decided_by"])
    return made.assignment
