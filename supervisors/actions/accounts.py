"""Where the money goes: entered sealed by whoever speaks with the payee, opened for the bank's file alone."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from stdnum import luhn

from accounts.models import User
from core import events, vault
from core.models import Event
from supervisors.models import Payable, Payment
from supervisors.refusals import Refused
from supervisors.workflow import LIVE

from .owing import NotOwed

_ACCOUNT = re.compile(r"\d[\d-]{4,33}\d")
_CARD_LENGTHS = range(15, 20)
_CARD_BEGINS = ("62", "4", "5", "35", "37", "9")
_LONGEST = {"holder": 80, "bank": 100}


class AccountRefused(Refused):
    """What was entered is no account."""

    def __init__(self, message: str, field: str) -> None:
        """Name the field to mend."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Opened:
    """Where one payment goes, for the bank's eyes."""

    payment: Payment
    holder: str
    bank: str
    account: str


def plain_account(text: str) -> str:
    """Return an account number without blanks and width; of an account at a co-operative the dashes go too."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))


def looks_mistyped(account: str) -> bool:
    """Tell whether a number that looks like a bank card's fails its check digit: a warning, for not every bank keeps the rule."""
    plain = plain_account(account)
    return plain.isdigit() and len(plain) in _CARD_LENGTHS and plain.startswith(_CARD_BEGINS) and not luhn.is_valid(plain)


def account_print(account: str) -> bytes:
    """Return the keyed hash by which an account is compared without being opened."""
    return vault.blind_index(plain_account(account), kind="bank_account")


@transaction.atomic
def set_account(payable: Payable, *, holder: str, bank: str, account: str, means: str, by: User | None, at: datetime) -> Payable:
    """Note how the payee wants the money; without a person it was the payee, by the claim's code.

    Not while a payment is under way. In cash no account is kept. Raises NotOwed, AccountRefused.
    """
    row = Payable.objects.select_for_update(of=("self",)).get(pk=payable.pk)
    if row.state != Payable.State.OWED or row.payments.filter(state__in=LIVE).exists():
        raise NotOwed(_("The payment is under way or done; the account cannot be changed now."))
    row.means = means
    values = checked(holder, bank, account) if means == Payable.Means.BANK else {}
    for column in ("holder", "bank", "account"):
        value = values.get(column)
        setattr(row, f"{column}_sealed", vault.seal(value, row=row.vault_row, column=column) if value else None)
    row.account_print = account_print(values["account"]) if values else None
    row.save(update_fields=["means", "holder_sealed", "bank_sealed", "account_sealed", "account_print"])
    actor = events.user_id(by) if by else events.CITIZEN
    events.record("payable.account_set", subject=row.subject, actor=actor, at=at, facts={"means": means, "voucher": row.voucher})
    return row


@transaction.atomic
def reveal_accounts(payments: Sequence[Payment], *, by: User, at: datetime) -> list[Opened]:
    """Open where some payments go, for the bank's file: an event for each payee, kept before anything is shown."""
    actor = events.user_id(by)
    events.record_all(
        Event(
            type="vault.revealed",
            subject=one.payable.subject,
            actor=actor,
            at=at,
            facts={"column": "account", "purpose": "bank_file", "voucher": one.payable.voucher, "payment": one.key},
        )
        for one in payments
    )
    return [Opened(one, *(_value(one.payable, column) for column in ("holder", "bank", "account"))) for one in payments]


def _value(payable: Payable, column: str) -> str:
    return vault.open_sealed(getattr(payable, f"{column}_sealed"), row=payable.vault_row, column=column)


def checked(holder: str, bank: str, account: str) -> dict[str, str]:
    """Return an account as it is kept. Raises AccountRefused."""
    values = {"holder": _line(holder), "bank": _line(bank), "account": _line(account)}
    for column, longest in _LONGEST.items():
        if not values[column] or len(values[column]) > longest:
            raise AccountRefused(_("Write this as it stands on the card or passbook."), column)
    if not _ACCOUNT.fullmatch(values["account"].replace(" ", "")):
        raise AccountRefused(_("An account number has 6 to 35 digits."), "account")
    return values | {"account": plain_account(account)}


def _line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
