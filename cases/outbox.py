"""How the office, agencies, complainants and helper units are told of a case, and who of them hears."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.roles import AGENCY, Role
from agencies.models import Post
from agencies.people import holders
from complaints.addresses import to_complainant
from complaints.models import Complaint
from complaints.units import clerks_of
from core import notices
from core.events import Fact
from core.recipients import Recipient, to_user

from .models import Assignment, Case
from .querysets import recused_from


def officers(case: Case | None = None) -> list[User]:
    """Return all officers; of a case, those who are not recused from it."""
    return _but_recused(case, User.objects.with_role(Role.OFFICER))


def handler_or_officers(case: Case) -> list[User]:
    """Return the handler, or all officers while nobody in the office handles the case."""
    return handler_in_office(case) or officers(case)


def leaders(case: Case | None = None) -> list[User]:
    """Return all office leaders; of a case, those who are not recused from it."""
    return _but_recused(case, User.objects.with_role(Role.OFFICE_LEADER))


def leaders_of(case: Case) -> list[User]:
    """Return the office leaders who see the case."""
    return leaders(case)


def but_recused(case: Case, people: Iterable[User]) -> list[User]:
    """Leave out whoever is recused from the case: he must not learn by a notice what he may not see. One query."""
    ids = [user.pk for user in people]
    kept = set(User.objects.filter(pk__in=ids).exclude(recused_from(case)).values_list("pk", flat=True)) if ids else set()
    return [user for user in people if user.pk in kept]


def _but_recused(case: Case | None, people: QuerySet[User]) -> list[User]:
    return list(people.exclude(recused_from(case)) if case else people)


def unmasking_approvers(case: Case, asker: User) -> list[User]:
    """Return who may allow this person to be told who filed: the leaders and the officers named for it who see the case."""
    named = User.objects.with_role(Role.OFFICER).filter(username__in=settings.UNMASKING_APPROVERS)
    people = [user for user in dict.fromkeys([*leaders(), *named]) if user.pk != asker.pk]
    return [user for user in people if Case.objects.visible_to(user).filter(pk=case.pk).exists()]


def people_at(assignment: Assignment, kind: Post.Kind) -> list[User]:
    """Return the people in a post of the agency that an assignment went to, as far as they can open it."""
    return [user for user in holders(assignment.agency, kind) if user.has_role(*AGENCY)]


def case_path(case: Case) -> str:
    """Return the address of the case's page."""
    return reverse("cases:detail", args=[case.pk])


def assignment_path(assignment: Assignment) -> str:
    """Return the address of the agency's page."""
    return reverse("cases:assignment_detail", args=[assignment.pk])


def handler_in_office(case: Case) -> list[User]:
    """The handler, while in the office."""
    return [case.handler] if case.handler is not None and case.handler.is_active else []


def tell_office(
    case: Case, template: str, people: Iterable[User], *, at: datetime, but: User | None = None, once: str = "", **more: Fact
) -> None:
    """Tell people of the office, never the one who has just done it. `once` names what they are told of, if it is no move."""
    facts = facts_of(case) | {"path": case_path(case)} | more
    for user in but_recused(case, list(people)):
        if but is None or user.pk != but.pk:
            send(case, template, to_user(user), facts, at, once=once)


def tell_agency(assignment: Assignment, template: str, *, at: datetime, once: str = "") -> None:
    """Tell the agency's liaison officers; the facts hold nothing that the complainant wrote."""
    facts = facts_of(assignment.case) | {"path": assignment_path(assignment)}
    for user in people_at(assignment, Post.Kind.LIAISON_OFFICER):
        send(assignment.case, template, to_user(user), facts, at, once=once)


def tell_complainants(case: Case, template: str, *, at: datetime, once: str = "", due_on: str = "") -> None:
    """Tell every complainant who wants to be told, by the channels chosen; the text never says what the matter is about."""
    complaints = [link.complaint for link in case.links.select_related("complaint__complainant")]
    tell_these(complaints, case, template, at=at, once=once, due_on=due_on)


def tell_these(
    complaints: Iterable[Complaint], case: Case, template: str, *, at: datetime, once: str = "", due_on: str = ""
) -> None:
    """Tell these complainants of a case."""
    for complaint in complaints:
        if recipient := to_complainant(complaint):
            facts: dict[str, Fact] = {"number": complaint.number, "due_on": due_on or _due(case)}
            send(case, template, recipient, facts, at, once=once)


def tell_clerks(case: Case, what: str, *, at: datetime) -> None:
    """Tell the helper units' clerks who follow a filing of this case (`what`: accepted, declined, replied or closed)."""
    tell_clerks_of([link.complaint for link in case.links.select_related("complaint")], case, what, at=at)


def tell_clerks_of(complaints: Iterable[Complaint], case: Case, what: str, *, at: datetime) -> None:
    """`what` may also be merged or unmerged. Two filings in one case are two notices, even to one clerk."""
    for complaint in complaints:
        if complaint.filed_by_unit_id is None:
            continue
        facts: dict[str, Fact] = {"number": complaint.number, "what": what}
        facts["path"] = reverse("filings:detail", args=[complaint.number])
        for clerk in clerks_of(complaint):
            send(case, "filing_moved", to_user(clerk), facts, at, once=f"v{case.version}:filing:{complaint.pk}")


def facts_of(case: Case) -> dict[str, Fact]:
    """Return what every text about a case may say."""
    agency = case.agency or case.respondent_agency
    names: dict[str, Fact] = {"agency": agency.name, "agency_en": agency.name_en} if agency else {}
    return {"number": case.number, "due_on": _due(case), "finding": case.finding} | names


def _due(case: Case) -> str:
    return case.due_on.isoformat() if case.due_on else ""


def send(case: Case, template: str, to: Recipient, facts: dict[str, Fact], at: datetime, *, once: str = "") -> None:
    """Once a person, template and move of the case (the version counts the moves), or once what `once` names."""
    key = f"{case.subject}:{once or f'v{case.version}'}:{template}:{to.kind}:{to.id}"
    notices.send(f"cases/{template}", to=to, key=key, at=at, facts=facts)
