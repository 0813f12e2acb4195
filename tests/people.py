"""People, agencies and posts for tests."""

from datetime import date
from typing import Any

from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from accounts.models import User
from accounts.roles import Role
from agencies.models import Agency, Post


class UserFactory(DjangoModelFactory[User]):
    """A person who signs in."""

    class Meta:
        model = User

    username = Sequence(lambda n: f"user{n}")
    full_name = Sequence(lambda n: f"测试员 {n}")
    email = LazyAttribute(lambda user: f"{user.username}@example.com")
    roles = LazyFunction(list)


class AgencyFactory(DjangoModelFactory[Agency]):
    """A county department."""

    class Meta:
        model = Agency

    name = Sequence(lambda n: f"县测试局 {n}")
    short_name = Sequence(lambda n: f"测试局 {n}")
    kind = Agency.Kind.COUNTY


class PostFactory(DjangoModelFactory[Post]):
    """A post and its holder; the holder gets the role that goes with it."""

    class Meta:
        model = Post

    agency = SubFactory(AgencyFactory)
    kind = Post.Kind.LIAISON_OFFICER
    user = LazyAttribute(lambda post: UserFactory(roles=[role_of(post.kind)]))
    since = date(2020, 1, 1)


def role_of(kind: str) -> Role:
    """The role of who holds a post."""
    return Role.LIAISON_OFFICER if kind == Post.Kind.LIAISON_OFFICER else Role.AGENCY_LEADER


def officer(**fields: Any) -> User:
    return UserFactory.create(roles=[Role.OFFICER], **fields)


def office_leader(**fields: Any) -> User:
    return UserFactory.create(roles=[Role.OFFICE_LEADER], **fields)


def staffed_agency(**fields: Any) -> Agency:
    """An agency whose three posts are filled."""
    agency = AgencyFactory.create(**fields)
    for kind in Post.Kind:
        PostFactory.create(agency=agency, kind=kind)
    return agency


def holder(agency: Agency | None, kind: Post.Kind = Post.Kind.LIAISON_OFFICER) -> User:
    """Who holds a post of this agency."""
    return Post.objects.current().filter(agency=agency, kind=kind).get().user
