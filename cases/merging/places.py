"""Where the complaints of a merged case are now, and what a case has taken in."""

from dataclasses import dataclass

from cases.models import Case, CaseComplaint


@dataclass(frozen=True)
class Joined:
    """A case that was merged into the one shown: undoing it gives back these complaints."""

    case: Case
    complaints: frozenset[int]


def goes_on_in(case: Case) -> Case | None:
    """Return the case in which a merged one goes on; that may have been merged further."""
    place: Case | None = case.merged_into
    while place is not None and place.merged_into is not None:
        place = place.merged_into
    return place


def origins_of(case: Case) -> set[int]:
    """Return the ids of a merged case and of all that had been merged into it before: whose complaints go back with it."""
    origins = {case.pk}
    while more := set(Case.objects.filter(merged_into__in=origins).values_list("pk", flat=True)) - origins:
        origins |= more
    return origins


def joined(case: Case) -> list[Joined]:
    """Return the cases that were merged into this one, the oldest first, each with its complaints; one query."""
    links = CaseComplaint.objects.filter(case=case, came_from__isnull=False).select_related("came_from").order_by("came_from_id")
    found: dict[Case, set[int]] = {}
    for link in links:
        if link.came_from is not None:
            found.setdefault(link.came_from, set()).add(link.complaint_id)
    return [Joined(one, frozenset(ids)) for one, ids in found.items()]
