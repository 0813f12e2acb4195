"""Helper units: for which unit a clerk files, who its clerks are, and which agencies are the unit itself."""

from accounts.models import User
from accounts.roles import Role
from agencies.models import Agency, Post

from .models import Complaint

_MOST_LEVELS = 10


def unit_of(user: User) -> Agency | None:
    """Return the helper unit in which this clerk holds a post; None for everybody else."""
    if not user.has_role(Role.HELPER_CLERK):
        return None
    mine = Agency.objects.open().filter(kind=Agency.Kind.HELPER, posts__in=user.posts.current())
    return mine.select_related("parent").order_by("pk").first()


def clerks_of(complaint: Complaint) -> list[User]:
    """Return who follows a filing: the clerk who filed it, or the unit's clerks when that one has left the post."""
    if complaint.filed_by_unit_id is None:
        return []
    posts = Post.objects.current().filter(agency=complaint.filed_by_unit_id)
    clerks = list(User.objects.with_role(Role.HELPER_CLERK).filter(posts__in=posts).distinct())
    return [one for one in clerks if one.pk == complaint.filed_by_id] or clerks


def is_own(unit: Agency, agency: Agency) -> bool:
    """Tell whether an agency is the unit, a section of it, or a body that it is part of."""
    return unit.pk in _line_of(agency) or agency.pk in _line_of(unit)


def _line_of(agency: Agency) -> list[int]:
    """Return the agency and all that it is part of."""
    line: list[int] = []
    current: Agency | None = agency
    while current is not None and len(line) < _MOST_LEVELS:
        line.append(current.pk)
        current = current.parent
    return line
