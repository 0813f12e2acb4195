"""Which leaders may decide in a wrong case: never in the own matter, and never the same one twice."""

from accounts.models import User
from cases import permissions
from cases.models import Responsibility, WrongCaseReview
from cases.outbox import leaders_of


def unnamed_leaders(review: WrongCaseReview) -> list[User]:
    """Return the leaders who see the case and are not named in its review."""
    named = set(review.people.filter(account__isnull=False).values_list("account", flat=True))
    return [user for user in leaders_of(review.case) if user.pk not in named]


def deciders_of(row: Responsibility, among: list[User] | None = None) -> list[User]:
    """Return the leaders who may decide what follows for a person; `among` is who comes into question, if known."""
    people = unnamed_leaders(row.review) if among is None else among
    return [user for user in people if permissions.can_decide_responsibility(user, row)]


def third_people(row: Responsibility, among: list[User] | None = None) -> list[User]:
    """Return the leaders who neither opened the review nor decided, and so decide on an appeal."""
    used = {row.review.opened_by_id, row.decided_by_id}
    people = unnamed_leaders(row.review) if among is None else among
    return [user for user in people if user.pk not in used]
