"""Sign-ins: noted, ended one by one, forgotten after a year."""

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction

from accounts.models import SignIn, User
from core import events, notices, vault
from core.recipients import to_user


@transaction.atomic
def note(user: User, *, how: SignIn.How, device: str, label: str, address: str, session_key: str, at: datetime) -> SignIn:
    """Note a sign-in; its person is told when it comes from a device that was not there before, but for the very first one.

    `device` is the secret of a cookie that the browser keeps; only a keyed hash of it is stored.
    """
    digest = vault.blind_index(device, kind="device")
    earlier = SignIn.objects.filter(user=user)
    is_new = not earlier.filter(device=digest).exists()
    is_told = is_new and earlier.exists()
    told = {"label": label[:60], "address": address[:45], "session_key": session_key}
    row = SignIn.objects.create(user=user, at=at, seen_at=at, how=how, device=digest, **told)
    facts: dict[str, events.Fact] = {"how": how.value, "new_device": is_new}
    events.record("account.signed_in", subject=events.user_id(user), actor=events.user_id(user), at=at, facts=facts)
    if is_told:
        shown: dict[str, events.Fact] = {"device": row.label, "path": "/accounts/security/"}
        notices.send("accounts/new_device", to=to_user(user), key=f"new-device:{row.pk}", at=at, facts=shown)
    return row


@transaction.atomic
def end(user: User, pk: int, *, at: datetime) -> None:
    """End one of a person's own sessions. Raises SignIn.DoesNotExist."""
    row = SignIn.objects.select_for_update().get(pk=pk, user=user)
    if row.ended_at is not None:
        return
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    import_module(settings.SESSION_ENGINE).SessionStore(row.session_key).delete()
    events.record("account.session_ended", subject=events.user_id(user), actor=events.user_id(user), at=at)


def seen(pk: int, *, at: datetime) -> None:
    """Note that a session is still in use."""
    SignIn.objects.filter(pk=pk).update(seen_at=at)


def renamed(pk: int | None, session_key: str) -> None:
    """Note the new key of a session that got one."""
    if pk is not None:
        SignIn.objects.filter(pk=pk).update(session_key=session_key)


def forget_old(at: datetime) -> int:
    """Delete what is older than the law wants kept (SIGN_INS_KEPT_DAYS); returns how many."""
    return SignIn.objects.filter(at__lt=at - timedelta(days=settings.SIGN_INS_KEPT_DAYS)).delete()[0]
