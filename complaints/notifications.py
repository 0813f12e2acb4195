"""Who hears of what happens to a complaint before a case deals with it. No message names the matter: phones are shared."""

from datetime import datetime

from core import calendars, clock, notices

from .addresses import to_complainant
from .models import Complaint


def lodged(complaint: Complaint, *, at: datetime) -> None:
    """Tell the complainant the number and the day by which the office says whether it accepts."""
    if recipient := to_complainant(complaint):
        received_on = clock.day_of(complaint.received_at)
        limit = calendars.limit_for(calendars.policy_for("accept", received_on), received_on)
        facts = {"number": complaint.number, "due_on": limit.due_on.isoformat()}
        notices.send("complaints/lodged", to=recipient, key=f"complaint:{complaint.pk}:lodged", at=at, facts=facts)
