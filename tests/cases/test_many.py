"""Acts on many cases: the preview changes nothing, the act does what it showed, twice is once, and what changed is left alone."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from cases import actions
from cases.models import Case
from cases.workflow import Status
from core.models import Event, InboxItem
from tests.cases.test_races import at_once
from tests.factories import MONDAY, PostFactory, case_at, handler_of, holder, new_case, officer, staffed_agency

pytestmark = pytest.mark.django_db
NOON = MONDAY + timedelta(hours=2)


def chosen(*cases):
    return {case.pk: case.version for case in cases}


def form(act, *cases, **more):
    return {"act": act, "case": [f"{case.pk}:{case.version}" for case in cases], "back": "view=triage"} | more


@pytest.fixture
def me(client):
    user = officer(full_name="周甲")
    client.force_login(user)
    return user


def test_preview_shows_what_changes_and_what_not_and_changes_nothing(client, me):
    mine, free, closed = case_at(Status.HANDLING, own=True, by=me), new_case(), case_at(Status.CLOSED)
    sorted_ = client.post("/staff/many/preview/", form("hand_on", mine, free, closed, to=me.pk)).context["sorted"]
    assert [case.pk for case in sorted_.changing] == [free.pk]
    assert {one.case.pk: one.reason for one in sorted_.skipped} == {mine.pk: "已由周甲承办。", closed.pk: "案件已经结束。"}
    assert Case.objects.get(pk=free.pk).handler is None


def test_cases_are_handed_on_once(client, me):
    cases, to = [new_case(), case_at(Status.HANDLING, own=True, by=officer())], officer()
    before = handler_of(cases[1])
    asked = form("hand_on", *cases, to=to.pk)
    for _click in range(2):
        assert client.post("/staff/many/", asked).headers["Location"] == "/staff/?view=triage"
    for case in cases:
        case.refresh_from_db()
        assert case.handler == to
        assert Event.objects.of(case.subject).filter(type="case.handed_on").count() == 1
    templates = InboxItem.objects.filter(user__in=[to, before]).values_list("user", "notice__template")
    assert {(to.pk, "cases/handed_on"), (before.pk, "cases/handed_away")} <= set(templates)
    assert InboxItem.objects.filter(notice__template="cases/handed_on").count() == 1


def test_what_changed_since_it_was_chosen_is_left_alone(me):
    case, other, to = new_case(), new_case(), officer()
    seen = chosen(case, other)
    actions.accept(case, by=me, version=1, ruling=actions.Ruling(4), at=MONDAY)
    done = actions.hand_on(seen, to=to, by=me, at=NOON)
    assert ([one.pk for one in done.changing], [one.case.pk for one in done.skipped]) == ([other.pk], [case.pk])
    case.refresh_from_db()
    assert case.handler == me


def test_a_page_that_shows_the_case_is_out_of_date_then(me):
    case = new_case()
    actions.hand_on(chosen(case), to=officer(), by=me, at=NOON)
    with pytest.raises(actions.StalePage, match="已改派承办人"):
        actions.accept(case, by=me, version=1, ruling=actions.Ruling(4), at=NOON)


def test_who_is_recused_gets_no_case_about_his_agency(me):
    case = new_case()
    to = officer()
    to.roles.append("liaison_officer")
    to.save()
    PostFactory.create(agency=case.respondent_agency, user=to)
    assert actions.hand_on(chosen(case), to=to, by=me, at=NOON).changing == []


def test_cases_go_to_the_office_only(client, me):
    case, stranger = new_case(), holder(staffed_agency())
    with pytest.raises(actions.NoHandler):
        actions.hand_on(chosen(case), to=stranger, by=me, at=NOON)
    response = client.post("/staff/many/", form("hand_on", case, to=stranger.pk))
    assert (response.status_code, Case.objects.get(pk=case.pk).handler) == (200, None)


def test_reminder_by_hand_goes_out_once_a_day(me):
    case = case_at(Status.DISPATCHED)
    for _click in range(2):
        actions.remind_now(chosen(case), by=me, at=NOON)
    liaison = holder(case.agency)
    assert InboxItem.objects.filter(user=liaison, notice__template="cases/reminder").count() == 1
    assert len(actions.remind_now(chosen(case), by=me, at=NOON + timedelta(days=1)).changing) == 1
    (event,) = Event.objects.of(case.subject).filter(type="deadline.reminded_by_hand")[:1]
    assert event.facts["recipients"] == [liaison.pk]


def test_a_clock_that_stands_still_and_no_limit_are_reasons(client, me):
    paused, without = new_case(), new_case()
    Case.objects.filter(pk=paused.pk).update(paused_on=MONDAY.date())
    without.deadlines.update(closed_at=MONDAY, next_reminder_at=None)
    skipped = client.post("/staff/many/preview/", form("remind", paused, without)).context["sorted"].skipped
    assert [one.reason for one in skipped] == ["期限已中止计算。", "没有在计的期限。"]


def test_reminding_is_confirmed_and_told(client, me):
    case = case_at(Status.DISPATCHED)
    with time_machine.travel(NOON, tick=False):
        response = client.post("/staff/many/", form("remind", case), follow=True)
    assert "已催办 1 件。" in response.content.decode()


@pytest.mark.parametrize("asked", [{}, {"case": ["x", "1", "1:", "²:1"]}, {"case": [f"{n}:1" for n in range(1, 300)]}])
def test_nothing_or_too_much_chosen_is_told(client, me, asked):
    response = client.post("/staff/many/preview/", {"act": "remind", "back": "view=all"} | asked)
    assert response.headers["Location"] == "/staff/?view=all"


@pytest.mark.parametrize("back", ["//evil.example/", "view=all\r\nX: y", "q=%00&view=mine", "https://evil.example"])
def test_the_way_back_stays_in_the_queue(client, me, back):
    response = client.post("/staff/many/preview/", {"act": "remind", "back": back})
    assert response.headers["Location"].startswith("/staff/?")


def test_a_case_that_one_may_not_see_is_not_touched(me):
    case = new_case()
    me.roles.append("liaison_officer")
    me.save()
    PostFactory.create(agency=case.respondent_agency, user=me)
    done = actions.hand_on(chosen(case), to=officer(), by=me, at=NOON)
    assert (done.changing, done.skipped) == ([], [])


def test_people_of_agencies_do_neither(client):
    case = case_at(Status.DISPATCHED)
    liaison = holder(case.agency)
    with pytest.raises(PermissionDenied):
        actions.remind_now(chosen(case), by=liaison, at=NOON)
    client.force_login(liaison)
    assert client.post("/staff/many/", form("remind", case)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_officers_hand_the_same_cases_on_at_once():
    cases, first, second, by = [new_case(), new_case()], officer(), officer(), officer()
    acts = [lambda to=to: actions.hand_on(chosen(*cases), to=to, by=by, at=NOON) for to in (first, second)]
    results = at_once(*acts)
    assert sorted(len(result.changing) for result in results) == [0, 2]
    assert len({case.handler_id for case in Case.objects.all()}) == 1
