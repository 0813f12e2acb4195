"""What complainants do after filing, as the office meets it: messages both ways, more evidence, withdrawal."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from cases import notifications, permissions
from cases.leading import waiting_of
from cases.letters.kinds import LetterKind
from cases.models import Case
from cases.workflow import ENDED, Refused, Status
from complaints import actions as complaint_actions
from complaints.categories import DISCIPLINE
from complaints.models import Complaint, Evidence, Message, Withdrawal
from core import events

from . import limits
from .lettering import draft_letter
from .moving import ask, lock, lock_of, move
from .returning import settle_return
from .reviewing import keep_review_limits
from .shared import check_shared


class NotWithdrawn(Refused):
    """The complainant has not withdrawn, or another complainant of the case has not."""


def write_message(case: Case, complaint: Complaint, text: str, *, token: str, by: User, at: datetime) -> Message:
    """Write to one complainant of the case, in any state of it. The same text from the same page is written once."""
    now = Case.objects.visible_to(by).filter(pk=case.pk, links__complaint=complaint).first()
    ask(now is not None and permissions.can_talk(by, now))
    return complaint_actions.write(complaint, text, token=token, by=by, at=at)


def note_seen(case: Case, messages: Iterable[int], *, by: User, at: datetime) -> None:
    """Note that who must answer has these messages before the eyes; a look by anybody else leaves them new."""
    if permissions.must_answer(by, case):
        complaint_actions.note_seen(messages, at=at)


def take_message(complaint: Complaint, message: Message, at: datetime) -> None:
    """Tell who deals with the case (the answer to `complaints.ports.after_message`)."""
    notifications.message_came(_case_of(complaint), message, at=at)


def take_supplement(complaint: Complaint, evidence: Sequence[Evidence], at: datetime) -> None:
    """Tell who deals with the case (the answer to `complaints.ports.after_supplement`)."""
    notifications.evidence_came(_case_of(complaint), evidence[0], at=at)


@transaction.atomic
def take_withdrawal(complaint: Complaint, withdrawal: Withdrawal, at: datetime) -> None:
    """End a case that nobody has accepted yet; a later one, and a discipline matter, its handler decides on.

    The answer to `complaints.ports.after_withdrawal`. A case with another complainant goes on. Raises WithdrawalRefused.
    """
    case = lock_of(complaint)
    if case.status in ENDED:
        raise complaint_actions.WithdrawalRefused(_("The matter has ended already, so there is nothing to withdraw"))
    everybody = not case.links.filter(complaint__withdrawal__isnull=True).exists()
    if everybody and case.status == Status.TRIAGE and not _is_discipline(case):
        move(case, "withdraw", event="case.withdrawn", actor=events.CITIZEN, at=at, withdrawn_at=at, closed_at=at)
        limits.close_limits(case, at=at)
    else:
        _note_withdrawal(case, at=at, everybody=everybody)
    keep_review_limits(case, at=at)
    notifications.withdrawn(case, at=at)


@transaction.atomic
def end_withdrawn(case: Case, *, by: User, version: int | None, reason: str, at: datetime) -> Case:
    """End a case that its complainants have withdrawn, with a reason that they read. Raises NotWithdrawn."""
    case = lock(case, version, by=by)
    ask(permissions.can_end_withdrawn(by, case))
    if case.withdrawn_at is None:
        raise NotWithdrawn(_("The complainant has not withdrawn."))
    check_shared(case, reason, field="reason")
    waiting = waiting_of(case)
    in_triage = case.status == Status.TRIAGE
    transition, event = ("withdraw", "case.withdrawn") if in_triage else ("close_withdrawn", "case.closed")
    facts: dict[str, events.Fact] = {"because": "withdrawn"}
    move(case, transition, event=event, actor=events.user_id(by), at=at, facts=facts, close_reason=reason, closed_at=at)
    limits.close_limits(case, at=at)
    if not in_triage:
        draft_letter(case, LetterKind.CLOSING, cause=f"close:{case.version}", at=at)
    notifications.closed(case, at=at)
    settle_return(case, by=by, at=at)
    for assignment in waiting:
        notifications.ended(assignment, at=at)
    return case


def _is_discipline(case: Case) -> bool:
    """By what the case was sorted into, and by what any of those who complain had said."""
    filed = case.links.filter(Q(complaint__category=DISCIPLINE) | Q(complaint__secondary__contains=[DISCIPLINE]))
    return DISCIPLINE in {case.category, *case.secondary} or filed.exists()


def _note_withdrawal(case: Case, *, at: datetime, everybody: bool) -> None:
    """Leave the case where it is. The new version stops pages that were opened before."""
    case.version += 1
    case.withdrawn_at = at if everybody else None
    case.save(update_fields=["version", "withdrawn_at"])
    events.record("case.withdrawal_noted", subject=case.subject, actor=events.CITIZEN, at=at)


def _case_of(complaint: Complaint) -> Case:
    return Case.objects.select_related("agency", "respondent_agency", "handler").get(links__complaint=complaint)
