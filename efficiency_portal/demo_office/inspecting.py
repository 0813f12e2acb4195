"""Inspections and a tip of the demo: an open inspection that is done, and a covert visit for tomorrow."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from accounts.models import User
from agencies.models import Agency
from core import calendars, clock
from supervisors import actions
from supervisors.models import FieldRecord, Inspection, Theme

_OPEN, _CORRECTED, _CLEAN = FieldRecord.State.OPEN, FieldRecord.State.CORRECTED, FieldRecord.State.CLEAN


def inspect(people: Mapping[str, User], agencies: Mapping[str, Agency], *, now: datetime) -> None:
    """Walk them through the same actions that people use."""
    calendar, today = calendars.work_calendar(), clock.day_of(now)
    day = calendar.shift(today, -3)
    at = datetime.combine(day, datetime.min.time(), tzinfo=clock.SHANGHAI) + timedelta(hours=9)
    done = _plan("窗口作风", [agencies["住建局"], agencies["市监局"]], people, day=day, at=at - timedelta(hours=17))
    seen = (
        ("住建局", "二楼 3 号窗口", _OPEN, "空岗脱岗", "8:50 至 9:00 窗口无人，未放“暂停服务”牌，六名群众在等。"),
        ("住建局", "二楼大厅", _CORRECTED, "未挂工作牌、未公开岗位", "两名工作人员未挂工作牌，当场提醒后已挂上。"),
        ("市监局", "一楼登记窗口", _CLEAN, "", ""),
    )
    for number, row in enumerate(seen):
        _record(done, agencies, row, by=people["sunlan"], at=at + timedelta(minutes=15 * number))
    actions.close_inspection(done, by=people["zhangjianping"], at=at + timedelta(hours=2))
    tomorrow, at, manner = today + timedelta(days=1), now - timedelta(minutes=20), Inspection.Manner.COVERT
    _plan("一次性告知", [agencies["自然资源局"]], people, day=tomorrow, at=at, manner=manner)
    _tip(agencies["城关镇"], by=people["chenguang"], at=now - timedelta(hours=1))


def _plan(
    theme: str, where: list[Agency], people: Mapping[str, User], *, day: date, at: datetime, manner: str = "open"
) -> Inspection:
    members = [people["sunlan"], people["liweiguo"]]
    words = {"place": "县政务中心一楼集合", "note": "先看公示栏，再看窗口。"}
    row = actions.Plan(manner, Theme.objects.get(name=theme), where, members, day, day, **words)
    return actions.plan_inspection(row, by=people["zhangjianping"], at=at)


def _record(done: Inspection, agencies: Mapping[str, Agency], row: tuple[str, ...], *, by: User, at: datetime) -> None:
    agency, place, state, text, words = row
    points = tuple(done.checklist.points.filter(text=text))
    behaviours = tuple(point.behaviour for point in points)
    seen = actions.Seen(
        agency=agencies[agency],
        place=place,
        seen_at=at,
        state=state,
        words=words,
        category=int(behaviours[0][0]) if behaviours else 0,
        behaviours=behaviours,
        severity="ordinary" if behaviours else "",
        points=points,
    )
    actions.record_seen(done, seen, key=uuid.uuid4(), by=by, at=at)


def _tip(agency: Agency, *, by: User, at: datetime) -> None:
    """A volunteer tips on the own town government."""
    words = "便民服务大厅要求办事群众到指定店铺复印，不去就不收材料，本月见过三次。"
    actions.give_tip(actions.Told(agency, words, 2, ("2e",), place="便民服务大厅"), key=uuid.uuid4(), by=by, at=at)
