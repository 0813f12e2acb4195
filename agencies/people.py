"""Who stands for an agency: the holder of a post, or of the same post further up the tree when it is vacant."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import User

from .models import Agency, Post

_MOST_LEVELS = 10
LEADERS = (Post.Kind.PRINCIPAL, Post.Kind.LEADER_IN_CHARGE)


def holders(agency: Agency, kind: Post.Kind) -> list[User]:
    """Return the active people in a post; a vacancy climbs the tree, and an empty list means that nobody stands for it."""
    current: Agency | None = agency
    for _level in range(_MOST_LEVELS):
        if current is None:
            return []
        posts = (
            Post.objects.current().filter(agency=current, kind=kind, user__is_active=True).select_related("user").order_by("pk")
        )
        if people := [post.user for post in posts]:
            return people
        current = current.parent
    return []


class Holders:
    """The people in the posts of several agencies, read at once; one agency's are found as by `holders`."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        """Read the agencies above these, a level a query, and then every post."""
        self._parents: dict[int, int | None] = {}
        level = {agency.pk: agency.parent_id for agency in agencies}
        while level:
            self._parents |= level
            above = {parent for parent in level.values() if parent is not None and parent not in self._parents}
            level = dict(Agency.objects.filter(pk__in=above).values_list("pk", "parent")) if above else {}
        self._people: dict[tuple[int, str], list[User]] = {}
        if not self._parents:
            return
        posts = Post.objects.current().filter(agency__in=self._parents, user__is_active=True)
        for post in posts.select_related("user").order_by("pk"):
            self._people.setdefault((post.agency_id, post.kind), []).append(post.user)

    def of(self, agency: Agency, kind: Post.Kind) -> list[User]:
        """Return the active people in a post; a vacancy climbs the tree, and an empty list means that nobody stands for it."""
        current: int | None = agency.pk
        for _level in range(_MOST_LEVELS):
            if current is None:
                return []
            if people := self._people.get((current, kind)):
                return list(people)
            current = self._parents[current]
        return []


def stands_for(post: Post) -> list[int]:
    """Return the agencies for which a post stands, by id: its own, and those below, two levels down, that lack this post."""
    rows = Agency.objects.filter(Q(parent=post.agency) | Q(parent__parent=post.agency)).order_by("depth", "pk")
    below = list(rows.values_list("pk", "parent_id"))
    staffed = Post.objects.current().filter(agency__in=[pk for pk, _parent in below], kind=post.kind, user__is_active=True)
    held = set(staffed.values_list("agency_id", flat=True))
    found = [post.agency_id]
    for pk, parent in below:
        if pk not in held and parent in found:
            found.append(pk)
    return found


def tree_of(agency: Agency) -> Q:
    """Return the condition on posts that their agency is this one, one above it, or one below it."""
    above = [pk for pk in (agency.parent_id, agency.parent.parent_id if agency.parent else None) if pk]
    own = Q(agency=agency) | Q(agency__in=above)
    return own | Q(agency__parent=agency) | Q(agency__parent__parent=agency)
