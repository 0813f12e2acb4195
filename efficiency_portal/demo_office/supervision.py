"""The invented county's supervisors: who serves, who applies, what they are to do. Invented like all the rest."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from accounts.models import User
from agencies.models import Agency
from core import calendars, clock, numbering
from supervisors import actions, certificates
from supervisors.models import Call, Candidacy, DutyLog, Quota, Supervisor, Task, Term
from supervisors.models.roster import Background, Kind

_CANDIDATES = (
    ("吴秀英", "13900000101", Background.COMMUNITY, "住在东关街道二十年，街坊办事遇到难处都愿意跟我说。"),
    ("郑国强", "13900000102", Background.RETIRED, "退休前在县供销社工作，熟悉办事流程，时间充裕。"),
    ("冯玉梅", "13900000103", Background.PEOPLES_CONGRESS, "县人大代表，经常走访企业。"),
)


def load_roster(people: dict[str, User], agencies: dict[str, Agency], *, year: int) -> None:
    """Enter the two who serve already: a volunteer from a township and a full-time supervisor."""
    volunteer = {"kind": Kind.VOLUNTEER, "background": Background.AGENCY, "home_agency": agencies["城关镇"]}
    for name, fields in (("chenguang", volunteer), ("sunlan", {"kind": Kind.FULL_TIME, "background": Background.RETIRED})):
        Term.objects.create(
            supervisor=Supervisor.objects.create(user=people[name], **fields),
            since=date(year, 1, 1),
            until=date(year + 1, 12, 31),
            certificate_number=certificates.written(year, numbering.next_number(certificates.SERIES, year)),
            code=certificates.new_code(),
        )


def load_work(people: dict[str, User], agencies: dict[str, Agency], *, now: datetime) -> None:
    """Enter calls with candidates on every step, quotas, tasks, and some days of duty."""
    officer, leader, today = people["zhoumin"], people["hanxuemei"], clock.day_of(now)
    _load_calls(officer, leader, people, agencies, now=now)
    actions.set_quota(
        by=leader,
        kind=Kind.FULL_TIME,
        what=Quota.What.DUTY_DAYS,
        period="month",
        amount=8,
        valid_from=today.replace(day=1),
        basis="《清河县监督员管理办法（示例）》",
        at=now,
    )
    sunlan = Supervisor.objects.get(user=people["sunlan"])
    for days, kind, title in ((5, Task.Kind.TASK, "走访石桥镇便民服务点"), (9, Task.Kind.INSPECTION, "参加政务大厅窗口检查")):
        due_on = today + timedelta(days=days)
        actions.set_task(sunlan, by=officer, kind=kind, title=title, text="看排队、看告知单、问群众。", due_on=due_on, at=now)
    for days, place, is_confirmed in ((4, "县政务中心", True), (2, "城关镇便民服务中心", True), (1, "税务局办税厅", False)):
        day = max(today - timedelta(days=days), today.replace(month=1, day=1))
        log = _duty(sunlan, day, place, now)
        if is_confirmed:
            actions.confirm_duty(log, by=officer, at=now)


def _duty(supervisor: Supervisor, day: date, place: str, now: datetime) -> DutyLog:
    found = DutyLog.objects.filter(supervisor=supervisor, day=day, kind=DutyLog.Kind.PATROL).first()
    if found:
        return found
    words = {"hours": Decimal(3), "place": place, "what": "巡看窗口，和办事群众交谈。"}
    return actions.log_duty(supervisor, by=supervisor.user, day=day, kind=DutyLog.Kind.PATROL, at=now, **words)  # type: ignore[arg-type]


def _load_calls(officer: User, leader: User, people: dict[str, User], agencies: dict[str, Agency], *, now: datetime) -> None:
    today = clock.day_of(now)
    fields = {"years": 2, "opens_on": today - timedelta(days=40), "closes_on": today + timedelta(days=20)}
    full_time = actions.make_call(
        by=officer,
        at=now,
        kind=Kind.FULL_TIME,
        title="公开招聘专职监督员",
        places=3,
        text="热心公益、办事公道、有时间参加巡查的人大代表、政协委员、退休老干部和社区群众均可报名。",
        **fields,
    )
    volunteers = actions.make_call(
        by=officer,
        at=now,
        kind=Kind.VOLUNTEER,
        title="推荐兼职义务监督员",
        places=10,
        text="请各单位、各乡镇推荐责任心强的同志。",
        **fields,
    )
    rows = [_candidate(full_time, one, now) for one in _CANDIDATES]
    ask = actions.Nomination("陈小满", "+8613900000104", Background.AGENCY, "在便民服务中心工作五年。", agencies["石桥镇"])
    rows.append(actions.nominate(volunteers, ask, by=officer, at=now))
    for row in rows[1:]:
        row = actions.check(row, by=officer, version=row.version, note="已向组织、纪检部门查询，没有处分记录。", at=now)
        if row.full_name != "郑国强":
            began = calendars.work_calendar().shift(today, -2)
            row = actions.approve(row, by=leader, version=row.version, at=now)
            actions.publish(row, by=officer, version=row.version, at=datetime.combine(began, now.timetz()))


def _candidate(call: Call, one: tuple[str, str, Background, str], now: datetime) -> Candidacy:
    name, phone, background, statement = one
    return actions.nominate(call, actions.Nomination(name, f"+86{phone}", background, statement), by=None, at=now)
