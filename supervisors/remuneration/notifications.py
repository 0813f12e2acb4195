"""Who hears of a run. No message names an amount: phones are shared."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from core import notices
from core.events import Fact
from core.recipients import to_user
from supervisors.models import RemunerationRun, RemunerationStatement


def computed(run: RemunerationRun, *, at: datetime) -> None:
    """Tell the office leaders that a run waits for approval; not the one who computed it."""
    for leader in User.objects.with_role(Role.OFFICE_LEADER).exclude(pk=run.computed_by_id):
        _tell(leader, "remuneration_computed", run, at, once=str(run.version))


def approved(run: RemunerationRun, statements: Iterable[RemunerationStatement], *, at: datetime, not_before: datetime) -> None:
    """Tell who computed it, and each supervisor that the statement can be read."""
    _tell(run.computed_by, "remuneration_approved", run, at, once="approved")
    facts: dict[str, Fact] = {"month": run.month.isoformat()}
    notices.send_all(
        (
            notices.Outgoing(
                "supervisors/statement_ready",
                to_user(row.supervisor.user),
                f"statement:{row.pk}:ready",
                facts | {"path": reverse("supervisors:statement", args=[row.pk])},
                not_before,
            )
            for row in statements
        ),
        at=at,
    )


def _tell(user: User, template: str, run: RemunerationRun, at: datetime, *, once: str) -> None:
    facts: dict[str, Fact] = {"month": run.month.isoformat(), "path": reverse("supervisors:remuneration_run", args=[run.pk])}
    notices.send(
        f"supervisors/{template}", to=to_user(user), key=f"{run.subject}:{once}:{template}:{user.pk}", at=at, facts=facts
    )
