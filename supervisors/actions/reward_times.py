"""What the clock and the money do to rewards: windows end, reminders go out, and a reward follows what was paid."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext as _

from complaints import actions as complaint_actions
from core import clock, events
from supervisors.models import Payable, Reward, RewardShare
from supervisors.refusals import Refused
from supervisors.rewards import notifications
from supervisors.rewards.windows import REMINDED_BEFORE, rung_of
from supervisors.rewards.workflow import RewardState, target_of

from .collecting import tell_collected
from .owing import cancel_payable
from .rewarding import lock_reward, move_on, tell

log = structlog.get_logger(__name__)
_OPEN = [Payable.State.OWED, Payable.State.SENT]
_PAID = [Payable.State.PAID, Payable.State.CLAWED_BACK]


def lapse_rewards(*, at: datetime) -> int:
    """Let lapse what nobody collected within its window; each reward is a transaction of its own. Returns how many."""
    over = Reward.objects.uncollected().filter(collect_until__lt=clock.day_of(at))
    return _each(over, lapse_reward, at)


def remind_of_rewards(*, at: datetime) -> int:
    """Remind who has not collected, once a rung; returns how many were reminded or had been."""
    today, reminded = clock.day_of(at), 0
    soon = Reward.objects.uncollected().filter(
        collect_until__gte=today, collect_until__lte=today + timedelta(days=max(REMINDED_BEFORE))
    )
    for row in soon.select_related("complaint__complainant"):
        if row.collect_until and (rung := rung_of(row.collect_until, today)):
            with transaction.atomic():
                reminded += notifications.ends(row, rung, at=at)
    return reminded


def follow_payments(*, at: datetime) -> int:
    """Let rewards follow their money: paid when every share is, paid back when all of it came back. Returns how many moved."""
    shares = RewardShare.objects.filter(reward=OuterRef("pk"))
    settled = Reward.objects.filter(status=RewardState.CLAIMED).exclude(Exists(shares.filter(payable__state__in=_OPEN)))
    settled = settled.filter(Exists(shares.filter(payable__state__in=_PAID)))
    back = Reward.objects.filter(status=RewardState.PAID).exclude(Exists(shares.filter(payable__state=Payable.State.PAID)))
    return _each(settled, follow_payment, at) + _each(back, follow_payment, at)


@transaction.atomic
def lapse_reward(reward: Reward, *, at: datetime) -> bool:
    """Give back what was not collected; where some of several signers did collect, the reward goes on for them."""
    row = lock_reward(reward)
    if row.status != RewardState.NOTIFIED or row.collect_until is None or clock.day_of(at) <= row.collect_until:
        return False
    with translation.override("zh-hans"):
        reason = _("Not collected by the last day of the window.")
    for share in row.shares.filter(collected_at=None).select_related("payable").order_by("place"):
        if share.payable:
            cancel_payable(share.payable, reason=reason, by=None, at=at)
    if row.shares.filter(collected_at__isnull=False).exists():
        move_on(row, target_of("claim", row.status))
        tell_collected(row, by=None, at=at)
        return True
    row.ended_at, row.end_reason = at, reason
    move_on(row, target_of("lapse", row.status), "ended_at", "end_reason")
    _moved(row, "lapsed", at)
    return True


@transaction.atomic
def follow_payment(reward: Reward, *, at: datetime) -> bool:
    """Let one reward follow its money; returns whether it moved."""
    row = lock_reward(reward)
    payables = list(Payable.objects.filter(reward_share__reward=row).exclude(state=Payable.State.CANCELLED).order_by("pk"))
    states = {payable.state for payable in payables}
    if row.status == RewardState.CLAIMED and states and states <= set(_PAID):
        last = max(payables, key=lambda one: (one.paid_at or at, one.pk))
        row.paid_at, row.paid_by = last.paid_at, last.paid_by
        move_on(row, target_of("pay", row.status), "paid_at", "paid_by")
        _moved(row, "paid", at)
        return True
    if row.status == RewardState.PAID and states == {Payable.State.CLAWED_BACK}:
        row.ended_at, row.end_reason = at, payables[0].cancel_reason
        move_on(row, target_of("claw_back", row.status), "ended_at", "end_reason")
        _record(row, "clawed_back", at)
        notifications.moved(row, by=None, at=at)
        return True
    return False


def _moved(row: Reward, what: str, at: datetime) -> None:
    """Record it, tell both sides, and erase the ID number that no payment needs any more."""
    _record(row, what, at)
    notifications.moved(row, by=None, at=at)
    tell(row, what, at)
    complaint_actions.forget_id_number(row.complaint, at=at)


def _record(row: Reward, what: str, at: datetime) -> None:
    events.record(f"reward.{what}", subject=row.subject, actor=events.SYSTEM, at=at, facts={"case": row.case_id})


def _each(rows: Iterable[Reward], act: Callable[..., bool], at: datetime) -> int:
    """Do each by itself: one that cannot be done stops none of the others, and the next round tries it again."""
    done = 0
    for row in rows:
        try:
            done += act(row, at=at)
        except Refused as refusal:
            log.warning("a reward could not move on", reward=row.pk, refusal=type(refusal).__name__)
    return done
