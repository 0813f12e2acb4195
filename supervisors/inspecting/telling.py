"""Who hears of an inspection. No message says where it goes: mail can be read over a shoulder."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from core import notices
from core.recipients import to_user
from supervisors.models import Inspection


def planned(row: Inspection, members: Iterable[User], *, but: User, at: datetime) -> None:
    """Tell those who go along."""
    _tell(row, "inspection_planned", members, but=but, at=at)


def called_off(row: Inspection, members: Iterable[User], *, but: User, at: datetime) -> None:
    """Tell those who would have gone."""
    _tell(row, "inspection_called_off", members, but=but, at=at)


def _tell(row: Inspection, template: str, members: Iterable[User], *, but: User, at: datetime) -> None:
    for user in members:
        if user.pk != but.pk:
            key = f"{row.subject}:{template}:{user.pk}"
            path = reverse("supervisors:inspection", args=[row.pk])
            notices.send(f"supervisors/{template}", to=to_user(user), key=key, at=at, facts={"path": path})
