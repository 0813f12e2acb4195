"""What the tests of the money need: budgets, amounts owed, people of finance, and what a bank would answer."""

import csv
import io
from datetime import timedelta

from openpyxl import Workbook

from accounts.models import User
from accounts.roles import Role
from supervisors import actions
from supervisors.models import Account, BankResult, Batch, Budget, Payable
from supervisors.payouts import layout
from supervisors.payouts.capitals import figures
from tests.factories import MONDAY, UserFactory

LATER = MONDAY + timedelta(days=1)
GRANTED = 100_000_00
CARD = "6222021001116245702"
HOLDER = "丁某测试"


def finance(**fields: object) -> User:
    return UserFactory.create(roles=[Role.FINANCE], **fields)


def leader() -> User:
    return UserFactory.create(roles=[Role.OFFICE_LEADER])


def budget(kind: str = "rewards", *, granted: int = GRANTED, year: int = 2026) -> Budget:
    return actions.open_budget(kind, year, basis="测财〔2026〕1 号", amount_fen=granted, by=finance(), at=MONDAY)


def balances(of: Budget) -> dict[str, int]:
    return dict(Account.objects.filter(budget=of).values_list("name", "balance_fen"))


def owed(of: Budget, amount: int = 500_00, cause: str = "reward_share:1", people: list[User] | None = None) -> Payable:
    people = people or UserFactory.create_batch(2)
    return actions.owe(of, amount, cause=cause, payee="complaint:1", proposed_by=people[0], approved_by=people[1], at=MONDAY)


def account_of(row: Payable, number: str = CARD, holder: str = HOLDER) -> Payable:
    return actions.set_account(row, holder=holder, bank="测试银行城关支行", account=number, means="bank", by=None, at=MONDAY)


def ready(of: Budget, number: int = 3, amount: int = 500_00) -> list[Payable]:
    people = UserFactory.create_batch(2)
    return [account_of(owed(of, amount + one * 100, f"reward_share:{one}", people)) for one in range(number)]


def batch_of(of: Budget, by: User | None = None, chosen: list[int] | None = None) -> Batch:
    return actions.create_batch(of, chosen, by=by or finance(), at=MONDAY)


def send(batch: Batch, by: User) -> Batch:
    actions.send_batch(batch, by=by, at=MONDAY)
    while actions.book_batch(batch.pk, at=MONDAY):
        pass
    batch.refresh_from_db()
    return batch


def sent(of: Budget, by: User, number: int = 3) -> Batch:
    ready(of, number)
    return send(batch_of(of, by), by)


def answer_lines(batch: Batch, result: str = "成功", reason: str = "") -> list[dict[str, str]]:
    """A line for each payment, as a bank would fill in."""
    rows = batch.payments.select_related("payable").order_by("id")
    return [
        {
            "凭证编号": row.payable.voucher,
            "金额": figures(row.amount_fen),
            "收款账号": CARD,
            "处理结果": result,
            "失败原因": reason,
        }
        for row in rows
    ]


def as_csv(lines: list[dict[str, str]], encoding: str = "gbk") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(lines[0]))
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode(encoding)


def as_xlsx(lines: list[dict[str, str]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["测试银行代发结果"])
    sheet.append(list(lines[0]))
    for line in lines:
        sheet.append(list(line.values()))
    book.save(file)
    return file.getvalue()


def read(batch: Batch, content: bytes, by: User) -> BankResult:
    result = actions.add_result(batch, content, by=by, at=LATER)
    actions.read_result(result.pk, at=LATER)
    result.refresh_from_db()
    return result


def booked(batch: Batch, content: bytes, by: User) -> BankResult:
    result = read(batch, content, by)
    actions.apply_result(result, by=by, at=LATER)
    actions.book_result(result.pk, at=LATER)
    result.refresh_from_db()
    batch.refresh_from_db()
    return result


def layout_headings() -> list[str]:
    return layout.current().headings
