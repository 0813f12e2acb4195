"""Through which cases a complaint went, and what of their histories is its own."""

from django.db.models import Count, OuterRef, Q, Subquery

from cases.models import Case, CaseComplaint
from complaints.models import Complaint
from core.models import Event

_LONG = ("narrative_sealed", "wish_sealed", "details_sealed", "working_copy", "wish_copy")


def link_of(complaint: Complaint) -> CaseComplaint:
    """Return the complaint's place with all that its complainant's page asks of it, and how many share it (`complainants`)."""
    joint = CaseComplaint.objects.filter(case=OuterRef("case")).order_by().values("case").annotate(n=Count("pk")).values("n")
    rows = CaseComplaint.objects.annotate(complainants=Subquery(joint))
    rows = rows.select_related("case__agency", "came_from", "complaint__withdrawal", "complaint__rating")
    return rows.defer(*(f"complaint__{column}" for column in _LONG)).get(complaint=complaint)


def happened(link: CaseComplaint, shown: Q) -> list[Event]:
    """Return what happened to the complaint: in its own case until that was merged, then in the joint one; and its own acts.

    What the joint case went through before is not this complainant's history.
    """
    path = _path(link)
    events = list(Event.objects.of(link.complaint.subject, *(case.subject for case in path)).filter(shown))
    since, from_when = 0, {link.complaint.subject: 0}
    for case in path:
        from_when[case.subject] = since
        since = max((one.pk for one in events if one.subject == case.subject and one.type == "case.merged"), default=since)
    return [event for event in events if event.pk > from_when[event.subject]]


def _path(link: CaseComplaint) -> list[Case]:
    """Return the cases from the complaint's own to the one that deals with it now."""
    path: list[Case] = []
    place = link.came_from
    while place is not None and place.pk != link.case_id:
        path.append(place)
        place = place.merged_into
    return [*path, link.case]
