"""What the bank answers: read before anything is booked, booked once, and refused line by line where it does not fit."""

import io
import zipfile

import pytest

from core.models import Event
from supervisors import actions
from supervisors.actions import batching
from supervisors.models import BankColumn, BankResult, Payable, Payment, Posting
from supervisors.payouts import layout, sheets
from supervisors.refusals import Refused
from supervisors.workflow import BatchState
from tests.factories import UserFactory

from . import money
from .money import as_csv, as_xlsx, booked

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return money.finance()


@pytest.fixture
def batch(by):
    return money.sent(money.budget(), by)


def codes(result: BankResult) -> dict[int, str]:
    return {fault["line"]: fault["code"] for fault in result.faults}


@pytest.mark.parametrize(
    "content", [as_csv, as_xlsx, lambda lines: as_csv(lines, "utf-8-sig"), lambda lines: as_csv(lines, "utf-16")]
)
def test_an_answer_is_read_in_any_dress(batch, by, content):
    result = booked(batch, content(money.answer_lines(batch)), by)
    assert (result.settled, result.refused, batch.state) == (3, 0, BatchState.SETTLED)
    assert set(Payable.objects.values_list("state", "paid_by")) == {("paid", by.pk)}
    assert money.balances(batch.budget)["paid"] == batch.amount_fen


def test_reading_books_nothing(batch, by):
    result = money.read(batch, as_csv(money.answer_lines(batch)), by)
    assert (result.state, result.settled) == (BankResult.State.READ, 3)
    assert not Posting.objects.filter(move="settle").exists()


def test_what_came_back_is_owed_again_with_the_reason(batch, by):
    booked(batch, as_csv(money.answer_lines(batch, "退票", "账号不存在")), by)
    assert set(Payment.objects.values_list("state", "reason")) == {("bounced", "账号不存在")}
    assert Payable.objects.payable_by_bank().count() == 3
    assert money.balances(batch.budget)["sent"] == 0
    again = money.send(money.batch_of(batch.budget, by), by)
    assert all(key.endswith("/2") for key in again.payments.values_list("key", flat=True))


def test_the_reason_does_not_keep_the_name_or_the_number(batch, by):
    booked(batch, as_csv(money.answer_lines(batch, "失败", f"{money.HOLDER}账号{money.CARD}户名不符")), by)
    assert set(Payment.objects.values_list("reason", flat=True)) == {"…账号…户名不符"}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("凭证编号", "26J-ZZZZ-ZZZZ", "unknown"),
        ("凭证编号", "丁某", "unknown"),
        ("金额", "500.01", "amount"),
        ("金额", "-500.00", "amount"),
        ("金额", "500.005", "amount"),
        ("金额", "", "amount"),
        ("收款账号", "6222021001116245703", "account"),
        ("收款账号", "", "account"),
        ("处理结果", "处理中", "result"),
        ("处理结果", "", "result"),
    ],
)
def test_a_line_that_does_not_fit_is_refused_and_named(batch, by, field, value, code):
    lines = money.answer_lines(batch)
    lines[1][field] = value
    result = booked(batch, as_csv(lines), by)
    assert codes(result) == {3: code}
    assert (result.settled, batch.state) == (2, BatchState.SENT)


def test_a_voucher_in_two_lines_is_refused_in_both(batch, by):
    lines = money.answer_lines(batch)
    result = booked(batch, as_csv([*lines, lines[0] | {"处理结果": "失败"}]), by)
    assert codes(result) == {2: "repeated", 5: "repeated"}
    assert result.settled == 2


def test_the_same_file_twice_changes_nothing(batch, by):
    content = as_csv(money.answer_lines(batch))
    first = booked(batch, content, by)
    postings = Posting.objects.count()
    assert booked(batch, content, by) == first
    assert (BankResult.objects.count(), Posting.objects.count()) == (1, postings)


def test_the_same_answers_in_another_file_change_nothing(batch, by):
    booked(batch, as_csv(money.answer_lines(batch)), by)
    result = booked(batch, as_xlsx(money.answer_lines(batch)), by)
    assert (result.known, result.settled, result.refused) == (3, 0, 0)
    assert Posting.objects.filter(move="settle").count() == 3


def test_a_bank_that_contradicts_itself_is_not_followed(batch, by):
    booked(batch, as_csv(money.answer_lines(batch)), by)
    result = booked(batch, as_csv(money.answer_lines(batch, "失败", "户名不符")), by)
    assert set(codes(result).values()) == {"contradicts"}
    assert set(Payable.objects.values_list("state", flat=True)) == {"paid"}


def test_a_late_answer_to_an_earlier_batch_moves_nothing_of_the_next(batch, by):
    booked(batch, as_csv(money.answer_lines(batch, "失败", "户名不符")), by)
    again = money.send(money.batch_of(batch.budget, by), by)
    late = booked(batch, as_csv(money.answer_lines(batch)), by)
    assert set(codes(late).values()) == {"contradicts"}
    assert set(again.payments.values_list("state", flat=True)) == {"sent"}


def test_a_new_account_after_a_return_is_what_the_next_answer_must_name(batch, by):
    booked(batch, as_csv(money.answer_lines(batch, "失败", "户名不符")), by)
    for row in Payable.objects.all():
        money.account_of(row, "6217000010001234567")
    again = money.send(money.batch_of(batch.budget, by), by)
    assert set(codes(booked(again, as_csv(money.answer_lines(again)), by)).values()) == {"account"}
    lines = [line | {"收款账号": "6217 0000 1000 1234 567"} for line in money.answer_lines(again)]
    assert booked(again, as_csv(lines), by).settled == 3


