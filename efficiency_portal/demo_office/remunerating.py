"""The demo's remuneration: a rule, a month that is approved, and a draft with a correction. Invented like all the rest."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from accounts.models import User
from core import clock
from supervisors import actions
from supervisors.models import DutyLog, RemunerationRun, Supervisor
from supervisors.remuneration.months import first_of, months_back, next_month

_MORNING, _EVENING = time(9, 30, tzinfo=clock.SHANGHAI), time(17, 0, tzinfo=clock.SHANGHAI)
_RULE = {"monthly_fen": 600_00, "allowance_fen": 100_00, "duty_day_fen": 80_00, "inspection_fen": 100_00}
_ROUNDS = ((3, "县政务中心"), (9, "城关镇便民服务中心"), (16, "不动产登记大厅"), (23, "税务局办税厅"))


def load_remuneration(people: dict[str, User], *, now: datetime) -> None:
    """Pay the month before last and compute the last one, as far as they lie in this year: the terms began with it."""
    today = clock.day_of(now)
    actions.note_rule(
        since=date(today.year, 1, 1),
        proration="days",
        basis=f"清优办〔{today.year}〕3 号第六条",
        by=people["zhangjianping"],
        at=now,
        **_RULE,
    )
    sunlan = Supervisor.objects.get(user=people["sunlan"])
    months = [month for month in (months_back(first_of(today), 2), months_back(first_of(today), 1)) if month.year == today.year]
    for month in months:
        for place, (day, where) in enumerate(_ROUNDS):
            _duty(sunlan, month.replace(day=day), where, by=people["zhoumin"], is_late=place == len(_ROUNDS) - 1)
    for month in months[:-1]:
        run = _computed(month, people["liweiguo"])
        actions.approve_run(run, version=run.version, by=people["zhangjianping"], at=_at(next_month(month), 3, _EVENING))
    late = DutyLog.objects.filter(supervisor=sunlan, kind=DutyLog.Kind.DESK, state=DutyLog.State.WAITING)
    for log in late.order_by("day"):
        actions.confirm_duty(log, by=people["zhoumin"], at=now)
    for month in months[-1:]:
        _computed(month, people["liweiguo"])


def _computed(month: date, by: User) -> RemunerationRun:
    at = min(_at(next_month(month), 1, _EVENING), clock.now())
    run = actions.start_run(month, by=by, at=at)
    while actions.compute_run(run.pk, at=at):
        pass
    run.refresh_from_db()
    return run


def _duty(supervisor: Supervisor, day: date, where: str, *, by: User, is_late: bool) -> None:
    at = datetime.combine(day, _EVENING)
    words = {"hours": Decimal(3), "place": where, "what": "巡看窗口，和办事群众交谈。"}
    log = actions.log_duty(supervisor, by=supervisor.user, day=day, kind=DutyLog.Kind.DESK, at=at, **words)  # type: ignore[arg-type]
    if not is_late:
        actions.confirm_duty(log, by=by, at=at + timedelta(hours=16))


def _at(month: date, day: int, moment: time) -> datetime:
    return datetime.combine(month.replace(day=day), moment)
