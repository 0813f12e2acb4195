"""Registers the accounts and answers for their addresses."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Tell the outbox where a signed-in person is reached."""
        from core import recipients  # noqa: PLC0415 models load after apps

        from .addresses import address_of_user  # noqa: PLC0415

        recipients.register(recipients.USER, address_of_user)
