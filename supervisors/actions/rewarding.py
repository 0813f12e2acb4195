"""A reward is proposed by one person, decided by another, cancelled with a reason; a claim without one is declined."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases.actions.moving import lock as lock_case
from cases.models import Case
from cases.redaction import identity_in
from complaints import actions as complaint_actions
from complaints.models import Complaint, RewardClaim
from core import clock, events, masking
from core.numbering import next_number
from supervisors.models import Budget, DeclinedClaim, Payable, Reward, RewardGrade, RewardShare
from supervisors.refusals import Refused
from supervisors.rewards import facts, notifications, permissions
from supervisors.rewards.amounts import Span, shares_of, span_of
from supervisors.rewards.eligibility import Facts, against, eligibility
from supervisors.rewards.windows import last_day
from supervisors.rewards.workflow import RewardState, target_of

from .owing import cancel_payable, owe
from .tipping import own_values

SERIES = "reward"


class NotEligible(Refused):
    """Something speaks against a reward."""


class AlreadyProposed(Refused):
    """There is a reward in this case: one a case."""


class AmountRefused(Refused):
    """The grade does not give so much, or so little."""

    def __init__(self, message: str, field: str) -> None:
        """Name the field to mend."""
        super().__init__(message)
        self.field = field


class NamesReporter(Refused):
    """A text that others read says who reported."""

    def __init__(self, message: str, field: str) -> None:
        """Name the field to mend."""
        super().__init__(message)
        self.field = field


class NoBudget(Refused):
    """The scheme has no budget yet."""


class StalePage(Refused):
    """The page was opened before somebody else changed the reward."""


class ReasonMissing(Refused):
    """A no needs a reason."""

    field = "note"


class NothingClaimed(Refused):
    """Nobody claims, it was answered, or there is a reward."""


@dataclass(frozen=True)
class Proposal:
    """What a proposer says: the grade and amount, 真实性 and 有效性 each with its reason, and what only a person can judge."""

    grade: RewardGrade
    amount_fen: int
    truth: str
    truth_reason: str
    worth: str
    worth_reason: str
    reason: str
    own_duty: bool
    accomplice: bool
    base_fen: int = 0


def lock_reward(reward: Reward, *, by: User | None = None, version: int | None = None) -> Reward:
    """Lock a reward and return it as it is now. Raises StalePage; PermissionDenied for who may not see its case."""
    rows = Reward.objects.select_for_update(of=("self",)).select_related(
        "case", "complaint__complainant", "scheme__budget", "grade"
    )
    row = rows.get(pk=reward.pk)
    _ask(by is None or Case.objects.visible_to(by).filter(pk=row.case_id).exists())
    if version is not None and row.version != version:
        raise StalePage(_("Somebody has changed this reward since the page was opened, so nothing was saved. Look at it again."))
    return row


@transaction.atomic
def propose_reward(case: Case, complaint: Complaint, said: Proposal, *, by: User, version: int | None, at: datetime) -> Reward:
    """Propose a reward for one report of a case.

    Raises NotEligible, AlreadyProposed, AmountRefused, NamesReporter and the refusals of the case (StalePage).
    """
    case = lock_case(case, version, by=by)
    _ask(permissions.can_propose(by, case) and Case.objects.visible_to(by).filter(pk=case.pk).exists())
    if Reward.objects.standing().filter(case=case).exists():
        raise AlreadyProposed(_("There is a reward in this case already. Look at it again."))
    complaint, known = _facts(case, complaint.pk)
    _ask(not facts.is_own_tip(complaint, by))
    _check_eligible(facts.judged(known, own_duty=said.own_duty, accomplice=said.accomplice))
    if said.grade.scheme != facts.scheme_for(complaint):
        raise AmountRefused(_("This grade belongs to another scheme."), "grade")
    _check_amount(said)
    _check_texts(case, {name: getattr(said, name) for name in ("truth_reason", "worth_reason", "reason")}, complaint)
    reward = Reward.objects.create(
        case=case,
        complaint=complaint,
        scheme=said.grade.scheme,
        grade=said.grade,
        proposed_at=at,
        proposed_by=by,
        **{name: getattr(said, name) for name in _SAID},
    )
    RewardShare.objects.bulk_create(
        RewardShare(reward=reward, place=place, amount_fen=fen)
        for place, fen in enumerate(shares_of(said.amount_fen, complaint.signers), start=1)
    )
    _record("proposed", reward, by, at, amount_fen=said.amount_fen, grade=said.grade.pk)
    notifications.proposed(reward, by=by, at=at)
    return reward


_SAID = ("amount_fen", "base_fen", "truth", "truth_reason", "worth", "worth_reason", "reason")


@transaction.atomic
def decide_reward(reward: Reward, *, approve: bool, note: str, by: User, version: int | None, at: datetime) -> Reward:
    """Approve a reward, book what is owed and tell who reported; or refuse it with a reason.

    All of it or nothing. Raises NotEligible, NoBudget, BudgetExhausted, ReasonMissing, StalePage, TransitionNotAllowed.
    """
    row = lock_reward(reward, by=by, version=version)
    target = target_of("approve" if approve else "refuse", row.status)
    _ask(permissions.can_decide(by, row) and not facts.is_own_tip(row.complaint, by))
    if not approve and not note:
        raise ReasonMissing(_("Write why not."))
    row.decided_at, row.decided_by, row.decision_note = at, by, note
    if approve:
        _approve(row, by, at)
    _move(row, target, by, at, "number", "collect_until", "decided_at", "decided_by", "decision_note")
    notifications.moved(row, by=by, at=at)
    if approve:
        tell(row, "offered", at)
    return row


@transaction.atomic
def cancel_reward(reward: Reward, *, reason: str, by: User, version: int | None, at: datetime) -> Reward:
    """Cancel a reward of which nothing was sent or paid; its money goes back to the budget. Raises NotOwed, StalePage."""
    row = lock_reward(reward, by=by, version=version)
    target, was_told = target_of("cancel", row.status), row.status != RewardState.PROPOSED
    _ask(permissions.can_cancel(by, row))
    for share in row.shares.filter(payable__isnull=False).select_related("payable").order_by("place"):
        if share.payable and share.payable.state != Payable.State.CANCELLED:
            cancel_payable(share.payable, reason=reason, by=by, at=at)
    row.ended_at, row.ended_by, row.end_reason = at, by, reason
    _move(row, target, by, at, "ended_at", "ended_by", "end_reason")
    notifications.moved(row, by=by, at=at)
    if was_told:
        tell(row, "cancelled", at)
        complaint_actions.forget_id_number(row.complaint, at=at)
    return row


@transaction.atomic
def decline_claim(case: Case, complaint: Complaint, *, reason: str, by: User, at: datetime) -> DeclinedClaim:
    """Say that a claim gets no reward; the claimant reads the reason. Raises NothingClaimed, NamesReporter."""
    case = lock_case(case, by=by)
    _ask(permissions.can_decline_claim(by) and Case.objects.visible_to(by).filter(pk=case.pk).exists())
    claimed = RewardClaim.objects.filter(complaint=complaint, complaint__case_link__case=case).exists()
    answered = DeclinedClaim.objects.filter(complaint=complaint).exists()
    if not claimed or answered or Reward.objects.standing().filter(complaint=complaint).exists():
        raise NothingClaimed(_("There is no claim to answer here, or it was answered already."))
    _check_texts(case, {"reason": reason}, complaint)
    row = DeclinedClaim.objects.create(complaint=complaint, reason=reason, decided_at=at, decided_by=by)
    events.record("complaint.reward_declined", subject=complaint.subject, actor=events.user_id(by), at=at)
    notifications.news(complaint, once=f"declined:{row.pk}", at=at)
    complaint_actions.forget_id_number(complaint, at=at)
    return row


def what_a_grade_gives(grade: RewardGrade, base_fen: int) -> Span:
    """Return what a grade gives, with what was fined or recovered where it is a share of that."""
    return span_of(grade.least_fen, grade.most_fen, share=grade.share, base_fen=base_fen)


def move_on(row: Reward, target: str, *fields: str) -> None:
    """Set a locked reward's status with these fields. The only place where it is assigned."""
    row.status = target
    row.version += 1
    row.save(update_fields=["status", "version", *fields])


