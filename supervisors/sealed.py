"""Which columns of this room are sealed; `manage.py rotate_keys` goes through them."""

from operator import attrgetter

from core import vault

from .models import BankResult, Candidacy, Payable, PayAccount


def declare() -> None:
    """Declare them (called in `AppConfig.ready()`)."""
    vault.declare(Payable, "holder", "bank", "account", row=attrgetter("vault_row"))
    vault.declare(PayAccount, "holder", "bank", "account", row=attrgetter("vault_row"))
    vault.declare(BankResult, "content", row=attrgetter("vault_row"), is_large=True)
    vault.declare(Candidacy, "phone", row=attrgetter("vault_row"))
