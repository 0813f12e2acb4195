"""What became of tips, for who gave them; and which certificate stands behind one, for the office."""

from dataclasses import dataclass

from accounts.models import User
from cases.models import Case
from complaints import ports
from complaints.ports import RewardStanding, Standing
from core.paging import Page, keyset_page
from supervisors.models import Supervisor, Tip
from supervisors.rewards.standings import rewards_for

PAGE_SIZE = 40


@dataclass(frozen=True)
class OwnTip:
    """One of somebody's own tips: where it stands, and what was found."""

    tip: Tip
    standing: str
    reason: str
    finding: str
    reward: RewardStanding | None


@dataclass(frozen=True)
class OfficeTip:
    """A tip as the office sees it: the case and the certificate, never the name."""

    case: Case
    certificate: str


def to_collect(user: User) -> list[RewardStanding]:
    """Return the rewards that wait for who gave the tips, of the newest page of them."""
    tips, _page = own_tips(user, "")
    return [tip.reward for tip in tips if tip.reward and tip.reward.url]


def own_tips(user: User, before: str) -> tuple[list[OwnTip], Page[Tip]]:
    """Return a page of what somebody gave, in a fixed number of queries."""
    page = keyset_page(Tip.objects.visible_to(user).filter(supervisor__user=user).for_list(), before, size=PAGE_SIZE)
    standings = ports.standings([tip.complaint for tip in page.rows])
    cases = _cases([tip.complaint_id for tip in page.rows])
    rewards = rewards_for(page.rows)
    return [_own(tip, cases[tip.complaint_id], standings[tip.complaint_id], rewards.get(tip.pk)) for tip in page.rows], page


def own_tip(user: User, pk: int) -> Tip | None:
    """Return one of somebody's own tips."""
    return Tip.objects.visible_to(user).filter(supervisor__user=user, pk=pk).select_related("complaint", "supervisor").first()


def office_tips(user: User, before: str) -> tuple[list[OfficeTip], Page[Tip]]:
    """Return a page of the tips whose cases the person sees."""
    page = keyset_page(Tip.objects.visible_to(user).for_list(), before, size=PAGE_SIZE)
    cases = _cases([tip.complaint_id for tip in page.rows])
    return [OfficeTip(cases[tip.complaint_id], certificate_of(tip.supervisor)) for tip in page.rows], page


def certificate_of(supervisor: Supervisor) -> str:
    """Return the number by which the office speaks of a supervisor without naming anybody."""
    newest = max(supervisor.terms.all(), key=lambda term: term.since, default=None)
    return newest.certificate_number if newest else "—"


def _own(tip: Tip, case: Case, standing: Standing, reward: RewardStanding | None) -> OwnTip:
    """What was found is told once the office stands behind it: with its reply, or at the end."""
    is_out = case.replied_at is not None or case.closed_at is not None
    reason = case.decline_reason if case.decline_reason else ""
    finding = case.get_finding_display() if is_out and case.finding else ""
    return OwnTip(tip, standing.headline, reason, finding, reward)


def _cases(complaints: list[int]) -> dict[int, Case]:
    rows = Case.objects.filter(links__complaint__in=complaints).select_related("respondent_agency")
    return {link: case for case in rows.prefetch_related("links") for link in (one.complaint_id for one in case.links.all())}
