"""Registers the accounts and answers for their addresses."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Tell the outbox where a signed-in person is reached, and the vault what is sealed."""
        from django.core import checks

        from core import recipients, vault

        from . import sessions as sessions
        from .addresses import address_of_user
        from .checks import second_factor, single_sign_on
        from .factors.actions import row_of
        from .models import Factor

        checks.register(second_factor, checks.Tags.security, deploy=True)
        checks.register(single_sign_on)
        recipients.register(recipients.USER, address_of_user)
        vault.declare(Factor, "secret", row=row_of)
