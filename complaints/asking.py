"""What a complainant can ask for once the office has replied: a review and until when, a reward and on what proof."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import calendars
from core.clock import day_of
from core.deadlines import Limit
from core.templatetags.portal import day_week

from . import disclosures, ports
from .disclosures import ToAgency
from .models import Complainant, Complaint, Identity, RewardClaim
from .ports import Progress, RewardStanding
from .possible import Possible, possible
from .reviews import FINAL, Barred, next_review

_STEP = "ask_review"
_CHECKED = {
    Complainant.Verification.PHONE,
    Complainant.Verification.CALL_BACK,
    Complainant.Verification.IN_PERSON,
    Complainant.Verification.PROVIDER,
}
_WHY: Mapping[Barred, str | Promise] = {
    Barred.NO_REPLY: _("There is no reply yet that could be reviewed"),
    Barred.WITHDRAWN: _("You have withdrawn the complaint, so there is nothing to review"),
    Barred.WAITING: _("You have asked for a review already. The answer will stand here"),
    Barred.OVER: _("The final review has been answered. It ends there; with new facts you can file a new complaint"),
    Barred.LATE: _(
        "A review could be asked for until %(day)s. That day has passed. With new facts you can file a new complaint; "
        "if you have a question, call the hotline"
    ),
}


@dataclass(frozen=True)
class Reviewable:
    """The review that can be asked for today (`offer`: its level, 0 for none), until when, or why none can be."""

    offer: int = 0
    until: date | None = None
    limit: Limit | None = None
    why: Barred | None = None

    @property
    def is_final(self) -> bool:
        """Whether it is the final one."""
        return self.offer == FINAL

    @property
    def refusal(self) -> str:
        """Why none can be asked for, fit to show."""
        words = str(_WHY[self.why]) if self.why else ""
        return words % {"day": day_week(self.until)} if self.why == Barred.LATE else words


@dataclass(frozen=True)
class Offers:
    """What the tracking page offers beyond rating, writing and withdrawing, and what came of it."""

    review: Reviewable
    claim: RewardClaim | None
    may_claim: bool
    agencies: list[ToAgency]
    reward: RewardStanding | None = None


def offers(complaint: Complaint, progress: Progress, *, withdrawn: bool, today: date) -> Offers:
    """Return what can be asked for about a complaint today; it must come from `for_detail()`."""
    claim = claim_of(complaint)
    reward = ports.reward(complaint) if claim or progress.replied_at or progress.ended_on else None
    return Offers(
        review=reviewable(progress, withdrawn=withdrawn, today=today),
        claim=claim,
        may_claim=claim is None and reward is None and progress.may_claim and proof_of(complaint) is not None,
        agencies=disclosures.of(complaint, progress, withdrawn=withdrawn),
        reward=reward,
    )


def reviewable(progress: Progress, *, withdrawn: bool, today: date) -> Reviewable:
    """Return which review can be asked for today; counts by the policy in force on the day of the reply or the answer."""
    stands = progress.reply and not progress.is_reopened
    replied_on = day_of(progress.replied_at) if progress.replied_at and stands else None
    answered_on = [day_of(one.answered_at) if one.answered_at else None for one in progress.reviews]
    following = next_review(replied_on=replied_on, answered_on=answered_on, withdrawn=withdrawn)
    if isinstance(following, Barred):
        return Reviewable(why=following)
    limit = calendars.limit_for(calendars.policy_for(_STEP, following.counts_from), following.counts_from)
    if today > limit.due_on:
        return Reviewable(until=limit.due_on, why=Barred.LATE)
    return Reviewable(following.level, limit.due_on, limit)


def possible_now(progress: Progress, *, withdrawn: bool, today: date) -> Possible:
    """Return what else can be done; a reply under review lets the complainant write and add evidence."""
    reviewing = any(one.answered_at is None for one in progress.reviews)
    return possible(
        ended_on=progress.ended_on, withdrawn=withdrawn, today=today, reviewing=reviewing, archived=progress.is_archived
    )


def proof_of(complaint: Complaint) -> RewardClaim.Proof | None:
    """Return how a claimant can show to be who filed: checked already, or by the claim code; None where neither holds."""
    person = complaint.complainant
    if complaint.identity == Identity.ANONYMOUS:
        # Who was named and denies it holds no claim code: it was never shown.
        return None if person or complaint.denied_at else RewardClaim.Proof.CLAIM_CODE
    return RewardClaim.Proof.VERIFIED if person and person.verification in _CHECKED else None


def claim_of(complaint: Complaint) -> RewardClaim | None:
    """Return the claim, if a reward was claimed."""
    return getattr(complaint, "reward_claim", None)
