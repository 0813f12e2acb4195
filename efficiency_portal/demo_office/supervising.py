"""Supervises the agencies of the demo: cards, an appeal, a chaser and an order, by the same actions that people use."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from accounts.models import User
from agencies.models import Agency, Post
from agencies.people import holders
from cases import actions
from cases.deadlines import agency_must_act
from cases.models import Card, Case, Deadline
from cases.oversight.reading import suggested_reason
from core import calendars, clock

from .shapes import Supervised

_MORNING, _AFTERNOON = time(8, 40, tzinfo=clock.SHANGHAI), time(15, 20, tzinfo=clock.SHANGHAI)


def supervise(case: Case, what: Supervised, people: Mapping[str, User], *, after: datetime, now: datetime) -> None:
    """Do what a matter says, after its last step and not in the future."""
    limit = _late_limit(case, now)
    if limit is not None and what.suggested:
        _walk_card(limit, what, people, now)
    if what.chaser:
        actions.send_chaser(case, by=people["liweiguo"], words=what.chaser, at=now - timedelta(minutes=4))
    if what.order:
        at = max(after + timedelta(minutes=1), _days_before(now, 2))
        actions.give_order(case, by=people["hanxuemei"], demand=what.order, at=min(at, now - timedelta(minutes=3)))


def _walk_card(limit: Deadline, what: Supervised, people: Mapping[str, User], now: datetime) -> None:
    """Suggest a card on the morning on which it is due; a leader issues it that afternoon, and the agency appeals a day later."""
    suggested = datetime.combine(calendars.work_calendar().shift(limit.due_on, limit.policy.yellow_after + 1), _MORNING)
    if suggested >= now:
        return
    actions.oversee(limit, at=suggested)
    card = Card.objects.waiting().select_related("case", "agency", "deadline__policy").filter(deadline=limit).first()
    if card is None or not what.issued:
        return
    issued = datetime.combine(suggested.date(), _AFTERNOON)
    if issued >= now:
        return
    actions.issue_card(card, by=people["zhangjianping"], reason=suggested_reason(card, issued.date()), at=issued)
    appealed = datetime.combine(calendars.work_calendar().shift(issued.date(), 1), _AFTERNOON)
    if what.appeal and appealed < now:
        actions.appeal_card(card, by=_who_appeals(card.agency), reason=what.appeal, at=appealed)


def _late_limit(case: Case, now: datetime) -> Deadline | None:
    """Return the limit that the agency has not kept."""
    rows = (
        case.deadlines.open().filter(due_at__lte=now).select_related("case__handler", "case__agency", "policy").order_by("due_at")
    )
    return next((row for row in rows if agency_must_act(row.step, case.mode)), None)


def _who_appeals(agency: Agency) -> User:
    return next(user for kind in (Post.Kind.PRINCIPAL, Post.Kind.LIAISON_OFFICER) for user in holders(agency, kind))


def _days_before(now: datetime, days: int) -> datetime:
    return datetime.combine(calendars.work_calendar().shift(clock.day_of(now), -days), _AFTERNOON)
