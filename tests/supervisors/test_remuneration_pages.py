"""Pages of remuneration: who finds them, what they show, and that each act can be done there."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.roles import OFFICE, Role
from cases.models import Case
from core.models import Event
from supervisors import actions
from supervisors.models import PayAccount, RemunerationRule, RemunerationRun
from supervisors.remuneration.gathering import basis_of, lines_for, people_of
from supervisors.yearly.reading import year_of
from tests.factories import MONDAY, AgencyFactory, UserFactory, office_leader, officer, supervisor

from . import money
from .remunerating import AUGUST, approved, computed, duty, many, payable_of, rule, statement
from .test_tips import tip as give_tip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday():
    """Views read the clock."""
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def as_(client):
    """Sign in as somebody and return the client."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def to(name, *args):
    return reverse(f"supervisors:{name}", args=args)


@pytest.mark.parametrize("role", Role)
def test_runs_are_the_offices(as_, role):
    answer = as_(UserFactory.create(roles=[role])).get(to("remuneration"))
    assert answer.status_code == (200 if role in OFFICE else 404)


def test_an_officer_computes_and_a_leader_approves(as_):
    money.budget("remuneration")
    rule()
    row = supervisor()
    answer = as_(officer()).post(to("remuneration_run_start"), {"month": "2026-08"})
    run = RemunerationRun.objects.get()
    assert answer.url == to("remuneration_run", run.pk)
    browser = as_(office_leader())
    page = browser.get(to("remuneration_run_approve", run.pk)).content.decode()
    assert "620.00" in page
    browser.post(to("remuneration_run_approve", run.pk), {"version": run.version}, follow=True)
    assert payable_of(run, row).amount_fen == 620_00


def test_a_month_that_is_refused_says_why_and_keeps_what_was_typed(as_):
    rule()
    answer = as_(officer()).post(to("remuneration_run_start"), {"month": "2026-09"})
    assert "还没有结束" in answer.content.decode()
    assert 'value="2026-09"' in answer.content.decode()


def test_a_leader_notes_a_rule_and_an_officer_does_not(as_):
    said = {"since": "2026-08", "monthly_fen": "620", "allowance_fen": "0", "duty_day_fen": "80.50", "inspection_fen": "0"}
    said |= {"proration": "days", "basis": "测办〔2026〕3 号"}
    assert as_(officer()).post(to("remuneration_rule_new"), said).status_code == 404
    as_(office_leader()).post(to("remuneration_rule_new"), said)
    made = RemunerationRule.objects.get()
    assert (made.since, made.monthly_fen, made.duty_day_fen) == (AUGUST, 620_00, 80_50)


@pytest.mark.parametrize("typed", ["-1", "1.005", "abc", "1e3", "99999999999999"])
def test_a_rule_takes_whole_fen_only(as_, typed):
    said = {"since": "2026-08", "monthly_fen": typed, "allowance_fen": "0", "duty_day_fen": "0", "inspection_fen": "0"}
    answer = as_(office_leader()).post(to("remuneration_rule_new"), said | {"proration": "days", "basis": "测办"})
    assert "monthly_fen" in answer.context["form"].errors
    assert not RemunerationRule.objects.exists()


def test_a_supervisor_reads_the_own_statement_once_it_is_approved(as_):
    money.budget("remuneration")
    rule()
    row = supervisor()
    run = computed()
    found = statement(run, row)
    assert as_(row.user).get(to("statement", found.pk)).status_code == 404
    actions.approve_run(run, version=run.version, by=office_leader(), at=MONDAY)
    page = as_(row.user).get(to("statement", found.pk)).content.decode()
    assert "陆佰贰拾元整" in page
    assert as_(supervisor().user).get(to("statement", found.pk)).status_code == 404


def test_officers_never_see_an_account(as_):
    money.budget("remuneration")
    rule()
    row = supervisor()
    actions.give_pay_account(row, means="bank", holder=money.HOLDER, bank="测试银行", account=money.CARD, by=row.user, at=MONDAY)
    run = approved()
    browser = as_(officer())
    pages = [to("remuneration_run", run.pk), to("statement", statement(run, row).pk), to("detail", row.pk)]
    text = "".join(browser.get(page).content.decode() for page in pages)
    assert money.CARD not in text
    assert money.CARD[-4:] not in text


