"""Who hears of what happens to a reward. What reaches a complainant names neither a reward nor an amount: phones are shared."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from cases.querysets import recused_from
from complaints.addresses import to_complainant
from complaints.models import Complaint
from core import notices
from core.events import Fact
from core.recipients import to_user
from supervisors.models import Reward, Tip

from .facts import tip_of


def proposed(reward: Reward, *, by: User, at: datetime) -> None:
    """Tell the office leaders who may decide."""
    leaders = User.objects.with_role(Role.OFFICE_LEADER).exclude(recused_from(reward.case)).exclude(pk=by.pk)
    _tell_office(reward, "reward_proposed", leaders, at=at, once="proposed")


def moved(reward: Reward, *, by: User | None, at: datetime) -> None:
    """Tell the proposer how it goes on."""
    proposer = User.objects.filter(pk=reward.proposed_by_id).exclude(recused_from(reward.case))
    people = [user for user in proposer if by is None or user.pk != by.pk]
    _tell_office(reward, "reward_moved", people, at=at, once=reward.status, state=reward.status)


def news(complaint: Complaint, *, once: str, at: datetime) -> None:
    """Tell the complainant, or whose tip it was, that there is something to read; what, stands behind a door."""
    _tell_complainant(complaint, "reward_news", at=at, once=once)


def ends(reward: Reward, days: int, *, at: datetime) -> bool:
    """Remind the complainant that something waits until a day, once a rung; returns whether there is somebody to remind."""
    until = reward.collect_until.isoformat() if reward.collect_until else ""
    return _tell_complainant(reward.complaint, "reward_ends", at=at, once=f"{reward.subject}:ends:{days}", until=until)


def _tell_office(reward: Reward, template: str, people: Iterable[User], *, at: datetime, once: str, **more: Fact) -> None:
    path = reverse("supervisors:case_reward", args=[reward.case_id])
    facts: dict[str, Fact] = {"number": reward.case.number, "path": path, **more}
    for user in people:
        key = f"{reward.subject}:{once}:{template}:{user.pk}"
        notices.send(f"supervisors/{template}", to=to_user(user), key=key, at=at, facts=facts)


def _tell_complainant(complaint: Complaint, template: str, *, at: datetime, once: str, **more: Fact) -> bool:
    if tip := tip_of(complaint):
        return _tell_supervisor(tip, template, at=at, once=once, **more)
    recipient = to_complainant(complaint)
    if recipient is None:
        return False
    facts: dict[str, Fact] = {"number": complaint.number, **more}
    notices.send(f"supervisors/{template}", to=recipient, key=f"{template}:{once}:{complaint.pk}", at=at, facts=facts)
    return True


def _tell_supervisor(tip: Tip, template: str, *, at: datetime, once: str, **more: Fact) -> bool:
    """Tell who gave a tip, without its number: a notice must not lead from the person to the matter."""
    facts: dict[str, Fact] = {"path": reverse("supervisors:own_tips"), **more}
    key = f"{template}:{once}:tip:{tip.pk}"
    notices.send(f"supervisors/tip_{template}", to=to_user(tip.supervisor.user), key=key, at=at, facts=facts)
    return True
