"""Who hears of a run. No message names an amount: phones are shared."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from core import notices
from core.events import Fact
from core.recipients import to_user
from supervisors.models import RemunerationRun, RemunerationStatement

OUT_LATER = timedelta(minutes=1)  # messages go with the sweep, not one by one while somebody waits for the page


def computed(run: RemunerationRun, *, at: datetime) -> None:
    """Tell the office leaders that a run waits for approval; not the one who computed it."""
    for leader in User.objects.with_role(Role.OFFICE_LEADER).exclude(pk=run.computed_by_id):
        _tell(leader, "remuneration_computed", run, at, once=str(run.version))


def approved(run: RemunerationRun, statements: Iterable[RemunerationStatement], *, at: datetime) -> None:
    """Tell who computed it, and each supervisor that the statement can be read."""
    _tell(run.computed_by, "remuneration_approved", run, at, once="approved")
    notices.send_all((_outgoing("statement_ready", row, run, "ready", at) for row in statements), at=at)


def paid(payables: Sequence[int], *, at: datetime) -> None:
    """Tell supervisors whose statements were paid; of other payments nobody is told here."""
    _of_payments("statement_paid", payables, at, once="paid")


def came_back(payables: Sequence[int], *, at: datetime) -> None:
    """Tell supervisors whose payment came back that the account is to be looked at."""
    _of_payments("statement_bounced", payables, at, once=f"bounced:{at.isoformat()}")


def _of_payments(template: str, payables: Sequence[int], at: datetime, *, once: str) -> None:
    rows = RemunerationStatement.objects.filter(payable__in=payables).select_related("supervisor__user", "run").order_by("pk")
    notices.send_all((_outgoing(template, row, row.run, once, at) for row in rows), at=at)


def _outgoing(template: str, row: RemunerationStatement, run: RemunerationRun, once: str, at: datetime) -> notices.Outgoing:
    facts: dict[str, Fact] = {"month": run.month.isoformat(), "path": reverse("supervisors:statement", args=[row.pk])}
    key = f"statement:{row.pk}:{once}"
    return notices.Outgoing(f"supervisors/{template}", to_user(row.supervisor.user), key, facts, at + OUT_LATER)


def _tell(user: User, template: str, run: RemunerationRun, at: datetime, *, once: str) -> None:
    facts: dict[str, Fact] = {"month": run.month.isoformat(), "path": reverse("supervisors:remuneration_run", args=[run.pk])}
    notices.send(
        f"supervisors/{template}", to=to_user(user), key=f"{run.subject}:{once}:{template}:{user.pk}", at=at, facts=facts
    )
