"""Collecting a reward: who reported says how the money is wanted, on the tracking page or at the counter."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from complaints import actions as complaint_actions
from complaints import codes, reading
from complaints.models import Complaint
from core import clock, events, vault
from core.events import Fact
from supervisors.models import Payable, Reward, RewardShare, Tip
from supervisors.refusals import Refused
from supervisors.rewards import facts, notifications, permissions
from supervisors.rewards.eligibility import Source
from supervisors.rewards.workflow import TransitionNotAllowed, target_of

from .accounts import set_account
from .rewarding import lock_reward, move_on, tell

_ACCOUNT = re.compile(r"\d{6,35}")
_COLUMNS = ("holder", "bank", "account")


class CollectRefused(Refused):
    """It cannot be collected so; `field` says what to mend."""

    def __init__(self, message: str, field: str | None = None) -> None:
        """Name the field to mend."""
        super().__init__(message)
        self.field = field


class WindowOver(Refused):
    """The last day has passed."""


class WrongCode(CollectRefused):
    """The claim code is not right."""


@dataclass(frozen=True)
class Wanted:
    """How the payee wants the money; `code` is the claim code of who has no name here."""

    means: str
    holder: str = ""
    bank: str = ""
    account: str = ""
    code: str = ""


@transaction.atomic
def collect_on_page(complaint: Complaint, wanted: Wanted, *, at: datetime) -> RewardShare:
    """Collect the share of who filed; a second click returns the first.

    Raises CollectRefused, WindowOver, TransitionNotAllowed.
    """
    reward = Reward.objects.standing().filter(complaint=complaint).first()
    if reward is None:
        raise TransitionNotAllowed(_("There is nothing to collect here."))
    row = lock_reward(reward)
    return _collect(row, _locked_share(row, 1), wanted, by=None, at=at)


@transaction.atomic
def collect_for_tip(tip: Tip, wanted: Wanted, *, by: User, at: datetime) -> RewardShare:
    """Collect the reward for a supervisor's own tip, on the own page; no event says whose it is. The same refusals."""
    if tip.supervisor.user_id != by.pk:
        raise PermissionDenied
    return collect_on_page(tip.complaint, wanted, at=at)


@transaction.atomic
def collect_at_office(share: RewardShare, wanted: Wanted, *, by: User, at: datetime) -> RewardShare:
    """Note at the counter how one signer wants the money. The same refusals."""
    row = lock_reward(share.reward, by=by)
    locked = _locked_share(row, share.place)
    if not locked.collected_at and not permissions.can_hand_in(by, row):
        raise PermissionDenied
    return _collect(row, locked, wanted, by=by, at=at)


def _collect(row: Reward, share: RewardShare, wanted: Wanted, *, by: User | None, at: datetime) -> RewardShare:
    if share.collected_at:
        return share
    target = target_of("claim", row.status)
    if row.collect_until is None or clock.day_of(at) > row.collect_until:
        raise WindowOver(_("The last day on which it could be collected has passed."))
    _check(row, share, wanted)
    if share.place == 1 and not facts.tip_of(row.complaint):
        _claim(row, wanted.code, at)
    if share.payable is None:
        raise TransitionNotAllowed(_("There is nothing to collect here."))
    set_account(share.payable, holder=wanted.holder, bank=wanted.bank, account=wanted.account, means=wanted.means, by=by, at=at)
    share.way = RewardShare.Way.OFFICE if by else RewardShare.Way.PAGE
    share.collected_at, share.collected_by = at, by
    share.save(update_fields=["way", "collected_at", "collected_by"])
    given: dict[str, Fact] = {"case": row.case_id, "share": share.pk, "means": wanted.means, "way": str(share.way)}
    actor = events.user_id(by) if by else events.CITIZEN
    events.record("reward.collected", subject=row.subject, actor=actor, at=at, facts=given)
    if not row.shares.filter(collected_at=None).exists():
        move_on(row, target)
        events.record("reward.claimed", subject=row.subject, actor=actor, at=at, facts={"case": row.case_id})
        tell_collected(row, by=by, at=at)
    return share


def tell_collected(row: Reward, *, by: User | None, at: datetime) -> None:
    """Tell both sides that everything that is collected waits to be paid."""
    notifications.moved(row, by=by, at=at)
    tell(row, "collected", at)


def _check(row: Reward, share: RewardShare, wanted: Wanted) -> None:
    """Nobody is paid who did not show to be who reported; without a name in cash alone, with one only to an own account."""
    source = facts.source_of(row.complaint)
    if source in {Source.CLAIM_CODE, Source.UNPROVED}:
        if not codes.proves_claim(row.complaint, wanted.code):
            raise WrongCode(_("This claim code is not right."), "code")
        if wanted.means != Payable.Means.CASH:
            raise CollectRefused(_("Without a name it is paid in cash, against the voucher."), "means")
    elif source == Source.NOBODY:
        raise CollectRefused(_("It is not certain any more who reported. Call the hotline."))
    if wanted.means == Payable.Means.BANK:
        _check_account(row, share, wanted)


def _check_account(row: Reward, share: RewardShare, wanted: Wanted) -> None:
    for field in ("holder", "bank"):
        if not getattr(wanted, field):
            raise CollectRefused(_("Write this as it stands on the card or passbook."), field)
    if not _ACCOUNT.fullmatch(wanted.account):
        raise CollectRefused(_("An account number has 6 to 35 digits."), "account")
    if (known := _names_of(row, share)) and "".join(wanted.holder.split()) not in known:
        raise CollectRefused(_("The account must be in the name of who reported. If yours is not, come to the office."), "holder")


def _names_of(row: Reward, share: RewardShare) -> set[str]:
    """Open the names of who gets a share, for comparing only; of a signer who was not named nothing is known."""
    if tip := facts.tip_of(row.complaint):
        return {"".join(tip.supervisor.user.full_name.split())}
    filer = reading.filer_of(row.complaint)
    if filer is None:
        return set()
    if share.place == 1:
        return {"".join(name.split()) for name in (filer.name, organisation_of(row.complaint)) if name}
    named = filer.representatives[share.place - 2 : share.place - 1]
    return {"".join(one.name.split()) for one in named}


def organisation_of(complaint: Complaint) -> str:
    """Open the organisation's name, for comparing only; empty when there is none."""
    person = complaint.complainant
    if person is None or person.organisation_sealed is None:
        return ""
    return vault.open_sealed(person.organisation_sealed, row=person.vault_row, column="organisation")


def _claim(row: Reward, code: str, at: datetime) -> None:
    """Whoever collects has claimed by that; the first claim stays as it was."""
    try:
        complaint_actions.claim_reward(row.complaint, code=code, at=at)
    except complaint_actions.ClaimRefused as refusal:
        raise CollectRefused(str(refusal), "code" if code else None) from refusal


def _locked_share(row: Reward, place: int) -> RewardShare:
    share = RewardShare.objects.select_for_update(of=("self",)).select_related("payable").get(reward=row, place=place)
    share.reward = row
    return share
