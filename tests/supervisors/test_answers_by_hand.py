"""The bank's answer for one payment, typed in: the way of a file, booked once, and never against what the bank said before."""

import pytest
from django.urls import reverse

from core.models import Event
from supervisors import actions
from supervisors.models import BankResult
from supervisors.workflow import PaymentState
from tests.factories import UserFactory
from tests.supervisors import money

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    by = money.finance()
    return money.sent(money.budget(), by), by


def typed(client, payment, **fields):
    given = {"outcome": "arrived", "amount_fen": "500.00", "reason": ""} | fields
    return client.post(reverse("supervisors:payment_outcome", args=[payment.pk]), given)


def booked(client, response, by) -> BankResult:
    result = BankResult.objects.get(pk=response.url.rstrip("/").split("/")[-1])
    actions.read_result(result.pk, at=money.LATER)
    result.refresh_from_db()
    if result.state == BankResult.State.READ:
        actions.apply_result(result, by=by, at=money.LATER)
        actions.book_result(result.pk, at=money.LATER)
        result.refresh_from_db()
    return result


@pytest.mark.parametrize(("outcome", "state"), [("arrived", PaymentState.SETTLED), ("back", PaymentState.BOUNCED)])
def test_it_is_booked_like_a_line_of_a_file(client, batch, outcome, state):
    made, by = batch
    first, *others = made.payments.order_by("pk")
    client.force_login(by)
    result = booked(client, typed(client, first, outcome=outcome, reason="账户状态异常"), by)
    first.refresh_from_db()
    assert (first.state, result.settled + result.bounced) == (state, 1)
    assert {row.state for row in made.payments.exclude(pk=first.pk)} == {PaymentState.SENT}
    assert len(others) == 2


def test_twice_is_once(client, batch):
    made, by = batch
    first = made.payments.order_by("pk")[0]
    client.force_login(by)
    one, two = typed(client, first), typed(client, first)
    assert one.url == two.url
    booked(client, one, by)
    assert typed(client, first).status_code == 404  # it has its answer


def test_another_amount_is_refused(client, batch):
    made, by = batch
    first = made.payments.order_by("pk")[0]
    client.force_login(by)
    result = booked(client, typed(client, first, amount_fen="500.01"), by)
    first.refresh_from_db()
    assert (result.refused, first.state) == (1, PaymentState.SENT)


def test_what_came_back_has_a_reason(client, batch):
    made, by = batch
    client.force_login(by)
    page = typed(client, made.payments.order_by("pk")[0], outcome="back")
    assert "reason" in page.context["form"].errors


def test_the_account_is_opened_and_noted_but_not_shown(client, batch):
    made, by = batch
    first = made.payments.order_by("pk")[0]
    client.force_login(by)
    before = Event.objects.count()
    page = client.get(reverse("supervisors:payment_outcome", args=[first.pk]))
    assert first.payable.voucher in page.content.decode()
    assert money.CARD not in page.content.decode()
    assert Event.objects.count() == before
    typed(client, first)
    assert Event.objects.count() > before


@pytest.mark.parametrize("role", ["officer", "office_leader", "audit_admin", "supervisor"])
def test_only_finance_types_it_in(client, batch, role):
    made, _by = batch
    client.force_login(UserFactory.create(roles=[role]))
    assert typed(client, made.payments.order_by("pk")[0]).status_code == 404
