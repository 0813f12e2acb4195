"""Row visibility and list shapes of the ground floor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from .models import Delivery, DemoMessage, Event, InboxItem, StoredFile


class EventQuerySet(models.QuerySet["Event"]):
    """Events, oldest first."""

    def of(self, *subjects: str) -> Self:
        """Return the events of these subjects in the order in which they happened."""
        return self.filter(subject__in=subjects).order_by("id")


class InboxQuerySet(models.QuerySet["InboxItem"]):
    """Inbox items."""

    def visible_to(self, user: AbstractBaseUser | Any) -> Self:
        """Return the items of this person alone."""
        return self.filter(user_id=user.pk)

    def unread(self) -> Self:
        """Return what has not been opened."""
        return self.filter(read_at__isnull=True)

    def for_list(self) -> Self:
        """Return the newest first, with their notices."""
        return self.select_related("notice").order_by("-id")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries."""

    def claimable(self, at: datetime) -> Self:
        """Return what is due and not leased to anyone at this moment."""
        return self.filter(Q(leased_until__isnull=True) | Q(leased_until__lte=at), state="pending", next_at__lte=at)

    def untried(self, template: str) -> Self:
        """Return the mails of a template to people who sign in that no worker has tried to send yet."""
        mine = {"notice__template": template, "notice__recipient_kind": "user", "channel": "email"}
        return self.filter(state="pending", attempts=0, leased_until__isnull=True, **mine)


class DemoMessageQuerySet(models.QuerySet["DemoMessage"]):
    """Messages that would have left the house."""

    def for_list(self) -> Self:
        """Return the newest first."""
        return self.order_by("-id")


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Stored files."""

    def waiting(self) -> Self:
        """Return those for which the scanner has no verdict yet."""
        return self.filter(state="waiting")

    def with_ids(self, ids: Iterable[str]) -> Self:
        """Return these files, oldest first."""
        return self.filter(pk__in=list(ids)).order_by("created_at", "pk")
