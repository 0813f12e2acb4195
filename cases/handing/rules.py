"""What goes with a post, and who may succeed in it."""

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.roles import OFFICE, Role
from agencies.models import Post
from agencies.people import stands_for, tree_of
from cases.models import Assignment
from cases.workflow import OPEN


def open_with(post: Post) -> QuerySet[Assignment]:
    """Return what is open with a post, by its limit: its agency's, and that of sections which lack such a post."""
    rows = Assignment.objects.current().filter(agency__in=stands_for(post), case__status__in=OPEN)
    return rows.select_related("agency", "case").order_by("case__due_at", "pk")


def role_for(kind: str) -> Role:
    """Return the role that a post asks for."""
    return Role.LIAISON_OFFICER if kind == Post.Kind.LIAISON_OFFICER else Role.AGENCY_LEADER


def may_succeed(user: User, post: Post) -> bool:
    """Whether somebody may take a post: of its role, not of the office, and with no post in an agency that is another's."""
    if user.pk == post.user_id or not user.has_role(role_for(post.kind)) or user.has_role(*OFFICE):
        return False
    return not user.posts.current().exclude(tree_of(post.agency)).exists()


def successors(post: Post, *, new_too: bool) -> list[User]:
    """Return who can be chosen: people of the agency, the sections and what is above it; `new_too`: also who has no post yet."""
    held = Post.objects.current()
    near = Q(pk__in=held.filter(tree_of(post.agency)).values("user"))
    found = near | ~Q(pk__in=held.values("user")) if new_too else near
    people = User.objects.with_role(role_for(post.kind)).filter(found).exclude(pk=post.user_id)
    away = set(held.exclude(tree_of(post.agency)).values_list("user", flat=True))
    return [user for user in people if user.pk not in away and not user.has_role(*OFFICE)]
