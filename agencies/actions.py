"""Writes on agencies and posts."""

from datetime import date

from django.db import transaction
from pypinyin import Style, lazy_pinyin

from accounts.models import User

from .models import Agency, Post

RANKS = {Post.Kind.PRINCIPAL: 1, Post.Kind.LEADER_IN_CHARGE: 2, Post.Kind.LIAISON_OFFICER: 3}


def pinyin_initials(name: str) -> str:
    """Return the pinyin initials by which people look for a name: 住建局 → zjj."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()[:80]


def add_agency(*, name: str, short_name: str, kind: str, parent: Agency | None = None, sort: int = 0, **words: str) -> Agency:
    """Add an agency to the tree; `words` are its optional texts (name_en, aliases, duties)."""
    return Agency.objects.create(
        name=name,
        short_name=short_name,
        kind=kind,
        parent=parent,
        depth=parent.depth + 1 if parent else 0,
        sort=sort,
        initials=pinyin_initials(short_name),
        **words,
    )


@transaction.atomic
def fill_post(agency: Agency, kind: Post.Kind, user: User, *, since: date) -> Post:
    """Put a person into a post. A leader's predecessor leaves the post the same day; liaison officers may be several."""
    if kind is not Post.Kind.LIAISON_OFFICER:
        Post.objects.select_for_update().filter(agency=agency, kind=kind, until__isnull=True).update(until=since)
    return Post.objects.create(agency=agency, kind=kind, rank=RANKS[kind], user=user, since=since)


@transaction.atomic
def pass_on(post: Post, user: User, *, on: date) -> None:
    """End a post and put a successor into it the same day; who holds it beside the one who leaves goes on."""
    Post.objects.filter(pk=post.pk).update(until=on)
    if not Post.objects.filter(agency=post.agency, kind=post.kind, user=user, until__isnull=True).exists():
        fill_post(post.agency, Post.Kind(post.kind), user, since=on)
