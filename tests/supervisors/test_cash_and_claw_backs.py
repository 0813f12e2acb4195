"""Cash against a signed voucher, and money that is to come back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils import translation

from accounts.roles import Role
from core import files
from core.models import Event, Notice
from supervisors import actions
from supervisors.models import Payable, Payment
from tests.factories import MONDAY, UserFactory

from . import money
from .samples import PNG

pytestmark = pytest.mark.django_db


def scan():
    return files.examine(SimpleUploadedFile("签收.png", PNG))


def in_cash(of=None, **kwargs) -> Payable:
    row = money.owed(of or money.budget(), **kwargs)
    return actions.set_account(row, holder="", bank="", account="", means="cash", by=None, at=MONDAY)


def pay(row, by=None, *, shown=True) -> Payment:
    return actions.pay_cash(row, scan=scan(), shown=shown, by=by or money.finance(), at=MONDAY)


def test_cash_is_paid_at_once_with_the_scan():
    row = in_cash()
    payment = pay(row)
    row.refresh_from_db()
    assert (row.state, payment.state, payment.batch) == ("paid", "settled", None)
    assert payment.scan is not None
    assert money.balances(row.budget)["paid"] == row.amount_fen


def test_cash_is_paid_once():
    row = in_cash()
    pay(row)
    with pytest.raises(actions.NotReady):
        pay(row)
    assert money.balances(row.budget)["paid"] == row.amount_fen


def test_cash_is_not_paid_before_the_code_was_shown():
    with pytest.raises(actions.NotShown):
        pay(in_cash(), shown=False)


def test_what_goes_to_the_bank_is_not_paid_in_cash():
    with pytest.raises(actions.NotReady):
        pay(money.ready(money.budget(), 1)[0])


def test_who_approved_does_not_hand_out_the_cash():
    people = [money.finance(), money.finance()]
    row = in_cash(people=people)
    for person in people:
        with pytest.raises(actions.Under):
            pay(row, person)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.FINANCE])
def test_finance_alone_hands_out_cash(role):
    with pytest.raises(actions.NotYours):
        pay(in_cash(), UserFactory.create(roles=[role]))


def clawed(row, by=None, decider=None, *, approve=True):
    asked = actions.ask_claw_back(row, reason="经复查举报不实", by=by or money.finance(), at=MONDAY)
    return actions.decide_claw_back(asked, approve=approve, by=decider or money.leader(), at=MONDAY)


def test_money_that_came_back_is_available_again():
    row = in_cash()
    pay(row)
    actions.note_return(clawed(row), by=money.finance(), at=MONDAY)
    row.refresh_from_db()
    assert row.state == Payable.State.CLAWED_BACK
    assert money.balances(row.budget) == {
        "granted": -money.GRANTED,
        "available": money.GRANTED,
        "committed": 0,
        "sent": 0,
        "paid": 0,
    }
    assert Event.objects.filter(type="claw_back.returned").count() == 1


def test_nothing_is_asked_back_before_it_is_paid():
    with pytest.raises(actions.NotPaid):
        clawed(in_cash())


def test_nothing_is_asked_back_twice():
    row = in_cash()
    pay(row)
    clawed(row)
    with pytest.raises(actions.NotPaid):
        clawed(row)


def test_a_refused_claw_back_may_be_asked_for_again():
    row = in_cash()
    pay(row)
    clawed(row, approve=False)
    assert clawed(row).state == "approved"


def test_who_asked_does_not_decide():
    both = UserFactory.create(roles=[Role.FINANCE, Role.OFFICE_LEADER])
    row = in_cash()
    pay(row)
    with pytest.raises(actions.NotYours):
        clawed(row, both, both)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OFFICE_LEADER])
def test_leaders_alone_decide(role):
    row = in_cash()
    pay(row)
    with pytest.raises(actions.NotYours):
        clawed(row, decider=UserFactory.create(roles=[role]))


def test_money_is_not_back_before_a_leader_has_said_so():
    row = in_cash()
    pay(row)
    asked = actions.ask_claw_back(row, reason="经复查举报不实", by=money.finance(), at=MONDAY)
    with pytest.raises(actions.Decided):
        actions.note_return(asked, by=money.finance(), at=MONDAY)


@pytest.mark.parametrize(("approve", "name"), [(True, "claw_back_approved"), (False, "claw_back_refused")])
def test_leaders_hear_that_they_must_decide_and_who_asked_what_was_decided(approve, name):
    row, by, decider = in_cash(), money.finance(), money.leader()
    pay(row)
    clawed(row, by, decider, approve=approve)
    told = Notice.objects.order_by("pk").values_list("template", "recipient_id")
    assert list(told) == [("supervisors/claw_back_asked", str(decider.pk)), (f"supervisors/{name}", str(by.pk))]


@pytest.mark.parametrize("name", ["claw_back_asked", "claw_back_approved", "claw_back_refused"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_notices_name_the_voucher(name, language):
    with translation.override(language):
        texts = [
            render_to_string(f"notices/supervisors/{name}{kind}.txt", {"facts": {"voucher": "26J-2222-3333"}})
            for kind in (".subject", "")
        ]
    assert all("26J-2222-3333" in text for text in texts)
