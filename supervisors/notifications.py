"""Who hears of what happens on the roster and to the money. Sends nothing by itself: `core.notices` writes the outbox."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from core import notices
from core.events import Fact
from core.recipients import to_user

from .models import Candidacy, ClawBack, DutyLog, Supervisor, Task, Term
from .workflow import CandidacyStatus


def claw_back_asked(row: ClawBack, *, at: datetime) -> None:
    """Tell the office leaders that one of them has to decide; not the one who asked."""
    for user in User.objects.with_role(Role.OFFICE_LEADER):
        if user.pk != row.asked_by_id:
            _tell_of_claw_back(row, "claw_back_asked", user, reverse("supervisors:claw_back_decide", args=[row.pk]), at)


def claw_back_decided(row: ClawBack, *, at: datetime) -> None:
    """Tell who asked what was decided."""
    name = "claw_back_approved" if row.state == ClawBack.State.APPROVED else "claw_back_refused"
    _tell_of_claw_back(row, name, row.asked_by, reverse("supervisors:claw_backs"), at)


def _tell_of_claw_back(row: ClawBack, name: str, user: User, path: str, at: datetime) -> None:
    facts = {"voucher": row.payable.voucher, "path": path}
    notices.send(f"supervisors/{name}", to=to_user(user), key=f"claw_back:{row.pk}:{name}:{user.pk}", at=at, facts=facts)


def nominated(row: Candidacy, *, by: User | None, at: datetime) -> None:
    """Tell the officers that somebody waits to be checked."""
    _tell_many(User.objects.with_role(Role.OFFICER), "nominated", at, once=f"{row.subject}:nominated", but=by, **_path(row))


def candidacy_moved(row: Candidacy, *, by: User, at: datetime) -> None:
    """Tell the leaders when it is theirs to decide, the officers when they are to publish."""
    role = {CandidacyStatus.CHECKED: Role.OFFICE_LEADER, CandidacyStatus.APPROVED: Role.OFFICER}.get(CandidacyStatus(row.status))
    if role:
        once = f"{row.subject}:{row.version}"
        _tell_many(User.objects.with_role(role), "candidacy_moved", at, once=once, but=by, state=row.status, **_path(row))


def term_granted(term: Term, *, at: datetime) -> None:
    """Tell the supervisor."""
    facts: dict[str, Fact] = {
        "since": term.since.isoformat(),
        "until": term.until.isoformat(),
        "path": reverse("supervisors:mine"),
    }
    _tell(term.supervisor.user, "term_granted", at, once=f"term:{term.pk}:granted", **facts)


def term_ends(term: Term, days: int, *, at: datetime) -> None:
    """Remind the office leaders and the person that a term ends, once for each rung."""
    facts: dict[str, Fact] = {"until": term.until.isoformat(), "days": days}
    once = f"term:{term.pk}:ends:{days}"
    path = reverse("supervisors:detail", args=[term.supervisor_id])
    for leader in User.objects.with_role(Role.OFFICE_LEADER):
        _tell(leader, "term_ends_to_office", at, once=once, path=path, **facts)
    _tell(term.supervisor.user, "term_ends", at, once=once, path=reverse("supervisors:mine"), **facts)


def standing_changed(row: Supervisor, what: str, *, at: datetime, once: int) -> None:
    """Tell the supervisor that he is suspended, serves again, or has left."""
    _tell(row.user, "standing_changed", at, once=f"{row.subject}:{what}:{once}", what=what, path=reverse("supervisors:mine"))


def task_set(row: Task, *, at: datetime) -> None:
    """Tell the supervisor of a task."""
    facts: dict[str, Fact] = {"due_on": row.due_on.isoformat(), "path": reverse("supervisors:mine")}
    _tell(row.supervisor.user, "task_set", at, once=f"task:{row.pk}:set", **facts)


def task_done(row: Task, *, at: datetime) -> None:
    """Tell who set the task."""
    path = reverse("supervisors:detail", args=[row.supervisor_id])
    _tell(row.set_by, "task_done", at, once=f"task:{row.pk}:done", path=path)


def duty_refused(row: DutyLog, *, at: datetime) -> None:
    """Tell the supervisor; the reason stands on the page."""
    once = f"duty:{row.pk}:refused:{at.isoformat()}"
    _tell(row.supervisor.user, "duty_refused", at, once=once, day=row.day.isoformat(), path=reverse("supervisors:mine"))


def behind_quota(row: Supervisor, what: str, period: str, missing: int, *, at: datetime) -> None:
    """Tell a supervisor once a period how many are missing."""
    facts: dict[str, Fact] = {"what": what, "missing": missing, "path": reverse("supervisors:mine")}
    _tell(row.user, "behind_quota", at, once=f"{row.subject}:quota:{what}:{period}", **facts)


def _path(row: Candidacy) -> dict[str, Fact]:
    return {"path": reverse("supervisors:candidacy", args=[row.pk])}


def _tell_many(users: Iterable[User], template: str, at: datetime, *, once: str, but: User | None = None, **facts: Fact) -> None:
    for user in users:
        if but is None or user.pk != but.pk:
            _tell(user, template, at, once=once, **facts)


def _tell(user: User, template: str, at: datetime, *, once: str, **facts: Fact) -> None:
    key = f"supervisors:{template}:{once}:{user.pk}"
    notices.send(f"supervisors/{template}", to=to_user(user), key=key, at=at, facts=facts)