def _approve(row: Reward, by: User, at: datetime) -> None:
    """Ask once more whether anything speaks against it, and book each share; `row` is not saved yet."""
    _complaint, known = _facts(row.case, row.complaint_id, but=row)
    _check_eligible(facts.judged(known, own_duty=False, accomplice=False))
    budget, today = row.scheme.budget, clock.day_of(at)
    if budget is None or budget.kind != Budget.Kind.REWARDS:
        raise NoBudget(
            _("The scheme “%(scheme)s” has no budget yet. Finance opens one, the administrator names it.")
            % {"scheme": row.scheme.name}
        )
    for share in row.shares.select_related("reward").order_by("place"):
        share.payable = owe(
            budget, share.amount_fen, cause=share.cause, payee=share.payee, proposed_by=row.proposed_by, approved_by=by, at=at
        )
        share.save(update_fields=["payable"])
    row.number = f"{settings.OFFICE['sign']}奖〔{today.year}〕{next_number(SERIES, today.year)}号"
    row.collect_until = last_day(today, row.scheme.window_months)


def _facts(case: Case, complaint_pk: int, *, but: Reward | None = None) -> tuple[Complaint, Facts]:
    complaints = facts.complaints_of(case)
    complaint = next((one for one in complaints if one.pk == complaint_pk), None)
    if complaint is None:
        raise NotEligible(_("This report belongs to another case now."))
    return complaint, facts.facts_of(case, complaints, but=but)[complaint.pk]