def test_a_supervisor_says_how_to_be_paid(as_):
    row = supervisor()
    said = {"means": "bank", "holder": money.HOLDER, "bank": "测试银行", "account": money.CARD}
    browser = as_(row.user)
    assert "consent" in browser.post(to("own_account"), said).context["form"].errors
    browser.post(to("own_account"), said | {"consent": "on"})
    kept = PayAccount.objects.get()
    assert money.CARD.encode() not in bytes(kept.account_sealed or b"")
    page = browser.get(to("own_pay")).content.decode()
    assert "银行转账" in page
    assert money.CARD not in page
    assert not Event.objects.filter(facts__icontains=money.CARD).exists()


def test_volunteers_have_no_such_page(as_):
    assert as_(supervisor(home_agency=AgencyFactory.create()).user).get(to("own_pay")).status_code == 404


def test_an_adjustment_is_read_on_the_statement(as_):
    rule()
    row = supervisor()
    found = statement(computed(), row)
    browser = as_(officer())
    browser.post(to("statement_adjust", found.pk), {"way": "take", "amount": "20", "reason": "缺勤一天"})
    page = browser.get(to("statement", found.pk)).content.decode()
    assert "缺勤一天" in page
    assert "−20.00" in page


def test_who_computed_it_reads_that_another_leader_approves(as_):
    rule()
    supervisor()
    both = UserFactory.create(roles=[Role.OFFICER, Role.OFFICE_LEADER])
    run = computed(by=both)
    assert as_(both).get(to("remuneration_run_approve", run.pk)).status_code == 404
    assert "由另一位领导审批" in as_(both).get(to("remuneration_run", run.pk)).content.decode()


def test_a_run_being_computed_looks_again(as_):
    rule()
    supervisor()
    run = actions.start_run(AUGUST, by=officer(), at=MONDAY)
    answer = as_(officer()).get(to("remuneration_run", run.pk))
    assert answer["Refresh"]


def test_a_run_costs_the_same_however_many_are_paid(as_, django_assert_num_queries):
    rule()
    many(3)
    run = computed()
    browser = as_(officer())
    with django_assert_num_queries(4):
        browser.get(to("remuneration_run", run.pk))
    many(30, since=100)
    actions.recompute(run, version=run.version, by=officer(), at=MONDAY)
    actions.compute_run(run.pk, at=MONDAY)
    with django_assert_num_queries(4):
        browser.get(to("remuneration_run", run.pk))


def test_computing_costs_the_same_however_many_are_paid(django_assert_num_queries):
    rule()
    many(3)
    run = computed()
    with django_assert_num_queries(9):
        lines_for(list(people_of(AUGUST)), basis_of(run))
    many(30, since=100)
    with django_assert_num_queries(9):
        lines_for(list(people_of(AUGUST)), basis_of(run))


def test_a_years_figures_are_those_of_the_months(as_, django_assert_num_queries):
    money.budget("remuneration")
    rule()
    row = supervisor()
    duty(row, date(2026, 8, 3)), duty(row, date(2026, 7, 1))
    tip = give_tip(row.user)
    approved()
    found = year_of(row, 2026, MONDAY.date())
    whole = found.whole
    assert (whole.duty_days, whole.tips, whole.decided, whole.upheld_rate, whole.paid_fen) == (2, 1, 0, None, 700_00)
    Case.objects.filter(links__complaint=tip.complaint).update(finding="upheld", replied_at=MONDAY, reply="已改正")
    with django_assert_num_queries(6):
        assert year_of(row, 2026, MONDAY.date()).whole.upheld_rate == 100


def test_a_supervisor_prints_the_own_year_and_no_other(as_):
    row, other = supervisor(), supervisor()
    browser = as_(row.user)
    assert row.user.full_name in browser.get(to("own_report")).content.decode()
    assert browser.get(to("report", other.pk)).status_code == 404
    assert as_(officer()).get(to("report", other.pk)).status_code == 200


@pytest.mark.parametrize("year", ["2025", "x", "99999999999", "٢٠٢٦"])
def test_a_year_that_does_not_exist_shows_this_one(as_, year):
    assert as_(supervisor().user).get(to("own_report"), {"year": year}).context["found"].year == 2026


def test_the_month_that_is_over_is_suggested(as_):
    rule()
    page = as_(officer()).get(to("remuneration_run_start")).content.decode()
    assert 'value="2026-08"' in page
