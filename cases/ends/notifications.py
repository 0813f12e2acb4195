"""Who hears when a case is opened again, becomes a problem case, or is chosen as excellent."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from agencies.models import Post
from cases import permissions
from cases.models import Case, Nomination, ProblemMark, Reopening
from cases.outbox import assignment_path, case_path, leaders, leaders_of, officers, people_at
from complaints.addresses import to_complainant
from complaints.units import clerks_of
from core import notices
from core.events import Fact
from core.recipients import to_user


def reopened(case: Case, row: Reopening, *, by: User, at: datetime) -> None:
    """Tell the complainants, helper units that filed, the agency that has it again, and the handler."""
    once = f"reopening:{row.pk}"
    for link in case.links.select_related("complaint__complainant"):
        facts: dict[str, Fact] = {"number": link.complaint.number, "what": "reopened"}
        if recipient := to_complainant(link.complaint):
            notices.send("cases/reopened_to_complainant", to=recipient, key=f"{once}:{link.complaint.pk}", at=at, facts=facts)
        facts |= {"path": reverse("filings:detail", args=[link.complaint.number])}
        for clerk in clerks_of(link.complaint) if link.complaint.filed_by_unit_id else []:
            key = f"{once}:{link.complaint.pk}:clerk:{clerk.pk}"
            notices.send("cases/filing_moved", to=to_user(clerk), key=key, at=at, facts=facts)
    if row.assignment:
        liaison = people_at(row.assignment, Post.Kind.LIAISON_OFFICER)
        tell(case, "reopened_to_agency", liaison, at=at, once=once, path=assignment_path(row.assignment))
    tell(case, "reopened", [case.handler] if case.handler else [], at=at, once=once, but=by)


def problem_raised(case: Case, mark: ProblemMark, *, at: datetime) -> None:
    """Tell the office leaders who see the case."""
    tell(
        case,
        "problem_raised",
        leaders_of(case),
        at=at,
        once=f"problem:{mark.pk}",
        count=mark.count,
        cause=mark.cause,
    )


def nominated(row: Nomination, *, by: User, at: datetime) -> None:
    """Ask those who may judge it and see the case."""
    asked = {user.pk: user for user in (*officers(row.case), *leaders(row.case)) if permissions.can_judge(user, row)}.values()
    judges = [user for user in asked if Case.objects.visible_to(user).filter(pk=row.case_id).exists()]
    path = reverse("cases:nomination", args=[row.pk])
    tell(row.case, "nominated", judges, at=at, once=f"nomination:{row.pk}", path=path, year=row.year)


def chosen_excellent(row: Nomination, *, by: User, at: datetime) -> None:
    """Tell who handled the case and who nominated it."""
    people = {user.pk: user for user in (row.case.handler, row.nominated_by) if user}.values()
    path = reverse("cases:nomination", args=[row.pk])
    tell(row.case, "chosen_excellent", people, at=at, once=f"nomination:{row.pk}", but=by, path=path, year=row.year)


def tell(
    case: Case,
    template: str,
    people: Iterable[User],
    *,
    at: datetime,
    once: str,
    but: User | None = None,
    path: str = "",
    **more: Fact,
) -> None:
    """Tell people of a case once of what `once` names, never the one who has just done it; `path` is the case's page if empty."""
    due_on = case.due_on.isoformat() if case.due_on else ""
    facts: dict[str, Fact] = {"number": case.number, "path": path or case_path(case), "due_on": due_on}
    facts |= more
    for user in people:
        if but is None or user.pk != but.pk:
            notices.send(f"cases/{template}", to=to_user(user), key=f"{once}:{template}:user:{user.pk}", at=at, facts=facts)
