"""Inspections for tests: people of the roster, a plan, and what was seen."""

import uuid
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from accounts.roles import Role
from agencies.models import Agency
from core import clock
from supervisors import actions
from supervisors.models import FieldRecord, Inspection, Supervisor, Theme
from tests.factories import MONDAY, AgencyFactory, UserFactory, add_term, office_leader

DAY = clock.day_of(MONDAY)


def supervisor(*, term_until: date = date(2035, 12, 31), **fields: Any) -> User:
    """Somebody on the roster whose term covers the tests' days."""
    user = UserFactory.create(roles=[Role.SUPERVISOR])
    row = Supervisor.objects.create(user=user, **{"kind": "full_time", "background": "retired"} | fields)
    add_term(row, date(2026, 1, 1), term_until)
    return user


def volunteer(home: Agency) -> User:
    return supervisor(kind="volunteer", background="agency", home_agency=home)


def plan(**fields: Any) -> actions.Plan:
    given: dict[str, Any] = {"manner": "open", "theme": Theme.objects.get(name="窗口作风"), "first_on": DAY, "last_on": DAY}
    if "members" not in fields:
        given["members"] = [supervisor(), supervisor()]
    if "agencies" not in fields:
        given["agencies"] = [AgencyFactory.create()]
    return actions.Plan(**given | fields)


def inspection(by: User | None = None, **fields: Any) -> Inspection:
    return actions.plan_inspection(plan(**fields), by=by or office_leader(), at=MONDAY)


def member(of: Inspection) -> User:
    return of.members.order_by("pk")[0].user


def seen(of: Inspection, **fields: Any) -> actions.Seen:
    """An empty window, unless a test says otherwise."""
    given: dict[str, Any] = {"agency": of.agencies.get(), "place": "二楼 3 号窗口", "seen_at": MONDAY, "state": "open"}
    given |= {"words": "窗口无人，六人在等。", "category": 6, "behaviours": ("6a",), "severity": "ordinary"}
    return actions.Seen(**given | fields)


def record(of: Inspection, *, key: uuid.UUID | None = None, by: User | None = None, **fields: Any) -> FieldRecord:
    at = MONDAY + timedelta(hours=1)
    return actions.record_seen(of, seen(of, **fields), key=key or uuid.uuid4(), by=by or member(of), at=at)


def posted(of: Inspection, user: User, **fields: Any) -> dict[str, Any]:
    """What the form sends."""
    points = of.checklist.points.order_by("position")
    given: dict[str, Any] = {"key": str(uuid.uuid4()), "owner": user.pk, "agency": of.agencies.get().pk, "place": "大厅"}
    given |= {"points": [points[0].pk], "words": "窗口无人。", "severity": "ordinary", "follows": "open"}
    return {name: value for name, value in (given | fields).items() if value is not None}
