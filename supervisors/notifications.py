"""Who hears of what happens to the money. Sends nothing by itself: `core.notices` writes the outbox."""

from datetime import datetime

from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from core import notices
from core.recipients import to_user

from .models import ClawBack


def claw_back_asked(row: ClawBack, *, at: datetime) -> None:
    """Tell the office leaders that one of them has to decide; not the one who asked."""
    for user in User.objects.with_role(Role.OFFICE_LEADER):
        if user.pk != row.asked_by_id:
            _tell(row, "claw_back_asked", user, reverse("supervisors:claw_back_decide", args=[row.pk]), at)


def claw_back_decided(row: ClawBack, *, at: datetime) -> None:
    """Tell who asked what was decided."""
    name = "claw_back_approved" if row.state == ClawBack.State.APPROVED else "claw_back_refused"
    _tell(row, name, row.asked_by, reverse("supervisors:claw_backs"), at)


def _tell(row: ClawBack, name: str, user: User, path: str, at: datetime) -> None:
    facts = {"voucher": row.payable.voucher, "path": path}
    notices.send(f"supervisors/{name}", to=to_user(user), key=f"claw_back:{row.pk}:{name}:{user.pk}", at=at, facts=facts)
