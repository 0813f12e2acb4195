"""What the pages about opening again and about the archive show."""

from datetime import date

from cases.models import Assignment, Case

from .still_open import still_open


def last_assignment(case: Case) -> Assignment | None:
    """Return what went to the agency that dealt with the case last, if one signed for it."""
    rows = case.assignments.select_related("agency", "case").filter(received_at__isnull=False)
    return rows.order_by("received_at", "pk").last()


def open_matters(case: Case, today: date) -> list[str]:
    """Return what keeps an ended case out of the archive, in words."""
    return still_open([case], today=today)[case.pk]
