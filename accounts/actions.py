"""What happens to accounts: administrators change them, and the person is told; what nobody uses is closed, after a warning."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from core import events, notices
from core.recipients import to_user

from .factors.actions import mark_ended
from .models import User
from .roles import Role

TOLD_BEFORE = timedelta(days=14)
# Somebody must be there who can open accounts again.
_NEVER_THE_LAST = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)

_RIGHTS = {"is_active", "roles", "is_staff", "is_superuser"}


@transaction.atomic
def administered(type_: str, user: User, *, fields: Sequence[str], by: User, at: datetime) -> None:
    """Note what an administrator did to an account, and tell its owner of a new password and of other rights."""
    facts: dict[str, events.Fact] = {"fields": list(fields), "roles": list(user.roles), "active": user.is_active}
    facts |= {"staff": user.is_staff, "superuser": user.is_superuser}
    event = events.record(type_, subject=events.user_id(user), actor=events.user_id(by), at=at, facts=facts)
    if "password" in fields:
        mark_ended(user, at=at)
    told = [("accounts/password_set", "password" in fields), ("accounts/rights_changed", bool(_RIGHTS.intersection(fields)))]
    for template in [template for template, applies in told if applies]:
        notices.send(template, to=to_user(user), key=f"{template}:{event.pk}", at=at, facts={"path": "/accounts/profile/"})


def close_dormant(at: datetime) -> int:
    """Warn whose account will be closed, and close those whose time is over (ACCOUNT_DORMANT_DAYS); returns how many."""
    if not settings.ACCOUNT_DORMANT_DAYS:
        return 0
    limit = at - timedelta(days=settings.ACCOUNT_DORMANT_DAYS)
    for user in _unused(limit + TOLD_BEFORE):
        last = user.last_login or user.date_joined
        facts: dict[str, events.Fact] = {"path": "/accounts/security/"}
        notices.send("accounts/dormant", to=to_user(user), key=f"dormant:{user.pk}:{last.date()}", at=at, facts=facts)
    return sum(_close(user.pk, limit, at) for user in _unused(limit))


def _unused(before: datetime) -> Iterator[User]:
    return _asleep(User.objects.all(), before).iterator()


def _asleep(rows: "QuerySet[User]", before: datetime) -> "QuerySet[User]":
    return rows.filter(is_active=True).alias(seen=Coalesce("last_login", "date_joined")).filter(seen__lt=before).order_by("pk")


@transaction.atomic
def _close(pk: int, limit: datetime, at: datetime) -> bool:
    """Close one, unless the person has signed in meanwhile or is the last who could open accounts."""
    user = _asleep(User.objects.select_for_update(), limit).filter(pk=pk).first()
    if user is None or any(_is_last(user, role) for role in _NEVER_THE_LAST):
        return False
    user.is_active = False
    user.save(update_fields=["is_active"])
    events.record("account.dormant", subject=events.user_id(user), actor=events.SYSTEM, at=at)
    return True


def _is_last(user: User, role: Role) -> bool:
    return user.has_role(role) and not User.objects.with_role(role).exclude(pk=user.pk).exists()
