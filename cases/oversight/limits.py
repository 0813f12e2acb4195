"""Which limit of a case its agency must keep next."""

from cases.deadlines import agency_must_act
from cases.models import Case, Deadline


def limit_to_chase(case: Case) -> Deadline | None:
    """Return the running limit of the agency that ends first."""
    rows = case.deadlines.open().filter(paused_on__isnull=True).select_related("policy").order_by("due_at", "pk")
    found = next((row for row in rows if agency_must_act(row.step, case.mode)), None)
    if found is not None:
        found.case = case
    return found
