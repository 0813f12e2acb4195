"""Whom notices are for: recipients by kind and id, and how an upper room finds the address at the moment of sending."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser

from .models import Notice

USER = "user"
EMAIL = "email"
SMS = "sms"
CHAT = "chat"


@dataclass(frozen=True)
class Recipient:
    """Whom a notice is for, by kind and id; the address is looked up only when it is sent."""

    kind: str
    id: str
    channels: tuple[str, ...] = (EMAIL,)


@dataclass(frozen=True)
class Address:
    """Where a recipient can be reached right now, and in which language."""

    email: str = ""
    phone: str = ""
    language: str = "zh-hans"


class NobodyToTell(LookupError):
    """A message that turns out to be for nobody, now or later; it is dropped and not tried again."""


Resolver = Callable[[str], Address]
# Port: each room that has recipients registers how their address is found (docs/adr/0004-ports.md).
_resolvers: dict[str, Resolver] = {}


def register(kind: str, resolver: Resolver) -> None:
    """Let a room answer for the addresses of one kind of recipient."""
    _resolvers[kind] = resolver


def address_of(notice: Notice) -> Address:
    """Find the address of a notice's recipient. Raises LookupError when nobody answers for the kind or the person is gone."""
    return _resolvers[notice.recipient_kind](notice.recipient_id)


def to_user(user: AbstractBaseUser) -> Recipient:
    """Address a signed-in person: inbox and e-mail."""
    return Recipient(USER, str(user.pk))
