"""Which matters have ended and when, for the keeping of personal data (answers to `complaints.ports`)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from core.clock import day_of, midnight

from .models import CaseComplaint, Review


def ended_on(complaints: Collection[int]) -> Mapping[int, date]:
    """Return on which day each of these complaints' cases ended; one that is open, or being reviewed, is missing."""
    rows = _ended().filter(complaint__in=complaints).values_list("complaint_id", "case__closed_at")
    return {complaint: day_of(closed_at) for complaint, closed_at in rows if closed_at}


def ended_before(day: date, after: int, size: int) -> Sequence[int]:
    """Return complaints not erased yet whose cases ended before a day: ids above `after` in order, at most `size`."""
    rows = _ended().filter(case__closed_at__lt=midnight(day), complaint__erased_at__isnull=True, complaint__gt=after)
    return list(rows.order_by("complaint_id").values_list("complaint_id", flat=True)[:size])


def _ended() -> QuerySet[CaseComplaint]:
    under_review = Exists(Review.objects.waiting().filter(case=OuterRef("case")))
    return CaseComplaint.objects.filter(~under_review, case__closed_at__isnull=False)
