"""Every notice of the roster can be read in both languages and names nobody."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from core.models import Notice
from core.rendering import render
from supervisors import actions
from supervisors.workflow import CandidacyStatus
from tests.factories import MONDAY, NAME, PHONE, candidacy_at, office_leader, officer, supervisor

from .test_duties import LAST_DAYS, log, quota, task

pytestmark = pytest.mark.django_db
NOTICES = settings.BASE_DIR / "templates/notices/supervisors"
OTHER_ROOMS = ("claw_back_", "inspection_", "remuneration_", "reward_", "statement_", "tip_")
NAMES = (path.name.removesuffix(".subject.txt") for path in NOTICES.glob("*.subject.txt"))
TEMPLATES = sorted(name for name in NAMES if not name.startswith(OTHER_ROOMS))


@pytest.fixture
def notices():
    by, leader = officer(), office_leader()
    row = candidacy_at(CandidacyStatus.PUBLISHED)
    at = MONDAY + timedelta(days=8)
    actions.appoint(row, by=leader, version=row.version, username="jiayi", since=at.date(), at=at)
    one = supervisor(until=date(2026, 10, 10))
    actions.finish_task(task(one), by=one.user, note="完成", at=MONDAY)
    actions.refuse_duty(log(one), by=by, reason="。", at=MONDAY)
    quota()
    actions.remind_quotas(at=LAST_DAYS)
    actions.remind_terms(at=MONDAY)
    for act in (
        lambda: actions.suspend(one, by=leader, reason="。", at=MONDAY),
        lambda: actions.resume(one, by=leader, at=MONDAY),
    ):
        act()
    actions.end_term(one, by=leader, exit="resigned", reason="。", day=MONDAY.date(), is_collected=False, at=MONDAY)
    return list(Notice.objects.filter(template__startswith="supervisors/"))


def test_every_template_is_used(notices):
    assert sorted({one.template.removeprefix("supervisors/") for one in notices}) == TEMPLATES


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_notices_read_well(notices, language):
    for one in notices:
        subject, text = render(one, language)
        assert subject
        assert "\n" not in subject
        assert len(text) > 5
        assert "{" not in subject + text
        assert "None" not in subject + text


def test_notices_name_nobody(notices):
    for one in notices:
        told = "".join(render(one, "zh-hans")) + str(one.facts)
        assert NAME not in told
        assert PHONE not in told


def test_notices_lead_to_a_page(notices):
    assert all(str(one.facts["path"]).startswith("/staff/supervisors/") for one in notices)
