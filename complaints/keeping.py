"""How long the data of a complaint is kept, and whether something holds it longer."""

from dataclasses import dataclass
from datetime import date

from core import clock

from . import ports, retention
from .models import Complaint, Hold, RetentionPolicy
from .retention import Policy


@dataclass(frozen=True)
class Keeping:
    """What keeps the data of one complaint; `until` is the last day, None while the matter is open."""

    until: date | None
    years: int | None
    hold: Hold | None
    erased_on: date | None


def policies() -> list[Policy]:
    """Return every policy, the oldest first."""
    rows = RetentionPolicy.objects.order_by("valid_from").values_list("valid_from", "years")
    return [Policy(valid_from, years) for valid_from, years in rows]


def years_on(day: date) -> int | None:
    """Return for how many years the data of a matter that ends on this day is kept; None when nobody has said."""
    policy = retention.in_force(policies(), day)
    return policy.years if policy else None


def open_hold(complaint: Complaint) -> Hold | None:
    """Return the hold on a complaint, if it is held."""
    return Hold.objects.select_related("placed_by").filter(complaint=complaint, lifted_at__isnull=True).first()


def keeping_of(complaint: Complaint, today: date) -> Keeping:
    """Return what keeps the data of a complaint."""
    known, ended_on = policies(), ports.ended_on([complaint.pk]).get(complaint.pk)
    policy = retention.in_force(known, ended_on or today)
    return Keeping(
        until=retention.kept_until(known, ended_on) if ended_on else None,
        years=policy.years if policy else None,
        hold=open_hold(complaint),
        erased_on=clock.day_of(complaint.erased_at) if complaint.erased_at else None,
    )
