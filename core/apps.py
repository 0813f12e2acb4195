"""Registers the ground floor with Django."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """The ground floor, used by every other room."""

    name = "core"
    verbose_name = _("Calendar and time limits")

    def ready(self) -> None:
        """Check the vault's keys and the wires to the servers at every start, and declare what the vault has sealed here."""
        from . import vault  # models load after apps
        from .checks import vault_keys
        from .file_host import host_of_its_own
        from .models import StoredFile
        from .wires import sealed_wires

        checks.register(vault_keys)
        checks.register(sealed_wires)
        checks.register(host_of_its_own)
        vault.declare(StoredFile, "name", row=lambda file: f"file:{file.pk}", files=("original", "cleaned", "preview"))
