"""On which days the clock of a case stood still."""

from core.deadlines import Pause

from .models import Suspension


def pauses_of(case_id: int) -> list[Pause]:
    """Return the suspensions of a case that are over; the one that runs moves nothing before it ends."""
    rows = Suspension.objects.filter(case=case_id, until_on__isnull=False).order_by("from_on", "pk")
    return [Pause(first, until) for first, until in rows.values_list("from_on", "until_on") if until is not None]
