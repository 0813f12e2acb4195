"""Answers the ports of the rooms below: what has become of a reward, which cases have one under way, whose ID number it needs."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from complaints.models import Complaint
from complaints.ports import RewardStanding
from core.templatetags.portal import day, day_week
from supervisors.models import DeclinedClaim, Payable, Reward, RewardShare, Tip
from supervisors.templatetags.rewards import yuan

from .workflow import WAITING, RewardState

_UNDER_WAY = (RewardState.PROPOSED, *WAITING)
_HEADLINES: Mapping[str, str | Promise] = {
    RewardState.NOTIFIED: gettext_lazy("A reward waits for you"),
    RewardState.CLAIMED: gettext_lazy("Your reward is being paid"),
    RewardState.PAID: gettext_lazy("Your reward was paid"),
    RewardState.LAPSED: gettext_lazy("The reward has lapsed"),
    RewardState.CANCELLED: gettext_lazy("The reward was cancelled"),
    RewardState.CLAWED_BACK: gettext_lazy("The reward was paid back"),
}
_BEING_PAID = gettext_lazy(
    "You have collected it. By bank it arrives within some working days; cash is handed out at the office."
)
_COLLECTED = gettext_lazy(
    "You have collected your share. It is paid as soon as the others have collected theirs, or their time is over."
)


def reward_of(complaint: Complaint) -> RewardStanding | None:
    """Return what has become of a reward (the answer to `complaints.ports.reward`).

    What is only proposed, refused, or cancelled before anybody was told is the office's own affair.
    """
    url = reverse("rewards:collect", args=[complaint.number])
    if complaint.pk in (told := told_of([complaint.pk])):
        return _standing(*told[complaint.pk], url)
    declined = DeclinedClaim.objects.filter(complaint=complaint).first()
    return RewardStanding(_("There is no reward for this matter"), declined.reason) if declined else None


def told_of(complaints: Collection[int]) -> dict[int, tuple[Reward, RewardShare]]:
    """Return, by complaint, the newest reward of which somebody was told, with the share of who filed; one query."""
    told = Reward.objects.filter(collect_until__isnull=False).exclude(status=RewardState.REFUSED)
    shares = RewardShare.objects.filter(reward__in=told, reward__complaint__in=complaints, place=1)
    rows = shares.select_related("payable", "reward__grade").order_by("reward__id")
    return {share.reward.complaint_id: (share.reward, share) for share in rows}


def rewards_for(tips: Collection[Tip]) -> dict[int, RewardStanding]:
    """Return what has become of the rewards for some tips, by tip, for who gave them; one query."""
    told = told_of([tip.complaint_id for tip in tips])
    return {
        tip.pk: _standing(*told[tip.complaint_id], reverse("supervisors:collect_tip", args=[tip.pk]))
        for tip in tips
        if tip.complaint_id in told
    }


def rewards_under_way(cases: Collection[int]) -> Mapping[int, bool]:
    """Return in which cases a reward is under way, and whether it is to be paid (`cases.ports.rewards_under_way`)."""
    rows = Reward.objects.filter(case__in=cases, status__in=_UNDER_WAY).values_list("case_id", "status")
    return {case: status in WAITING for case, status in rows}


def id_number_needed(complainant: UUID) -> bool:
    """Tell whether a payment needs the ID number of somebody (the answer to `complaints.ports.id_number_needed`)."""
    collected = RewardShare.objects.filter(reward__status__in=WAITING, collected_at__isnull=False)
    return collected.filter(reward__complaint__complainant=complainant).exists()


def _standing(row: Reward, share: RewardShare, url: str) -> RewardStanding:
    waits = row.status == RewardState.NOTIFIED and share.collected_at is None
    headline = _HEADLINES[RewardState.CLAIMED if row.status == RewardState.NOTIFIED and not waits else row.status]
    return RewardStanding(
        headline=str(headline),
        text=_text(row, share),
        url=url if waits else "",
        facts=_facts(row, share),
    )


def _text(row: Reward, share: RewardShare) -> str:
    if row.status == RewardState.NOTIFIED:
        return str(_COLLECTED) if share.collected_at else _until(row)
    if row.status == RewardState.PAID:
        return _("Paid on %(day)s. Keep the voucher's code: it is your receipt.") % {"day": day(row.paid_at)}
    return str(_BEING_PAID) if row.status == RewardState.CLAIMED else row.end_reason


def _until(row: Reward) -> str:
    words = _(
        "Say until the end of %(day)s how you want it: to a bank account or in cash at the office. After that day it lapses."
    )
    return words % {"day": day_week(row.collect_until)}


def _facts(row: Reward, share: RewardShare) -> list[tuple[str, str]]:
    """Which amount, under which decision and voucher; nothing of what others who signed along get."""
    found = [(_("Amount"), yuan(share.amount_fen)), (_("Grade"), row.grade.name), (pgettext("reward", "Decision"), row.number)]
    payable = share.payable
    if payable and payable.state != Payable.State.CANCELLED:
        found.append((_("Voucher's code"), payable.voucher))
    if payable and share.collected_at:
        found.append((_("How"), payable.get_means_display()))
    return found
