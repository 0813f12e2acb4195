"""The account to which a full-time supervisor is paid: given once, sealed, and copied sealed to each amount owed."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import events, vault
from supervisors import permissions
from supervisors.models import Payable, PayAccount, Supervisor
from supervisors.refusals import Refused
from supervisors.workflow import LIVE

from .accounts import account_print, checked, set_account
from .asking import ask

_COLUMNS = ("holder", "bank", "account")


class Unpaid(Refused):
    """Volunteers are not paid."""


@transaction.atomic
def give_pay_account(
    supervisor: Supervisor, *, means: str, holder: str, bank: str, account: str, by: User, at: datetime
) -> PayAccount:
    """Note how a supervisor wants to be paid; what is owed and not under way goes there too. In cash no account is kept.

    Raises AccountRefused, Unpaid.
    """
    ask(permissions.is_own(by, supervisor))
    if supervisor.kind != Supervisor.Kind.FULL_TIME:
        raise Unpaid(_("Volunteers receive no remuneration, so no account is kept."))
    Supervisor.objects.select_for_update().get(pk=supervisor.pk)
    values = checked(holder, bank, account) if means == Payable.Means.BANK else {}
    row = PayAccount.objects.filter(supervisor=supervisor).first() or PayAccount(supervisor=supervisor)
    row.means, row.given_at = means, at
    for column in _COLUMNS:
        value = values.get(column)
        setattr(row, f"{column}_sealed", vault.seal(value, row=row.vault_row, column=column) if value else None)
    row.save()
    events.record("supervisor.account_given", subject=supervisor.subject, actor=events.user_id(by), at=at, facts={"means": means})
    for payable in _waiting(supervisor):
        set_account(payable, holder=holder, bank=bank, account=account, means=means, by=by, at=at)
    return row


def _waiting(supervisor: Supervisor) -> list[Payable]:
    """Amounts of remuneration that are owed and in no batch; a reward's account is said where the reward is collected."""
    rows = Payable.objects.filter(payee=supervisor.subject, state=Payable.State.OWED, cause__startswith="remuneration:")
    return list(rows.exclude(payments__state__in=LIVE).order_by("pk"))


def copies_of(people: Collection[Supervisor], causes: Mapping[int, str]) -> dict[int, dict[str, object]]:
    """Return, by supervisor, the columns of an amount owed: the account sealed anew under that amount's own name."""
    rows = PayAccount.objects.filter(supervisor__in=people).select_related("supervisor")
    return {row.supervisor_id: _copy(row, f"payable:{causes[row.supervisor_id]}") for row in rows}


def _copy(row: PayAccount, target: str) -> dict[str, object]:
    found: dict[str, object] = {"means": row.means}
    if row.means != Payable.Means.BANK:
        return found
    values = {name: vault.open_sealed(getattr(row, f"{name}_sealed"), row=row.vault_row, column=name) for name in _COLUMNS}
    found |= {f"{name}_sealed": vault.seal(value, row=target, column=name) for name, value in values.items()}
    return found | {"account_print": account_print(values["account"])}
