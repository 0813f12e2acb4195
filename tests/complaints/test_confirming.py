"""Confirming a phone: the code travels in the message alone; few tries, few codes, little time."""

from datetime import timedelta

import pytest

from complaints import actions, drafts
from complaints.actions.confirming import SENDING
from complaints.models import Draft
from core import deliveries
from core.models import Delivery, DemoMessage, Notice

from .samples import AT, PHONE

pytestmark = pytest.mark.django_db
SOURCE = "192.0.2.1"


@pytest.fixture
def draft() -> Draft:
    return actions.begin(at=AT, language="zh-hans")


def sent(draft: Draft, *, at=AT) -> str:
    actions.send_code(draft, PHONE, source=SOURCE, at=at)
    draft.refresh_from_db()
    return drafts.open_code(draft)[0]


def test_code_confirms_this_number_only(draft):
    actions.confirm_phone(draft, sent(draft), PHONE, at=AT)
    draft.refresh_from_db()
    assert drafts.is_confirmed(draft, PHONE)
    assert not drafts.is_confirmed(draft, "+8613800002072")


def test_code_stands_in_the_message_and_nowhere_else(draft):
    code = sent(draft)
    assert code not in str(Notice.objects.values_list().get())
    deliveries.deliver(Delivery.objects.get().pk, at=AT)
    assert code in DemoMessage.objects.get().body


def test_message_of_a_used_code_is_not_sent(draft):
    actions.confirm_phone(draft, sent(draft), PHONE, at=AT)
    assert not deliveries.deliver(Delivery.objects.get().pk, at=AT)
    assert not DemoMessage.objects.exists()


@pytest.mark.parametrize("typed", ["", "000000", "abc", "１２", "\x00" * 6])
def test_wrong_code_is_refused(draft, typed):
    code = sent(draft)
    if typed == code:
        typed = "999999"
    with pytest.raises(drafts.CodeRefused):
        actions.confirm_phone(draft, typed, PHONE, at=AT)


def test_code_for_another_number_is_refused(draft):
    code = sent(draft)
    with pytest.raises(drafts.CodeRefused):
        actions.confirm_phone(draft, code, "+8613800002072", at=AT)


def test_fifth_wrong_try_uses_the_code_up(draft):
    code = sent(draft)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _ in range(5):
        with pytest.raises(drafts.CodeRefused):
            actions.confirm_phone(draft, wrong, PHONE, at=AT)
    with pytest.raises(drafts.CodeRefused) as refused:
        actions.confirm_phone(draft, code, PHONE, at=AT)
    assert str(refused.value) == str(drafts.USED_UP)


def test_code_expires_after_ten_minutes(draft):
    code = sent(draft)
    with pytest.raises(drafts.CodeRefused):
        actions.confirm_phone(draft, code, PHONE, at=AT + timedelta(minutes=10))


def test_code_with_full_width_digits_is_fine(draft):
    code = sent(draft).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    actions.confirm_phone(draft, f"{code[:3]} {code[3:]}", PHONE, at=AT)


def test_another_code_needs_a_minute(draft):
    sent(draft)
    with pytest.raises(drafts.CodeNotSent):
        sent(draft, at=AT + timedelta(seconds=59))
    sent(draft, at=AT + timedelta(seconds=60))


def test_a_draft_gets_five_codes(draft):
    for minute in range(5):
        sent(draft, at=AT + timedelta(minutes=minute))
    with pytest.raises(drafts.CodeNotSent):
        sent(draft, at=AT + timedelta(minutes=9))
    assert Notice.objects.count() == 5


def test_one_number_is_not_bothered_from_many_drafts():
    for _ in range(SENDING.free):
        sent(actions.begin(at=AT, language="en"))
    with pytest.raises(drafts.CodeNotSent):
        sent(actions.begin(at=AT, language="en"))
