"""What the sweep does about an agency's late limit: cards are suggested and letters drafted, each once, by the limit's policy."""

from datetime import datetime

import pytest

from cases import actions
from cases.models import Card, Case, Deadline, Letter
from cases.workflow import Status, Step
from core import calendars
from core.actions import calendar_changed
from core.clock import SHANGHAI
from core.models import CalendarDay, DeadlinePolicy, Event, InboxItem
from tests.factories import MONDAY, case_at, handler_of, holder, new_case, office_leader, officer, the_assignment

from .test_races import at_once

pytestmark = pytest.mark.django_db
OVERSEEING = ("chaser", "circular")


def morning(day, month=9):
    return datetime(2026, month, day, 8, 31, tzinfo=SHANGHAI)


def sweep(at):
    for pk in list(Deadline.objects.remindable(at).values_list("pk", flat=True)):
        actions.remind(pk, at=at)


def cards(case=None):
    rows = Card.objects.order_by("pk") if case is None else Card.objects.filter(case=case).order_by("pk")
    return [(row.colour, row.state) for row in rows]


@pytest.fixture
def late():
    """A case whose receipt was due on Tuesday 15 September; working days late: 1 on the 16th, 2 on the 17th, 3 on the 18th."""
    office_leader()
    return case_at(Status.DISPATCHED)


def limit_of(case, step=Step.RECEIVE):
    return case.deadlines.get(step=step)


@pytest.mark.parametrize(
    ("day", "found"),
    [(15, []), (16, []), (17, [("yellow", "suggested")]), (18, [("red", "suggested")])],
)
def test_a_card_is_suggested_when_more_days_late_than_the_policy_allows(late, day, found):
    sweep(morning(day))
    assert cards() == found


def test_thresholds_are_those_of_the_limits_own_policy(late):
    policy = DeadlinePolicy.objects.get(step=Step.RECEIVE)
    policy.yellow_after, policy.red_after = 2, 4
    policy.save()
    sweep(morning(17))
    assert cards() == []
    sweep(morning(18))
    assert cards() == [("yellow", "suggested")]


def test_a_suggested_red_card_takes_the_place_of_the_suggested_yellow_one(late):
    sweep(morning(17))
    sweep(morning(18))
    assert cards() == [("yellow", "superseded"), ("red", "suggested")]
    assert Card.objects.get(colour="yellow").superseded_by == Card.objects.get(colour="red")


def test_sweeping_again_suggests_nothing_new(late):
    for at in (morning(17), morning(17), morning(18), morning(18), morning(22), morning(23)):
        sweep(at)
        actions.oversee(limit_of(late), at=at)
    assert cards() == [("yellow", "superseded"), ("red", "suggested")]
    assert Event.objects.filter(type="case.card_suggested").count() == 2