def test_what_the_bank_sent_is_erased_when_it_is_booked(batch, by):
    result = money.read(batch, as_csv(money.answer_lines(batch)), by)
    assert money.CARD.encode() not in bytes(result.content_sealed or b"")
    assert booked(batch, as_csv(money.answer_lines(batch)), by).content_sealed is None


def test_a_file_put_aside_is_erased(batch, by):
    result = money.read(batch, as_csv(money.answer_lines(batch)), by)
    assert actions.discard_result(result, by=by, at=money.LATER).content_sealed is None
    with pytest.raises(actions.NotRead):
        actions.apply_result(result, by=by, at=money.LATER)


def test_a_draft_has_no_answer(by):
    of = money.budget()
    money.ready(of, 1)
    with pytest.raises(actions.NotRead):
        actions.add_result(money.batch_of(of, by), b"x", by=by, at=money.LATER)


def test_others_bring_no_answers(batch):
    with pytest.raises(actions.NotYours):
        actions.add_result(batch, b"x", by=UserFactory.create(roles=["office_leader"]), at=money.LATER)


def bomb() -> bytes:
    """A workbook of a few kilobytes that unpacks to 200 MB."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/worksheets/sheet1.xml", "w") as part:
        for _megabyte in range(200):
            part.write(b"0" * 1024 * 1024)
    return file.getvalue()


def entities() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>')
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 damaged",
        b"\xd0\xcf\x11\xe0 old",
        b"\0\0\0",
        b"\xff\xff\xff",
        b"a,b\n1,2\n",
        b'"' + b"x" * 600,
        b"a" * 501 + b",b\n",
        ("," * 70 + "x\n").encode(),
        entities(),
    ],
)
def test_what_is_no_answer_is_refused_as_a_whole(batch, by, content):
    result = money.read(batch, content, by)
    assert result.state == BankResult.State.REFUSED
    assert result.refusal
    assert result.content_sealed is None


def test_a_bomb_is_not_unpacked(batch, by):
    assert money.read(batch, bomb(), by).state == BankResult.State.REFUSED


@pytest.mark.parametrize("size", [0, sheets.MOST_BYTES + 1])
def test_sizes_that_no_answer_has_are_refused(batch, by, size):
    with pytest.raises(sheets.SheetRefused):
        actions.add_result(batch, b"x" * size, by=by, at=money.LATER)


def test_more_rows_than_an_answer_has_are_refused(batch, by, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    assert money.read(batch, as_csv(money.answer_lines(batch)), by).state == BankResult.State.REFUSED


def test_a_file_is_read_again_when_the_layout_is_mended(batch, by):
    lines = [{"凭证": one.pop("凭证编号"), **one} for one in money.answer_lines(batch)]
    assert money.read(batch, as_csv(lines), by).state == BankResult.State.REFUSED
    BankColumn.objects.filter(content="voucher").update(header="凭证")
    assert booked(batch, as_csv(lines), by).settled == 3


def test_a_layout_that_changes_while_a_file_waits_stops_the_booking(batch, by):
    content = as_csv(money.answer_lines(batch))
    result = actions.apply_result(money.read(batch, content, by), by=by, at=money.LATER)
    BankColumn.objects.filter(content="voucher").update(header="凭证")
    actions.book_result(result.pk, at=money.LATER)
    result.refresh_from_db()
    assert (result.state, result.content_sealed) == (BankResult.State.REFUSED, None)
    BankColumn.objects.filter(content="voucher").update(header="凭证编号")
    assert booked(batch, content, by).settled == 3


def test_words_of_the_bank_are_those_of_the_layout(batch, by):
    BankColumn.objects.filter(content="result").update(format="OK|KO")
    assert booked(batch, as_csv(money.answer_lines(batch, "ko", "x")), by).bounced == 3


def test_booking_goes_on_where_it_broke_off(batch, by, monkeypatch):
    monkeypatch.setattr("supervisors.actions.results.AT_ONCE", 1)
    result = actions.apply_result(money.read(batch, as_csv(money.answer_lines(batch)), by), by=by, at=money.LATER)
    times = iter([1, 2])

    def broken(*args, **kwargs):
        if next(times) == 2:
            raise ConnectionError
        return real(*args, **kwargs)

    real = batching.settle
    monkeypatch.setattr("supervisors.actions.results.settle", broken)
    with pytest.raises(ConnectionError):
        actions.book_result(result.pk, at=money.LATER)
    monkeypatch.setattr("supervisors.actions.results.settle", real)
    assert Posting.objects.filter(move="settle").count() == 1
    actions.book_result(result.pk, at=money.LATER)
    result.refresh_from_db()
    assert (result.settled, result.state) == (3, BankResult.State.APPLIED)


def test_the_first_layout_is_the_default():
    kept = list(BankColumn.objects.order_by("position").values_list("position", "header", "content", "format"))
    assert not kept or kept == [tuple(row) for row in layout.DEFAULT]


def test_an_answer_leaves_no_personal_data_in_the_log(batch, by):
    booked(batch, as_csv(money.answer_lines(batch, "失败", money.HOLDER)), by)
    told = " ".join(str(facts) for facts in Event.objects.values_list("facts", flat=True))
    assert money.CARD not in told
    assert money.HOLDER not in told


def test_every_refusal_can_be_shown():
    assert issubclass(sheets.SheetRefused, Refused)
    assert issubclass(layout.LayoutRefused, Refused)
