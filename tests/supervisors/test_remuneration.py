"""Runs of remuneration: what is computed from the logs, corrected later, adjusted, approved once and locked."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts.roles import Role
from core.models import Event, InboxItem, Notice
from supervisors import actions
from supervisors.actions import remunerating as runs
from supervisors.actions.asking import NotYours
from supervisors.models import Payable, RemunerationLine, RemunerationRun, RemunerationStatement, Suspension
from supervisors.workflow import TransitionNotAllowed
from tests.cases.test_races import at_once
from tests.factories import MONDAY, AgencyFactory, UserFactory, add_term, office_leader, officer, supervisor

from . import inspecting, money
from .remunerating import (
    AUGUST,
    IN_OCTOBER,
    SEPTEMBER,
    amounts,
    approved,
    computed,
    duty,
    many,
    payable_of,
    rule,
    statement,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pot():
    return money.budget("remuneration")


def test_a_month_is_computed_from_terms_duties_and_inspections():
    rule(allowance_fen=50_00)
    row = supervisor()
    duty(row, date(2026, 8, 3)), duty(row, date(2026, 8, 3), kind="desk"), duty(row, date(2026, 8, 31))
    duty(row, date(2026, 8, 4), is_confirmed=False), duty(row, date(2026, 9, 1))
    found = statement(computed(), row)
    assert amounts(found) == {("monthly", AUGUST): 620_00, ("allowance", AUGUST): 50_00, ("duty_days", AUGUST): 160_00}
    assert found.total_fen == 830_00


def test_an_inspection_counts_for_everybody_on_it_when_it_is_closed():
    visit = inspecting.inspection()
    inspecting.record(visit)
    actions.close_inspection(visit, by=visit.ordered_by, at=MONDAY + timedelta(hours=2))
    rule(SEPTEMBER, monthly_fen=0)
    run = computed(SEPTEMBER, at=IN_OCTOBER)
    assert [amounts(one) for one in run.statements.all()] == [{("inspections", SEPTEMBER): 100_00}] * 2


@pytest.mark.parametrize(
    ("since", "until", "due"),
    [(date(2026, 8, 17), date(2027, 8, 16), 300_00), (date(2025, 8, 11), date(2026, 8, 10), 200_00)],
)
def test_who_served_a_part_of_the_month_gets_a_part(since, until, due):
    rule()
    row = supervisor(since=since, until=until)
    assert statement(computed(), row).total_fen == due


def test_days_of_a_suspension_are_not_paid():
    rule()
    row = supervisor()
    Suspension.objects.create(
        supervisor=row,
        reason="调查",
        from_on=date(2026, 8, 12),
        until_on=date(2026, 8, 22),
        made_at=MONDAY,
        made_by=officer(),
        ended_at=MONDAY,
        ended_by=officer(),
    )
    assert statement(computed(), row).total_fen == 420_00


def test_two_terms_that_meet_in_a_month_are_one_month():
    rule()
    row = supervisor(since=date(2025, 8, 16), until=date(2026, 8, 15))
    add_term(row, date(2026, 8, 16), date(2027, 8, 15))
    assert statement(computed(), row).total_fen == 620_00


def test_volunteers_are_not_paid():
    rule()
    supervisor(home_agency=AgencyFactory.create())
    assert computed().people == 0


def test_a_rule_of_nothing_pays_nobody_and_shows_what_was_done(pot):
    rule(monthly_fen=0, duty_day_fen=0)
    row = supervisor()
    duty(row, date(2026, 8, 3))
    run = approved()
    assert (statement(run, row).total_fen, statement(run, row).payable, Payable.objects.count()) == (0, None, 0)


def test_computing_again_changes_nothing():
    rule()
    row = supervisor()
    duty(row, date(2026, 8, 3))
    run = computed()
    before = list(RemunerationLine.objects.values_list("kind", "month", "amount_fen"))
    actions.recompute(run, version=run.version, by=officer(), at=MONDAY)
    actions.compute_run(run.pk, at=MONDAY)
    actions.compute_run(run.pk, at=MONDAY)
    assert list(RemunerationLine.objects.values_list("kind", "month", "amount_fen")) == before
    assert RemunerationStatement.objects.get().total_fen == 700_00


def test_a_month_that_has_a_run_returns_it():
    rule()
    run = computed()
    assert actions.start_run(AUGUST, by=officer(), at=MONDAY) == run


def test_a_duty_confirmed_late_comes_as_a_correction_of_its_month(pot):
    rule()
    row = supervisor()
    duty(row, date(2026, 8, 3))
    approved()
    duty(row, date(2026, 8, 4))
    found = statement(computed(SEPTEMBER, at=IN_OCTOBER), row)
    assert amounts(found) == {("monthly", SEPTEMBER): 620_00, ("duty_days", AUGUST): 80_00}
    line = found.lines.get(month=AUGUST)
    assert (line.before_fen, line.count) == (80_00, 2)


def test_a_correction_that_was_approved_does_not_come_again(pot):
    rule()
    row = supervisor()
    approved()
    duty(row, date(2026, 8, 4))
    approved(SEPTEMBER, at=IN_OCTOBER)
    found = statement(computed(date(2026, 10, 1), at=IN_OCTOBER + timedelta(days=30)), row)
    assert amounts(found) == {("monthly", date(2026, 10, 1)): 620_00}


def test_a_rule_noted_afterwards_corrects_what_was_approved(pot):
    rule()
    row = supervisor()
    approved()
    rule(AUGUST, monthly_fen=700_00, at=MONDAY + timedelta(days=1))
    found = statement(computed(SEPTEMBER, at=IN_OCTOBER), row)
    assert amounts(found) == {("monthly", SEPTEMBER): 700_00, ("monthly", AUGUST): 80_00}


def test_what_comes_to_less_than_nothing_is_carried(pot):
    rule(monthly_fen=0)
    row = supervisor()
    duty(row, date(2026, 8, 3))
    run = computed()
    actions.adjust(statement(run, row), amount_fen=-100_00, reason="补扣", by=officer(), at=MONDAY)
    run.refresh_from_db()
    assert run.total_fen == 0
    actions.approve_run(run, version=run.version, by=office_leader(), at=MONDAY)
    found = statement(computed(SEPTEMBER, at=IN_OCTOBER), row)
    assert amounts(found) == {("carried", SEPTEMBER): -20_00}


@pytest.mark.parametrize(
    ("month", "words"),
    [(SEPTEMBER, "还没有结束"), (date(2026, 6, 1), "没有适用于这个月"), (date(2025, 1, 1), "没有适用于这个月")],
)
def test_a_month_that_cannot_be_computed_says_why(month, words):
    rule()
    with pytest.raises(runs.MonthRefused, match=words):
        actions.start_run(month, by=officer(), at=MONDAY)


def test_months_go_one_after_the_other(pot):
    rule()
    approved()
    with pytest.raises(runs.MonthRefused, match="下一个应计算的月份是 2026-09"):
        actions.start_run(date(2026, 10, 1), by=officer(), at=IN_OCTOBER + timedelta(days=60))


def test_one_run_at_a_time(pot):
    rule()
    computed()
    with pytest.raises(runs.MonthRefused, match="2026-08 的报酬还没有审批"):
        actions.start_run(SEPTEMBER, by=officer(), at=IN_OCTOBER)
    with pytest.raises(IntegrityError, match="remuneration_run_one_under_way"), transaction.atomic():
        RemunerationRun.objects.create(month=SEPTEMBER, computed_at=MONDAY, computed_by=officer())


def test_approving_books_what_each_gets_and_tells_them(pot):
    rule()
    row = supervisor()
    run = approved()
    payable = payable_of(run, row)
    assert (payable.amount_fen, payable.payee, payable.cause) == (620_00, row.subject, f"remuneration:{run.statements.get().pk}")
    assert money.balances(pot)["committed"] == 620_00
    assert InboxItem.objects.filter(user=row.user, notice__template="supervisors/statement_ready").count() == 1
    assert not Notice.objects.filter(facts__has_key="amount_fen").exists()


def test_who_computed_or_adjusted_does_not_approve(pot):
    rule()
    both = UserFactory.create(roles=[Role.OFFICER, Role.OFFICE_LEADER])
    row = supervisor()
    run = computed(by=both)
    with pytest.raises(NotYours):
        actions.approve_run(run, version=run.version, by=both, at=MONDAY)
    with pytest.raises(IntegrityError, match="remuneration_run_two_people"), transaction.atomic():
        RemunerationRun.objects.filter(pk=run.pk).update(approved_by=both, approved_at=MONDAY, state="approved", budget=pot)
    actions.recompute(run, version=run.version, by=officer(), at=MONDAY)
    actions.compute_run(run.pk, at=MONDAY)
    actions.adjust(statement(run, row), amount_fen=1, reason="补差", by=both, at=MONDAY)
    run.refresh_from_db()
    with pytest.raises(NotYours):
        actions.approve_run(run, version=run.version, by=both, at=MONDAY)


def test_an_adjustment_survives_computing_again():
    rule()
    row = supervisor()
    run = computed()
    actions.adjust(statement(run, row), amount_fen=-20_00, reason="缺勤一天", by=officer(), at=MONDAY)
    run.refresh_from_db()
    actions.recompute(run, version=run.version, by=officer(), at=MONDAY)
    actions.compute_run(run.pk, at=MONDAY)
    run.refresh_from_db()
    assert (statement(run, row).total_fen, run.total_fen) == (600_00, 600_00)


def test_nobody_adjusts_the_own_remuneration():
    rule()
    row = supervisor(user=UserFactory.create(roles=[Role.SUPERVISOR, Role.OFFICER]))
    run = computed()
    with pytest.raises(runs.AdjustmentRefused):
        actions.adjust(statement(run, row), amount_fen=1, reason="x", by=row.user, at=MONDAY)


def test_a_budget_that_does_not_hold_it_refuses_all():
    pot = money.budget("remuneration", granted=1000_00)
    rule()
    [supervisor() for _place in range(2)]
    run = computed()
    with pytest.raises(actions.BudgetExhausted):
        actions.approve_run(run, version=run.version, by=office_leader(), at=MONDAY)
    run.refresh_from_db()
    assert (run.state, Payable.objects.count(), money.balances(pot)["committed"]) == ("draft", 0, 0)


def test_without_a_budget_it_says_so():
    rule()
    supervisor()
    run = computed()
    with pytest.raises(runs.BudgetMissing, match="2026"):
        actions.approve_run(run, version=run.version, by=office_leader(), at=MONDAY)


def test_a_stale_page_approves_nothing(pot):
    rule()
    row = supervisor()
    run = computed()
    actions.adjust(statement(run, row), amount_fen=1, reason="补差", by=officer(), at=MONDAY)
    with pytest.raises(runs.RunStale):
        actions.approve_run(run, version=run.version, by=office_leader(), at=MONDAY)


def test_an_approved_run_is_locked(pot):
    rule()
    row = supervisor()
    run = approved()
    found = statement(run, row)
    with pytest.raises(runs.AdjustmentRefused):
        actions.adjust(found, amount_fen=1, reason="x", by=officer(), at=MONDAY)
    with pytest.raises(TransitionNotAllowed):
        actions.recompute(run, version=run.version, by=officer(), at=MONDAY)
    for rows in (RemunerationRun.objects.all(), RemunerationStatement.objects.all(), RemunerationLine.objects.all()):
        with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
            rows._raw_delete(rows.db)


def test_rules_are_only_added():
    rule()
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        type(rule()).objects.update(monthly_fen=1)


def test_the_database_takes_no_negative_amount():
    with pytest.raises(IntegrityError, match="monthly_fen"), transaction.atomic():
        rule(monthly_fen=-1)


def test_a_rule_far_back_is_refused():
    with pytest.raises(runs.RuleRefused):
        rule(date(2025, 1, 1))


def test_each_step_of_a_run_is_an_event_without_names(pot):
    rule()
    supervisor()
    run = approved()
    types = Event.objects.filter(subject=run.subject).order_by("id").values_list("type", flat=True)
    assert list(types) == [f"remuneration_run.{what}" for what in ("started", "computed", "approved")]


def test_a_killed_run_goes_on_where_it_was(monkeypatch):
    rule()
    many(7)
    monkeypatch.setattr(runs, "AT_ONCE", 3)
    run = actions.start_run(AUGUST, by=officer(), at=MONDAY)
    assert actions.compute_run(run.pk, at=MONDAY)
    assert actions.compute_run(run.pk, at=MONDAY)
    with monkeypatch.context() as context:
        context.setattr(runs, "_finish", lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.compute_run(run.pk, at=MONDAY)
    while actions.compute_run(run.pk, at=MONDAY):
        pass
    run.refresh_from_db()
    assert (run.state, run.done, run.people, run.statements.count()) == ("draft", 7, 7, 7)


@pytest.mark.django_db(transaction=True)
def test_two_leaders_approve_at_once_and_one_counts():
    money.budget("remuneration")
    rule()
    supervisor()
    run = computed()
    leaders = [office_leader(), office_leader()]
    results = at_once(*(lambda by=by: actions.approve_run(run, version=run.version, by=by, at=MONDAY) for by in leaders))
    refused = [one for one in results if isinstance(one, runs.RunStale | TransitionNotAllowed)]
    assert (len(refused), Payable.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_officers_start_at_once_and_there_is_one_run():
    rule()
    at_once(*(lambda: actions.start_run(AUGUST, by=officer(), at=MONDAY) for _place in range(2)))
    assert RemunerationRun.objects.count() == 1