def _check_eligible(known: Facts) -> None:
    if found := against(eligibility(known)):
        raise NotEligible(" ".join(str(reason.words) for reason in found))


def _check_amount(said: Proposal) -> None:
    if said.grade.share and not said.base_fen:
        raise AmountRefused(_("This grade is a share of what was fined or recovered: write how much that was."), "base")
    if not what_a_grade_gives(said.grade, said.base_fen).holds(said.amount_fen):
        raise AmountRefused(_("The grade does not give this amount."), "amount")


def _check_texts(case: Case, texts: dict[str, str], complaint: Complaint) -> None:
    """The decision is printed and paid by people who must not learn who reported."""
    tip = facts.tip_of(complaint)
    for field, text in texts.items():
        if tip and masking.mask_values(text, own_values(tip.supervisor.user)) != text:
            raise NamesReporter(_("This says who gave the tip. Write it without."), field)
        if held := identity_in(text, case, {}):
            words = _("This says who reported (%(kinds)s). Write it without.")
            raise NamesReporter(words % {"kinds": _(", ").join(held)}, field)


def _move(row: Reward, target: str, by: User, at: datetime, *fields: str) -> None:
    move_on(row, target, *fields)
    _record(target, row, by, at)


def _record(what: str, row: Reward, by: User, at: datetime, **more: events.Fact) -> None:
    given: dict[str, events.Fact] = {"case": row.case_id, **more}
    events.record(f"reward.{what}", subject=row.subject, actor=events.user_id(by), at=at, facts=given)


def tell(row: Reward, what: str, at: datetime) -> None:
    """Note with the complaint what the complainant reads there, and that there is news."""
    events.record(f"complaint.reward_{what}", subject=row.complaint.subject, actor=events.SYSTEM, at=at)
    notifications.news(row.complaint, once=f"{row.subject}:{what}", at=at)


def _ask(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
