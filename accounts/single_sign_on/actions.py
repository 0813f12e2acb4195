"""Which account belongs to whom the provider names. It opens none: accounts are opened by administrators."""

from datetime import datetime

from django.db import transaction

from accounts.factors.actions import tell
from accounts.models import Identity, User

from . import provider


class NotKnown(Exception):
    """No open account belongs to this person, or it belongs to somebody else of that name."""


@transaction.atomic
def recognise(told: provider.Identity, *, at: datetime) -> User:
    """Return the account of an identity. Raises NotKnown.

    The first time the name decides, and from then on the provider's number for the person: another one who is given the same
    name later does not get in.
    """
    found = Identity.objects.select_related("user").filter(issuer=told.issuer, subject=told.subject).first()
    if found is not None:
        return _open(found.user)
    user = User.objects.select_for_update().filter(username=told.username, is_active=True).first()
    if user is None or Identity.objects.filter(user=user).exists():
        raise NotKnown
    Identity.objects.create(user=user, issuer=told.issuer, subject=told.subject, linked_at=at)
    tell("account.linked", "accounts/linked", user, by=user, at=at)
    return user


@transaction.atomic
def unlink(user: User, *, by: User, at: datetime) -> bool:
    """Forget which identity an account belongs to, so that the name decides once more; returns whether there was one."""
    removed = bool(Identity.objects.filter(user=user).delete()[0])
    if removed:
        tell("account.unlinked", "accounts/unlinked", user, by=by, at=at)
    return removed


def _open(user: User) -> User:
    if not user.is_active:
        raise NotKnown
    return user
