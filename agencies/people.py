"""Who stands for an agency: the holder of a post, or of the same post further up the tree when it is vacant."""

from accounts.models import User

from .models import Agency, Post

_MOST_LEVELS = 10


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