def test_a_sweep_that_is_killed_leaves_nothing_and_is_made_up_for(late, monkeypatch):
    monkeypatch.setattr("cases.oversight.notices.card_suggested", lambda *_args, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sweep(morning(17))
    assert (
        cards(),
        Letter.objects.filter(kind__in=OVERSEEING).count(),
        Event.objects.filter(type="deadline.reminded").count(),
    ) == ([], 0, 0)
    monkeypatch.undo()
    sweep(morning(17))
    assert cards() == [("yellow", "suggested")]


def test_the_database_refuses_a_second_suggestion(late):
    sweep(morning(17))
    row = Card.objects.get()
    row.pk = None
    with pytest.raises(Exception, match="card_suggested_once"):
        row.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_suggest_one_card():
    office_leader()
    limit = limit_of(case_at(Status.DISPATCHED))
    at_once(*[lambda: actions.remind(limit.pk, at=morning(17))] * 2)
    assert cards() == [("yellow", "suggested")]


def test_the_offices_own_limits_bring_no_card():
    officer()
    triage, own = new_case(), case_at(Status.HANDLING, own=True)
    for at in (morning(25), morning(30, 10)):
        sweep(at)
    assert {limit_of(triage, Step.ACCEPT).closed_at, limit_of(own, Step.FINISH).closed_at} == {None}  # both run, long overdue
    assert (cards(), Letter.objects.filter(kind__in=OVERSEEING).count()) == ([], 0)


def test_a_limit_that_stands_still_brings_no_card(late):
    limit = limit_of(late)
    limit.paused_on, limit.next_reminder_at = limit.due_on, None
    limit.save()
    actions.oversee(limit, at=morning(18))
    assert cards() == []


def test_leaders_and_handler_are_asked_and_the_agency_hears_nothing(late):
    sweep(morning(17))
    told = InboxItem.objects.filter(notice__template="cases/card_suggested").values_list("user__roles", flat=True)
    assert sorted(role for roles in told for role in roles) == ["office_leader", "officer"]


def test_a_dismissed_card_is_not_suggested_again_and_the_red_one_is(late):
    sweep(morning(17))
    actions.dismiss_card(Card.objects.get(), by=handler_of(late), reason="单位当天停电。", at=morning(17))
    actions.oversee(limit_of(late), at=morning(17))
    assert cards() == [("yellow", "dismissed")]
    sweep(morning(18))
    assert cards() == [("yellow", "dismissed"), ("red", "suggested")]


# Calendar, policies and suspensions: what moves a limit may take a suggestion its ground.


def rest_on(*days):
    for day in days:
        CalendarDay.objects.create(day=datetime(2026, 9, day, tzinfo=SHANGHAI).date(), is_workday=False)


def test_a_calendar_change_takes_a_suggestion_its_ground(late):
    sweep(morning(17))
    rest_on(16)
    calendar_changed(actor="system", at=morning(17).replace(hour=15))
    assert cards() == [("yellow", "lapsed")]
    assert Event.objects.of(late.subject).filter(type="case.card_lapsed").count() == 1
    assert InboxItem.objects.filter(notice__template="cases/card_lapsed").count() == 2


def test_what_fell_away_is_suggested_again_when_it_comes_to_that(late):
    sweep(morning(17))
    rest_on(16)
    calendar_changed(actor="system", at=morning(17).replace(hour=15))
    sweep(morning(18))
    assert cards() == [("yellow", "lapsed"), ("yellow", "suggested")]


def test_a_red_suggestion_that_falls_gives_the_yellow_one_back(late):
    sweep(morning(17))
    sweep(morning(18))
    rest_on(16)
    calendar_changed(actor="system", at=morning(18).replace(hour=15))
    assert cards() == [("yellow", "suggested"), ("red", "lapsed")]


def test_both_fall_when_neither_has_its_ground(late):
    sweep(morning(17))
    sweep(morning(18))
    rest_on(16, 17)
    calendar_changed(actor="system", at=morning(18).replace(hour=15))
    assert cards() == [("yellow", "lapsed"), ("red", "lapsed")]


def test_an_issued_card_falls_only_by_a_person(late):
    sweep(morning(17))
    actions.issue_card(Card.objects.get(), by=office_leader(), reason="逾期。", at=morning(17))
    rest_on(16)
    calendar_changed(actor="system", at=morning(17).replace(hour=15))
    assert cards() == [("yellow", "issued")]


def test_a_step_finished_late_is_judged_by_its_own_last_day(late):
    sweep(morning(17))
    actions.receive(the_assignment(late), by=holder(late.agency), version=None, at=morning(17).replace(hour=10))
    assert actions.look_at_suggestions(morning(30)) == 0
    rest_on(16)
    calendars.forget()
    assert actions.look_at_suggestions(morning(30)) == 1


def test_a_new_policy_takes_a_suggestion_its_ground(late):
    sweep(morning(17))
    DeadlinePolicy.objects.filter(step=Step.RECEIVE).update(yellow_after=5, red_after=9)
    assert actions.apply_policies(morning(17), "system") == 0
    assert cards() == [("yellow", "lapsed")]


# Letters.


def kinds(case):
    """What the sweep has drafted."""
    return list(case.letters.filter(kind__in=OVERSEEING).order_by("pk").values_list("kind", "cause", "author"))


def test_a_chaser_is_drafted_the_day_after_and_the_handler_told(late):
    sweep(morning(15))
    assert kinds(late) == []
    sweep(morning(16))
    assert kinds(late) == [("chaser", f"deadline:{limit_of(late).pk}", None)]
    item = InboxItem.objects.get(notice__template="cases/chaser_drafted")
    assert item.user == handler_of(late)
    assert item.notice.facts["path"].endswith("/oversight/#letters")


def test_a_circular_is_drafted_five_working_days_later_and_never_issued_by_itself(late):
    for day in (16, 17, 18, 20, 21, 22):  # the 20th is a make-up working day
        sweep(morning(day))
        assert ("circular" in [kind for kind, _cause, _author in kinds(late)]) is (day == 22), day
    sweep(morning(23))
    assert Letter.objects.filter(kind="circular", issued_at=None).count() == 1
    assert InboxItem.objects.filter(notice__template="cases/circular_drafted").count() == 1


def test_without_a_policy_no_circular_is_drafted_and_reminders_go_on(late):
    DeadlinePolicy.objects.filter(step="circular").delete()
    sweep(morning(30))
    assert [kind for kind, _cause, _author in kinds(late)] == ["chaser"]
    assert Event.objects.filter(type="deadline.reminded").count() == 1


def test_overseeing_costs_the_same_every_day(late, django_assert_max_num_queries):
    sweep(morning(22))
    limit = Deadline.objects.select_related("case__handler", "policy").get(pk=limit_of(late).pk)
    calendars.work_calendar()
    with django_assert_max_num_queries(6):
        actions.oversee(limit, at=morning(23))


def test_a_case_without_cards_shows_none():
    assert Case.objects.get(pk=case_at(Status.RECEIVED, at=MONDAY).pk).card == ""
