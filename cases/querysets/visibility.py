"""Which cases are hidden from whom: the one place that says so, from either side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from accounts.roles import AGENCY, OFFICE, Role
from agencies.models import Post
from complaints.models import Complaint

if TYPE_CHECKING:
    from accounts.models import User
    from agencies.querysets import AgencyQuerySet
    from cases.models import Case


def posted_in(column: str, user: User) -> Q:
    """Rows whose agency is one in which the person holds a post, or a section of it, two levels down."""
    mine = user.posts.current().values("agency")
    return Q(**{f"{column}__in": mine}) | Q(**{f"{column}__parent__in": mine}) | Q(**{f"{column}__parent__parent__in": mine})


def recused(user: User, case: str = "") -> Q:
    """Cases that somebody of the office does not see: from which he is recused, and those about or with an agency of his."""
    return set_aside(user, case) | involving(user, case)


def set_aside(user: User, case: str = "") -> Q:
    """Cases from which he is recused by his own word or by order; mergers carry that over when they are made."""
    return Q(**{f"{case}pk__in": user.recusals.open().values("case")})


def involving(user: User, case: str) -> Q:
    """Cases about an agency in which he holds a post, or with it now or before.

    A matter that was merged into a case keeps what it complains about, so the joint case is hidden from him too. So is one
    with which his agency has dealt, whoever deals with it now.
    """
    if not user.has_role(*AGENCY, Role.HELPER_CLERK):
        return Q(pk__in=[])
    about = Complaint.objects.filter(posted_in("agency", user), case_link__isnull=False).values("case_link__case")
    joint = Q(**{f"{case}pk__in": about})
    sent = Complaint.objects.filter(posted_in("case_link__case__assignments__agency", user)).values("case_link__case")
    return posted_in(f"{case}respondent_agency", user) | posted_in(f"{case}agency", user) | joint | Q(**{f"{case}pk__in": sent})


def recused_from(case: Case) -> Q:
    """People of the office from whom a case is hidden: the rule of `recused` from the other side, for who is told of it."""
    return involved_in(case) | Q(pk__in=case.recusals.open().values("user"))


def involved_in(case: Case) -> Q:
    """People of the office who hold a post in an agency that the case is about or with, or in one above it."""
    agencies = [pk for pk in (case.respondent_agency_id, case.agency_id) if pk]
    complained = Complaint.objects.filter(case_link__case=case.pk, agency__isnull=False).values("agency")
    posts = Q()
    for path in ("agency", "agency__sections", "agency__sections__sections"):
        posts |= Q(**{f"{path}__in": agencies}) | Q(**{f"{path}__in": complained})
    holds = Q(pk__in=Post.objects.current().filter(posts).values("user"), roles__overlap=[*AGENCY, Role.HELPER_CLERK])
    return holds & Q(roles__overlap=list(OFFICE))


def within(agencies: AgencyQuerySet, user: User) -> AgencyQuerySet:
    """Return of these agencies all to the office, and to people of an agency their own and its sections, two levels down."""
    if user.has_role(*OFFICE):
        return agencies
    if not user.has_role(*AGENCY):
        return agencies.none()
    mine = user.posts.current().values("agency")
    return agencies.filter(Q(pk__in=mine) | Q(parent__in=mine) | Q(parent__parent__in=mine))


def related(rows: models.QuerySet[Any], name: str) -> models.QuerySet[Any]:
    """Return the rows that a relation leads to; their model cannot be imported here."""
    found: models.QuerySet[Any] = rows.model._meta.get_field(name).related_model._default_manager.all()
    return found
