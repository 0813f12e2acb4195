"""Writes of the ground floor that a person causes."""

from datetime import datetime

from .models import InboxItem


def open_item(item: InboxItem, *, at: datetime) -> None:
    """Mark an inbox item as read; the first reading counts."""
    InboxItem.objects.filter(pk=item.pk, read_at__isnull=True).update(read_at=at)
