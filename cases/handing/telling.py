"""Who hears of a handover."""

from datetime import datetime

from django.urls import reverse

from cases.models import Handover
from core import notices
from core.events import Fact
from core.recipients import to_user


def handed_over(handover: Handover, *, at: datetime) -> None:
    """Tell a successor once of all that came with the post or the work, and of what the predecessor has not read."""
    if handover.handed_to_id == handover.handed_by_id:
        return
    lines = list(handover.lines.order_by("pk").values_list("case__number", "unread"))
    facts: dict[str, Fact] = {"count": len(lines), "numbers": [number for number, _unread in lines]}
    facts |= {"unread": sum(unread for _number, unread in lines), "path": reverse("cases:handover", args=[handover.pk])}
    agency = handover.agency
    facts |= {"agency": agency.name, "agency_en": agency.name_en} if agency else {}
    key = f"handover:{handover.pk}:user:{handover.handed_to_id}"
    notices.send("cases/handover", to=to_user(handover.handed_to), key=key, at=at, facts=facts)
