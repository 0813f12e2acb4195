"""Setting the second factor up, asking for it, and taking it away. Each change is an event, and the person is told."""

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Factor, Passkey, RecoveryCode, SignIn, User
from accounts.sign_ins import actions as sign_ins
from core import events, notices, vault
from core.recipients import to_user

from . import codes, reading


class WrongCode(Exception):
    """The code is none, is over, or was used already."""


class RemovalReason(models.TextChoices):
    """Why a security administrator takes a factor away; kept with the event."""

    LOST = "lost", _("Phone lost or stolen")
    BROKEN = "broken", _("Phone broken or replaced")
    MISUSE = "misuse", _("Suspected misuse")
    ERROR = "error", _("Set up by mistake")


def row_of(factor: Factor) -> str:
    """How a factor's row is named to the vault."""
    return f"factor:{factor.user_id}"


def secret_of(factor: Factor) -> bytes:
    """Open the secret."""
    return vault.open_bytes(bytes(factor.secret_sealed), row=row_of(factor), column="secret")


@transaction.atomic
def begin(user: User, *, at: datetime) -> bytes:
    """Return the secret that waits for its first code; the same one until it is confirmed, so that a page can be loaded again."""
    lock(user)
    waiting = Factor.objects.filter(user=user).first()
    if waiting is None:
        waiting = Factor(user=user, created_at=at)
        secret = codes.new_secret()
        waiting.secret_sealed = vault.seal_bytes(secret, row=row_of(waiting), column="secret")
        waiting.save()
    return secret_of(waiting)


@transaction.atomic
def confirm(user: User, typed: str, *, at: datetime) -> list[str]:
    """Take the first code of a new authenticator; returns fresh recovery codes, which are shown this once; none beside an
    earlier factor, whose codes go on. Raises WrongCode.
    """
    lock(user)
    factor = Factor.objects.select_for_update().filter(user=user, confirmed_at=None).first()
    step = codes.matching_step(secret_of(factor), codes.tidy(typed), at=at, after=0) if factor else None
    if factor is None or step is None:
        raise WrongCode
    first = not reading.has_any(user.pk)
    factor.confirmed_at, factor.last_step = at, step
    factor.save(update_fields=["confirmed_at", "last_step"])
    tell("account.factor_added", "accounts/factor_added", user, by=user, at=at)
    return fresh_codes(user) if first else []


@transaction.atomic
def check(user: User, typed: str, *, at: datetime) -> None:
    """Take a code of the authenticator or a recovery code, each once. Raises WrongCode."""
    factor = Factor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    tidy = codes.tidy(typed)
    step = codes.matching_step(secret_of(factor), tidy, at=at, after=factor.last_step) if factor else None
    if factor is not None and step is not None:
        factor.last_step = step
        factor.save(update_fields=["last_step"])
    elif RecoveryCode.objects.filter(user=user, digest=_digest(user, tidy), used_at=None).update(used_at=at):
        tell("account.recovery_code_used", "accounts/recovery_code_used", user, by=user, at=at)
    else:
        raise WrongCode


@transaction.atomic
def new_codes(user: User, *, at: datetime) -> list[str]:
    """Put ten new recovery codes in place of the old ones. Raises WrongCode when there is no factor that they could stand for."""
    lock(user)
    if not reading.has_any(user.pk):
        raise WrongCode
    tell("account.recovery_codes_made", "accounts/recovery_codes_made", user, by=user, at=at)
    return fresh_codes(user)


@transaction.atomic
def remove(user: User, *, by: User, reason: RemovalReason, at: datetime) -> bool:
    """Take authenticator and passkeys away, and end every session; returns whether there were any."""
    removed = Factor.objects.filter(user=user).delete()[0] + Passkey.objects.filter(user=user).delete()[0]
    RecoveryCode.objects.filter(user=user).delete()
    if removed:
        _end_sessions(user, at)
        facts: dict[str, events.Fact] = {"reason": reason.value}
        tell("account.factor_removed", "accounts/factor_removed", user, by=by, at=at, facts=facts)
    return bool(removed)


@transaction.atomic
def forget(user: User, *, at: datetime) -> None:
    """Let a person part with the own authenticator: for a new phone, or because a passkey is enough."""
    lock(user)
    if Factor.objects.filter(user=user, confirmed_at__isnull=False).delete()[0]:
        drop_lonely_codes(user)
        tell("account.factor_removed", "accounts/own_factor_removed", user, by=user, at=at)


@transaction.atomic
def sign_out_everywhere(user: User, *, at: datetime) -> None:
    """End every session of a person, on every device."""
    _end_sessions(user, at)
    tell("account.signed_out_everywhere", "", user, by=user, at=at)


@transaction.atomic
def password_changed(user: User, *, here: int | None, session_key: str, at: datetime) -> None:
    """Note that a person has changed the own password, and say so where it would be noticed if it was somebody else.

    The session in which it was done (sign-in `here`) goes on under a new key; all others have ended.
    """
    sign_ins.renamed(here, session_key)
    mark_ended(user, but=here, at=at)
    tell("account.password_changed", "accounts/password_changed", user, by=user, at=at)


def mark_ended(user: User, *, at: datetime, but: int | None = None) -> None:
    """Note that the sessions of a person are over; what ends them is their hash."""
    over = SignIn.objects.filter(user=user, ended_at=None)
    if but is not None:
        over = over.exclude(pk=but)
    over.update(ended_at=at)


def _end_sessions(user: User, at: datetime) -> None:
    mark_ended(user, at=at)
    locked = User.objects.select_for_update().get(pk=user.pk)
    user.sign_outs = locked.sign_outs + 1
    user.save(update_fields=["sign_outs"])


def lock(user: User) -> None:
    """Let one at a time change what a person signs in with."""
    User.objects.select_for_update().get(pk=user.pk)


def fresh_codes(user: User) -> list[str]:
    """Put ten new recovery codes in place of whatever there was."""
    RecoveryCode.objects.filter(user=user).delete()
    made = codes.new_recovery_codes()
    RecoveryCode.objects.bulk_create([RecoveryCode(user=user, digest=_digest(user, one)) for one in made])
    return made


def drop_lonely_codes(user: User) -> None:
    """Delete recovery codes that stand in for nothing any more."""
    if not reading.has_any(user.pk):
        RecoveryCode.objects.filter(user=user).delete()


def _digest(user: User, code: str) -> bytes:
    return vault.blind_index(f"{user.pk}:{code}", kind="recovery-code")


def tell(what: str, template: str, user: User, *, by: User, at: datetime, facts: dict[str, events.Fact] | None = None) -> None:
    """Record what happened to somebody's ways of signing in, and tell the person."""
    event = events.record(what, subject=events.user_id(user), actor=events.user_id(by), at=at, facts=facts)
    if template:
        notices.send(template, to=to_user(user), key=f"{what}:{event.pk}", at=at, facts={"path": "/accounts/security/"})
