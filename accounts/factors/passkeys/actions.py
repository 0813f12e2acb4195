"""Passkeys: added, used, removed. Each change is an event, and the person is told."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.factors import reading
from accounts.factors.actions import WrongCode, drop_lonely_codes, fresh_codes, lock, tell
from accounts.models import Passkey, User
from core import events, vault

from .protocol import Site, State, WrongPasskey

AT_MOST = 10  # of one person


class TooManyPasskeys(Exception):
    """There are enough; one has to go first."""


def invitation(user: User) -> tuple[State, State]:
    """Return what a browser needs to make a passkey, and what the session keeps; the key learns a keyed hash of the person."""
    handle = vault.blind_index(str(user.pk), kind="passkey-user")
    return _site().invitation(handle=handle, account=user.username, known=_known(user))


def question(user: User) -> tuple[State, State] | None:
    """Return what a browser needs to sign, and what the session keeps; nothing when the person has no passkey."""
    known = _known(user)
    return _site().question(known) if known else None


@transaction.atomic
def add(user: User, answer: str, *, name: str, state: State | None, at: datetime) -> list[str]:
    """Keep a new passkey; returns recovery codes when it is the first factor. Raises WrongPasskey, TooManyPasskeys."""
    made = _site().made(answer, state=state)
    lock(user)
    if Passkey.objects.filter(user=user).count() >= AT_MOST:
        raise TooManyPasskeys
    if Passkey.objects.filter(credential_id=made.credential_id).exists():
        raise WrongPasskey
    first = not reading.has_any(user.pk)
    key = {"credential_id": made.credential_id, "credential": made.credential, "sign_count": made.count}
    Passkey.objects.create(user=user, name=name, created_at=at, **key)
    tell("account.passkey_added", "accounts/passkey_added", user, by=user, at=at)
    return fresh_codes(user) if first else []


@transaction.atomic
def check(user: User, answer: str, *, state: State | None, at: datetime) -> None:
    """Take a signature. Raises WrongCode, also for a key whose count went back: somebody has copied it."""
    try:
        signed = _site().signed(answer, state=state, known=_known(user))
    except WrongPasskey as error:
        raise WrongCode from error
    key = Passkey.objects.select_for_update().filter(user=user, credential_id=signed.credential_id).first()
    if key is None or (max(signed.count, key.sign_count) > 0 and signed.count <= key.sign_count):
        raise WrongCode
    key.sign_count, key.used_at = signed.count, at
    key.save(update_fields=["sign_count", "used_at"])


@transaction.atomic
def forget(user: User, pk: int, *, at: datetime) -> None:
    """Let a person part with one of the own passkeys. Raises Passkey.DoesNotExist."""
    lock(user)
    Passkey.objects.get(pk=pk, user=user).delete()
    drop_lonely_codes(user)
    facts: dict[str, events.Fact] = {"passkey": pk}
    tell("account.passkey_removed", "accounts/own_factor_removed", user, by=user, at=at, facts=facts)


def _known(user: User) -> list[bytes]:
    return [bytes(key.credential) for key in reading.passkeys(user.pk)]


def _site() -> Site:
    return Site(settings.SITE_URL, settings.OFFICE["name"])
