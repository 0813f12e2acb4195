"""Registers the accounts and answers for their addresses."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Tell the outbox where a signed-in person is reached."""
        from core import recipients

        from .addresses import address_of_user

        recipients.register(recipients.USER, address_of_user)
